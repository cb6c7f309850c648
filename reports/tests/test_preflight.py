"""What is found in a report before it is issued, and what stands in the way."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from activities.models import Activity, Participation, PublicationState
from activities.tests.factories import (
    add_country,
    add_link,
    add_partner,
    make_kind,
    make_project,
)
from partners.models import Institution
from partners.tests.factories import make_institution
from reports.assembly import assemble
from reports.desk.records import records_behind
from reports.doors import address_of
from reports.models import Report, ReportItem, ReportSection
from reports.preflight import preflight
from reports.tests.checking import BLOCKING, NOTE, WARNING, codes, found, make_half_written, override_item, write
from reports.tests.factories import PROGRAMME_TEXTS as TEXTS
from reports.tests.factories import make_complete_activity, make_complete_report, make_edition, make_report
from roadmap.models import CooperationArea, Meeting, Programme, Roadmap
from roadmap.tests.factories import make_area, make_meeting, make_programme, make_roadmap

pytestmark = pytest.mark.django_db

END = date(2024, 11, 5)


def announce(*activities):
    """Let the edition of the 39th session have told ``activities``, as they are now, as planned."""
    make_programme()
    for number in (38, 39):
        make_meeting(number)
    told = make_report(*activities, meeting=Meeting.objects.get(number=39), as_of=date(2023, 11, 5))
    make_edition(told, *activities, facts=assemble(told).to_json())


def test_a_complete_report_can_be_issued():
    checked = preflight(make_complete_report())
    assert checked.findings == ()
    assert checked.can_issue


def test_the_demo_report_can_be_issued():
    call_command("load_demo_data", verbosity=0)
    checked = preflight(Report.objects.get(meeting__kind="session", meeting__number=40))
    assert checked.can_issue
    assert [finding.code for finding in checked.by_severity()[WARNING]] == ["headcount-pending"] * 4


# What is changed in a complete report, and what is then found in it.
FRAME = [
    (Report, {"as_of": date(2024, 11, 1)}, ("day-before-period-ends", NOTE, "report", "as_of", False)),
    (
        Report,
        {"period_start": date(2024, 1, 1), "period_end": END, "period_reason": "A gap"},
        ("own-period", NOTE, "report", "period_reason", False),
    ),
    (
        Meeting,
        {"dates_confirmed": False},
        ("meeting-provisional", WARNING, "meeting:COMCEC-40", "dates_confirmed", False),
    ),
    (Meeting, {"place_ar": None}, ("text-in-one-language", BLOCKING, "meeting:COMCEC-40", "place_ar", True)),
    (Programme, {"history_ar": None}, ("text-in-one-language", BLOCKING, "programme", "history_ar", True)),
    (Programme, {"mandate_en": None}, ("text-in-one-language", BLOCKING, "programme", "mandate_en", True)),
    (Programme, {"name_ar": None}, ("text-in-one-language", BLOCKING, "programme", "name_ar", False)),
    (
        Programme,
        {"address_ar": None, "address_en": None},
        ("text-missing", WARNING, "programme", "address_ar", False),
    ),
    (Institution, {"name_ar": None}, ("institution-name-missing", BLOCKING, "institution:sesric", "name_ar", True)),
    (Roadmap, {"valid_to": date(2024, 1, 1)}, ("roadmap-expired", NOTE, "roadmap:it", "valid_to", False)),
    (Roadmap, {"title_en": None}, ("text-in-one-language", BLOCKING, "roadmap:it", "title_en", True)),
    (CooperationArea, {"title_ar": None}, ("text-in-one-language", BLOCKING, "area:it.1", "title_ar", True)),
    (
        CooperationArea,
        {"title_ar_is_official": False},
        ("title-not-official", NOTE, "area:it.1", "title_ar_is_official", False),
    ),
]


@pytest.mark.parametrize(("model", "values", "finding"), FRAME)
def test_what_a_report_stands_on_is_looked_at(model, values, finding):
    make_area(make_roadmap(code="it"))
    report = make_complete_report()
    rows = model.objects.filter(number=40, kind="session") if model is Meeting else model.objects.all()
    rows.update(**values)
    assert found(report) == [finding]


def test_a_report_without_a_roadmap_is_a_warning():
    report = make_complete_report()
    report.roadmaps.clear()
    assert found(report) == [("roadmap-missing", WARNING, "report", "roadmaps", False)]


@pytest.mark.parametrize(
    "own_period", [{}, {"period_start": date(2024, 1, 1), "period_end": END, "period_reason": "x"}]
)
@pytest.mark.parametrize("number", [39, 40])
def test_dates_that_bound_the_period_have_to_be_there(number, own_period):
    report = make_complete_report(**own_period)
    Meeting.objects.filter(number=number).update(start=None, end=None)
    checked = preflight(Report.objects.get(pk=report.pk))
    assert [finding.code for finding in checked.standing] == ["period-unknown"]


def test_a_report_waits_for_the_programme():
    report = make_complete_report()
    Programme.objects.all().delete()
    assert codes(report) == ["programme-missing"]


def test_a_kind_that_cannot_be_told_is_found_and_nothing_breaks():
    report = make_complete_report(make_complete_activity(kind=make_kind("odd", dual_ar="")))
    write(report, text_ar="{none}", text_en="{none}")
    assert codes(report) == ["kind-incomplete"]


def test_the_desk_opens_on_a_report_that_cannot_be_told(admin_client):
    report = make_complete_report(make_complete_activity(kind=make_kind("odd", dual_ar="")))
    page = admin_client.get(reverse("desk_report", args=[report.code]))
    assert page.status_code == 200
    assert str(preflight(report).findings[0].message) in page.content.decode()


def test_every_finding_leads_to_its_field(admin_client, admin_user, django_assert_num_queries):
    report = make_complete_report()
    item = override_item(report, override_basis="")
    add_partner(item.activity)
    add_partner(item.activity, described_as_en="bodies", role="host")
    add_partner(item.activity, make_institution(name_ar=None))
    add_link(item.activity)
    add_link(item.activity, label_ar=None)
    Participation.objects.update(women=1, men=1, sexes_standing="reported")
    write(report, text_ar="خاتمة", needs_check=True)
    Programme.objects.update(history_ar=None)
    CooperationArea.objects.update(title_ar_is_official=False)
    Meeting.objects.filter(number=40).update(dates_confirmed=False)
    uncounted = make_complete_activity(title_ar_is_official=False, objective_ar=None)
    uncounted.participation.delete()
    ReportItem.objects.create(report=report, activity=uncounted)
    Report.objects.update(as_of=date(2024, 11, 1))
    findings = preflight(Report.objects.get(pk=report.pk)).findings
    with django_assert_num_queries(0):
        addresses = [address_of(finding, admin_user) for finding in findings]
    pages = {
        page: admin_client.get(page).content.decode() for page in {address.partition("#")[0] for address in addresses}
    }
    doors = [(address.partition("#")[0], address.partition("#")[2]) for address in addresses]
    assert [anchor for page, anchor in doors if f'id="{anchor}"' not in pages[page]] == []
    assert len(doors) >= 12


# Items


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"end_date": date(2024, 11, 20)}, "held-in-the-future"),
        ({"end_date": date(2023, 11, 5)}, "outside-period"),
        ({"end_date": date(2023, 11, 6)}, None),
        ({"status": "planned", "end_date": date(2024, 11, 4)}, "outcome-unrecorded"),
        ({"status": "planned", "end_date": END}, None),
        ({"status": "planned", "end_date": date(2025, 3, 1)}, None),
        ({"status": "postponed", "end_date": date(2024, 3, 1)}, "reason-missing"),
        (
            {"status": "cancelled", "end_date": date(2024, 3, 1), "status_reason_ar": "س", "status_reason_en": "w"},
            None,
        ),
        (
            {"status": "postponed", "end_date": date(2023, 3, 1), "status_reason_ar": "س", "status_reason_en": "w"},
            "outside-period",
        ),
    ],
)
def test_dates_and_status_of_an_item_have_to_agree_with_the_period(values, finding):
    report = make_complete_report(make_complete_activity(**values))
    expected = ["outside-period"] if values["end_date"] > END and "status" not in values else []
    assert sorted(codes(report)) == sorted(expected + ([finding] if finding else []))


def test_what_is_past_and_still_planned_cannot_be_waived():
    report = make_complete_report(make_complete_activity(status="planned"))
    assert found(report)[0][1:] == (BLOCKING, Activity.objects.get().code, "status", False)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": PublicationState.WITHDRAWN}, "item-not-published"),
        ({"state": PublicationState.DRAFT}, "item-not-published"),
        ({"is_reportable": False}, "item-not-reportable"),
    ],
)
def test_an_item_that_cannot_be_told_is_found(values, code):
    untold = make_complete_activity(**values)
    report = make_complete_report(make_complete_activity(), untold)
    assert found(report) == [(code, BLOCKING, untold.code, "is_included", False)]


def test_a_part_is_no_item_of_its_own():
    project = make_project(roadmap=None)
    part = make_complete_activity(parent=project)
    report = make_complete_report(make_complete_activity(), part)
    assert ("item-is-a-part", BLOCKING, part.code, "is_included", False) in found(report)


def test_the_parts_of_a_project_are_looked_at_too():
    project = make_project(area=make_area(), objective_ar="ه", objective_en="o")
    held = make_complete_activity(parent=project, start_date=date(2024, 12, 1), end_date=date(2024, 12, 2))
    make_complete_activity(parent=project, state=PublicationState.DRAFT, topics_ar="موضوع")
    assert ("outside-period", BLOCKING, held.code, "end_date", True) in found(make_complete_report(project))


def test_a_part_of_an_earlier_period_is_no_obstacle_and_not_counted_again():
    project = make_project(area=make_area(), objective_ar="ه", objective_en="o")
    earlier = make_complete_activity(parent=project, start_date=date(2022, 5, 4), end_date=date(2022, 5, 5))
    held = make_complete_activity(parent=project)
    report = make_complete_report(project)
    assert found(report) == [("counted-before", NOTE, earlier.code, "end_date", False)]
    facts = assemble(report)
    assert [part.code for part in facts.items[0].parts] == [earlier.code, held.code]
    assert facts.figures.tally.held == 1
    assert [row.code for row in records_behind(facts, "report.held")] == [held.code]


def test_an_activity_of_the_period_is_told_or_left_out_for_a_reason():
    report = make_complete_report()
    forgotten = make_complete_activity()
    for values in ({"state": "draft"}, {"is_reportable": False}, {"end_date": date(2022, 1, 1)}):
        make_complete_activity(**values)
    assert found(report) == [("not-an-item", WARNING, forgotten.code, "", False)]
    ReportItem.objects.create(report=report, activity=forgotten, is_included=False, reason_left_out="Told elsewhere")
    assert found(report) == []


def test_a_report_that_tells_nothing_is_a_warning():
    report = make_complete_report()
    report.items.all().delete()
    assert codes(report) == ["no-items", "not-an-item"]


def test_figures_of_a_later_day_are_a_note():
    report = make_complete_report()
    Participation.objects.update(reported_on=date(2024, 11, 6))
    code = Activity.objects.get().code
    assert found(report) == [("figures-after-day", NOTE, code, "reported_on", False)]


def test_contradictory_counts_can_be_waived():
    report = make_complete_report()
    Participation.objects.update(women=3, men=4, sexes_standing="reported")
    assert found(report) == [("sexes-do-not-add-up", BLOCKING, Activity.objects.get().code, "women", True)]


def test_a_partner_of_many_items_is_found_once():
    institution = make_institution(name_ar=None)
    activities = [make_complete_activity() for _ in range(3)]
    for activity in activities:
        add_partner(activity, institution)
    report = make_complete_report(*activities)
    assert found(report) == [
        ("institution-name-missing", BLOCKING, f"institution:{institution.code}", "name_ar", True)
    ]


# What the last session's edition announced


def make_announced(**said):
    """Return an activity that the last edition announced for March 2024, and a report that tells another one."""
    announced = make_complete_activity(status="planned", end_date=date(2024, 3, 5))
    announce(announced)
    for name, value in said.items():
        setattr(announced, name, value)
    announced.save()
    meeting = make_meeting(40)
    report = make_report(make_complete_activity(), meeting=meeting, as_of=END)
    make_programme(**TEXTS)
    report.roadmaps.set([CooperationArea.objects.get().roadmap])
    ReportSection.objects.update(needs_check=False)
    return announced, report


HELD = {"status": "held"}
MOVED = {"start_date": date(2025, 2, 1), "end_date": date(2025, 2, 2)}


def test_what_was_announced_has_to_be_an_item():
    announced, report = make_announced(**MOVED)
    assert found(report) == [("announced-not-told", BLOCKING, announced.code, "", False)]
    ReportItem.objects.create(report=report, activity=announced)
    assert found(report) == []


def test_what_was_announced_and_is_left_out_is_a_warning():
    announced, report = make_announced(**MOVED)
    ReportItem.objects.create(report=report, activity=announced, is_included=False, reason_left_out="No news")
    assert found(report) == [("announced-left-out", WARNING, announced.code, "is_included", False)]


def test_what_was_announced_needs_an_outcome_once_its_days_are_past():
    announced, report = make_announced()
    ReportItem.objects.create(report=report, activity=announced)
    assert found(report) == [("outcome-unrecorded", BLOCKING, announced.code, "status", False)]


def test_what_was_announced_and_withdrawn_since_may_be_waived():
    announced, report = make_announced(state=PublicationState.WITHDRAWN, **MOVED)
    assert found(report) == [("announced-not-told", BLOCKING, announced.code, "", True)]


def test_a_part_that_was_announced_and_withdrawn_since_has_no_outcome():
    project = make_project(area=make_area(), objective_ar="ه", objective_en="o")
    part = make_complete_activity(parent=project, status="planned", end_date=date(2024, 3, 5))
    make_complete_activity(parent=project)
    announce(project)
    report = make_report(project, meeting=make_meeting(40), as_of=END)
    make_programme(**TEXTS)
    report.roadmaps.set([CooperationArea.objects.get().roadmap])
    assert codes(report) == ["outcome-unrecorded"]
    part.state = PublicationState.WITHDRAWN
    part.save()
    assert found(report) == [("announced-without-outcome", BLOCKING, part.code, "", True)]


def test_what_was_announced_and_postponed_out_of_the_period_is_told_without_a_finding():
    reason = {"status_reason_ar": "سبب", "status_reason_en": "why"}
    days = {"start_date": date(2023, 10, 1), "end_date": date(2023, 10, 1)}
    announced, report = make_announced(status="postponed", **reason, **days)
    ReportItem.objects.create(report=report, activity=announced)
    assert found(report) == []


def test_a_part_that_was_announced_and_cancelled_before_the_period_is_told_without_a_finding():
    project = make_project(area=make_area(), objective_ar="ه", objective_en="o")
    days = {"start_date": date(2023, 10, 1), "end_date": date(2023, 10, 1)}
    part = make_complete_activity(parent=project, status="planned", **days)
    make_complete_activity(parent=project)
    announce(project)
    report = make_report(project, meeting=make_meeting(40), as_of=END)
    make_programme(**TEXTS)
    report.roadmaps.set([CooperationArea.objects.get().roadmap])
    part.status, part.status_reason_ar, part.status_reason_en = "cancelled", "سبب", "why"
    part.save()
    assert found(report) == []


# All of it


def test_findings_stand_in_the_order_of_their_weight():
    report = make_complete_report(as_of=date(2024, 11, 1))
    write(report, text_ar="خاتمة")
    Meeting.objects.filter(number=40).update(dates_confirmed=False)
    checked = preflight(Report.objects.get(pk=report.pk))
    assert [finding.severity for finding in checked.findings] == [BLOCKING, WARNING, NOTE]
    assert [(severity, len(rows)) for severity, rows in checked.by_severity().items()] == [
        (BLOCKING, 1),
        (WARNING, 1),
        (NOTE, 1),
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_sentence_speaks_one_language(language):
    report, _key = make_half_written()
    item = override_item(report, "حضر 32", "32 came", override_basis="")
    add_partner(item.activity, make_institution(name_ar=None, name_en="KOBIA"))
    make_complete_activity()
    with override(language):
        sentences = [str(finding.message) for finding in preflight(report).findings]
    letters = [letter for sentence in sentences for letter in sentence.replace("KOBIA", "")]
    arabic = sum("\u0620" <= letter <= "\u064a" for letter in letters)
    latin = sum(letter.isascii() and letter.isalpha() for letter in letters)
    assert (latin, arabic > 0) == (0, True) if language == "ar" else (arabic, latin > 0) == (0, True)


def fill(report, number):
    """Give the report as many activities and projects of which something is to be said, and as many that it forgot."""
    area = CooperationArea.objects.get()
    for _ in range(number):
        activity, project = make_complete_activity(topics_ar="موضوع"), make_project(area=area)
        for row in (activity, make_complete_activity(parent=project)):
            add_partner(row, make_institution(name_ar=None))
            add_country(row)
        for row in (activity, project):
            ReportItem.objects.create(report=report, activity=row, override_ar="نص 5", position=9)
        make_complete_activity()


def test_a_preflight_costs_no_more_queries_for_a_longer_report():
    report = make_complete_report()
    counts, sizes = [], []
    for number in (1, 29):
        fill(report, number)
        fresh = Report.objects.get(pk=report.pk)
        with CaptureQueriesContext(connection) as queries:
            sizes.append(len(preflight(fresh).findings))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert sizes[1] > 25 * sizes[0]
