"""What an activity says in one language only, what fell behind, and what cannot be printed."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.findings.course import MOVED
from activities.findings.places import found_in, text_of, text_of_institution, text_of_partner
from activities.models import Activity
from bilingual.findings import Finding, Severity
from bilingual.states import LANGUAGES, states_of
from bilingual.text_findings import in_one_language, left_behind, missing, unprintable

# What a report tells in words, and so has to tell in both languages.
_TOLD = ("venue", "status_reason", "audience", "objective", "topics")
TEXTS = ("title", *_TOLD, "summary")


def title(activity: Activity, day: date) -> Iterator[Finding]:
    """Find a title in one language only, or one that is not official."""
    yield from in_one_language(text_of(activity, "title"), Severity.BLOCKING, "title-missing")
    unofficial = {
        "ar": _("%(code)s: the Arabic title is not official."),
        "en": _("%(code)s: the English title is not official."),
    }
    for language in LANGUAGES:
        flag = f"title_{language}_is_official"
        if activity.titles.in_(language) and not getattr(activity, flag):
            yield found_in("title-not-official", Severity.NOTE, activity, flag, unofficial[language])


def both_languages(activity: Activity, day: date) -> Iterator[Finding]:
    """Find what is told in one language only."""
    for field in _TOLD:
        yield from in_one_language(text_of(activity, field), Severity.BLOCKING, is_waivable=True)
    yield from in_one_language(text_of(activity, "summary"), Severity.WARNING)


def objective(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that nothing says what it aimed to."""
    if activity.status not in MOVED and not activity.is_project:
        yield from missing(text_of(activity, "objective"), Severity.WARNING)


def progress(activity: Activity, day: date) -> Iterator[Finding]:
    """Find texts that fell behind the other language, or wait for their review."""
    states = states_of([activity])[activity]
    for field in TEXTS:
        for finding in left_behind(text_of(activity, field), states):
            if not (finding.code == "text-draft" and field == "title"):  # said by its being not official
                yield finding


def printing(activity: Activity, day: date) -> Iterator[Finding]:
    """Find texts that cannot be printed."""
    for field in TEXTS:
        yield from unprintable(text_of(activity, field))
    for partnership in activity.partnerships.all():
        for field in ("described_as", "name_then", "post"):
            yield from unprintable(text_of_partner(partnership, activity, field))
        if partnership.institution:
            yield from unprintable(text_of_institution(partnership.institution))
