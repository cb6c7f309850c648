"""From the database to the facts of a report."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from activities.figures import Tally
from activities.models import Activity, ActivityStatus, PublicationState
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_project
from bilingual.text import Bilingual
from reports.assembly import assemble
from reports.composition import compose
from reports.facts import AttendanceFacts, ReportFacts
from reports.models import Report
from reports.tests.factories import make_report
from reports.tests.reading import stated_facts
from roadmap.models import Period, PeriodUnknownError
from roadmap.tests.factories import make_area, make_meeting, make_programme, make_roadmap

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_facts():
    call_command("load_demo_data", verbosity=0)
    return assemble(Report.objects.get(meeting__kind="session", meeting__number=40))


def test_the_demo_report_tells_its_twelve_items_in_the_order_of_the_programme(demo_facts):
    codes = [item.code for item in demo_facts.items]
    assert codes[:2] == ["2023-001", "2024-001"]
    assert [item.number for item in demo_facts.items] == [str(n) for n in range(1, 13)]
    assert [(part.code, part.number) for part in demo_facts.items[9].parts] == [
        ("2024-009", "10.1"),
        ("2024-013", "10.2"),
    ]


def test_the_demo_report_sums_honestly(demo_facts):
    assert demo_facts.figures.tally == Tally(held=12, planned=1, participations=686, reporting=8, pending=4)
    assert demo_facts.figures.member_countries is None
    assert [(area.number, area.tally.held) for area in demo_facts.areas] == [(1, 2), (2, 3), (3, 1), (4, 2)]
    assert (demo_facts.without_area.held, demo_facts.without_area.planned) == (4, 1)


def test_the_demo_report_covers_the_time_between_two_sessions(demo_facts):
    assert (demo_facts.start, demo_facts.end) == (date(2023, 12, 6), date(2024, 11, 5))
    assert demo_facts.meeting.place == Bilingual("إسطنبول", "Istanbul")


def test_both_languages_of_the_demo_report_state_its_facts(demo_facts):
    recorded = demo_facts.stated()
    arabic, english = (stated_facts(compose(demo_facts, language), language) for language in ("ar", "en"))
    assert arabic == english
    assert arabic == {fact: {recorded[fact]} for fact in arabic}
    assert {"2023-001.headcount", "2024-009.countries", "2024-008.call", "report.pending"} <= arabic.keys()


def test_abbreviations_are_those_that_occur(demo_facts):
    shorts = {row.short for row in demo_facts.abbreviations}
    assert {"OIC-VET", "SESRIC", "TOBB", "NVQF", "MSMEs", "COMCEC", "ICESCO"} <= shorts
    assert len(shorts) == len(demo_facts.abbreviations)


def test_only_published_reportable_activities_are_told():
    make_programme()
    told = make_activity()
    hidden = [make_activity(state=PublicationState.WITHDRAWN), make_activity(is_reportable=False)]
    facts = assemble(make_report(told, *hidden))
    assert [item.code for item in facts.items] == [told.code]
    assert facts.figures.tally.held == 1


def test_a_draft_part_of_a_project_is_not_told():
    make_programme()
    project = make_project()
    part = make_activity(parent=project)
    make_activity(parent=project, state=PublicationState.DRAFT)
    facts = assemble(make_report(project))
    assert [row.code for row in facts.items[0].parts] == [part.code]
    assert facts.figures.tally == Tally(held=1, pending=1)


def test_an_item_left_out_is_neither_told_nor_counted():
    make_programme()
    report = make_report(make_activity(), make_activity())
    report.items.filter(position=1).update(is_included=False, reason_left_out="Told in another report.")
    facts = assemble(report)
    assert [item.number for item in facts.items] == ["1"]
    assert facts.figures.tally.held == 1


def test_a_partner_is_named_as_it_was_then():
    make_programme()
    activity = make_activity()
    add_partner(activity, name_then_ar="الاسم القديم", name_then_en="Old name")
    partner = assemble(make_report(activity)).items[0].partners.co_organisers[0]
    assert partner.name == Bilingual("الاسم القديم", "Old name")


def test_equal_records_give_equal_facts():
    make_programme()
    activity = make_activity()
    count_participants(activity, 12)
    report = make_report(activity)
    assert assemble(report) == assemble(Report.objects.get())


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_report(size, django_assert_num_queries):
    make_programme()
    activities = [make_activity() for _ in range(size)]
    for activity in activities:
        count_participants(activity, 12)
        add_partner(activity)
        add_country(activity)
    report = Report.objects.select_related("meeting").get(pk=make_report(*activities).pk)
    with django_assert_num_queries(26):
        assemble(report)


# Proposing items.


def test_what_ends_in_the_period_is_proposed_and_what_is_planned_after_it():
    within = make_activity(start_date=date(2023, 11, 5), end_date=date(2023, 11, 7))
    ahead = make_activity(start_date=date(2024, 12, 1), status=ActivityStatus.PLANNED)
    make_activity(end_date=date(2023, 11, 5))
    make_activity(end_date=date(2024, 12, 1))
    make_activity(state=PublicationState.DRAFT)
    make_activity(is_reportable=False)
    report = make_report()
    assert report.period == Period(date(2023, 11, 6), date(2024, 11, 5))
    assert list(report.proposed_activities()) == [within, ahead]


def test_numbers_follow_the_order_of_print_in_which_what_is_to_come_stands_last():
    make_programme()
    coming = make_activity(start_date=date(2024, 12, 1), status=ActivityStatus.PLANNED)
    unrecorded = make_activity(end_date=date(2024, 10, 1), status=ActivityStatus.PLANNED)
    project, plan = make_project(), make_project()
    make_activity(parent=project)
    make_activity(parent=plan, start_date=date(2024, 12, 2), status=ActivityStatus.PLANNED)
    held = make_activity()
    facts = assemble(make_report(coming, plan, unrecorded, project, held))
    told = [(item.number, item.code) for item in facts.items]
    order = [unrecorded, project, held, coming, plan]
    assert told == [(str(number), activity.code) for number, activity in enumerate(order, start=1)]
    assert [part.number for item in facts.items for part in item.parts] == ["2.1", "5.1"]


@pytest.mark.parametrize(("end", "last"), [("2024-11-30", "2025-11-30"), ("2024-02-29", "2025-02-28")])
def test_without_the_next_session_a_report_looks_a_year_ahead(end, last):
    last = date.fromisoformat(last)
    make_meeting(39)
    meeting = make_meeting(40, end=date.fromisoformat(end), start=date.fromisoformat(end))
    ahead = make_activity(start_date=last, status=ActivityStatus.PLANNED)
    make_activity(start_date=last + timedelta(days=1), status=ActivityStatus.PLANNED)
    assert list(make_report(meeting=meeting).proposed_activities()) == [ahead]


def test_a_project_is_proposed_wherever_a_part_of_it_ends_and_its_parts_with_it():
    project = make_project()
    make_activity(parent=project)
    assert list(make_report().proposed_activities()) == [project]


def test_proposing_again_adds_only_what_is_new():
    report = make_report(make_activity())
    new = make_activity()
    assert (report.propose_items(), report.propose_items()) == (1, 0)
    assert [(item.position, item.activity) for item in report.items.all()][1] == (2, new)


def test_a_report_whose_period_is_unknown_says_which_meeting_to_enter():
    make_programme()
    report = make_report(meeting=make_meeting(33))
    with pytest.raises(PeriodUnknownError, match="32"):
        assemble(report)


def test_the_demo_activities_are_left_alone_by_the_report(demo_facts):
    assert Activity.objects.count() == 14


# What the sections add.


def month_rows(facts):
    return {row.month: row.tally for row in facts.months}


def test_every_month_of_the_period_stands_in_order_those_without_activity_too():
    make_programme()
    facts = assemble(make_report(make_activity(end_date=date(2024, 3, 14)), make_activity(end_date=date(2024, 3, 31))))
    assert [row.month for row in facts.months] == [
        *("2023-11", "2023-12"),
        *(f"2024-{month:02d}" for month in range(1, 12)),
    ]
    assert {month for month, tally in month_rows(facts).items() if tally != Tally()} == {"2024-03"}
    assert month_rows(facts)["2024-03"].held == 2


def test_what_ends_outside_the_period_has_rows_of_its_own():
    make_programme()
    later = [
        make_activity(end_date=day, status=ActivityStatus.PLANNED) for day in (date(2024, 12, 1), date(2025, 2, 1))
    ]
    facts = assemble(make_report(make_activity(end_date=date(2023, 10, 1)), *later))
    assert (facts.months[0].month, facts.months[0].tally.held) == ("earlier", 1)
    assert (facts.months[-1].month, facts.months[-1].tally.planned) == ("later", 2)
    assert "month.later.month" not in facts.stated()


def test_what_has_no_days_yet_is_counted_apart_from_the_months():
    make_programme()
    undated = make_activity(start_date=None, end_date=None, year=2024, status=ActivityStatus.PLANNED)
    facts = assemble(make_report(make_activity(), undated))
    assert month_rows(facts)["none"] == Tally(planned=1)


def test_countries_are_counted_only_where_an_activity_lists_them():
    make_programme()
    listed, unlisted = make_activity(), make_activity()
    again = make_activity()
    country = add_country(listed).country
    add_country(again, country)
    facts = assemble(make_report(listed, unlisted, again))
    assert (facts.attendance.held, facts.attendance.listed) == (3, 2)
    assert {row.code: row.activities for row in facts.attendance.countries}[country.code] == 2
    assert facts.stated()[f"country.{country.code}.activities"] == 2


def test_an_officers_words_go_with_the_item_and_a_reason_with_the_area():
    make_programme()
    roadmap = make_roadmap()
    area = make_area(roadmap)
    report = make_report(make_activity(cooperation_group="A"))
    report.roadmaps.add(roadmap)
    report.items.update(override_ar="نص", override_en="Text")
    report.coverage_notes.create(area=area, reason_ar="السبب", reason_en="The reason")
    facts = assemble(report)
    assert (facts.items[0].override, facts.items[0].group) == (Bilingual("نص", "Text"), "A")
    assert [row.reason for row in facts.areas] == [Bilingual("السبب", "The reason")]


def edition_of(facts, report):
    user = get_user_model().objects.create_user("issuer")
    return report.editions.create(
        number=1,
        code="ABCDEF",
        issued_at=datetime(2023, 11, 20, tzinfo=UTC),
        issued_by=user,
        facts=facts.to_json(),
        documents={},
        assets={},
        versions={},
    )


@pytest.fixture
def announced():
    """Three activities that the report to the 39th session told as planned, and the report after it."""
    make_programme()
    make_meeting(38)
    before = make_meeting(39)
    planned = [make_activity(start_date=day, end_date=day, status=ActivityStatus.PLANNED) for day in ANNOUNCED]
    report = make_report(*planned, meeting=before, as_of=date(2023, 10, 1))
    edition_of(assemble(report), report)
    return planned, make_report(*planned, meeting=make_meeting(40))


ANNOUNCED = (date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1), date(2024, 12, 1))


def test_what_became_of_everything_the_last_session_was_told(announced):
    planned, report = announced
    held, moved, postponed, unrecorded, ahead = planned
    Activity.objects.filter(pk=held.pk).update(status=ActivityStatus.HELD)
    Activity.objects.filter(pk=moved.pk).update(start_date=date(2025, 1, 8), end_date=date(2025, 1, 9))
    Activity.objects.filter(pk=postponed.pk).update(status=ActivityStatus.POSTPONED, status_reason_ar="تعذر السفر")
    facts = assemble(report)
    assert [(row.code, row.outcome) for row in facts.promises] == [
        (held.code, "held"),
        (moved.code, "moved"),
        (postponed.code, "postponed"),
        (unrecorded.code, "unrecorded"),
        (ahead.code, "planned"),
    ]
    assert facts.promises[1].start == date(2025, 1, 8)
    assert facts.promises[2].reason == Bilingual("تعذر السفر", "")
    assert (facts.stated()["report.promised"], facts.stated()["report.kept"]) == (5, 1)


def test_what_was_announced_and_then_withdrawn_has_no_outcome(announced):
    planned, report = announced
    Activity.objects.filter(pk=planned[0].pk).update(state=PublicationState.WITHDRAWN, status=ActivityStatus.HELD)
    assert assemble(report).promises[0].outcome == "unrecorded"


def test_the_report_before_is_compared_only_where_it_counts_the_same_way(announced):
    _planned, report = announced
    facts = assemble(report)
    assert facts.stated()["before.planned"] == 5
    assert facts.is_comparable
    assert not replace(facts, before=replace(facts.before, counting=facts.counting - 1)).is_comparable
    assert not replace(facts, meeting=replace(facts.meeting, kind="follow_up")).is_comparable


def test_facts_that_were_frozen_before_a_field_existed_can_be_read(announced):
    _planned, report = announced
    facts = assemble(report)
    told = json.loads(facts.to_json())
    for field in ("months", "attendance", "promises", "before", "counting"):
        del told[field]
    for item in told["items"]:
        del item["group"]
    read = ReportFacts.from_json(json.dumps(told))
    assert read == replace(facts, months=(), attendance=AttendanceFacts(), promises=(), before=None, counting=1)


@pytest.mark.parametrize("text", ["{}", "[]", "7", '{"code": 1}'])
def test_what_are_no_facts_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        ReportFacts.from_json(text)
