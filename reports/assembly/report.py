"""What a report states: of its meeting and period, its items, and the figures over all of them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from itertools import count, takewhile
from typing import cast

from django.db.models import Prefetch, QuerySet

from activities.figures import Tally, attended, figures, listed, tallies_by, tallies_by_month
from activities.models import Activity, ActivityKind, ActivityStatus
from activities.models.queries import ActivityQuerySet
from bilingual.text import Bilingual
from partners.models import Country
from reports.assembly.activity import activity_facts, kind_facts, parts_of, roadmap_facts, with_details
from reports.facts import (
    COUNTING,
    UNWRITTEN,
    AbbreviationFacts,
    ActivityFacts,
    AreaFacts,
    AttendanceFacts,
    BeforeFacts,
    CountryFacts,
    KindRow,
    MeetingFacts,
    MonthRow,
    ProgrammeFacts,
    ReportFacts,
    SectionFacts,
)
from reports.models import Edition, Report, ReportItem
from reports.promises import promises
from roadmap.models import Abbreviation, CooperationArea, Meeting, Period, Programme, Roadmap


def assemble(report: Report) -> ReportFacts:
    """Return what ``report`` states, in both languages at once.

    Raises `roadmap.models.PeriodUnknownError` when a date that bounds its period is not stored, and
    `Programme.DoesNotExist` before the programme itself is entered.
    """
    programme = Programme.objects.select_related("organ__seat").get()
    period, session_before = report.period, _meeting(report.meeting.session_before())
    roadmaps = list(report.roadmaps.order_by("valid_from"))
    overrides = {row.activity_id: row.overrides for row in _included(report)}
    activities = _activities(list(overrides))
    items = _in_print_order([activity_facts(each, programme, overrides[each.pk]) for each in activities], report.as_of)
    edition = report.last_session_edition()
    last = ReportFacts.from_json(edition.facts) if edition else None
    announced = promises(last, report.as_of) if last else ()
    counted = _counted(activities, session_before.end, {promise.code for promise in announced})
    told = Activity.objects.filter(pk__in=counted)
    areas = tallies_by(told, "area")
    sections = tuple(SectionFacts(row.kind, row.texts) for row in report.sections.filter(is_included=True))
    texts = _programme(programme), tuple(roadmap_facts(roadmap) for roadmap in roadmaps), items, sections
    return ReportFacts(
        code=report.code,
        document_code=report.document_code,
        original_language=report.original_language,
        as_of=report.as_of,
        meeting=_meeting(report.meeting),
        session_before=session_before,
        start=period.start,
        end=period.end,
        programme=texts[0],
        roadmaps=texts[1],
        sections=sections,
        items=items,
        figures=figures(told),
        areas=_areas(report, roadmaps, areas),
        without_area=areas.get(None, Tally()),
        kinds=_kinds(told),
        abbreviations=_abbreviations(activities, programme, str(texts)),
        months=_months(told, period),
        attendance=_attendance(told, period.end),
        promises=announced,
        before=_before(edition, last) if edition and last else None,
        counting=COUNTING,
    )


def facts_of_programme(programme: Programme) -> ProgrammeFacts:
    """Return what every report states of the programme itself."""
    return _programme(programme)


def _included(report: Report) -> QuerySet[ReportItem]:
    """The items that are told; a part appears with its project."""
    return report.items.filter(is_included=True, activity__parent=None)


def _activities(included: list[int]) -> list[Activity]:
    """The activities in the order of their keys, with all that is told of them and their published parts."""
    parts = Activity.objects.published().reportable().in_order()
    order = {pk: place for place, pk in enumerate(included)}
    rows = with_details(Activity.objects.published().reportable().filter(pk__in=order)).prefetch_related(
        Prefetch("parts", with_details(parts), to_attr="told_parts")
    )
    return sorted(rows, key=lambda activity: order[activity.pk])


def _in_print_order(items: list[ActivityFacts], as_of: date) -> tuple[ActivityFacts, ...]:
    """The items as they are printed and numbered: what is still to come stands after everything else."""
    ordered = sorted(items, key=lambda item: item.is_to_come(as_of))
    return tuple(item.numbered(str(place)) for place, item in enumerate(ordered, start=1))


def _with_parts(activity: Activity) -> list[Activity]:
    return [activity, *parts_of(activity)]


def was_counted_before(activity: Activity, last_session: date) -> bool:
    """Whether a part of a project was held up to ``last_session``, so that an earlier report counted it."""
    if activity.parent_id is None or activity.status != ActivityStatus.HELD:
        return False
    return activity.end_date is not None and activity.end_date <= last_session


def _counted(activities: list[Activity], last_session: date, announced: set[str]) -> list[int]:
    """The keys of what the figures count. What was counted before is told with its project, and not counted again.

    Nobody has counted yet what was only announced, however early it was held.
    """
    rows = [row for activity in activities for row in _with_parts(activity)]
    return [row.pk for row in rows if row.code in announced or not was_counted_before(row, last_session)]


def _meeting(meeting: Meeting) -> MeetingFacts:
    return MeetingFacts(
        code=meeting.code,
        kind=meeting.kind,
        number=meeting.number,
        start=cast(date, meeting.start),  # a period is only known between meetings that have dates
        end=cast(date, meeting.end),
        is_online=meeting.is_online,
        place=Bilingual.of(meeting, "place"),
    )


def _programme(programme: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(
        name=Bilingual.of(programme, "name"),
        acronym=programme.acronym,
        organ_name=Bilingual.of(programme.organ, "name"),
        organ_short_name=Bilingual.of(programme, "organ_short_name"),
        address=Bilingual.of(programme, "address"),
        history=Bilingual.of(programme, "history"),
        mandate=Bilingual.of(programme, "mandate"),
    )


def _areas(report: Report, roadmaps: list[Roadmap], tallies: dict[object, Tally]) -> tuple[AreaFacts, ...]:
    rows = CooperationArea.objects.filter(roadmap__in=roadmaps).select_related("roadmap").order_by("roadmap", "number")
    reasons = {note.area_id: Bilingual.of(note, "reason") for note in report.coverage_notes.all()}
    return tuple(
        AreaFacts(
            area.roadmap.code,
            area.number,
            Bilingual.of(area, "title"),
            tallies.get(area.pk, Tally()),
            reasons.get(area.pk, UNWRITTEN),
        )
        for area in rows
    )


def _months(told: ActivityQuerySet, period: Period) -> tuple[MonthRow, ...]:
    """Every month of the period in order; before and after it, what is told and ends outside or has no days yet."""
    tallies = tallies_by_month(told)
    months = list(takewhile(lambda month: month <= period.end, _months_from(period.start)))
    dated = [month for month in tallies if month]
    outside = {
        "earlier": [tallies[month] for month in dated if month < months[0]],
        "later": [tallies[month] for month in dated if month > months[-1]],
    }
    rows = [MonthRow(month.isoformat()[:7], tallies.get(month, Tally())) for month in months]
    earlier, later = ([MonthRow(name, reduce(_together, found))] if found else [] for name, found in outside.items())
    undated = [MonthRow("none", tallies[None])] if None in tallies else []
    return (*earlier, *rows, *later, *undated)


def _together(one: Tally, other: Tally) -> Tally:
    """Add up two tallies of different activities; what neither knows stays unknown."""
    sums = [each.participations for each in (one, other) if each.participations is not None]
    return Tally(
        held=one.held + other.held,
        planned=one.planned + other.planned,
        participations=sum(sums) if sums else None,
        reporting=one.reporting + other.reporting,
        pending=one.pending + other.pending,
    )


def _months_from(day: date) -> Iterator[date]:
    """The first days of the month of ``day`` and of all that follow."""
    return (date(day.year + month // 12, month % 12 + 1, 1) for month in count(day.month - 1))


def _attendance(told: ActivityQuerySet, day: date) -> AttendanceFacts:
    held = told.held().filter(kind__is_project=False)
    with_lists = listed(held)
    counts = attended(with_lists)
    members = Country.objects.members_on(day).order_by("code")
    return AttendanceFacts(
        held=held.count(),
        listed=with_lists.count(),
        countries=tuple(CountryFacts(country.code, country.name, counts.get(country.code, 0)) for country in members),
    )


def _before(edition: Edition, last: ReportFacts) -> BeforeFacts:
    return BeforeFacts(last.code, last.meeting.number, edition.number, last.counting, last.figures)


def _kinds(told: ActivityQuerySet) -> tuple[KindRow, ...]:
    tallies = tallies_by(told, "kind")
    told_kinds = (kind for kind in ActivityKind.objects.all() if kind.pk in tallies)
    return tuple(KindRow(kind_facts(kind), tallies[kind.pk]) for kind in told_kinds)


def _abbreviations(activities: Iterable[Activity], programme: Programme, text: str) -> tuple[AbbreviationFacts, ...]:
    """The short forms that occur in ``text``: those staff listed, the organ's, and those of partner institutions."""
    meanings = {row.short: Bilingual.of(row, "meaning") for row in Abbreviation.objects.all()}
    institutions = [
        partnership.institution
        for activity in activities
        for row in _with_parts(activity)
        for partnership in row.partnerships.all()
        if partnership.institution
    ]
    for institution in (programme.organ, *institutions):
        name = Bilingual.of(institution, "name")
        if institution.acronym and institution.acronym not in (name.ar + name.en):
            meanings.setdefault(institution.acronym, name)
    found = [short for short in meanings if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text)]
    return tuple(AbbreviationFacts(short, meanings[short]) for short in sorted(found, key=str.casefold))
