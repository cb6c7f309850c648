"""What is missing or does not agree in one activity, for whoever publishes it, starts a day's work or checks a report.

`findings_of` reads an activity and what hangs on it, and queries nothing when that was prefetched
(`ActivityQuerySet.for_findings`): any number of activities costs the same number of queries.
"""

from collections.abc import Callable, Iterator
from datetime import date

from activities.findings import course, partners, people, taking_part, texts
from activities.findings.places import text_of
from activities.models import Activity
from bilingual.findings import Finding, Severity
from bilingual.house_style import house_style_of
from bilingual.house_words import NO_WORDS, HouseWords


def findings_of(activity: Activity, day: date, words: HouseWords = NO_WORDS) -> list[Finding]:
    """Return what is to be looked at in ``activity`` as of ``day``, which decides what should be past.

    A project is judged without its parts, of which each has findings of its own. Each finding stands once. Names and
    abbreviations are compared with ``words`` (`activities.house_words.programme_words`).
    """
    found = [finding for rule in _RULES for finding in rule(activity, day)]
    return list(dict.fromkeys([*found, *_style(activity, words)]))


def blocking_of(activity: Activity, day: date) -> list[Finding]:
    """Return those of `findings_of` that stand in the way of publishing ``activity`` on ``day``."""
    return [found for found in findings_of(activity, day) if found.severity == Severity.BLOCKING]


def _style(activity: Activity, words: HouseWords) -> Iterator[Finding]:
    return house_style_of(
        [*(text_of(activity, field) for field in texts.TEXTS), *taking_part.link_texts(activity)], words
    )


_RULES: tuple[Callable[[Activity, date], Iterator[Finding]], ...] = (
    course.dates,
    course.reason,
    texts.title,
    course.forms,
    texts.both_languages,
    partners.names_of_partners,
    people.sums,
    texts.printing,
    people.headcount,
    people.countries,
    people.not_held,
    texts.objective,
    texts.progress,
    course.parts,
    course.place_in_the_programme,
    taking_part.registration,
    taking_part.link_labels,
)
