"""The records behind a figure: what it was summed from, as the report itself tells them."""

import re
from collections.abc import Iterator

from activities.figures import listed
from activities.models import Activity, ActivityStatus, CountryParticipation, Standing
from reports.facts import ActivityFacts, PromiseFacts, ReportFacts

_SET = re.compile(r"(?P<set>report|area|kind|month|country)(?:\.(?P<key>.+))?\.(?P<name>\w+)")

_COUNTED = {
    "held": lambda row: row.status == ActivityStatus.HELD,
    "planned": lambda row: row.status == ActivityStatus.PLANNED,
    "participations": lambda row: row.status == ActivityStatus.HELD and _counts(row).headcount is not None,
    "reporting": lambda row: row.status == ActivityStatus.HELD and _counts(row).headcount is not None,
    "pending": lambda row: row.status == ActivityStatus.HELD and _counts(row).headcount_standing == Standing.PENDING,
    "partners": lambda row: any(vars(row.partners).values()),
    "providing_countries": lambda row: row.status == ActivityStatus.HELD and bool(row.partners.providers),
    "member_countries": lambda row: row.status == ActivityStatus.HELD,
    "listed": lambda row: row.status == ActivityStatus.HELD,
    "activities": lambda row: True,
}


_ANNOUNCED = {
    "report.promised": lambda promise: True,
    "report.kept": lambda promise: promise.outcome == ActivityStatus.HELD,
}


class _Unknown:
    """The counts of an activity of which nothing is known."""

    headcount = None
    headcount_standing = Standing.PENDING


def _counts(row: ActivityFacts):
    return row.participation or _Unknown


def records_behind(facts: ReportFacts, fact: str) -> list[ActivityFacts] | None:
    """Return the activities that the figure with the id ``fact`` counts, in the order of the report.

    ``None`` where the report has no such figure.
    """
    asked = _SET.fullmatch(fact)
    if fact not in facts.stated() or not asked or asked["name"] not in _COUNTED:
        return None
    counted = _COUNTED[asked["name"]]
    rows = [row for row in _in_set(facts, asked["set"], asked["key"] or "") if counted(row)]
    return _listing_countries(rows) if asked["name"] == "listed" else rows


def _listing_countries(rows: list[ActivityFacts]) -> list[ActivityFacts]:
    """Those of ``rows`` whose records list the countries that took part."""
    activities = listed(Activity.objects.filter(code__in=[row.code for row in rows]))
    codes = set(activities.values_list("code", flat=True))
    return [row for row in rows if row.code in codes]


def promises_behind(facts: ReportFacts, fact: str) -> list[PromiseFacts] | None:
    """Return the announcements that the figure with the id ``fact`` counts; ``None`` where it counts none."""
    if fact not in facts.stated() or fact not in _ANNOUNCED:
        return None
    return [promise for promise in facts.promises if _ANNOUNCED[fact](promise)]


def _in_set(facts: ReportFacts, kind: str, key: str) -> Iterator[ActivityFacts]:
    rows = [
        row for item in facts.items for row in (item, *_counted_parts(facts, item)) if row.status and not row.parts
    ]
    match kind:
        case "area":
            yield from (row for row in rows if _area(row) == key)
        case "kind":
            yield from (row for row in rows if row.kind.code == key)
        case "month":
            yield from (row for row in rows if _month(facts, row) == key)
        case "country":
            took_part = CountryParticipation.objects.filter(country__code=key)
            codes = set(took_part.values_list("activity__code", flat=True))
            yield from (row for row in rows if row.code in codes and row.status == ActivityStatus.HELD)
        case _:
            yield from rows


def _counted_parts(facts: ReportFacts, item: ActivityFacts) -> Iterator[ActivityFacts]:
    """The parts that this report counts, as `reports.assembly.was_counted_before` tells them apart."""
    announced = {promise.code for promise in facts.promises}
    for part in item.parts:
        is_earlier = part.status == ActivityStatus.HELD and part.end and part.end <= facts.session_before.end
        if part.code in announced or not is_earlier:
            yield part


def _area(row: ActivityFacts) -> str:
    return f"{row.roadmap.code}.{row.area}" if row.roadmap and row.area else "none"


def _month(facts: ReportFacts, row: ActivityFacts) -> str:
    if row.end is None:
        return "none"
    month = f"{row.end:%Y-%m}"
    if month < f"{facts.start:%Y-%m}":
        return "earlier"
    return "later" if month > f"{facts.end:%Y-%m}" else month
