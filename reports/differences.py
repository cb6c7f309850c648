"""What two accounts of the same report state differently, as sentences in both languages.

The older one is mostly an issued edition, the newer one what the records say today. Equal facts have no difference,
and facts that differ have at least one, so an empty answer means that nothing has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bilingual.text import Bilingual
from reports.assembly import assemble
from reports.facts import ActivityFacts, ReportFacts
from reports.models import Edition
from reports.phrases.changes import (
    ACTIVITY,
    ADDED,
    DETAILS,
    GONE,
    ORDER,
    ORDER_OF_SECTIONS,
    REPORT,
    REST,
    Stated,
    changed,
    filled,
    named,
    reworded,
    section_name,
)


@dataclass(frozen=True)
class Difference:
    """One thing that is stated differently now.

    ``code`` is that of the activity, ``section`` or ``report``; ``fact`` the id or the name of what differs.
    """

    code: str
    fact: str
    sentence: Bilingual


def current_differences(edition: Edition) -> tuple[Difference, ...]:
    """Return what the records say otherwise today than ``edition`` does. Raises as `assemble` does."""
    return differences(ReportFacts.from_json(edition.facts), assemble(edition.report))


def differences(before: ReportFacts, after: ReportFacts) -> tuple[Difference, ...]:
    """Return what ``after`` states otherwise than ``before``: activities first, then the report as a whole."""
    told = (*_coming_and_going(before, after), *_within_activities(before, after), *_order(before, after))
    whole = (*_sections(before, after), *_of_the_report(before, after))
    found = told + whole
    return found if found or before == after else (Difference("report", "report", reworded(Bilingual(), REST)),)


def _coming_and_going(before: ReportFacts, after: ReportFacts) -> Iterator[Difference]:
    """Yield the activities and parts of projects that only one of the two tells."""
    old, new = _by_code(before), _by_code(after)
    for code, activity in old.items():
        if code not in new:
            yield Difference(code, code, filled(GONE, where=named(activity)))
    for code, activity in new.items():
        if code not in old:
            yield Difference(code, code, filled(ADDED, where=named(activity)))


def _within_activities(before: ReportFacts, after: ReportFacts) -> Iterator[Difference]:
    old = _by_code(before)
    for code, activity in _by_code(after).items():
        if code in old and _alone(old[code]) != _alone(activity):
            found = list(_compared(code, named(activity), ACTIVITY, old[code], activity))
            yield from found or [Difference(code, code, reworded(named(activity), DETAILS))]


def _order(before: ReportFacts, after: ReportFacts) -> Iterator[Difference]:
    old, new = list(_by_code(before)), list(_by_code(after))
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Difference("report", "order", reworded(Bilingual(), ORDER))


def _sections(before: ReportFacts, after: ReportFacts) -> Iterator[Difference]:
    old, new = ({section.kind: section.text for section in facts.sections} for facts in (before, after))
    for kind in {**old, **new}:
        if kind not in new:
            yield Difference("section", kind, filled(GONE, where=section_name(kind)))
        elif kind not in old:
            yield Difference("section", kind, filled(ADDED, where=section_name(kind)))
        elif old[kind] != new[kind]:
            yield Difference("section", kind, changed(Bilingual(), section_name(kind), old[kind], new[kind]))
    if [kind for kind in old if kind in new] != [kind for kind in new if kind in old]:
        yield Difference("report", "sections", reworded(Bilingual(), ORDER_OF_SECTIONS))


def _of_the_report(before: ReportFacts, after: ReportFacts) -> Iterator[Difference]:
    yield from _compared("report", Bilingual(), REPORT, before, after)


def _compared(
    code: str, where: Bilingual, stated: tuple[Stated, ...], before: object, after: object
) -> Iterator[Difference]:
    """Yield a difference for each of ``stated`` that has another value now."""
    for each in stated:
        old, new = each.read(before), each.read(after)
        if old != new:
            fact = each.fact if code == "report" else f"{code}.{each.fact}"
            yield Difference(code, fact, changed(where, each.label, old, new, each.say))


def _by_code(facts: ReportFacts) -> dict[str, ActivityFacts]:
    """Return the activities that are told, parts of projects after their project."""
    return {row.code: row for item in facts.items for row in (item, *item.parts)}


def _alone(activity: ActivityFacts) -> ActivityFacts:
    """Return the activity without its place in the report and without its parts."""
    return replace(activity, number="", parts=())
