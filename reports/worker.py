"""The process that does what was asked for, one rendering at a time, and shows that it is alive."""

import logging
import os
import signal
import socket
import sys
import threading
import time
from datetime import datetime
from types import FrameType

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from reports.jobs import SILENT, settle_abandoned, stop_work_of, tidy
from reports.models import WorkerSign

logger = logging.getLogger(__name__)

# Seconds: between two looks for work, two signs of life, two tries to reach a database that does not answer.
LOOK, SIGN, RETRY = 1.0, 2.0, 2.0


def new_name() -> str:
    """Return a name for a worker that no other has: where it runs, and a few letters."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(6)}"


class Worker(DatabaseWorker):
    """Takes what is in line and does it. Told to end, it stops what it is doing instead of finishing it."""

    def __init__(self, name: str, *, batch: bool = False):
        """With ``batch``, it ends when nothing is in line."""
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            excluded_queue_names=[],
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            worker_id=name,
            interval=LOOK,
            batch=batch,
            max_tasks=None,
            startup_delay=False,
        )
        self.pulse = Pulse(name)

    def run(self) -> None:
        """Work until told to end, or with ``batch`` until nothing is in line."""
        if self.batch:
            self._take_up()
            while self.running and (result := self._claim()):
                self.run_task(result)
        while self.running and not self.batch:
            try:
                self._take_up()
                super().run()
            except (OperationalError, InterfaceError):
                logger.exception("The database does not answer")
                connection.close()
                time.sleep(RETRY)

    def _claim(self) -> DBTaskResult | None:
        """Take what is next in line, if anything is."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name, queue_name__in=self.queue_names)
        with exclusive_transaction(ready.db):
            result = ready.get_locked()
            if result:
                result.claim(self.worker_id)
        return result

    def _take_up(self) -> None:
        """Leave nobody waiting for what this or another worker could not tell the end of."""
        stop_work_of(self.worker_id)
        tidy(timezone.now())

    def run_visibly(self, parent: int | None = None) -> None:
        """Work as `run` does, with signs of life; end when told by a signal, or once process ``parent`` is gone."""
        self.configure_signals()
        try:
            self.pulse.watch(parent)
            self.run()
        finally:
            # A signal may have come right after a transaction began, whose lock would keep the sign in place.
            connection.close()
            self.pulse.stop()

    def configure_signals(self) -> None:
        """End when told so, and when the terminal that this runs in is closed."""
        super().configure_signals()
        signal.signal(signal.SIGHUP, self.shutdown)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End now if idle; otherwise what is being done is told as failed, and ends itself when it sees that."""
        is_first, self.running = self.running, False
        self.pulse.ending.set()
        if not (is_first and self.running_task):
            sys.exit(0)


class Pulse(threading.Thread):
    """Signs of life of a worker, given beside its work and over a connection of their own."""

    def __init__(self, name: str):
        super().__init__(daemon=True)
        self.worker = name
        self.ending = threading.Event()
        self.parent: int | None = None
        # Since when the database answers; it is taken to have done so before this began.
        self.heard_since: float | None = float("-inf")

    def watch(self, parent: int | None) -> None:
        """Begin to sign at intervals; end the worker once process ``parent`` is gone."""
        self.parent = parent
        self.start()

    def stop(self) -> None:
        """Take the sign away and stop what the worker was doing."""
        self.ending.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Sign until told to end; then nobody shall wait for what this worker was doing."""
        due = time.monotonic()
        while not self.ending.is_set():
            if self.parent and os.getppid() != self.parent:
                os.kill(os.getpid(), signal.SIGTERM)
            elif time.monotonic() >= due:
                due = time.monotonic() + SIGN
                self._sign()
            self.ending.wait(LOOK)
        self._sign_off()
        connection.close()

    def _sign(self) -> None:
        now = timezone.now()
        try:
            if not WorkerSign.objects.filter(name=self.worker).update(seen_at=now):
                WorkerSign.objects.create(name=self.worker, seen_at=now)
            self._settle(now)
        except (DatabaseError, InterfaceError) as error:  # locked by a long import, or away: it is asked again
            logger.warning("No sign of life could be given: %s", error)
            connection.close()
            self.heard_since = None

    def _settle(self, now: datetime) -> None:
        """Tell as failed what workers did who are gone.

        While the database did not answer, none of them could sign: first they get the time to do so.
        """
        if self.heard_since is None:
            self.heard_since = time.monotonic()
        if time.monotonic() - self.heard_since >= SILENT.total_seconds():
            settle_abandoned(now)

    def _sign_off(self) -> None:
        try:
            stop_work_of(self.worker)
            WorkerSign.objects.filter(name=self.worker).delete()
        except DatabaseError:
            logger.exception("The sign of life could not be taken away")
