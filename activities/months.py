"""A month of the calendar: its weeks, and in each week the activities as spans that lie beneath its days."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activities.models import Activity
from bilingual.dates import first_weekday
from roadmap.models import Period

DAYS = 7
MOST_LANES = 8  # of spans, one beneath the other in a week; what does not fit is in the list below


@dataclass(frozen=True)
class Span:
    """The days of one week that an activity takes; ``begins`` and ``ends`` say whether they are its first and last."""

    activity: Activity
    first: int  # 0 to 6
    last: int
    begins: bool
    ends: bool

    @property
    def days(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Place:
    """Cells of a lane side by side: those of a span, or empty ones."""

    days: int
    span: Span | None = None


@dataclass(frozen=True)
class Week:
    """Seven days, ``None`` where a day is another month's, the spans beneath them, and how many had no room."""

    days: list[date | None]
    lanes: list[list[Place]]
    without_room: int


def period_of(month: date) -> Period:
    """Return the days of the month that begins with ``month``."""
    last = calendar.monthrange(month.year, month.month)[1]
    return Period(month, month.replace(day=last))


def weeks_of(month: date, activities: Sequence[Activity], language: str) -> list[Week]:
    """Return the weeks of a month with ``activities``, which have dates, as ``language`` divides time into weeks."""
    period = period_of(month)
    start = period.start - timedelta((period.start.weekday() - first_weekday(language)) % DAYS)
    weeks = []
    while start <= period.end:
        weeks.append(_week(start, period, activities))
        start += timedelta(DAYS)
    return weeks


def _week(start: date, month: Period, activities: Iterable[Activity]) -> Week:
    days = [start + timedelta(number) for number in range(DAYS)]
    shown = [day for day in days if month.holds(day)]
    spans = list(_spans(start, Period(shown[0], shown[-1]), activities))
    lanes = _lanes(spans)
    return Week(
        [day if month.holds(day) else None for day in days],
        [list(_places(lane)) for lane in lanes[:MOST_LANES]],
        sum(map(len, lanes[MOST_LANES:])),
    )


def _spans(start: date, shown: Period, activities: Iterable[Activity]) -> Iterator[Span]:
    for activity in activities:
        if not (activity.start_date and activity.end_date):
            continue
        first, last = max(activity.start_date, shown.start), min(activity.end_date, shown.end)
        if first <= last:
            yield Span(
                activity,
                (first - start).days,
                (last - start).days,
                begins=first == activity.start_date,
                ends=last == activity.end_date,
            )


def _lanes(spans: list[Span]) -> list[list[Span]]:
    """Lay spans into lanes in which none meets another, the earliest and longest first."""
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda each: (each.first, -each.last, each.activity.code)):
        free = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if free is None:
            lanes.append([span])
        else:
            free.append(span)
    return lanes


def _places(lane: list[Span]) -> Iterator[Place]:
    at = 0
    for span in lane:
        if span.first > at:
            yield Place(span.first - at)
        yield Place(span.days, span)
        at = span.last + 1
    if at < DAYS:
        yield Place(DAYS - at)
