"""The facts of an entry that a country is asked about: few, each of a type, each of one record of the activity.

An `Entry` is an activity as one country knows it. Its facts are read, compared and amended by name; what is proposed
obeys the same rules as what staff enter, because the records themselves are asked.
"""

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityStatus, CountryParticipation, Participation, Standing
from partners.models import Country

# A fact as it is kept in an answer: a text, a number, a day in ISO form, or nothing.
Plain = str | int | None
Record = type[Activity] | type[Participation] | type[CountryParticipation]


@dataclass(frozen=True)
class Fact:
    """A fact by its name: the column of the record that holds it, and of a figure the column of its standing."""

    name: str
    record: Record
    column: str
    standing: str = ""
    called: Any = ""

    @property
    def field(self) -> "models.Field[Any, Any]":
        return self.record._meta.get_field(self.column)  # type: ignore[return-value]

    @property
    def label(self) -> str:
        """How people call it."""
        return capfirst(str(self.called or self.field.verbose_name))

    @property
    def language(self) -> str:
        """The language of a text; ``""`` for a number or a day."""
        return getattr(self.field, "language", "")

    @property
    def is_figure(self) -> bool:
        """Whether it was counted, and so is asked only of what was held."""
        return self.record is not Activity


FACTS = (
    Fact("title_ar", Activity, "title_ar"),
    Fact("title_en", Activity, "title_en"),
    Fact("start_date", Activity, "start_date"),
    Fact("end_date", Activity, "end_date"),
    Fact("venue_ar", Activity, "venue_ar"),
    Fact("venue_en", Activity, "venue_en"),
    Fact("headcount", Participation, "headcount", "headcount_standing", _("participants from all countries")),
    Fact("women", Participation, "women", "sexes_standing"),
    Fact("men", Participation, "men", "sexes_standing"),
    Fact("member_countries", Participation, "member_countries", "countries_standing"),
    Fact("people", CountryParticipation, "count", called=_("participants from this country")),
)
BY_NAME = {fact.name: fact for fact in FACTS}


def facts_of(activity: Activity) -> list[Fact]:
    """Return the facts that are asked about ``activity``."""
    is_held = activity.status == ActivityStatus.HELD
    return [fact for fact in FACTS if is_held or not fact.is_figure]


class Entry:
    """An activity as ``country`` knows it.

    Reads the activity's ``participation`` and ``country_participations`` as prefetched, so that entries in a list cost
    no query each.
    """

    def __init__(self, activity: Activity, country: Country):
        self.activity = activity
        self.country = country
        own = [row for row in activity.country_participations.all() if row.country_id == country.pk]
        self.is_listed = bool(own)
        self._records: dict[Record, Any] = {
            Activity: activity,
            Participation: Participation.told_of(activity),
            CountryParticipation: own[0] if own else CountryParticipation(activity=activity, country=country),
        }
        self._amended: set[str] = set()

    @property
    def facts(self) -> list[Fact]:
        """The facts that the country is asked about."""
        return facts_of(self.activity)

    def value(self, fact: Fact) -> Any:
        """What the record says; ``None`` where it says nothing."""
        value = getattr(self._records[fact.record], fact.column)
        return None if value == "" else value

    def standing(self, fact: Fact) -> str:
        """Why a figure is missing, or how sure it is; ``""`` for what has no standing."""
        return getattr(self._records[fact.record], fact.standing) if fact.standing else ""

    @property
    def plain(self) -> dict[str, Plain]:
        """All facts as an answer keeps them."""
        return {fact.name: as_plain(self.value(fact)) for fact in self.facts}

    @property
    def digest(self) -> str:
        """A short token of all facts: what a form was read from, and a later look is compared with."""
        return digest_of(self.plain)

    def has_changed_since(self, facts: Mapping[str, Plain]) -> bool:
        """Whether the entry says something else than the ``facts`` of an answer, among what was asked then."""
        now = self.plain
        return any(now.get(name) != value for name, value in facts.items() if name in BY_NAME)

    def amended(self, proposed: Mapping[str, Plain]) -> "Entry":
        """Return the entry with what is ``proposed``, unsaved; this one stays as it is.

        A figure that was not known, or estimated, is reported from now on.
        """
        other = copy(self)
        other._records = {kind: copy(record) for kind, record in self._records.items()}
        other.activity = other._records[Activity]
        other._amended = set(proposed) & BY_NAME.keys()
        for name in other._amended:
            other._set(BY_NAME[name], proposed[name])
        return other

    def _set(self, fact: Fact, value: Plain) -> None:
        record = self._records[fact.record]
        setattr(record, fact.column, fact.field.to_python(value))
        if fact.standing:
            setattr(record, fact.standing, Standing.REPORTED)

    def told_on(self, day: date) -> None:
        """Let figures of all who took part that were amended be those that the country reported on ``day``.

        The source is one text, read in both languages.
        """
        if Participation in self._touched:
            arabic, english = self.country.short_name_ar, self.country.short_name_en
            counts = self._records[Participation]
            counts.source = f"جهة الاتصال الوطنية: {arabic} / National focal point: {english}"
            counts.reported_on = day

    def errors(self) -> dict[str, list[str]]:
        """What the rules of the amended records say, by fact; what is about anything else stands under ``""``."""
        found: dict[str, list[str]] = {}
        for record in self._touched:
            try:
                self._records[record].full_clean()
            except ValidationError as error:
                for column, sentences in error.message_dict.items():
                    found.setdefault(_fact_at(record, column), []).extend(_told(record, column, sentences))
        return found

    def save(self, user: Any, reason: str) -> None:
        """Write what was amended, as the next version of the activity; ``reason`` goes into the history.

        In the transaction of the caller, who has locked the activity.
        """
        self.activity.version += 1
        for record in (Activity, *(each for each in self._touched if each is not Activity)):
            row = self._records[record]
            row.saved_by = user
            row._change_reason = reason
            row.save()

    @property
    def _touched(self) -> list[Record]:
        return [record for record in self._records if any(BY_NAME[name].record is record for name in self._amended)]


def as_plain(value: Any) -> Plain:
    """Return a value as an answer keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def digest_of(plain: Mapping[str, Plain]) -> str:
    """Return a short token of facts by name."""
    return blake2b(json.dumps(plain, sort_keys=True).encode(), digest_size=12).hexdigest()


def _fact_at(record: Record, column: str) -> str:
    return next((fact.name for fact in FACTS if fact.record is record and fact.column == column), "")


def _told(record: Record, column: str, sentences: list[str]) -> list[str]:
    """The sentences about something that is no fact of ours, with its name."""
    if _fact_at(record, column) or column == NON_FIELD_ERRORS:
        return sentences
    name = capfirst(str(record._meta.get_field(column).verbose_name))
    return [f"{name}: {sentence}" for sentence in sentences]
