"""A database that other processes can open too, and workers that run in them."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "default"


@contextmanager
def shared_database(folder: Path):
    """Let this process work in a copy of its database that others can open, and give its address; no copy stays.

    SQLite in memory belongs to one process, and on PostgreSQL a test that commits could not tidy up: editions refuse.
    """
    own, usual = connections[ALIAS], connections.settings[ALIAS]
    is_file = own.vendor == "sqlite"
    name = str(folder / "shared.sqlite3") if is_file else f"{own.settings_dict['NAME']}_shared"
    _copy(own, name)
    connections.settings[ALIAS] = {**own.settings_dict, "NAME": name}  # for every thread of this process
    del connections[ALIAS]
    try:
        yield f"sqlite:///{name}" if is_file else _address(connections.settings[ALIAS])
    finally:
        connections[ALIAS].close()
        connections.settings[ALIAS] = usual
        connections[ALIAS] = own
        if not is_file:
            with own._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copy(own: BaseDatabaseWrapper, name: str) -> None:
    if own.vendor == "sqlite":
        with own.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        return
    own.close()  # a database is copied while nobody is in it
    with own._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own.settings_dict["NAME"]}"')


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
