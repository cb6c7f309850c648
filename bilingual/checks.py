"""The rules of the database, asked of a record in memory: a file of ten thousand rows costs no query for them.

Django asks the database to evaluate a condition, one query for each rule and record. Here the same `Q` is evaluated in
Python, with the three answers of SQL: true, false, and ``None`` for what an empty value leaves open. A lookup that is
not known here is left to Django.
"""

import operator
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Model, Q
from django.db.models.expressions import CombinedExpression, Value

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, options: value in options,
    "range": lambda value, ends: ends[0] <= value <= ends[1],
    "regex": lambda value, pattern: re.search(pattern, value) is not None,
}
_COMBINED: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


class UnknownLookup(NotImplementedError):  # noqa: N818 -- told to our own caller, who asks the database instead
    """A condition uses what is not evaluated here."""


def broken_rules(instance: Model) -> Iterator[tuple[str, str]]:
    """Yield the field and the sentence of each check constraint that ``instance`` does not keep.

    The field is where ``shown_at`` of `bilingual.constraints.ConstraintsAtFields` says it is shown.
    """
    shown_at = getattr(instance, "shown_at", {})
    for constraint in _checks(type(instance)):
        if not _is_kept(constraint, instance):
            yield shown_at.get(constraint.name, NON_FIELD_ERRORS), str(constraint.violation_error_message)


@cache
def _checks(model: type[Model]) -> tuple[CheckConstraint, ...]:
    return tuple(rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint))


def _is_kept(constraint: CheckConstraint, instance: Model) -> bool:
    try:
        return answer(constraint.condition, instance) is not False
    except UnknownLookup:
        try:
            constraint.validate(type(instance), instance)
        except ValidationError:
            return False
        return True


def answer(condition: Any, instance: Model) -> bool | None:
    """Return whether ``condition`` (a `Q`) holds for ``instance``; ``None`` where an empty value leaves it open."""
    if not isinstance(condition, Q):
        return _compared(condition, instance)
    answers = (answer(child, instance) for child in condition.children)
    found = _any(answers) if condition.connector == Q.OR else _all(answers)
    return found if found is None or not condition.negated else not found


def _all(answers: Iterator[bool | None]) -> bool | None:
    open_, kept = False, True
    for one in answers:
        if one is False:
            return False
        open_ = open_ or one is None
    return None if open_ else kept


def _any(answers: Iterator[bool | None]) -> bool | None:
    open_ = False
    for one in answers:
        if one:
            return True
        open_ = open_ or one is None
    return None if open_ else False


def _compared(condition: Any, instance: Model) -> bool | None:
    if not isinstance(condition, tuple):
        raise UnknownLookup(condition)
    path, wanted = condition
    name, _, lookup = path.partition("__")
    lookup = lookup or "exact"
    value = _value(F(name), instance)
    if lookup == "isnull" or (lookup == "exact" and wanted is None):
        return (value is None) == (True if wanted is None else wanted)
    if lookup not in _COMPARED:
        raise UnknownLookup(path)
    wanted = _value(wanted, instance)
    return None if value is None or wanted is None else _COMPARED[lookup](value, wanted)


def _value(expression: Any, instance: Model) -> Any:
    if isinstance(expression, F):
        name: str = expression.name  # type: ignore[attr-defined]  # the stubs do not know it
        field: Any = None if name == "pk" else instance._meta.get_field(name)
        return getattr(instance, field.attname if field else name)
    if isinstance(expression, CombinedExpression):
        left, right = _value(expression.lhs, instance), _value(expression.rhs, instance)
        if expression.connector not in _COMBINED:
            raise UnknownLookup(expression.connector)
        return None if left is None or right is None else _COMBINED[expression.connector](left, right)
    if isinstance(expression, Value):
        return expression.value
    if hasattr(expression, "resolve_expression"):
        raise UnknownLookup(repr(expression))
    return expression
