"""What a list of activities shows of each: words and figures in the active language, ready to be set in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, ActivityStatus, Participation, Role, Standing
from bilingual.dates import anchored, say_short_range
from bilingual.grammar import NOUNS, counted, counted_label
from bilingual.languages import active_language
from bilingual.marking import mark
from bilingual.numbers import say_number
from bilingual.templatetags.bilingual import in_either
from bilingual.text import Bilingual

# The organiser is nearly always the same, and the funder stands with the project.
_NAMED_IN_ROWS = (Role.CO_ORGANISER, Role.CONTENT_PROVIDER, Role.HOST)
_NAMED_AT_MOST = 2


@dataclass(frozen=True)
class Outcome:
    """What became of an activity: a headcount with what it counts, or in a word why there is none."""

    figure: str = ""
    words: list[str] = field(default_factory=list)
    waiting: str = ""


@dataclass(frozen=True)
class Row:
    """An activity in a list."""

    address: str
    title: SafeString
    start: str
    days: str
    years: str
    facts: list[str]
    extract: str
    outcome: Outcome


def rows_of(activities: Iterable[Activity], today: date, marked: Sequence[str] = ()) -> list[Row]:
    """Return a row for each of ``activities`` (from `with_row_details`), words that hold one of ``marked`` marked."""
    language = active_language()
    return [_row(activity, today, marked, language) for activity in activities]


def _row(activity: Activity, today: date, marked: Sequence[str], language: str) -> Row:
    start, end = activity.start_date, activity.end_date
    days, years = say_short_range(start, end, language) if start and end else ("", "")
    return Row(
        address=reverse("activity", args=[activity.code]),
        title=_marked(activity.titles, marked, language),
        start=start.isoformat() if start else "",
        days=anchored(days, language),
        years=anchored(years, language),
        facts=[
            _marked(Bilingual.of(activity.kind, "name"), marked, language),
            _area(activity),
            *_partners(activity, marked, language),
        ],
        extract=_extract(activity, marked, language),
        outcome=_outcome(activity, today, language),
    )


def _marked(text: Bilingual, marked: Sequence[str], language: str) -> SafeString:
    own = text.in_(language)
    return mark(own, marked) if own else in_either(text)


def _extract(activity: Activity, marked: Sequence[str], language: str) -> str:
    """The summary where words of the search stand in it: it may say what the title does not."""
    shown = mark(Bilingual.of(activity, "summary").in_(language), marked) if marked else ""
    return shown if "<mark>" in shown else ""


def _area(activity: Activity) -> str:
    if activity.area is None:
        return _("no area named")
    return _("Cooperation area %(number)s") % {"number": activity.area.number}


def _partners(activity: Activity, marked: Sequence[str], language: str) -> list[str]:
    """The first partners by name, and how many more there are; one body may hold several roles."""
    named = [row.name for row in activity.partnerships.all() if row.role in _NAMED_IN_ROWS]
    partners = list(dict.fromkeys(named))
    others = len(partners[_NAMED_AT_MOST:])
    words: list[str] = [_marked(partner, marked, language) for partner in partners[:_NAMED_AT_MOST]]
    if others:
        more = ngettext("and %(total)s other partner", "and %(total)s other partners", others)
        words.append(more % {"total": others})
    return words


def _outcome(activity: Activity, today: date, language: str) -> Outcome:
    if activity.status == ActivityStatus.HELD:
        return _figures(getattr(activity, "participation", None), language)
    if activity.outcome_is_unrecorded(today):
        return Outcome(waiting=_("planned, outcome not yet recorded"))
    return Outcome(waiting=activity.get_status_display() or "")


def _figures(participation: Participation | None, language: str) -> Outcome:
    headcount = participation.headcount if participation else None
    if participation is None or headcount is None:
        not_collected = participation and participation.headcount_standing == Standing.NOT_COLLECTED
        return Outcome(waiting=_("figures not collected") if not_collected else _("figures pending"))
    words = [counted_label(headcount, NOUNS["participant"], language)]
    if participation.member_countries is not None:
        words.append(counted(participation.member_countries, NOUNS["country"], language))
    is_estimated = participation.headcount_standing == Standing.ESTIMATED
    return Outcome(say_number(headcount, language), words, _("estimated") if is_estimated else "")
