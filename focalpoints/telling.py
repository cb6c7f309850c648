"""Facts of an entry in words, whether they stand in a record or in an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from activities.models import Standing
from bilingual.dates import say_date
from bilingual.languages import active_language
from bilingual.numbers import say_number
from focalpoints.facts import BY_NAME, Fact, Plain


@dataclass(frozen=True)
class ToldFact:
    """A fact in words; ``language`` is that of a text, and ``is_missing`` where the words say why there is none."""

    label: str
    text: str
    language: str = ""
    is_missing: bool = False


def told(fact: Fact, value: Plain, standing: str = "") -> ToldFact:
    """Return a fact in the active language; of one that is missing, its ``standing`` says why."""
    if value is None:
        return ToldFact(fact.label, _why(standing), is_missing=True)
    return ToldFact(fact.label, say(fact, value), fact.language)


def told_of(plain: Mapping[str, Plain]) -> list[ToldFact]:
    """Return facts as an answer keeps them, in their order; a name that is no fact any more is passed over."""
    return [told(fact, plain[name]) for name, fact in BY_NAME.items() if name in plain]


def say(fact: Fact, value: Plain) -> str:
    """Return a value that is there in words."""
    if isinstance(value, int):
        return say_number(value, active_language())
    if isinstance(fact.field, models.DateField):
        return say_date(date.fromisoformat(str(value)), active_language())
    return str(value)


def _why(standing: str) -> str:
    known = standing in Standing.values and standing not in (Standing.REPORTED, Standing.ESTIMATED)
    return str(Standing(standing).label) if known else _("not recorded")
