"""What became of an activity, and when; its place in the programme; nouns that sentences cannot form yet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.findings.places import called, counts_of, found_in
from activities.models import Activity, ActivityStatus, Mode
from bilingual.findings import Finding, Severity, said
from bilingual.models import CountedNoun
from bilingual.text import Bilingual

MOVED = (ActivityStatus.POSTPONED, ActivityStatus.CANCELLED)


def dates(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that dates are missing, or do not agree with what became of it."""
    if activity.is_project:
        return
    if activity.end_date is None:
        yield found_in(
            "dates-missing", Severity.BLOCKING, activity, "start_date", _("%(code)s: the dates are not entered.")
        )
    elif activity.status == ActivityStatus.HELD and activity.end_date > day:
        message = _("%(code)s is entered as held, but it ends on %(end)s, after %(day)s.")
        yield found_in(
            "held-in-the-future", Severity.BLOCKING, activity, "status", message, end=activity.end_date, day=day
        )
    elif activity.outcome_is_unrecorded(day):
        message = _("%(code)s ended on %(end)s and is still planned: say whether it was held, postponed or cancelled.")
        yield found_in("outcome-unrecorded", Severity.BLOCKING, activity, "status", message, end=activity.end_date)


def reason(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that nobody says why it was postponed or cancelled."""
    if activity.status in MOVED and not Bilingual.of(activity, "status_reason"):
        postponed, cancelled = _("%(code)s was postponed: say why."), _("%(code)s was cancelled: say why.")
        message = postponed if activity.status == ActivityStatus.POSTPONED else cancelled
        yield found_in("reason-missing", Severity.BLOCKING, activity, "status_reason_ar", message)


def place_in_the_programme(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that it names no area or does not say how people met."""
    if activity.area_id is None and activity.parent_id is None:
        yield found_in("area-missing", Severity.NOTE, activity, "area", _("%(code)s names no cooperation area."))
    tells_its_mode = activity.is_project or activity.kind.implied_mode or activity.status in MOVED
    if activity.mode == Mode.NOT_STATED and not tells_its_mode:
        message = _("%(code)s does not say whether people met in person or online.")
        yield found_in("mode-not-stated", Severity.NOTE, activity, "mode", message)


def parts(activity: Activity, day: date) -> Iterator[Finding]:
    """Find a project without parts."""
    if activity.is_project and not activity.parts.all():
        yield found_in(
            "project-without-parts", Severity.WARNING, activity, "", _("%(code)s is a project without sub-activities.")
        )


def forms(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that its kind or profile cannot be counted in sentences."""
    yield from _incomplete(activity.kind, "kind", _("The kind “%(name)s” lacks forms that sentences need."))
    counts = counts_of(activity)
    if counts and counts.profile:
        message = _("The participant profile “%(name)s” lacks forms that sentences need.")
        yield from _incomplete(counts.profile, "profile", message)


def _incomplete(noun: Any, what: str, message: Promise) -> Iterator[Finding]:
    """Find that a kind or profile cannot be counted yet: its subject is its own, so many activities say it once."""
    empty = [form for form in CountedNoun.FORMS if not getattr(noun, form)]
    if empty:
        sentence = said(message, name=called(Bilingual.of(noun, "name"), noun.code))
        yield Finding(f"{what}-incomplete", Severity.BLOCKING, f"{what}:{noun.code}", sentence, noun, empty[0])
