"""Bring a former state of a record and its rows back, as a new change: first a plan that says everything, then it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bilingual.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    FieldChange,
    RowChange,
    Words,
    fields_restored,
    fields_told,
    label_of,
    rows_of_record,
    versions_of,
)
from bilingual.history import change_set, reason_of

# What Django asks before each sort of change.
_PERMISSIONS = {ADDED: "add", CHANGED: "change", REMOVED: "delete"}


@dataclass
class _Step:
    """One row that is written or removed, and the columns that change."""

    kind: str
    instance: Any
    columns: list[Any]


@dataclass
class Plan:
    """What bringing a state back would change; ``refusals`` stand in the way, ``left`` says what stays as it is."""

    record: Any
    at: Any
    token: str
    reason: str = ""
    steps: list[_Step] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def can_be_done(self) -> bool:
        """Whether there is something to bring back and nothing in the way."""
        return bool(self.steps) and not self.refusals


def plan(
    record: Any, wanted: UUID, *, user: Any, kept: tuple[str, ...] = (), kept_rows: tuple[type[models.Model], ...] = ()
) -> Plan | None:
    """Return how to bring back the state that ``record`` had after the change set ``wanted``, without writing.

    The columns ``kept`` and the rows of the sorts ``kept_rows`` stay as they are. ``None`` where the record has no
    such change set. The number of queries depends on the sorts of rows, not on their number.
    """
    known = versions_of(record)
    moments = [v.history_date for _model, versions in known for v in versions if v.change_set == wanted]
    if not moments:
        return None
    at = max(moments)
    made = Plan(record, at, token_of(known), reason_of("restored", at.isoformat(timespec="minutes")))
    words = Words([version for _model, versions in known for version in versions])
    for model, versions in known:
        if model not in kept_rows:
            _plan_rows(made, model, versions, kept, words)
    check(made, user)
    return made


def restore(made: Plan, *, user: Any) -> None:
    """Write what ``made`` says, in one transaction and one change set.

    Raises ``ValidationError`` where a rule of the record or of a row says no.
    """
    with transaction.atomic(), change_set():
        for step in sorted(made.steps, key=lambda step: (step.kind != REMOVED, step.instance is not made.record)):
            step.instance._change_reason = made.reason
            step.instance._history_user = user
            step.instance.saved_by = user
            if step.kind == REMOVED:
                step.instance.delete()
                continue
            if step.instance is not made.record and hasattr(step.instance, "version"):
                step.instance.version += 1  # a row that is saved by itself: who read it before sees that it changed
            step.instance.full_clean(validate_unique=True)
            step.instance.save(force_insert=step.kind == ADDED)
        if made.steps and hasattr(made.record, "version"):
            type(made.record)._default_manager.filter(pk=made.record.pk).update(version=models.F("version") + 1)


def sentences(error: ValidationError, instance: Any) -> list[str]:
    """Return what a rule says, each sentence after the name of its field."""
    if not hasattr(error, "error_dict"):
        return [str(message) for message in error.messages]
    labels = {each.name: label_of(each) for each in instance._meta.concrete_fields}
    return [
        f"{labels[name]}: {message}" if name in labels else str(message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def token_of(known: list[tuple[type[models.Model], list[Any]]]) -> str:
    """Return what tells whether anything was saved since the plan was read."""
    return "-".join(str(versions[-1].history_id if versions else 0) for _model, versions in known)


def _plan_rows(
    made: Plan, model: type[models.Model], versions: list[Any], kept: tuple[str, ...], words: Words
) -> None:
    by_row: dict[Any, list[Any]] = {}
    for version in versions:
        by_row.setdefault(version.id, []).append(version)
    present = {row.pk: row for row in _present(made.record, model, set(by_row))}
    for key, own in by_row.items():
        _plan_row(made, model, present.get(key), own, kept, words)


def _present(record: Any, model: type[models.Model], keys: set[Any]) -> Any:
    return [record] if model is type(record) else model._default_manager.filter(pk__in=keys)


def _plan_row(made: Plan, model: Any, row: Any, versions: list[Any], kept: tuple[str, ...], words: Words) -> None:
    """Plan what becomes of one row: brought back, changed back, removed, or left where its state was never kept."""
    until = [version for version in versions if version.history_date <= made.at]
    first = versions[0]
    if not until and first.history_type == CHANGED:
        made.left.append(_("%(row)s: its state at that time was not kept, so it stays as it is.") % _named(model, row))
    elif (not until and first.history_type == ADDED) or (until and until[-1].history_type == REMOVED):
        if row is not None and model is not type(made.record):
            made.steps.append(_Step(REMOVED, row, []))
            made.changes.append(_row_change(made, model, REMOVED, row, None, words))
    else:
        bring_back(made, model, row, until[-1] if until else first, kept, words)


def bring_back(
    made: Plan, model: Any, row: Any, version: Any, kept: tuple[str, ...], words: Words, instance: Any = None
) -> None:
    """Plan that ``row`` is again as ``version`` has it; where there is none, that ``instance`` is added."""
    columns = fields_restored(model, type(made.record))
    is_record = model is type(made.record)
    gone = [each for each in columns if each.is_relation and not words.knows(each, getattr(version, each.attname))]
    differing = [
        each
        for each in columns
        if row is None or (each.name != "code" and getattr(row, each.attname) != getattr(version, each.attname))
    ]
    for column in gone:
        if column in differing or row is None:
            facts = {"field": label_of(column), "name": words.say(column, getattr(version, column.attname))}
            made.refusals.append(_("%(field)s: %(name)s. It cannot be brought back.") % facts)
    for column in [each for each in differing if is_record and each.name in kept]:
        facts = {"field": label_of(column), "value": words.say(column, getattr(row, column.attname))}
        made.left.append(_("%(field)s stays as it is now: %(value)s.") % facts)
    differing = [each for each in differing if each not in gone and not (is_record and each.name in kept)]
    if not differing:
        return
    kind = ADDED if row is None else CHANGED
    instance = row or instance or version.instance
    made.changes.append(_row_change(made, model, kind, row, version, words, differing))
    for column in differing if row is not None else ():
        setattr(instance, column.attname, getattr(version, column.attname))
        if column.is_relation and column.is_cached(instance):
            column.delete_cached_value(instance)
    made.steps.append(_Step(kind, instance, differing))


def _row_change(
    made: Plan, model: Any, kind: str, row: Any, version: Any, words: Words, columns: list[Any] | None = None
) -> RowChange:
    told = fields_told(model, type(made.record))
    fields = []
    for column in told if columns is None else [each for each in columns if each in told]:
        before, after = (words.say(column, getattr(each, column.attname)) if each else "" for each in (row, version))
        if before != after and (row or getattr(version, column.attname) != column.get_default()):
            fields.append(FieldChange(label_of(column), getattr(column, "language", ""), before, after))
    label = "" if model is type(made.record) else _called(model, type(made.record), version or row, words)
    return RowChange(label, kind, tuple(fields))


def _called(model: Any, record: type[models.Model], row: Any, words: Words) -> str:
    links = [each for each in fields_told(model, record) if each.is_relation or each.choices]
    said = [words.say(each, getattr(row, each.attname)) for each in links]
    return " · ".join([capfirst(str(model._meta.verbose_name)), *[text for text in said if text][:2]])


def _named(model: Any, row: Any) -> dict[str, str]:
    return {"row": str(row) if row is not None else capfirst(str(model._meta.verbose_name))}


def check(made: Plan, user: Any) -> None:
    """Say what permission ``user`` lacks, and which rule a former state would break."""
    made.refusals += list(dict.fromkeys(_lacking(made, user)))
    for step in made.steps:
        if step.kind != REMOVED:
            try:
                _check_step(made, step)
            except ValidationError as error:
                made.refusals += sentences(error, step.instance)


def _check_step(made: Plan, step: _Step) -> None:
    """Raise ``ValidationError`` where a rule says no; of a record that is to come back, its rows know no key yet."""
    is_coming_back = made.record._state.adding
    kind: type[models.Model] = type(made.record)
    links = dict(rows_of_record(kind))
    step.instance.clean_fields({links.get(type(step.instance), "")} if is_coming_back else None)
    step.instance.clean()
    if is_coming_back and step.instance is made.record:
        step.instance.validate_unique()


def _lacking(made: Plan, user: Any) -> Iterator[str]:
    for step in made.steps:
        meta = step.instance._meta
        if not user.has_perm(f"{meta.app_label}.{_PERMISSIONS[step.kind]}_{meta.model_name}"):
            yield _("Your role may not do this to: %(rows)s.") % {"rows": meta.verbose_name_plural}
