"""Saving without overwriting anybody: a row is written only in the state in which it was read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext

from bilingual.history import write_versions
from bilingual.languages import active_language, direction_of, other_language
from bilingual.remembering import RemembersTexts
from reports.models import Report


class StaleError(Exception):
    """Somebody else saved in between; ``current`` is the row as it is now."""

    def __init__(self, current: models.Model):
        super().__init__()
        self.current = current


def save_at(row: models.Model, version: int, fields: Iterable[str]) -> None:
    """Write ``fields`` of ``row``, and its history, if it is still at ``version``, which then counts one up.

    Raises `StaleError` when it is not, and the model's ``DoesNotExist`` when the row is gone; nothing is written then.
    """
    values = {name: _stored(row, name) for name in fields}
    rows = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleError(type(row)._default_manager.get(pk=row.pk))
    if isinstance(row, RemembersTexts):
        row.write_down_texts(values)
    if values:
        write_versions([row], added=False)


def _stored(row: models.Model, name: str) -> object:
    """The value as the field's own ``pre_save`` makes it; a text that nobody wrote is NULL where it can be."""
    return row._meta.get_field(name).pre_save(row, False)


@transaction.atomic
def put_in_order(report: Report, version: int, rows: Iterable[models.Model]) -> None:
    """Number ``rows`` of the report (items or sections) as they stand, if its order is still at ``version``.

    Raises `StaleError` when somebody changed the order or the report's head in between.
    """
    save_at(report, version, ())
    moved = []
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            moved.append(row)
    if moved:
        type(moved[0])._default_manager.bulk_update(moved, ["position"])
        write_versions(moved, added=False)


def moved_to(rows: list, row: object, place: int) -> list:
    """Return ``rows`` with ``row`` at ``place``, counted from 0; a place beyond either end is that end."""
    rest = [each for each in rows if each != row]
    place = min(max(place, 0), len(rest))
    return [*rest[:place], row, *rest[place:]]


@dataclass(frozen=True)
class Difference:
    """A field in which what somebody wants to save differs from what stands there now."""

    field: object  # the bound form field, which knows its label
    mine: str
    theirs: str
    language: str = ""

    @property
    def direction(self) -> str:
        """How both texts are written; text of no particular language follows its own letters."""
        return direction_of(self.language) if self.language else "auto"


def differing(form, current: models.Model) -> list[Difference]:
    """Return the fields of a bound, valid ``form`` whose values are not those that ``current`` holds.

    What is written in a language comes in that of the page first.
    """
    rows = []
    for name, value in form.cleaned_data.items():
        if name not in form.compared:
            continue
        theirs = _of(current, name)
        if _plain(value) != _plain(theirs):
            language = name[-2:] if name.endswith(("_ar", "_en")) else ""
            rows.append(Difference(form[name], _shown(form, name, value), _shown(form, name, theirs), language))
    return sorted(rows, key=lambda row: row.language == other_language(active_language()))


def _of(row: models.Model, name: str) -> object:
    value = getattr(row, name)
    return value.all() if isinstance(value, models.Manager) else value


def _plain(value: object) -> object:
    if isinstance(value, models.QuerySet):
        return sorted(each.pk for each in value)
    return "" if value is None else value


def _shown(form, name: str, value: object) -> str:
    """The value in words; a choice by its label."""
    if isinstance(value, bool):
        return gettext("included") if value else gettext("left out")
    if isinstance(value, models.QuerySet):
        return "\n".join(map(str, value))
    choices = dict(getattr(form.fields[name], "choices", None) or ())
    return str(choices.get(value, "" if value is None else value))
