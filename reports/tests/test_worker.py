"""Workers as processes of their own: stopped, killed, cut off from the database, and never in the way of browsing."""

import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.contrib.auth.models import Permission, User
from django.db import connections
from django.utils import timezone

from activities.models import Activity
from activities.tests.factories import make_activity
from bilingual.tests.shared import shared_database
from reports.jobs import (
    cancel,
    request_rendering,
    settle_abandoned,
    worker_is_alive,
)
from reports.models import Edition, Rendering, RenderingState, Report, WorkerSign
from reports.tests.factories import make_complete_activity, make_complete_report, make_report
from reports.tests.outside import environment, worker_process
from reports.tests.processes import is_alive, printers_of, wait_for
from reports.worker import Pulse
from roadmap.models import Meeting
from roadmap.tests.factories import make_area, make_programme, make_roadmap

_WAITING, RUNNING, DONE, FAILED, CANCELLED = RenderingState


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path / "built")
    return tmp_path / "built"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def shared(django_db_setup, django_db_blocker, tmp_path):
    """The address of a database that other processes can open, with a report that takes some seconds to print."""
    with django_db_blocker.unblock(), shared_database(tmp_path) as address:
        make_programme()
        items = make_report(make_activity()).items
        items.update(override_ar="نص\n\n" * 1000, override_en="Text\n\n" * 1000)
        yield address


@pytest.fixture
def officer_of_shared(shared):
    return User.objects.create_user("officer", is_staff=True)


@pytest.fixture
def ask(officer_of_shared):
    """A function by which the same officer asks for the report in both languages."""
    return lambda: request_rendering(Report.objects.get(), officer_of_shared, Rendering.Purpose.DRAFT, "both")


def state_of(rendering):
    rendering.refresh_from_db()
    return rendering.state


def printing(process, rendering) -> int:
    """Wait until a worker prints the rendering, and return the process that prints."""
    (printer,) = wait_for(lambda: printers_of(process.pid))
    wait_for(lambda: "pango" in Path(f"/proc/{printer}/maps").read_text())
    assert state_of(rendering) == RUNNING
    return printer


def test_a_cancelled_rendering_stops_and_the_worker_goes_on(shared, ask, folder):
    with worker_process(shared, folder) as process:
        wait_for(lambda: worker_is_alive(timezone.now()))
        rendering = ask()
        printer = printing(process, rendering)
        assert cancel(rendering)
        wait_for(lambda: not is_alive(printer))
        following = ask()
        wait_for(lambda: state_of(following) == DONE)
        assert state_of(rendering) == CANCELLED
        assert names_in(folder) == [following.file_name]


def test_an_edition_cancelled_while_its_files_are_made_leaves_nothing(shared, folder):
    officer = User.objects.create_user("officer", is_staff=True)
    officer.user_permissions.add(Permission.objects.get(codename="issue_report"))
    for model in (Report, Meeting, Activity):
        model.objects.all().delete()
    make_area(make_roadmap(code="2020-2025"))
    report = make_complete_report(make_complete_activity())
    with worker_process(shared, folder) as process:
        rendering = request_rendering(report, officer, Rendering.Purpose.ISSUE, "both")
        printer = printing(process, rendering)
        assert cancel(rendering)
        wait_for(lambda: not is_alive(printer))
        following = request_rendering(report, officer, Rendering.Purpose.ISSUE, "both")
        wait_for(lambda: state_of(following) == DONE, seconds=120)
        assert state_of(rendering) == CANCELLED
        assert Edition.objects.count() == 1


def test_a_worker_told_to_end_stops_its_job_and_takes_its_sign_away(shared, ask, folder):
    with worker_process(shared, folder) as process:
        rendering = ask()
        printer = printing(process, rendering)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert not is_alive(printer)
        assert state_of(rendering) == FAILED
        assert not WorkerSign.objects.exists()
        assert names_in(folder) == []


def test_a_killed_worker_leaves_neither_process_nor_file_nor_job(shared, ask, folder):
    with worker_process(shared, folder) as process:
        rendering = ask()
        printer = printing(process, rendering)
        process.kill()
        wait_for(lambda: not is_alive(printer))
        later = timezone.now() + timedelta(seconds=31)
        assert not worker_is_alive(later)
        assert settle_abandoned(later) == 1
        assert state_of(rendering) == FAILED
        assert names_in(folder) == []


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_idle_worker_ends_at_once_when_told(shared, folder, told):
    with worker_process(shared, folder) as process:
        wait_for(lambda: worker_is_alive(timezone.now()))
        process.send_signal(told)
        assert process.wait(30) == 0
        assert not WorkerSign.objects.exists()


def test_a_worker_ends_with_whoever_started_it_however_that_ends(shared, folder):
    start = f"{sys.executable} manage.py work --parent $$ & exec sleep 600"
    server = subprocess.Popen(  # noqa: S603 -- our own code
        ["/bin/sh", "-c", start], cwd=portal.BASE_DIR, env=environment(shared, folder), start_new_session=True
    )
    wait_for(lambda: worker_is_alive(timezone.now()))
    (sign,) = WorkerSign.objects.all()
    worker = int(sign.name.split("-")[-2])
    assert is_alive(worker)
    server.kill()
    server.wait()
    wait_for(lambda: not is_alive(worker))
    assert not WorkerSign.objects.exists()


@contextmanager
def locked():
    """Keep everybody else from giving signs of life, as a long import does; nobody waits long for it here."""
    own, other = connections["default"], connections.create_connection("default")
    patience = {"timeout": 0.1} if own.vendor == "sqlite" else {"options": "-c lock_timeout=100"}
    usual = own.settings_dict["OPTIONS"]
    connections.settings["default"]["OPTIONS"] = {**usual, **patience}
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if own.vendor == "sqlite" else "BEGIN")
            if own.vendor != "sqlite":
                cursor.execute("LOCK TABLE reports_workersign IN ACCESS EXCLUSIVE MODE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()
        connections.settings["default"]["OPTIONS"] = usual


def test_a_sign_of_life_survives_a_database_that_is_locked(shared, officer_of_shared, monkeypatch, caplog):
    monkeypatch.setattr("reports.worker.LOOK", 0.05)
    monkeypatch.setattr("reports.worker.SIGN", 0.05)
    long_ago = timezone.now() - timedelta(hours=1)
    rendering = Rendering.objects.create(
        report=Report.objects.get(),
        requested_by=officer_of_shared,
        state=RUNNING,
        worker="another",
        started_at=long_ago,
    )
    WorkerSign.objects.create(name="another", seen_at=long_ago)
    pulse = Pulse("one")
    with locked():
        pulse.watch(None)
        wait_for(lambda: "No sign of life could be given" in caplog.text)
        assert pulse.is_alive()
    wait_for(lambda: worker_is_alive(timezone.now()))
    # The other one could not sign either: it is given the time to do so before it is taken to be gone.
    assert state_of(rendering) == RUNNING
    wait_for(lambda: state_of(rendering) == FAILED)
    pulse.stop()
    assert [sign.name for sign in WorkerSign.objects.all()] == ["another"]


def test_browsing_and_saving_go_on_while_a_worker_renders(shared, ask, folder):
    faults = []

    def save():
        try:
            for number in range(25):
                Report.objects.update(document_code=f"OIC/{number}")
                User.objects.create_user(f"{threading.get_ident()}-{number}")
        except Exception as fault:
            faults.append(fault)
        finally:
            connections["default"].close()

    with worker_process(shared, folder):
        rendering = ask()
        wait_for(lambda: state_of(rendering) == RUNNING)
        threads = [threading.Thread(target=save) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_for(lambda: state_of(rendering) != RUNNING)
    assert (faults, rendering.state) == ([], DONE)
    assert User.objects.count() == 101
