"""What is found in the items of a report: what it tells, what it should tell, and on which days."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.findings import findings_of
from activities.house_words import programme_words
from activities.models import Activity, ActivityStatus, PublicationState
from bilingual.findings import Finding, Severity, said
from bilingual.text import left_to_right
from reports.assembly import was_counted_before
from reports.facts import ReportFacts
from reports.findings.reading import Reading, is_told
from reports.models import SectionKind
from reports.promises import UNRECORDED
from roadmap.models import Period


def item_findings(reading: Reading) -> Iterator[Finding]:
    """Find what concerns the items, what each activity has to say of itself included."""
    for rule in _RULES:
        yield from rule(reading)


def _found(
    code: str,
    severity: Severity,
    activity: str,
    message: Promise,
    target: Any,
    field: str = "",
    *,
    is_waivable: bool = False,
    **facts: Any,
) -> Finding:
    sentence = said(message, code=left_to_right(activity), **facts)
    return Finding(code, severity, activity, sentence, target, field, is_waivable=is_waivable)


def _activities(reading: Reading) -> Iterator[Finding]:
    listed = any(each.kind == SectionKind.ABBREVIATIONS and each.is_included for each in reading.sections)
    words = programme_words(are_listed=listed)
    for activity in reading.activities:
        yield from findings_of(activity, reading.report.as_of, words)


def _number(reading: Reading) -> Iterator[Finding]:
    if not reading.told:
        message = _("The report includes no activity.")
        yield Finding("no-items", Severity.WARNING, "report", message, reading.report)


def _untold(reading: Reading) -> Iterator[Finding]:
    """Items that the report leaves out by itself, although they are said to be in it."""
    for item in reading.items:
        if item.is_included and not is_told(item.activity):
            code, message = _why_untold(item.activity)
            yield _found(code, Severity.BLOCKING, item.activity.code, message, item, "is_included")


def _why_untold(activity: Activity) -> tuple[str, Promise]:
    if activity.parent_id:
        return "item-is-a-part", _("%(code)s is part of a project and is reported with it: leave it out as an item.")
    if activity.state != PublicationState.PUBLISHED:
        return "item-not-published", _(
            "%(code)s is an item of this report and is not published: publish it or leave it out."
        )
    return "item-not-reportable", _("%(code)s is an item of this report and is not to be reported: leave it out.")


def _outside(reading: Reading) -> Iterator[Finding]:
    if reading.period is None:
        return
    period = reading.period
    announced = {*reading.announced, *chain.from_iterable(reading.announced.values())}
    last_session = reading.report.meeting.session_before().end
    for activity in reading.activities:
        if last_session and was_counted_before(activity, last_session):
            message = _("%(code)s ended on %(end)s, before the period: it is told with its project and not counted.")
            yield _found(
                "counted-before", Severity.NOTE, activity.code, message, activity, "end_date", end=activity.end_date
            )
        elif activity.end_date and _is_outside(activity, activity.end_date, period, announced):
            yield _found(
                "outside-period",
                Severity.BLOCKING,
                activity.code,
                _("%(code)s ends on %(end)s, outside the period from %(first)s to %(last)s."),
                activity,
                "end_date",
                is_waivable=True,
                end=activity.end_date,
                first=period.start,
                last=period.end,
            )


def _is_outside(activity: Activity, end: date, period: Period, announced: set[str]) -> bool:
    """Whether an activity is none of this period; what was planned ahead, moved or announced may end elsewhere."""
    if activity.status == ActivityStatus.HELD:
        return not period.holds(end)
    is_moved = activity.status in (ActivityStatus.POSTPONED, ActivityStatus.CANCELLED)
    return is_moved and end < period.start and activity.code not in announced


def _not_items(reading: Reading) -> Iterator[Finding]:
    """Published, reportable activities of the period that nobody told or left out for a reason."""
    if reading.period is None:
        return
    items = {item.activity_id for item in reading.items}
    reportable = Activity.objects.published().reportable().filter(parent=None)
    for pk, code in reportable.within(reading.period).in_order().values_list("pk", "code"):
        if pk not in items and code not in reading.announced:
            message = _("%(code)s ends in the period and is no item: take it in, or leave it out with a reason.")
            yield _found("not-an-item", Severity.WARNING, code, message, reading.report)


def _announced(reading: Reading) -> Iterator[Finding]:
    """What the last session's edition announced is told again, until its outcome is."""
    items = {item.activity.code: item for item in reading.items}
    untold = [code for code in reading.announced if code not in items]
    tellable = set(Activity.objects.published().reportable().filter(code__in=untold).values_list("code", flat=True))
    for code in untold:
        message = _("%(code)s was announced in the last edition and is no item: tell what became of it.")
        yield _found(
            "announced-not-told",
            Severity.BLOCKING,
            code,
            message,
            reading.report,
            is_waivable=code not in tellable,
        )
    for code in reading.announced:
        if code in items and not items[code].is_included:
            message = _("%(code)s was announced in the last edition and is left out: see that its outcome is told.")
            yield _found("announced-left-out", Severity.WARNING, code, message, items[code], "is_included")


def promise_findings(reading: Reading, facts: ReportFacts | None) -> Iterator[Finding]:
    """Find what was announced and has no outcome, although its record says nothing of it: it is not told any more."""
    known = {activity.code for activity in reading.activities} | set(reading.announced)
    for promise in facts.promises if facts else ():
        if promise.outcome == UNRECORDED and promise.code not in known:
            message = _(
                "%(code)s was announced in the last edition, and its record is not told: say what became of it."
            )
            yield _found(
                "announced-without-outcome", Severity.BLOCKING, promise.code, message, reading.report, is_waivable=True
            )


def _late_figures(reading: Reading) -> Iterator[Finding]:
    for activity in reading.activities:
        counts = getattr(activity, "participation", None)
        if counts and counts.reported_on and counts.reported_on > reading.report.as_of:
            message = _(
                "%(code)s: its figures were reported on %(reported)s, after the day on which the report speaks."
            )
            facts = {"reported": counts.reported_on}
            yield _found("figures-after-day", Severity.NOTE, activity.code, message, counts, "reported_on", **facts)


_RULES: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    _number,
    _untold,
    _announced,
    _outside,
    _activities,
    _not_items,
    _late_figures,
)
