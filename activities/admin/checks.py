"""What a form says of itself while somebody fills it in: its days, sums that agree or not, and what looks like it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.admin.countries import Counts
from activities.models import Activity
from bilingual.dates import days_in, say_range
from bilingual.forms import IntegerField
from bilingual.languages import active_language
from bilingual.numbers import say_number
from partners.models import MembershipStatus


@dataclass(frozen=True)
class Line:
    """A sentence about what is typed, whether it asks for a look, and the field where one looks."""

    words: str
    is_wrong: bool = False
    anchor: str = ""


def days_of(activity: Activity) -> Line | None:
    """Return the days and how many they are; nothing until both are there."""
    start, end = activity.start_date, activity.end_date
    if not (start and end):
        return None
    if end < start:
        return Line(_("An activity cannot end before it starts."), is_wrong=True, anchor="id_end_date")
    language = active_language()
    length = ngettext("%(days)s: one day", "%(days)s: %(number)s days", days_in(start, end))
    return Line(
        length % {"days": say_range(start, end, language), "number": say_number(days_in(start, end), language)}
    )


def sums_of(activity: Activity, formset: Any, counts: Counts) -> list[Line]:
    """Return how the counts of a form agree: women and men, listed countries and their people, with what is stated."""
    typed = {name: _typed(formset, name) for name in ("headcount", "women", "men", "member_countries")}
    people = [count for count in counts.values() if count is not None]
    lines = []
    if typed["women"] is not None and typed["men"] is not None:
        both = typed["women"] + typed["men"]
        lines.append(_compared(_("Women and men"), both, typed["headcount"], _at(formset, "women")))
    if counts:
        members, at = _members(activity, counts), _at(formset, "member_countries")
        lines.append(_compared(_("Member countries ticked"), members, typed["member_countries"], at))
    if people:
        is_whole = len(people) == len(counts)
        at = _at(formset, "headcount")
        lines.append(_compared(_("People by country"), sum(people), typed["headcount"], at, is_whole=is_whole))
    return lines


def _at(formset: Any, name: str) -> str:
    """Where a number of the counts stands in the form."""
    return str(formset.forms[0][name].id_for_label) if formset is not None and formset.forms else ""


def _compared(what: str, number: int, stated: int | None, at: str, *, is_whole: bool = True) -> Line:
    language = active_language()
    facts = {"what": what, "sum": say_number(number, language)}
    if stated is None:
        return Line(_("%(what)s: %(sum)s.") % facts)
    facts["stated"] = say_number(stated, language)
    facts["difference"] = say_number(abs(number - stated), language)
    if number == stated:
        return Line(_("%(what)s: %(sum)s, as stated.") % facts)
    if not is_whole and number < stated:
        return Line(_("%(what)s: %(sum)s of %(stated)s; some countries have no number.") % facts)
    if number < stated:
        words = _("%(what)s: %(sum)s, while %(stated)s are stated: %(difference)s too few.")
    else:
        words = _("%(what)s: %(sum)s, while %(stated)s are stated: %(difference)s too many.")
    return Line(words % facts, is_wrong=True, anchor=at)


def _typed(formset: Any, name: str) -> int | None:
    """A number as it is typed, whatever else is wrong with its row."""
    if formset is None or not formset.forms:
        return None
    form = formset.forms[0]
    try:
        number: int | None = IntegerField(required=False, min_value=0).clean(form[name].data)
        return number
    except ValidationError:
        return None


def _members(activity: Activity, counts: Counts) -> int:
    """How many of the ticked countries were members on the last day; of unknown days, all of the OIC's groups."""
    rows = [row.country for row in activity.country_participations.all()]
    if activity.end_date is None:
        return sum(bool(country.oic_group) for country in rows)
    return sum(country.standing_on(activity.end_date) == MembershipStatus.MEMBER for country in rows)
