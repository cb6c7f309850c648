"""Queries by keys whose SQL is made once: making it takes the ORM several times what the database takes to answer."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class PreparedQuery:
    """A ``values_list`` of the rows with some keys, its values as the database driver gives them."""

    def __init__(self, by_keys: Callable[[Sequence[int]], QuerySet[Any]]) -> None:
        """Take a function that returns the query for given keys; it is asked once for each number of keys."""
        self._by_keys = by_keys
        self._made: dict[tuple[str, int], tuple[str, tuple[Any, ...]]] = {}

    def rows(self, keys: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return the rows with ``keys``; no keys have no rows."""
        if not keys:
            return []
        count = len(keys)
        kind = (connection.vendor, count)
        if kind not in self._made:
            self._made[kind] = self._by_keys(range(-1, -count - 1, -1)).query.sql_with_params()
        sql, parameters = self._made[kind]
        with connection.cursor() as cursor:
            cursor.execute(sql, [keys[-each - 1] if _is_place(each) else each for each in parameters])
            return cursor.fetchall()


def _is_place(parameter: Any) -> bool:
    """Whether a parameter stands for a key: no key is negative."""
    return isinstance(parameter, int) and parameter < 0
