"""What the last session's report announced, and what became of it."""

from datetime import date

from activities.models import Activity, ActivityStatus
from bilingual.text import Bilingual
from reports.facts import ActivityFacts, PromiseFacts, ReportFacts

MOVED, UNRECORDED = "moved", "unrecorded"


def promises(last: ReportFacts, as_of: date) -> tuple[PromiseFacts, ...]:
    """Return every activity that ``last`` told as planned, parts of projects included, with its outcome on ``as_of``.

    One that is no longer published has no outcome that anybody recorded.
    """
    announced = [row for item in last.items for row in (item, *item.parts) if row.status == ActivityStatus.PLANNED]
    codes = [row.code for row in announced]
    now = {activity.code: activity for activity in Activity.objects.published().filter(code__in=codes)}
    return tuple(_promise(row, now.get(row.code), as_of) for row in announced)


def _promise(announced: ActivityFacts, now: Activity | None, as_of: date) -> PromiseFacts:
    outcome = _outcome(announced, now, as_of) if now else UNRECORDED
    takes_place = now is not None and outcome in (ActivityStatus.HELD, ActivityStatus.PLANNED, MOVED)
    return PromiseFacts(
        code=announced.code,
        kind=announced.kind,
        title=announced.title,
        announced_start=announced.start,
        announced_end=announced.end,
        outcome=outcome,
        start=now.start_date if now and takes_place else None,
        end=now.end_date if now and takes_place else None,
        reason=Bilingual.of(now, "status_reason") if now else Bilingual(),
    )


def _outcome(announced: ActivityFacts, now: Activity, as_of: date) -> str:
    if now.status != ActivityStatus.PLANNED:
        return now.status or UNRECORDED
    if now.end_date and now.end_date < as_of:
        return UNRECORDED
    return ActivityStatus.PLANNED if (now.start_date, now.end_date) == (announced.start, announced.end) else MOVED
