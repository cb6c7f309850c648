"""The data in fixtures/ arrive whole, once, and never in place of what staff entered."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from activities.figures import Tally, tally
from activities.models import Activity, ActivityKind, CodeCounter, ParticipantProfile, Partnership, Role
from activities.tests.factories import make_activity, make_kind
from oicvet.loading import load_demo_data, load_reference_data
from oicvet.loading.reference import partial_date
from partners.models import Country, Institution, Membership, MembershipStatus, NationalFocalPoint, Precision
from reports.models import Report
from roadmap.models import Abbreviation, CooperationArea, Meeting, Period, Programme, Roadmap, WorkPlanItem
from roadmap.tests.factories import make_objective

pytestmark = pytest.mark.django_db


def run(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.fixture
def reference():
    load_reference_data()


@pytest.fixture
def demo():
    load_demo_data()


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("1969", date(1969, 1, 1), Precision.YEAR),
        ("1979-05", date(1979, 5, 1), Precision.MONTH),
        ("2012-08-15", date(2012, 8, 15), Precision.DAY),
    ],
)
def test_a_date_that_is_not_known_in_full_stands_at_its_first_day(text, day, precision):
    assert partial_date(text) == (day, precision)


@pytest.mark.parametrize("word", ["سيسرك", "SESRIC"])
def test_the_organ_is_found_by_its_short_name_in_both_languages(reference, word):
    assert [institution.code for institution in Institution.objects.matching(word)] == ["sesric"]


def test_reference_data_arrive_whole(reference):
    models = (Country, Roadmap, CooperationArea, ActivityKind, ParticipantProfile, Meeting, Abbreviation, Programme)
    assert [model.objects.count() for model in models] == [62, 1, 4, 8, 8, 19, 7, 1]
    assert Group.objects.count() == 5
    assert Country.objects.ever_members().count() == 57
    assert Membership.objects.filter(status=MembershipStatus.OBSERVER).count() == 5
    assert set(
        Country.objects.filter(memberships__status=MembershipStatus.OBSERVER).values_list("code", flat=True)
    ) == {
        "BIH",
        "CAF",
        "RUS",
        "THA",
        "XNC",
    }


def test_every_reference_row_speaks_both_languages(reference):
    for model, fields in {
        Country: ["short_name"],
        Roadmap: ["title", "short_title"],
        CooperationArea: ["title"],
        ActivityKind: ["name"],
        ParticipantProfile: ["name"],
        Abbreviation: ["meaning"],
        Programme: ["name", "organ_short_name", "address", "aim", "history", "mandate"],
    }.items():
        for field in fields:
            for language in ("ar", "en"):
                assert not model.objects.filter(**{f"{field}_{language}": None}).exists(), (model, field, language)


def test_every_kind_and_profile_can_be_counted_in_both_languages(reference):
    assert [
        row.code for row in [*ActivityKind.objects.all(), *ParticipantProfile.objects.all()] if not row.is_complete
    ] == []
    assert [kind.code for kind in ActivityKind.objects.filter(is_project=True)] == ["project"]


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2024, 6, 1), 56),  # Syria suspended
        (date(2025, 3, 6), 56),
        (date(2025, 3, 7), 57),
        (date(2025, 4, 1), 57),
        (date(1981, 1, 1), 40),  # before later members, Egypt and Afghanistan suspended
        (date(1968, 12, 31), 0),
    ],
)
def test_membership_is_dated(reference, day, members):
    assert Country.objects.members_on(day).count() == members


def test_syria_is_no_member_while_suspended(reference):
    syria = Country.objects.get(code="SYR")
    assert not syria.is_member_on(date(2024, 6, 1))
    assert syria.is_member_on(date(2025, 4, 1))
    assert syria.is_member_on(date(2012, 8, 14))
    assert not syria.is_member_on(date(2012, 8, 15))


@pytest.mark.parametrize(
    ("code", "start", "start_precision", "until", "until_precision"),
    [
        ("EGY", date(1979, 5, 1), Precision.MONTH, date(1984, 3, 1), Precision.MONTH),
        ("AFG", date(1980, 1, 1), Precision.YEAR, date(1989, 3, 1), Precision.MONTH),
        ("SYR", date(2012, 8, 15), Precision.DAY, date(2025, 3, 7), Precision.DAY),
    ],
)
def test_suspensions_keep_the_precision_of_their_dates(
    reference, code, start, start_precision, until, until_precision
):
    suspension = Membership.objects.get(country__code=code, status=MembershipStatus.SUSPENDED)
    assert (suspension.start, suspension.start_precision) == (start, start_precision)
    assert (suspension.until, suspension.until_precision) == (until, until_precision)


def test_other_spellings_stand_one_a_line(reference):
    assert Country.objects.get(code="CIV").spellings == "Ivory Coast\nساحل العاج"
    assert "turkey" in Country.objects.get(code="TUR").search


def test_areas_are_those_of_the_roadmap(reference):
    assert list(
        CooperationArea.objects.values_list("roadmap__code", "number", "title_en", "title_ar_is_official")
    ) == [
        ("2020-2025", 1, "Legislative Framework, Governance and Promotion", False),
        ("2020-2025", 2, "TVET Teacher Education", True),
        ("2020-2025", 3, "Occupational Standards and Qualification & Quality Assurance System", False),
        ("2020-2025", 4, "Certification and Modular Training Programmes", True),
    ]


def test_the_sessions_bound_the_period_of_the_demo_report(reference):
    assert Meeting.objects.by_code("COMCEC-40").period() == Period(date(2023, 12, 6), date(2024, 11, 5))
    assert Meeting.objects.by_code("COMCEC-FC-40").period() == Period(date(2023, 12, 6), date(2024, 5, 23))


def test_the_executing_organ_sits_in_turkiye_without_belonging_to_it(reference):
    organ = Programme.objects.get().organ
    assert (organ.code, organ.seat.code, organ.country) == ("sesric", "TUR", None)


def test_reference_data_may_be_loaded_again(reference):
    assert run("load_reference_data") == "Reference data: nothing was missing.\n"


def test_what_staff_changed_in_reference_data_survives(reference):
    Country.objects.filter(code="TUR").update(short_name_ar="الجمهورية التركية", spellings="")
    CooperationArea.objects.filter(number=1).update(title_ar="عنوان رسمي", title_ar_is_official=True)
    Programme.objects.update(address_en="Another street")
    Membership.objects.filter(country__code="EGY", status=MembershipStatus.SUSPENDED).update(start=date(1979, 5, 9))
    Meeting.objects.filter(kind="session", number=42).update(start=date(2026, 11, 9), end=date(2026, 11, 12))
    ActivityKind.objects.filter(code="webinar").update(name_en="Web seminar")
    load_reference_data()
    assert Country.objects.get(code="TUR").short_name_ar == "الجمهورية التركية"
    assert CooperationArea.objects.get(number=1).title_ar == "عنوان رسمي"
    assert Programme.objects.get().address_en == "Another street"
    assert Membership.objects.filter(country__code="EGY").count() == 2
    assert Meeting.objects.by_code("COMCEC-42").end == date(2026, 11, 12)
    assert ActivityKind.objects.get(code="webinar").name_en == "Web seminar"


def test_what_went_missing_comes_back(reference):
    Abbreviation.objects.get(short="TVET").delete()
    Country.objects.get(code="MDV").delete()
    CooperationArea.objects.get(number=3).delete()
    said = run("load_reference_data")
    assert said == "Reference data: added countries 1, cooperation areas 1, abbreviations 1.\n"
    assert Country.objects.get(code="MDV").memberships.count() == 1


def test_the_demo_work_plan_says_of_each_item_that_it_is_a_sample(demo):
    """The real plan is not known, and nobody may take ours for it."""
    items = WorkPlanItem.objects.in_order()
    assert [item.full_number for item in items] == ["2.1", "2.1.1", "2.1.2", "2.1.3", "3.1", "3.1.1"]
    for item in items:
        assert item.is_sample
        assert "sample" in item.title_en.lower()
        assert "توضيحي" in item.title_ar


def test_the_reference_data_bring_no_work_plan(reference):
    assert not WorkPlanItem.objects.exists()


def test_a_work_plan_that_staff_entered_gets_no_sample(reference):
    objective = make_objective(CooperationArea.objects.get(number=2))
    load_demo_data()
    assert [item.full_number for item in WorkPlanItem.objects.in_order()] == [objective.full_number, "3.1", "3.1.1"]
    assert load_demo_data()["sample work plan items"] == 0


def test_the_demo_activities_are_those_of_the_report(demo):
    counted = Activity.objects.counted()
    assert Activity.objects.count() == 14
    assert tally(counted) == Tally(held=12, planned=1, participations=686, reporting=8, pending=4)
    assert counted.filter(area=None).count() == 5
    headcounts = counted.in_order().values_list("code", "participation__headcount", "participation__member_countries")
    assert list(headcounts) == [
        ("2023-001", 82, 14),
        ("2024-001", 95, 24),
        ("2024-002", 80, 22),
        ("2024-003", 29, None),
        ("2024-004", 74, 20),
        ("2024-005", 50, 25),
        ("2024-006", 124, 30),
        ("2024-007", 152, 24),
        ("2024-009", None, 20),
        ("2024-010", None, None),
        ("2024-011", None, None),
        ("2024-012", None, None),
        ("2024-013", None, None),
    ]


def test_the_demo_days_and_areas_are_those_of_the_report(demo):
    assert list(
        Activity.objects.order_by("code").values_list("code", "start_date", "end_date", "area__number", "mode")
    ) == [
        ("2023-001", date(2023, 12, 27), date(2023, 12, 28), None, "online"),
        ("2024-001", date(2024, 1, 9), date(2024, 1, 10), 1, "online"),
        ("2024-002", date(2024, 3, 13), date(2024, 3, 14), 3, "online"),
        ("2024-003", date(2024, 5, 29), date(2024, 5, 30), 4, "not_stated"),
        ("2024-004", date(2024, 6, 25), date(2024, 6, 25), 1, "online"),
        ("2024-005", date(2024, 7, 2), date(2024, 7, 2), 2, "online"),
        ("2024-006", date(2024, 7, 9), date(2024, 7, 10), 4, "not_stated"),
        ("2024-007", date(2024, 9, 5), date(2024, 9, 5), None, "online"),
        ("2024-008", None, None, None, "not_stated"),
        ("2024-009", date(2024, 10, 1), date(2024, 10, 3), None, "online"),
        ("2024-010", date(2024, 10, 18), date(2024, 10, 19), 2, "not_stated"),
        ("2024-011", date(2024, 10, 22), date(2024, 10, 23), 2, "not_stated"),
        ("2024-012", date(2024, 10, 30), date(2024, 10, 31), None, "not_stated"),
        ("2024-013", date(2024, 11, 19), date(2024, 11, 20), None, "in_person"),
    ]


def test_the_demo_project_holds_two_activities_and_names_its_funder(demo):
    project = Activity.objects.get(code="2024-008")
    assert (project.is_project, project.year, project.funding_call, project.status) == (True, 2024, 11, None)
    assert list(project.parts.order_by("code").values_list("code", "status")) == [
        ("2024-009", "held"),
        ("2024-013", "planned"),
    ]
    assert project.project_status == "planned"
    assert [row.institution.code for row in project.partnerships.filter(role=Role.FUNDER)] == [
        "comcec-project-funding"
    ]


def test_the_demo_partners_keep_their_roles_and_posts(demo):
    def partners(code, role):
        rows = Partnership.objects.filter(activity__code=code, role=role)
        return [row.institution.code if row.institution else row.described_as_en for row in rows]

    assert partners("2023-001", Role.CO_ORGANISER) == ["morocco-economic-inclusion"]
    assert partners("2023-001", Role.CONTENT_PROVIDER) == ["morocco-economic-inclusion"]
    assert partners("2024-001", Role.CO_ORGANISER) == ["isdb"]
    assert partners("2024-001", Role.CONTENT_PROVIDER) == [
        "turkiye-national-education",
        "turkiye-industry-technology",
        "tobb",
    ]
    assert partners("2024-002", Role.CO_ORGANISER) == []
    assert partners("2024-007", Role.CONTENT_PROVIDER) == ["UNEVOC Centres and national institutions in OIC countries"]
    post = Partnership.objects.get(activity__code="2024-003", role=Role.CONTENT_PROVIDER)
    assert (post.institution.code, post.post_en) == ("jordan-vtc", "Assistant Director General")
    assert Activity.objects.exclude(code="2024-008").exclude(partnerships__role=Role.ORGANISER).count() == 0


def test_a_university_abroad_is_not_its_host_country_s(demo):
    university = Institution.objects.get(code="iut")
    assert (university.country, university.seat.code) == (None, "BGD")
    assert Institution.objects.get(code="malaysia-tvet-division").parent.code == "malaysia-education"


def test_the_demo_report_tells_twelve_items_in_its_order(demo):
    report = Report.objects.get()
    assert (report.code, report.as_of, report.original_language) == ("COMCEC-40", date(2024, 11, 1), "ar")
    assert list(report.items.values_list("position", "activity__code", "is_included")) == [
        (position, code, True)
        for position, code in enumerate(
            "2023-001 2024-001 2024-002 2024-003 2024-004 2024-005 2024-006 2024-007 2024-010 2024-008 2024-011 "
            "2024-012".split(),
            start=1,
        )
    ]


def test_a_new_activity_never_takes_the_code_of_a_demo_one(demo):
    assert CodeCounter.objects.get(year=2024).last == 13
    assert make_activity(kind=make_kind(), end_date=date(2024, 12, 1)).code == "2024-014"
    assert make_activity(kind=make_kind(), end_date=date(2023, 12, 29)).code == "2023-002"


def test_each_role_has_a_demo_account(demo):
    accounts = {user.username: user for user in User.objects.all()}
    assert set(accounts) == set(DEMO_ACCOUNTS)
    assert {name: [group.name for group in user.groups.all()] for name, user in accounts.items()} == {
        "demo-data-entry": ["Data entry"],
        "demo-editor": ["Editor"],
        "demo-report-officer": ["Report officer"],
        "demo-administrator": ["Administrator"],
        "demo-focal-point": ["National focal point"],
    }
    assert {name for name, user in accounts.items() if not user.is_staff} == {"demo-focal-point"}
    assert not any(user.is_superuser for user in accounts.values())
    assert all(user.check_password(DEMO_PASSWORD) for user in accounts.values())
    assert accounts["demo-focal-point"].focal_point == NationalFocalPoint.objects.get(name_en="Demo focal point")


def test_demo_data_may_be_loaded_again(demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        said = run("load_demo_data")
    assert said.startswith("Demo data: nothing was missing.\n")
    assert all(name in said for name in (*DEMO_ACCOUNTS, DEMO_PASSWORD))


def test_what_staff_changed_in_demo_data_survives(demo):
    activity = Activity.objects.get(code="2024-009")
    activity.title_en = "Another title"
    activity.save()
    activity.participation.headcount, activity.participation.headcount_standing = 44, "reported"
    activity.participation.save()
    Partnership.objects.filter(activity=activity, role=Role.FUNDER).delete()
    Report.objects.get().items.get(position=3).delete()
    User.objects.filter(username="demo-editor").update(is_active=False)
    own = make_activity(kind=make_kind(), title_en="Entered by staff")
    load_demo_data()
    activity.refresh_from_db()
    assert (activity.title_en, activity.participation.headcount) == ("Another title", 44)
    assert activity.partnerships.filter(role=Role.FUNDER).count() == 0
    assert Report.objects.get().items.count() == 11
    assert not User.objects.get(username="demo-editor").is_active
    assert Activity.objects.filter(pk=own.pk, title_en="Entered by staff").exists()


def test_demo_data_are_refused_where_demo_accounts_are_not_allowed(settings):
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(CommandError, match="do not allow"):
        call_command("load_demo_data")
    assert not User.objects.exists()
    assert not Country.objects.exists()
