"""How many took part: what is pending, and figures that contradict each other."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.findings.places import counts_of, found_on
from activities.models import Activity, ActivityStatus, Participation, Standing
from bilingual.findings import Finding, Severity
from partners.models import MembershipStatus


def headcount(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that a figure is due and has not come."""
    if activity.status != ActivityStatus.HELD:
        return
    counts = counts_of(activity)
    if counts is None or counts.headcount_standing == Standing.PENDING:
        message = _("%(code)s was held, and its number of participants is pending.")
        field = "headcount" if counts else "participation-0-headcount"
        yield found_on(counts or activity, "headcount-pending", Severity.WARNING, activity, field, message)
    elif counts.headcount_standing == Standing.NOT_DUE:
        message = _("%(code)s was held, so its number of participants is due: it says “not due yet”.")
        yield found_on(counts, "headcount-not-due", Severity.WARNING, activity, "headcount_standing", message)


def sums(activity: Activity, day: date) -> Iterator[Finding]:
    """Figures that contradict each other: each can be let pass, for a reason that the edition keeps."""
    counts = counts_of(activity)
    if counts is None:
        return
    for find in (_women_and_men, _listed_countries, _people_of_countries):
        yield from find(activity, counts)


def _women_and_men(activity: Activity, counts: Participation) -> Iterator[Finding]:
    if None in (counts.headcount, counts.women, counts.men):
        return
    facts = {"women": counts.women, "men": counts.men, "headcount": counts.headcount}
    if counts.women + counts.men != counts.headcount:  # type: ignore[operator]  # none of them is None
        message = _("%(code)s: women (%(women)s) and men (%(men)s) do not add up to the participants (%(headcount)s).")
        yield _contradiction("sexes-do-not-add-up", activity, counts, "women", message, **facts)


def _listed_countries(activity: Activity, counts: Participation) -> Iterator[Finding]:
    rows = activity.country_participations.all()
    if counts.member_countries is None or not rows or activity.end_date is None:
        return
    members = sum(row.country.standing_on(activity.end_date) == MembershipStatus.MEMBER for row in rows)
    if members != counts.member_countries:
        message = _(
            "%(code)s: member countries in the list (%(listed)s) differ from the number declared (%(declared)s)."
        )
        facts = {"listed": members, "declared": counts.member_countries}
        yield _contradiction("countries-do-not-add-up", activity, counts, "member_countries", message, **facts)


def _people_of_countries(activity: Activity, counts: Participation) -> Iterator[Finding]:
    rows = activity.country_participations.all()
    people = [row.count for row in rows if row.count is not None]
    if counts.headcount is None or not people or len(people) < len(rows):
        return
    if sum(people) != counts.headcount:
        message = _("%(code)s: participants by country (%(sum)s) do not add up to the participants (%(headcount)s).")
        facts = {"sum": sum(people), "headcount": counts.headcount}
        yield _contradiction("people-do-not-add-up", activity, counts, "headcount", message, **facts)


def countries(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that more countries took part than people: each sends somebody, so one of the two is a slip."""
    counts = counts_of(activity)
    if counts is None or counts.headcount is None:
        return
    named = counts.member_countries or len(activity.country_participations.all())
    if named > counts.headcount:
        message = _(
            "%(code)s: the countries that took part (%(countries)s) outnumber the participants (%(headcount)s). "
            "Correct one of the two."
        )
        field = "member_countries" if counts.member_countries else "headcount"
        facts: dict[str, Any] = {"countries": named, "headcount": counts.headcount}
        yield found_on(counts, "more-countries-than-people", Severity.WARNING, activity, field, message, **facts)


def not_held(activity: Activity, day: date) -> Iterator[Finding]:
    """Find figures of those who took part in what did not take place."""
    counts = counts_of(activity)
    if counts is None or activity.status not in (ActivityStatus.POSTPONED, ActivityStatus.CANCELLED):
        return
    given = [field for field in ("headcount", "member_countries") if getattr(counts, field) is not None]
    if given:
        message = _("%(code)s was not held, and says how many took part. Remove the figures, or correct the status.")
        yield found_on(counts, "counted-and-not-held", Severity.WARNING, activity, given[0], message)


def _contradiction(
    code: str, activity: Activity, counts: Participation, field: str, message: Promise, **facts: Any
) -> Finding:
    return found_on(counts, code, Severity.BLOCKING, activity, field, message, is_waivable=True, **facts)
