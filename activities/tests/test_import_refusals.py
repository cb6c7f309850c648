"""What an import refuses, each with its own sentence, and whom it refuses."""

from datetime import date, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.utils.translation import override

from activities.models import Activity, CountryParticipation, Participation
from activities.sheets.verdicts import Refused
from activities.sheets.words import sentence_of
from activities.tests.factories import (
    make_activity,
    make_project_kind,
)
from activities.tests.sheets import (
    COURSE,
    changed,
    complaints_of,
    exported,
    held_back,
    imported,
    make_tables,
    plan_of,
    workbook_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def tables():
    make_tables()


# What is refused, each with its own sentence

CELLS = [
    ("kind", "training-curse", "Did you mean training-course?"),
    ("kind", None, "cannot be empty"),
    ("venue_country", "XXX", "not known here"),
    ("start_date", "03/04/2025", "This is no date"),
    ("start_date", "2024-02-30", "There is no such day"),
    ("start_date", 45000, "This is no date"),
    ("start_date", datetime(2024, 3, 13, 9, 30), "time of day"),  # noqa: DTZ001 -- a cell has no zone
    ("end_date", date(2024, 3, 1), "cannot end before it starts"),
    ("end_date", None, "Give both days"),
    ("headcount", 12.7, "This is a fraction"),
    ("headcount", "12.7", "This is a fraction"),
    ("headcount", "twelve", "This is no number"),
    ("headcount", -1, "never negative"),
    ("headcount", 10**12, "too large"),
    ("headcount", 0, "zero is never a way"),
    ("headcount", True, "This is no number"),
    ("title_en", "=1+1", "This is a formula"),
    ("title_en", "two\nlines", "single line"),
    ("title_en", "x" * 301, "room for 300"),
    ("title_en", "over\u202eride", "reorders what a reader sees"),
    ("mode", "remote", "Choose one of: online"),
    ("is_reportable", "perhaps", "yes or no"),
    ("women", 3, "given when it is reported"),
    ("area", 7, "no area with that number"),
    ("project", "2024-999", "There is no activity"),
    ("code", "24/7", "This is no code of ours"),
    ("version", "abc", "no longer has this row"),
    ("year", 2023, "follows from the last day"),
    ("status", None, "Say whether"),
]


@pytest.mark.parametrize(("column", "value", "said"), CELLS, ids=[f"{c}-{s}" for c, v, s in CELLS])
def test_a_cell_that_cannot_be_taken_is_refused_with_its_reason(tables, column, value, said):
    row = COURSE | {"headcount": 8, "headcount_standing": "reported", "roadmap": "2020-2025"} | {column: value}
    file = workbook_of(activities=[COURSE | {"title_en": "In order"}, row])
    refused = complaints_of(file)
    assert [(sheet, number) for sheet, number, *_ in refused] == [("activities", 3)] * len(refused)
    assert any(said in sentence for *_, sentence in refused), refused
    if said != "zero is never a way":
        assert column in [c for _s, _n, c, _t in refused]
    imported(file)
    assert [activity.title_en for activity in Activity.objects.all()] == ["In order"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"title_ar": None, "title_en": None}, "title_ar"),
        ({"title_ar": None, "state": "published"}, "title_ar"),
        ({"state": "published", "start_date": None, "end_date": None}, "start_date"),
        (
            {"headcount": 5, "headcount_standing": "reported", "women": 3, "men": 3, "sexes_standing": "reported"},
            "women",
        ),
        ({"headcount": 5}, "headcount"),
        ({"status": "cancelled", "state": "in_review"}, "status_reason_ar"),
    ],
)
def test_the_rules_of_the_forms_hold_for_files(tables, changes, column):
    assert ("activities", 2, column) in held_back(workbook_of(activities=[COURSE | changes]))


@pytest.mark.parametrize("changes", [{"title_ar": None, "title_en": None}, {"title_ar": None, "state": "published"}])
def test_what_a_rule_says_of_a_cell_is_not_said_of_the_row_again(tables, changes):
    refused = complaints_of(workbook_of(activities=[COURSE | changes]))
    assert [column for _sheet, _row, column, _sentence in refused] == ["title_ar"]


def test_digits_and_groups_of_any_hand_are_read(tables):
    rows = [
        COURSE | {"title_en": f"T{n}", "headcount": said, "headcount_standing": "reported"}
        for n, said in enumerate(["١٢٣", "1,234", "1 234", 7.0])
    ]
    imported(workbook_of(activities=rows))
    assert sorted(Participation.objects.values_list("headcount", flat=True)) == [7, 123, 1234, 1234]


def test_an_activity_comes_with_all_its_rows_or_not_at_all(tables):
    file = workbook_of(
        activities=[COURSE | {"code": "new-1"}, COURSE | {"code": "new-2", "title_en": "Other"}],
        countries=[
            {"activity": "new-1", "country": "MAR"},
            {"activity": "new-1", "country": "XXX"},
            {"activity": "new-2", "country": "TUR"},
        ],
    )
    assert held_back(file) == {("countries", 3, "country"), ("countries", 2, ""), ("activities", 2, "")}
    imported(file)
    assert Activity.objects.get().title_en == "Other"
    assert CountryParticipation.objects.count() == 1


def test_parts_wait_for_a_project_that_is_held_back(tables):
    make_project_kind()
    project = {"code": "new-9", "kind": "project", "year": 2024}
    assert {("activities", 2, ""), ("activities", 3, "title_ar")} <= held_back(
        workbook_of(activities=[COURSE | {"project": "new-9"}, project])
    )


def test_the_same_row_twice_is_refused(tables):
    file = workbook_of(
        activities=[COURSE | {"code": "2024-001"}, COURSE | {"code": "2024-001", "title_en": "Other"}],
        countries=[{"activity": "2024-001", "country": "MAR"}, {"activity": "2024-001", "country": "MAR", "count": 3}],
    )
    assert {("activities", 3, "code"), ("countries", 3, "country")} <= held_back(file)


def test_an_institution_that_is_part_of_itself_by_a_detour_is_refused(tables):
    rows = [{"code": "a", "name_en": "A", "parent": "b"}, {"code": "b", "name_en": "B", "parent": "a"}]
    assert held_back(workbook_of(institutions=rows)) == {("institutions", 2, "parent"), ("institutions", 3, "parent")}


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"activities": [COURSE | {"titel_en": "x"}]}, "titel_en"),
        ({"activities": [COURSE | {"title": "x"}]}, "“title”"),
        ({"budget": [{"amount": 3}]}, "budget"),
        ({"countries": [{"country": "MAR"}]}, "activity"),
        ({"activities": []}, "no row"),
    ],
)
def test_a_heading_or_sheet_that_is_not_ours_refuses_the_file(tables, sheets, said):
    with pytest.raises(Refused) as refusal:
        plan_of(workbook_of(**sheets))
    assert said in sentence_of(refusal.value)


# Who may


def test_an_import_may_do_what_its_user_may_do(tables):
    user = User.objects.create_user("data-entry", is_staff=True)
    names = ["add_activity", "change_activity", "add_countryparticipation"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    file = workbook_of(
        activities=[COURSE | {"state": "published"}, COURSE | {"title_en": "Draft"}],
        areas=[{"roadmap": "2020-2025", "number": 2, "title_ar": "مجال", "title_en": "Area"}],
    )
    assert held_back(file, user=user) == {("activities", 2, "state"), ("areas", 2, "")}
    imported(file, user)
    assert Activity.objects.get().title_en == "Draft"


def test_data_entry_changes_what_is_published_but_does_not_withdraw_it(tables):
    user = User.objects.create_user("data-entry", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_activity"))
    make_activity()
    assert held_back(changed(exported(), {(0, "title_en"): "New"}), user=user) == set()
    assert held_back(changed(exported(), {(0, "state"): "withdrawn"}), user=user) == {("activities", 4, "state")}
