"""The rules of activities, their codes, partners and counts, in the database and at the field."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from activities.models import (
    Activity,
    ActivityKind,
    ActivityStatus,
    CodeCounter,
    CountryParticipation,
    Mode,
    Participation,
    Partnership,
    PublicationState,
    Role,
    Standing,
)
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_profile,
    make_project,
    make_project_kind,
)
from partners.tests.factories import make_country, make_institution
from roadmap.models import Period
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db


def refused_by_database(row):
    """Whether the database refuses ``row`` although nothing checked it before."""
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])
    return True


def fields_with_errors(row):
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return set(caught.value.message_dict)


def activity(**said):
    values = {
        "code": "2024-999",
        "kind": make_kind(),
        "title_ar": "عنوان",
        "title_en": "Title",
        "start_date": date(2024, 3, 13),
        "end_date": date(2024, 3, 14),
        "status": ActivityStatus.HELD,
        "state": PublicationState.PUBLISHED,
    }
    return Activity(**values | said)


BROKEN_ACTIVITIES = [
    ({"end_date": date(2024, 3, 12)}, "end_date"),
    ({"end_date": None}, "end_date"),
    ({"start_date": None}, "start_date"),
    ({"title_ar": None}, "title_ar"),
    ({"title_en": None, "state": PublicationState.IN_REVIEW}, "title_en"),
    ({"title_ar": None, "title_en": None, "state": PublicationState.DRAFT}, "title_ar"),
    ({"year": 1066, "start_date": None, "end_date": None, "state": PublicationState.DRAFT}, "year"),
]


@pytest.mark.parametrize(("said", "field"), BROKEN_ACTIVITIES)
def test_a_bad_activity_is_refused_by_the_database_and_named_at_its_field(said, field):
    assert fields_with_errors(activity(**said)) == {field}
    assert refused_by_database(activity(**said))


def test_an_activity_is_not_its_own_project():
    row = make_activity()
    row.parent = row
    assert fields_with_errors(row) == {"parent"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=row.pk).update(parent=row)


def test_a_draft_may_speak_one_language():
    for said in ({"title_ar": None}, {"title_en": None}):
        row = activity(state=PublicationState.DRAFT, code="", **said)
        row.full_clean(exclude=["code"])
        row.save()


def published_kind(**said):
    return activity(kind=make_kind("incomplete", **said))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: activity(kind=make_project_kind(), status=None), "start_date"),
        (lambda: activity(kind=make_project_kind(), start_date=None, end_date=None), "status"),
        (
            lambda: activity(
                kind=make_project_kind(), start_date=None, end_date=None, status=None, parent=make_project()
            ),
            "parent",
        ),
        (lambda: activity(parent=make_activity()), "parent"),
        (lambda: activity(status=None), "status"),
        (lambda: activity(start_date=None, end_date=None), "start_date"),
        (lambda: activity(area=make_area(), roadmap=make_roadmap()), "area"),
        (lambda: activity(area=make_area()), "area"),
        (lambda: activity(status=ActivityStatus.CANCELLED, status_reason_ar="لسبب"), "status_reason_en"),
        (lambda: activity(start_date=date(1900, 1, 1)), "start_date"),
        (lambda: published_kind(plural_ar=""), "kind"),
    ],
)
def test_a_rule_over_other_rows_is_named_at_its_field(make, field):
    assert fields_with_errors(make()) == {field}


def test_a_project_with_parts_stays_a_project():
    project = make_project()
    make_activity(parent=project)
    project.kind, project.status = make_kind(), ActivityStatus.HELD
    project.start_date = project.end_date = date(2024, 5, 1)
    assert fields_with_errors(project) == {"kind"}


def test_codes_count_up_within_the_year_of_the_last_day():
    days = [date(2024, 1, 9), date(2024, 12, 31), date(2025, 1, 2), date(2024, 5, 5)]
    assert [make_activity(end_date=day).code for day in days] == ["2024-001", "2024-002", "2025-001", "2024-003"]


def test_a_code_is_never_given_twice():
    first, second = make_activity(), make_activity()
    second.delete()
    assert make_activity().code == "2024-003"
    first.end_date = first.start_date = date(2025, 5, 5)
    first.save()
    assert (first.code, first.year) == ("2024-001", 2025)


def test_a_code_that_came_with_its_row_is_never_given_to_another():
    make_activity(code="2024-007")
    assert make_activity().code == "2024-008"
    make_activity(code="2024-002")
    assert make_activity().code == "2024-009"
    assert CodeCounter.objects.get().last == 9


def test_saving_again_takes_no_code():
    row = make_activity()
    row.save()
    assert CodeCounter.objects.get().last == 1


@pytest.mark.parametrize("code", ["", "2024", "x-001", "2024-", "٢٠٢٤-٠٠٧", "2024-12345678"])
def test_a_code_of_another_shape_moves_no_counter(code):
    CodeCounter.reserve(code)
    assert not CodeCounter.objects.exists()


BROKEN_COUNTS = [
    ({"headcount": 10}, "headcount"),
    ({"headcount_standing": Standing.REPORTED}, "headcount"),
    ({"headcount": 0, "headcount_standing": Standing.REPORTED}, "headcount"),
    ({"member_countries": 3}, "member_countries"),
    ({"countries_standing": Standing.ESTIMATED}, "member_countries"),
    ({"member_countries": 0, "countries_standing": Standing.REPORTED}, "member_countries"),
    ({"women": 3}, "women"),
    (
        {
            "headcount": 10,
            "headcount_standing": Standing.REPORTED,
            "women": 6,
            "men": 5,
            "sexes_standing": Standing.REPORTED,
        },
        "women",
    ),
    (
        {
            "headcount": 10,
            "headcount_standing": Standing.REPORTED,
            "women": 11,
            "sexes_standing": Standing.REPORTED,
        },
        "women",
    ),
]


@pytest.mark.parametrize(("said", "field"), BROKEN_COUNTS)
def test_a_bad_count_is_refused_by_the_database_and_named_at_its_field(said, field):
    assert fields_with_errors(Participation(activity=make_activity(), **said)) == {field}
    assert refused_by_database(Participation(activity=make_activity(), **said))


@pytest.mark.parametrize("field", ["headcount", "women", "men", "member_countries"])
def test_a_negative_count_is_refused(field):
    said = {
        "headcount": 10,
        "member_countries": 2,
        "headcount_standing": "reported",
        "countries_standing": "reported",
        "sexes_standing": "reported",
    }
    assert field in fields_with_errors(Participation(activity=make_activity(), **said | {field: -1}))
    assert refused_by_database(Participation(activity=make_activity(), **said | {field: -1}))


def test_a_country_stands_once_in_a_list():
    row = add_country(make_activity(), count=4)
    again = CountryParticipation(activity=row.activity, country=row.country)
    assert fields_with_errors(again) == {"country"}
    assert refused_by_database(again)


def test_a_partner_is_named_or_described():
    for said in ({}, {"institution": make_institution(), "described_as_en": "national institutions"}):
        assert fields_with_errors(Partnership(activity=make_activity(), **said)) == {"institution"}
        assert refused_by_database(Partnership(activity=make_activity(), **said))


def test_a_body_may_hold_several_roles_but_each_once():
    row = add_partner(make_activity(), role=Role.CO_ORGANISER)
    add_partner(row.activity, row.institution, Role.CONTENT_PROVIDER)
    again = Partnership(activity=row.activity, institution=row.institution, role=Role.CO_ORGANISER)
    assert fields_with_errors(again) == {"institution"}
    assert refused_by_database(again)


def test_a_partner_keeps_the_name_it_had():
    row = add_partner(
        make_activity(), make_institution(name_ar="الجديد", name_en="New name"), name_then_en="Former name"
    )
    assert (row.name.ar, row.name.en) == ("الجديد", "Former name")


def test_a_kind_tells_a_mode_or_none():
    kind = ActivityKind(code="x", name_ar="ن", name_en="N", implied_mode=Mode.NOT_STATED)
    assert fields_with_errors(kind) == {"implied_mode"}
    assert refused_by_database(kind)


def test_what_is_used_cannot_be_deleted():
    row = add_partner(make_activity(parent=make_project()))
    for used in (row.institution, row.activity.kind, row.activity.parent):
        with pytest.raises(ProtectedError):
            used.delete()


def test_an_activity_belongs_to_the_period_in_which_it_ends():
    period = Period(date(2023, 12, 6), date(2024, 11, 5))
    inside = [
        make_activity(start_date=date(2023, 12, 5), end_date=date(2023, 12, 6)),
        make_activity(end_date=date(2024, 11, 5)),
    ]
    make_activity(start_date=date(2024, 11, 5), end_date=date(2024, 11, 6))
    make_activity(end_date=date(2023, 12, 5))
    assert set(Activity.objects.within(period)) == set(inside)


def test_a_project_belongs_wherever_a_part_of_it_ends():
    project, other = make_project(), make_project()
    part = make_activity(parent=project, end_date=date(2024, 10, 1))
    make_activity(parent=project, end_date=date(2024, 11, 20))
    make_activity(parent=other, end_date=date(2022, 1, 1))
    assert set(Activity.objects.within(Period(date(2023, 12, 6), date(2024, 11, 5)))) == {project, part}


def test_only_published_reportable_activities_count_and_no_containers():
    counted = make_activity()
    make_project()
    make_activity(is_reportable=False)
    for state in (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.WITHDRAWN):
        make_activity(state=state)
    assert set(Activity.objects.counted()) == {counted}


def test_what_is_planned_and_past_waits_for_its_outcome():
    row = make_activity(status=ActivityStatus.PLANNED, end_date=date(2024, 3, 14))
    assert [row.outcome_is_unrecorded(day) for day in (date(2024, 3, 14), date(2024, 3, 15))] == [False, True]
    assert list(Activity.objects.coming(date(2024, 3, 14))) == [row]
    assert list(Activity.objects.coming(date(2024, 3, 15))) == []


def test_a_project_is_held_once_nothing_in_it_is_planned():
    project = make_project()
    assert project.project_status == ""
    part = make_activity(parent=project)
    assert project.project_status == ActivityStatus.HELD
    Activity.objects.filter(pk=part.pk).update(status=ActivityStatus.PLANNED)
    assert project.project_status == ActivityStatus.PLANNED


def test_records_without_a_date_stand_last_either_way():
    project, early, late = make_project(), make_activity(), make_activity(end_date=date(2024, 9, 1))
    assert list(Activity.objects.latest_first()) == [late, early, project]
    assert list(Activity.objects.in_order()) == [early, late, project]


def test_an_activity_is_found_by_its_partner_and_its_project():
    project = make_project(title_ar="مشروع المهارات", title_en="Skills project")
    row = make_activity(parent=project, title_en="Assessment")
    add_partner(row, make_institution(name_ar="البنك الإسلامي", name_en="Islamic Bank"))
    for query in ("bank assessment", "الاسلامي", "skills assessment", row.code):
        assert row in Activity.objects.matching(query), query
    assert not Activity.objects.matching("bank nowhere").exists()


def test_a_part_is_found_by_its_project_as_it_is_now_and_only_once_that_is_public():
    project = make_project(title_en="Lighthouse", state=PublicationState.DRAFT)
    part = make_activity(parent=project)
    assert list(Activity.objects.published().matching("lighthouse")) == []
    project.state = PublicationState.PUBLISHED
    project.save()
    assert part in Activity.objects.published().matching("lighthouse")
    project.title_en = "Beacon"
    project.save()
    assert part not in Activity.objects.matching("lighthouse")
    assert part in Activity.objects.matching("beacon")


def test_every_row_says_what_it_is():
    row = make_activity(title_ar="عنوان", title_en="A title")
    count_participants(row, 40)
    add_country(row, make_country("QQQ", short_name_ar="بلد", short_name_en="Land"), 3)
    add_partner(row, described_as_en="Centres")
    texts = [str(each) for each in (row, row.participation, row.country_participations.get(), row.partnerships.get())]
    assert all(texts)
    assert not any("object (" in text for text in texts)
    assert str(make_profile())
