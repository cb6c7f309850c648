"""A database that other processes can open too, and workers that run in them."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections

ALIAS = "default"


@contextmanager
def shared_database(folder: Path):
    """Let this process work in a database that others can open, and give its address.

    SQLite in memory belongs to one process, so what it holds is written to a file in ``folder`` first.
    """
    own = connections[ALIAS]
    if own.vendor != "sqlite":
        yield _address(own.settings_dict)
        return
    path = folder / "shared.sqlite3"
    with own.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    usual = connections.settings[ALIAS]
    connections.settings[ALIAS] = {**usual, "NAME": str(path)}  # for every thread of this process
    del connections[ALIAS]
    try:
        yield f"sqlite:///{path}"
    finally:
        connections[ALIAS].close()
        connections.settings[ALIAS] = usual
        connections[ALIAS] = own


def _address(said: dict) -> str:
    account = f"{quote(said['USER'], safe='')}:{quote(said['PASSWORD'], safe='')}"
    return f"postgres://{account}@{quote(said['HOST'], safe='')}:{said['PORT']}/{said['NAME']}"


@contextmanager
def worker_process(address: str, reports_dir: Path, *arguments: str):
    """Run ``manage.py work`` in a process of its own; it is gone at the end, however it took it."""
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "manage.py", "work", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(address, reports_dir),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def environment(address: str, reports_dir: Path) -> dict[str, str]:
    """Return the environment in which another process works in the same database and folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "oicvet.settings.development",
        "DATABASE_URL": address,
        "REPORTS_DIR": str(reports_dir),
    }
