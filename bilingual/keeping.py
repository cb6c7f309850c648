"""Values made from many records, kept by each process until a record changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from bilingual.data_version import data_version

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


@dataclass
class _Store:
    """What one function made at ``version``, by its arguments."""

    version: str = ""
    values: dict[Any, Any] = field(default_factory=dict)
    making: Any = field(default_factory=Lock)


_stores: list[_Store] = []


def kept_until_change(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """Let ``make`` be called once for the same arguments as long as `data_version` stays the same.

    It may read records and its hashable arguments, nothing else; a day it depends on is an argument. The version is
    read before the records, so that what is kept may be newer than it says and never older. Inside a transaction
    nothing is kept: what was read there may be undone. While one thread makes a value, others wait for it.
    """
    store = _Store()
    _stores.append(store)

    @wraps(make)
    def kept(*args: Asked.args, **kwargs: Asked.kwargs) -> Made:
        if connection.in_atomic_block:
            return make(*args, **kwargs)
        key, version = (args, tuple(sorted(kwargs.items()))), data_version()
        with store.making:
            if store.version != version:
                store.version, store.values = version, {}
            if key not in store.values:
                store.values[key] = make(*args, **kwargs)
            made: Made = store.values[key]
            return made

    return kept


def forget_kept() -> None:
    """Let everything be made anew; for tests, where an emptied database may give a version a second time."""
    for store in _stores:
        store.version = ""
