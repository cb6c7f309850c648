"""What a list of activities shows of each: words and figures in the active language, ready to be set in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, ActivityStatus, Role, Standing
from activities.models.activity import is_overdue
from activities.models.taking_part import takes_registrations
from bilingual.dates import anchored, say_date, say_short_range
from bilingual.grammar import NOUNS, counted, counted_label
from bilingual.languages import active_language, direction_of, other_language
from bilingual.marking import mark
from bilingual.numbers import say_number
from bilingual.templatetags.bilingual import in_either
from bilingual.text import Bilingual

# The organiser is nearly always the same, and the funder stands with the project.
NAMED_IN_ROWS = (Role.CO_ORGANISER, Role.CONTENT_PROVIDER, Role.HOST)
_NAMED_AT_MOST = 2


@dataclass(frozen=True)
class RowFacts:
    """What is known of an activity that stands in a list.

    ``texts`` are what else it is found by, the summary first, where words are looked for; a row shows the line of them
    in which the words stand.
    """

    code: str
    title: Bilingual
    texts: tuple[Bilingual, ...]
    start: date | None
    end: date | None
    status: str
    registration_until: date | None
    kind: Bilingual
    area: int | None
    partners: tuple[Bilingual, ...]
    headcount: int | None
    headcount_standing: str
    member_countries: int | None

    @classmethod
    def of(cls, activity: Activity) -> "RowFacts":
        """Read the facts of a record from `with_row_details`."""
        participation = getattr(activity, "participation", None)
        return cls(
            activity.code,
            activity.titles,
            (),
            activity.start_date,
            activity.end_date,
            activity.status or "",
            activity.registration_until,
            Bilingual.of(activity.kind, "name"),
            activity.area.number if activity.area else None,
            tuple(row.name for row in activity.partnerships.all() if row.role in NAMED_IN_ROWS),
            participation.headcount if participation else None,
            participation.headcount_standing if participation else Standing.PENDING,
            participation.member_countries if participation else None,
        )


def rows_of(activities: Iterable[RowFacts], today: date, marked: Sequence[str] = ()) -> list[SafeString]:
    """Return a row of a list for each of ``activities``, words that hold one of the forms ``marked`` marked."""
    language, forms = active_language(), tuple(marked)
    set_row = _set_row.__wrapped__ if forms else _set_row  # what was searched for once is hardly asked again
    return [set_row(activity, today, forms, language) for activity in activities]


@lru_cache(maxsize=4096)
def _set_row(activity: RowFacts, today: date, marked: tuple[str, ...], language: str) -> SafeString:
    """The row in HTML: it depends on nothing else, and the first pages of the catalogue show the same rows."""
    return SafeString(
        render_to_string("components/_activity_row.html", {"row": _row(activity, today, marked, language)})
    )


def _row(activity: RowFacts, today: date, marked: Sequence[str], language: str) -> dict[str, Any]:
    start, end = activity.start, activity.end
    title, extract = _marked(activity.title, marked, language), _extract(activity.texts[:1], marked, language)
    told = [_marked(activity.kind, marked, language), *_partners(activity.partners, marked, language)]
    is_shown = any("<mark>" in each for each in (title, extract, *told))
    days, years = say_short_range(start, end, language) if start and end else ("", "")
    return {
        "address": reverse("activity", args=[activity.code]),
        "title": title,
        "start": start.isoformat() if start else "",
        "days": anchored(days, language),
        "years": anchored(years, language),
        "facts": [
            told[0],
            _area(activity.area),
            *told[1:],
            *_registration(activity, today, language),
        ],
        "extract": extract if is_shown else _elsewhere(activity, marked, language),
        **_outcome(activity, today, language),
    }


def _marked(text: Bilingual, marked: Sequence[str], language: str) -> SafeString:
    own = text.in_(language)
    return mark(own, marked) if own else in_either(text)


def _extract(texts: Sequence[Bilingual], marked: Sequence[str], language: str) -> SafeString | str:
    """The first line of ``texts`` in ``language`` in which words of the search stand: what the title leaves unsaid."""
    for line in chain.from_iterable(text.in_(language).splitlines() for text in texts if marked):
        if "<mark>" in (shown := mark(line, marked)):
            return shown
    return ""


def _elsewhere(activity: RowFacts, marked: Sequence[str], language: str) -> SafeString | str:
    """Where words of the search stand in nothing that the row shows: in a text, or in the other language alone."""
    if shown := _extract(activity.texts, marked, language):
        return shown
    other = other_language(language)
    shown = _extract((activity.title, *activity.texts), marked, other)
    return shown and format_html('<bdi lang="{}" dir="{}">{}</bdi>', other, direction_of(other), shown)


def _area(number: int | None) -> str:
    if number is None:
        return _("no area named")
    return _("Cooperation area %(number)s") % {"number": number}


def _registration(activity: RowFacts, today: date, language: str) -> list[str]:
    """Until when one can register, while one can."""
    until = activity.registration_until
    if until is None or not takes_registrations(activity.status, until, today):
        return []
    return [_("registration until %(day)s") % {"day": say_date(until, language)}]


def _partners(named: tuple[Bilingual, ...], marked: Sequence[str], language: str) -> list[str]:
    """The first partners by name, and how many more there are; one body may hold several roles."""
    partners = list(dict.fromkeys(named))
    others = len(partners[_NAMED_AT_MOST:])
    words: list[str] = [_marked(partner, marked, language) for partner in partners[:_NAMED_AT_MOST]]
    if others:
        more = ngettext("and %(total)s other partner", "and %(total)s other partners", others)
        words.append(more % {"total": others})
    return words


def _outcome(activity: RowFacts, today: date, language: str) -> dict[str, Any]:
    if activity.status == ActivityStatus.HELD:
        return _figures(activity, language)
    if is_overdue(activity.status, activity.end, today):
        return {"waiting": _("planned, outcome not yet recorded")}
    return {"waiting": ActivityStatus(activity.status).label if activity.status else ""}


def _figures(activity: RowFacts, language: str) -> dict[str, Any]:
    if activity.headcount is None:
        not_collected = activity.headcount_standing == Standing.NOT_COLLECTED
        return {"waiting": _("figures not collected") if not_collected else _("figures pending")}
    words = [counted_label(activity.headcount, NOUNS["participant"], language)]
    if activity.member_countries is not None:
        words.append(counted(activity.member_countries, NOUNS["country"], language))
    estimated = _("estimated") if activity.headcount_standing == Standing.ESTIMATED else ""
    return {"figure": say_number(activity.headcount, language), "words": words, "waiting": estimated}
