"""A database that other threads and processes can open too."""

from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

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
