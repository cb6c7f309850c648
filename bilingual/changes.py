"""What changed in a record and its rows, told to people: entry by entry, field by field, in words.

A record's *rows* are what goes when it goes: partners and counts of an activity, the membership periods of a country.
What was done together (`bilingual.history.change_set`) is one entry. The number of queries depends on the sorts of
rows and of what they choose from, never on how many versions there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilingual.dates import say_date
from bilingual.fields import CodesField
from bilingual.grammar import join
from bilingual.history import BOTH_LANGUAGES
from bilingual.languages import active_language
from bilingual.numbers import say_number
from bilingual.states import bilingual_fields
from bilingual.text import Bilingual, left_to_right

ADDED, CHANGED, REMOVED = "+", "~", "-"
# Kept for the machine: no reader asks for them. Of these, what belongs to a text comes back with it.
_SILENT = {"id", "version", "changed_at", "search"}
_QUIET = {"override_basis"}
_REASONS = {
    "waived": _("Published although something was found. The reason: %(what)s"),
    "returned": _("The record was brought back after it had been deleted."),
    "restored": _("A former state was brought back: %(what)s."),
    "merged": _("Merged with another institution: %(what)s."),
    "confirmed": _("Corrected as proposed by %(what)s."),
    "renamed": _("The institution was renamed; what was done before keeps the old name."),
}
# What these are about was kept in both languages.
_KEPT_IN_BOTH = {"confirmed"}


@dataclass(frozen=True)
class FieldChange:
    """A field with what it said before and says after, in words; ``""`` for nothing.

    ``language`` is that of a text in two languages, or ``""``.
    """

    label: str
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """What happened to the record or to one of its rows; ``label`` is ``""`` for the record itself."""

    label: str
    kind: str
    fields: tuple[FieldChange, ...]
    is_first_known: bool = False


@dataclass
class Entry:
    """What was done together: by whom (``""`` where unknown), when, why, and what it changed."""

    change_set: UUID
    at: datetime
    by: str = ""
    reason: str = ""
    rows: list[RowChange] = field(default_factory=list)


def say_reason(kept: str | None) -> str:
    """Return a kept reason in the active language; one that people or an import wrote stands as it is."""
    kind, _colon, what = (kept or "").partition(": ")
    if kind in _KEPT_IN_BOTH:
        english, _bar, arabic = what.partition(BOTH_LANGUAGES)
        what = arabic if active_language() == "ar" else english
    return str(_REASONS[kind]) % {"what": what} if kind in _REASONS else kept or ""


@cache
def keeps_history(model: type[models.Model]) -> bool:
    """Return whether the saved states of ``model`` are kept."""
    return hasattr(model._meta, "simple_history_manager_attribute")


@cache
def rows_of_record(model: type[models.Model]) -> tuple[tuple[type[models.Model], str], ...]:
    """Return the models whose rows are part of a record of ``model``, each with the field that names the record."""
    return tuple(
        (link.related_model, link.field.name)
        for link in model._meta.related_objects
        if link.on_delete is models.CASCADE and keeps_history(link.related_model)
    )


def versions_of(record: Any) -> list[tuple[type[models.Model], list[Any]]]:
    """Return the versions of a record and of its rows, by model, the oldest first: one query for each model."""
    kind: type[models.Model] = type(record)
    asked = [(kind, {"id": record.pk})]
    asked += [(model, {f"{link}_id": record.pk}) for model, link in rows_of_record(kind)]
    return [(model, list(_kept(model).filter(**those).order_by("history_id"))) for model, those in asked]


def entries_of(record: Any) -> list[Entry]:
    """Return what was done to ``record``, the latest first."""
    steps = list(_steps(record))
    words = Words([version for _model, version, _before in steps])
    entries: dict[UUID, Entry] = {}
    for model, version, before in steps:
        entry = entries.setdefault(version.change_set, Entry(version.change_set, version.history_date))
        entry.at = max(entry.at, version.history_date)
        entry.by = entry.by or words.person(version.history_user_id)
        entry.reason = entry.reason or say_reason(version.history_change_reason)
        change = _told(record, model, version, before, words)
        if change.fields or change.kind != CHANGED:
            entry.rows.append(change)
    return sorted((entry for entry in entries.values() if entry.rows), key=lambda entry: entry.at, reverse=True)


def fields_told(model: type[models.Model], record: type[models.Model] | None = None) -> list[Any]:
    """Return the columns of ``model`` that readers are told of; ``record`` is what its rows are part of."""
    return [each for each in fields_restored(model, record) if each.name not in _QUIET]


def fields_restored(model: type[models.Model], record: type[models.Model] | None = None) -> list[Any]:
    """Return the columns that a former state of ``model`` has: those that are told, and what goes with them."""
    hidden = _SILENT | set(bilingual_fields(model))
    hidden |= {link for kind, link in rows_of_record(record) if kind is model} if record else set()
    kept = {each.name for each in model.versions.model._meta.fields}  # type: ignore[attr-defined]
    return [each for each in model._meta.concrete_fields if each.name not in hidden and each.name in kept]


def label_of(column: Any) -> str:
    """Return how people call a column, without its language."""
    return capfirst(str(getattr(column, "translated_field", column).verbose_name))


class Words:
    """Says values as people do; looks up everything that ``versions`` name, with one query for each sort."""

    def __init__(self, versions: Iterable[Any]):
        wanted: dict[type[models.Model], set[Any]] = {}
        codes: dict[CodesField, set[str]] = {}
        people = set()
        for version in versions:
            people.add(version.history_user_id)
            for column in fields_told(version.instance_type):
                key = getattr(version, column.attname, None)
                if column.is_relation and key is not None:
                    wanted.setdefault(column.related_model, set()).add(key)
                elif isinstance(column, CodesField) and key:
                    codes.setdefault(column, set()).update(key.split())
        self._names = {model: _names(model, keys) for model, keys in wanted.items()}
        self._codes = {column: column.names_of(named) for column, named in codes.items()}
        users = get_user_model().objects.filter(pk__in=people - {None}) if people - {None} else ()
        self._people = {user.pk: user.get_full_name() or user.get_username() for user in users}

    def person(self, key: Any) -> str:
        """Return how an account is called, ``""`` for none."""
        return self._people.get(key, "")

    def knows(self, column: Any, key: Any) -> bool:
        """Return whether what a link names is still there."""
        return key is None or self._names.get(column.related_model, {}).get(key, ("", False))[1]

    def say(self, column: Any, value: Any) -> str:
        """Return the value of a column in words of the active language."""
        if value is None or value == "":
            return ""
        if column.is_relation:
            name, is_there = self._names.get(column.related_model, {}).get(value, (str(value), False))
            return name if is_there else gettext("%(name)s (no longer there)") % {"name": name}
        if column in self._codes:
            return join([self._codes[column].get(code, code) for code in value.split()], active_language())
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return _say_plain(column, value)


def say_moment(moment: datetime) -> str:
    """Return a day and the time on it, as the active language writes them."""
    local = timezone.localtime(moment)
    facts = {"day": say_date(local.date(), active_language()), "time": left_to_right(local.strftime("%H:%M"))}
    return gettext("%(day)s, %(time)s") % facts


def _kept(model: Any) -> Any:
    return model.versions.all()


def _steps(record: Any) -> Iterator[tuple[type[models.Model], Any, Any]]:
    """Each version with the one before it of the same row."""
    for model, versions in versions_of(record):
        before: dict[Any, Any] = {}
        for version in versions:
            yield model, version, before.get(version.id)
            before[version.id] = version


def _told(record: Any, model: type[models.Model], version: Any, before: Any, words: Words) -> RowChange:
    is_record = model is type(record)
    columns = fields_told(model, type(record))
    label = "" if is_record else _row_label(model, version, columns, words)
    if version.history_type == REMOVED:
        fields = tuple(_change(column, version, None, words) for column in columns if _has(version, column))
    elif before is None:
        fields = tuple(_change(column, None, version, words) for column in columns if _has(version, column))
    else:
        fields = tuple(
            _change(column, before, version, words)
            for column in columns
            if _value(before, column) != _value(version, column)
        )
    return RowChange(label, version.history_type, fields, before is None and version.history_type == CHANGED)


def _row_label(model: type[models.Model], version: Any, columns: list[Any], words: Words) -> str:
    """How people call a row: its sort, and what it says first."""
    said = [words.say(column, _value(version, column)) for column in columns if column.is_relation or column.choices]
    named = [text for text in said if text][:2]
    return " · ".join([capfirst(str(model._meta.verbose_name)), *named])


def _change(column: Any, before: Any, after: Any, words: Words) -> FieldChange:
    said = [words.say(column, _value(version, column)) if version else "" for version in (before, after)]
    return FieldChange(label_of(column), getattr(column, "language", ""), *said)


def _value(version: Any, column: Any) -> Any:
    value = getattr(version, column.attname)
    return None if value == "" else value


def _has(version: Any, column: Any) -> bool:
    """Whether a new row says something in ``column`` that it would not say by itself."""
    value = _value(version, column)
    return value is not None and value != column.get_default()


def _names(model: type[models.Model], keys: set[Any]) -> dict[Any, tuple[str, bool]]:
    """How each row is called, and whether it is still there; what is gone is called as it was last."""
    links = [each.name for each in model._meta.concrete_fields if each.many_to_one]
    rows = model._default_manager.filter(pk__in=keys).select_related(*links)
    names = {row.pk: (str(row), True) for row in rows}
    gone = keys - names.keys()
    if gone and keeps_history(model):
        for version in _kept(model).filter(id__in=gone).order_by("history_id"):
            names[version.id] = (_last_name(model, version), False)
    return names


def _last_name(model: type[models.Model], version: Any) -> str:
    for name in bilingual_fields(model)[:1]:
        said = Bilingual.of(version, name)
        return str(said) or said.ar or said.en
    return str(getattr(version, "code", version.id))


def _say_plain(column: Any, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return say_moment(value)
    if isinstance(value, date):
        return say_date(value, active_language())
    if isinstance(value, int) and not isinstance(column, models.PositiveSmallIntegerField):
        return say_number(value, active_language())
    return str(value)
