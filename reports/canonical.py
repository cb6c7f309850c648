"""Values as canonical JSON and back: equal values, equal text."""

import json
import types
import typing
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any


def written(value: Any) -> str:
    """Return a dataclass of texts, numbers, days and further dataclasses as JSON."""
    return json.dumps(asdict(value), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def read(kind: Any, text: str) -> Any:
    """Return the ``kind`` that `written` wrote; a field that did not exist then takes its default.

    Raises ``ValueError`` or ``TypeError`` for anything else.
    """
    return _read(kind, json.loads(text))


def _read(kind: Any, value: Any) -> Any:
    """Build a value of the annotated ``kind`` from what JSON holds."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return None if value is None else _read(_branch(typing.get_args(kind), value), value)
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        present = [field.name for field in fields(kind) if field.name in value]
        return kind(**{name: _read(hints[name], value[name]) for name in present})
    return date.fromisoformat(value) if kind is date else value


def _branch(kinds: tuple[Any, ...], value: Any) -> Any:
    """Choose the one of several kinds that ``value`` can be: for a mapping, one that has all its keys."""
    present = [kind for kind in kinds if kind is not types.NoneType]
    if isinstance(value, dict):
        present = [kind for kind in present if set(value) <= {field.name for field in fields(kind)}]
    if not present:
        raise ValueError(f"these are no facts of a report: {value}")
    return present[0]
