"""What was read, in the words of whoever looks at it: the rows of a proposal for a page or a terminal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import ActivityStatus, Mode, Role
from bilingual.dates import say_range
from bilingual.languages import active_language
from bilingual.numbers import say_number
from reports.former.proposals import SURE, Proposal, Reading
from reports.former.vocabulary import Named, ProfileWords, Vocabulary

NAMES = {
    "kind": gettext_lazy("kind"),
    "title": gettext_lazy("title"),
    "dates": gettext_lazy("dates"),
    "year": gettext_lazy("year"),
    "status": gettext_lazy("status"),
    "mode": gettext_lazy("mode"),
    "venue": gettext_lazy("venue"),
    "area": gettext_lazy("cooperation area"),
    "funding_call": gettext_lazy("funding call"),
    "headcount": gettext_lazy("participants"),
    "profile": gettext_lazy("profile"),
    "countries": gettext_lazy("member countries"),
    "country_list": gettext_lazy("countries"),
}
_TEXTS = ("title", "venue")
_WORTH_A_LOOK = 0.75


@dataclass(frozen=True)
class Shown:
    """One thing that was read: what it is, what was read, from which words, and how surely."""

    name: str
    value: str
    passage: str
    confidence: float
    is_text: bool = False  # in the language of the report

    @property
    def confidence_percent(self) -> int:
        return round(self.confidence * 100)

    @property
    def level(self) -> str:
        """How much a person should look: ``sure``, ``fair`` or ``weak``."""
        if self.confidence >= SURE:
            return "sure"
        return "fair" if self.confidence >= _WORTH_A_LOOK else "weak"


def shown_readings(proposal: Proposal, vocabulary: Vocabulary) -> list[Shown]:
    """Return what was read of a proposal, in the active language and the order of a form."""
    return [
        Shown(
            str(label), _said(name, proposal, reading, vocabulary), reading.passage, reading.confidence, name in _TEXTS
        )
        for name, label in NAMES.items()
        if (reading := proposal.readings.get(name))
    ]


def shown_partners(proposal: Proposal) -> list[Shown]:
    """Return the partners that were read, each under its role."""
    return [
        Shown(
            str(Role(partner.role).label),
            f"{partner.name} ({partner.post})" if partner.post else partner.name,
            reading.passage,
            reading.confidence,
            is_text=True,
        )
        for partner, reading in proposal.partners
    ]


def unknown_partners(proposal: Proposal) -> list[str]:
    """The names of partners that the portal has no institution for."""
    return [partner.name for partner, _reading in proposal.partners if not partner.code]


def _said(name: str, proposal: Proposal, reading: Reading, vocabulary: Vocabulary) -> str:
    language, value = active_language(), reading.value
    match name:
        case "kind":
            return _named(value, vocabulary.kinds, language)
        case "profile":
            return _named(value, vocabulary.profiles, language)
        case "dates":
            return say_range(date.fromisoformat(value[0]), date.fromisoformat(value[1]), language)
        case "status":
            return str(ActivityStatus(value).label)
        case "mode":
            return str(Mode(value).label)
        case "headcount" if proposal.value("is_estimate"):
            return _("about %(number)s") % {"number": say_number(value, language)}
        case "headcount" | "countries" | "area" | "funding_call":
            return say_number(value, language)
        case "country_list":
            return _listed([_named(code, vocabulary.countries, language) for code in value], language)
    return str(value)


def _listed(names: list[str], language: str) -> str:
    return ("، " if language == "ar" else ", ").join(names)


def _named(code: str, rows: Iterable[Named | ProfileWords], language: str) -> str:
    return next((each.name.in_(language) or code for each in rows if each.code == code), code)


def not_read(proposal: Proposal) -> Iterator[str]:
    """Names of what a draft would do well to have and the report does not tell, or not clearly."""
    is_project = "funding_call" in proposal.readings or "year" in proposal.readings
    for name in ("dates", "status", "area", "headcount", "countries"):
        if name not in proposal.readings and not (is_project and name != "area"):
            yield str(NAMES[name])
