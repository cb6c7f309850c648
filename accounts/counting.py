"""Where the gate counts: a table of short-lived rows, which many strangers write and nobody can fill."""

import base64
import logging
import pickle
import time
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

log = logging.getLogger(__name__)

# Seconds between two looks of one thread for rows whose time is over.
LOOK = 60


class CountedCache(DatabaseCache):
    """Django's cache in the database, for the gate's thousands of rows that matter for a minute or an hour.

    Django's own counts the whole table before each row it writes, three statements for one, and lets rows go whose
    time is over only once the table is full; then it takes a third, by the alphabet. Here a row is one statement, so
    of two who add the same one exactly one does; what is over goes every minute; and of more than ``MAX_ENTRIES``
    those go first whose time would be over first. A row that cannot be written is an error, as a try that was not
    counted must not pass.
    """

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(table, params)
        self._table = table
        self._looks_at = 0.0

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Write a row and return whether it was: with ``add`` only where none is in force, with ``touch`` its time."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        table, in_database = connection.ops.quote_name(self._table), connection.ops.adapt_datetimefield_value
        now, until = in_database(timezone.now()), in_database(self._end_of(timeout))
        self._let_go(connection, table, now)
        with connection.cursor() as cursor:
            if mode == "touch":
                cursor.execute(f"UPDATE {table} SET expires = %s WHERE cache_key = %s", [until, key])  # noqa: S608 -- our own name
                return cursor.rowcount > 0
            packed = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")
            cursor.execute(
                f"INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608 -- our own name
                "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
                + (f" WHERE {table}.expires < %s" if mode == "add" else ""),
                [key, packed, until, *([now] if mode == "add" else [])],
            )
            return cursor.rowcount > 0

    def _end_of(self, timeout: Any) -> datetime:
        end = self.get_backend_timeout(timeout)
        return datetime.max.replace(tzinfo=UTC) if end is None else datetime.fromtimestamp(end, tz=UTC)

    def _let_go(self, connection: BaseDatabaseWrapper, table: str, now: Any) -> None:
        """Once a minute, let the rows go whose time is over, and of too many those whose time is over first."""
        if time.monotonic() < self._looks_at:
            return
        self._looks_at = time.monotonic() + LOOK
        try:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 -- our own name
                cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 -- our own name
                if (too_many := cursor.fetchone()[0] - self._max_entries) > 0:
                    log.warning("The gate has %d rows more than it has room for", too_many)
                    cursor.execute(
                        f"DELETE FROM {table} WHERE expires <= "  # noqa: S608 -- our own name
                        f"(SELECT expires FROM {table} ORDER BY expires LIMIT 1 OFFSET %s)",
                        [too_many - 1],
                    )
        except OperationalError:  # two who tidied at once: the next look does it
            log.warning("What the gate has counted could not be tidied", exc_info=True)
