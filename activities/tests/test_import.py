"""Imports: what a file adds, changes and leaves alone, and what is held back with which sentence."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.utils.translation import override

from activities.models import Activity, CountryParticipation, Participation, Partnership
from activities.sheets.applying import ChangedMeanwhile, carry_out
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_project,
    make_project_kind,
)
from activities.tests.sheets import (
    COURSE,
    all_stored,
    changed,
    complaints_of,
    exported,
    imported,
    make_tables,
    opened,
    plan_of,
    planned,
    rows_of,
    saved,
    workbook_of,
)
from partners.models import Country, Institution, Membership, NationalFocalPoint
from partners.tests.factories import make_focal_point
from roadmap.models import CooperationArea

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def tables():
    make_tables()


# What is added


def test_a_new_activity_comes_with_its_rows_and_its_history(tables):
    user = User.objects.create_superuser("editor")
    row = COURSE | {
        "code": "new-1",
        "roadmap": "2020-2025",
        "area": 1,
        "venue_country": "TUR",
        "profile": "experts",
        "headcount": 80,
        "headcount_standing": "reported",
        "source": "The Ministry",
    }
    file = workbook_of(
        activities=[row],
        partnerships=[
            {"activity": "new-1", "role": "organiser", "institution": "sesric"},
            {"activity": "new-1", "role": "host", "described_as_ar": "مراكز", "described_as_en": "Centres"},
        ],
        countries=[{"activity": "new-1", "country": "MAR", "count": 4}, {"activity": "new-1", "country": "TUR"}],
    )
    plan = imported(file, user)
    assert plan.counts["added"] == {"activities": 1, "partnerships": 2, "countries": 2}
    activity = Activity.objects.get()
    assert (activity.code, activity.title_ar, activity.year, activity.area.number) == ("2024-001", "عنوان", 2024, 1)
    assert " title " in activity.search
    assert activity.participation.headcount == 80
    assert activity.participation.headcount_standing == "reported"
    assert {(row.role, row.institution and row.institution.code) for row in activity.partnerships.all()} == {
        ("organiser", "sesric"),
        ("host", None),
    }
    assert {(row.country.code, row.count) for row in activity.country_participations.all()} == {
        ("MAR", 4),
        ("TUR", None),
    }
    models = (Activity, Participation, Partnership, CountryParticipation)
    versions = [version for model in models for version in model.versions.all()]
    assert {(version.history_type, version.history_user) for version in versions} == {("+", user)}
    assert len(versions) == 6
    assert len({version.change_set for version in versions}) == 1


def test_an_import_writes_what_saving_would_write(tables):
    user = User.objects.create_superuser("editor")
    imported(workbook_of(activities=[COURSE | {"objective_en": "teach", "title_ar_is_official": False}]), user)
    by_import = Activity.objects.get()
    by_hand = Activity(
        **{
            f.attname: getattr(by_import, f.attname)
            for f in Activity._meta.concrete_fields
            if f.attname not in ("id", "code")
        }
    )
    by_hand.saved_by = user
    by_hand.save()

    def said(activity):
        activity.refresh_from_db()
        left_out = {"id", "code", "search", "changed_at"}
        columns = {
            f.attname: getattr(activity, f.attname)
            for f in Activity._meta.concrete_fields
            if f.attname not in left_out
        }
        states = activity.translation_states.values_list("field", "language", "progress", "made_from", "by")
        return columns, activity.search.replace(activity.code, "").replace(activity.code[-3:], ""), set(states)

    assert said(by_import) == said(by_hand)


def test_a_changed_text_is_remembered_as_saving_does(tables):
    activity = make_activity(title_ar="قديم", title_en="Old")
    imported(changed(exported(), {(0, "title_en"): "New"}))
    states = {(s.field, s.language): s for s in activity.translation_states.all()}
    assert states["title", "ar"].is_behind("New")
    assert not states["title", "en"].is_behind("قديم")


def test_codes_continue_where_the_year_stands_and_given_ones_are_kept(tables):
    make_activity(code="2024-007")
    file = workbook_of(
        activities=[COURSE | {"title_en": f"T{n}", "code": code} for n, code in enumerate(["2024-030", None, None])]
    )
    imported(file)
    assert sorted(Activity.objects.values_list("code", flat=True)) == ["2024-007", "2024-030", "2024-031", "2024-032"]
    assert make_activity().code == "2024-033"


def test_a_project_and_its_parts_come_in_one_file(tables):
    make_project_kind()
    project = {"code": "new-9", "kind": "project", "title_en": "Project", "title_ar": "مشروع", "year": 2024}
    imported(workbook_of(activities=[COURSE | {"project": "new-9"}, project]))
    part = Activity.objects.get(parent__isnull=False)
    assert part.parent.title_en == "Project"
    assert part.parent.status is None


def test_everything_that_a_template_has_can_be_added(tables):
    file = workbook_of(
        institutions=[
            {"code": "department", "name_en": "Department", "name_ar": "إدارة", "parent": "ministry"},
            {"code": "ministry", "name_en": "Ministry", "name_ar": "وزارة", "country": "MAR", "kind": "ministry"},
            {"name_en": "Agency", "name_ar": "وكالة"},
        ],
        focal_points=[
            {
                "country": "MAR",
                "institution": "ministry",
                "name_en": "A B",
                "name_ar": "أ ب",
                "language": "ar",
                "start": "2024-01-01",
            }
        ],
        membership=[{"country": "MAR", "status": "member", "start": "1969-09-25"}],
        areas=[{"roadmap": "2020-2025", "number": 2, "title_ar": "مجال", "title_en": "Area"}],
        activities=[COURSE | {"code": "new-1", "roadmap": "2020-2025", "area": 2}],
        partnerships=[{"activity": "new-1", "role": "host", "institution": "department"}],
    )
    plan = imported(file)
    assert plan.complaints == []
    department = Institution.objects.get(code="department")
    assert (department.parent.code, department.parent.country.code) == ("ministry", "MAR")
    assert " department " in department.search
    assert Institution.objects.filter(code="agency").exists()
    assert NationalFocalPoint.objects.get().institution.code == "ministry"
    assert Membership.objects.filter(country__code="MAR").latest("start").start == date(1969, 9, 25)
    assert CooperationArea.objects.get(number=2).title_ar == "مجال"
    assert Activity.objects.get().area.number == 2


def test_names_serve_where_they_are_unmistakable(tables):
    row = COURSE | {"code": "new-1", "kind": "Training course", "venue_country": "TUR · تركيا", "mode": "عبر الإنترنت"}
    assert (
        complaints_of(
            workbook_of(
                activities=[row],
                partnerships=[{"activity": "new-1", "role": "المضيف" and "host", "institution": "سيسرك"}],
            )
        )
        == []
    )


# What changes


def test_only_what_differs_is_changed_field_by_field(tables):
    activity = make_activity(title_en="Old", venue_country=Country.objects.get(code="TUR"))
    count_participants(activity, 80)
    file = changed(exported(), {(0, "title_en"): "New", (0, "headcount"): 81})
    plan = imported(file)
    [draft] = plan.drafts["activities"]
    assert plan.counts["changed"] == {"activities": 1}
    assert [(draft.before[n], draft.values[n]) for n in draft.changed] == [("Old", "New"), (80, 81)]
    activity.refresh_from_db()
    assert (activity.title_en, activity.participation.headcount, activity.version) == ("New", 81, 2)
    assert " new " in activity.search
    assert activity.versions.first().history_type == "~"


def test_a_change_of_a_row_counts_as_one_of_its_activity(tables):
    activity = make_activity()
    add_country(activity, Country.objects.get(code="MAR"), 4)
    imported(changed(exported(), {(0, "count"): 5}, "Participating countries"))
    activity.refresh_from_db()
    assert (activity.version, activity.country_participations.get().count) == (2, 5)


def test_a_partner_is_found_again_though_all_of_it_changes(tables):
    row = add_partner(make_activity(), described_as_en="Centres", role="host")
    imported(changed(exported(), {(0, "described_as_en"): "Schools", (0, "role"): "funder"}, "Partners"))
    row.refresh_from_db()
    assert (row.role, row.described_as_en, Partnership.objects.count()) == ("funder", "Schools", 1)


def test_columns_that_a_file_leaves_out_stay_as_they_are(tables):
    activity = make_activity(title_en="Old", objective_en="teach")
    [row] = rows_of(exported())
    imported(workbook_of(activities=[{"code": row["code"], "title_en": "New", "version": row["version"]}]))
    activity.refresh_from_db()
    assert (activity.title_en, activity.objective_en, activity.state) == ("New", "teach", "published")


def test_an_emptied_text_is_emptied_and_an_emptied_choice_is_kept(tables):
    activity = make_activity(objective_en="teach")
    imported(changed(exported(), {(0, "objective_en"): None, (0, "mode"): None}))
    activity.refresh_from_db()
    assert (activity.objective_en, activity.mode) == (None, "online")


def test_the_same_file_twice_changes_nothing_and_writes_no_history(tables):
    file = workbook_of(
        activities=[COURSE | {"code": "new-1", "headcount": 8, "headcount_standing": "reported"}],
        partnerships=[{"activity": "new-1", "role": "host", "described_as_en": "Centres"}],
        countries=[{"activity": "new-1", "country": "MAR", "count": 4}],
        institutions=[{"name_en": "Agency"}],
    )
    imported(file)
    before = all_stored(), Activity.versions.count(), Partnership.versions.count()
    plan = imported(file)
    assert (plan.does_nothing, plan.complaints, plan.unchanged) == (True, [], 4)
    assert (all_stored(), Activity.versions.count(), Partnership.versions.count()) == before


# Conflicts


def test_what_was_changed_since_the_export_is_not_overwritten(tables):
    activity = make_activity(title_en="Old")
    file = changed(exported(), {(0, "title_en"): "From the file"})
    Activity.objects.filter(pk=activity.pk).update(title_en="From the portal")
    [complaint] = plan_of(file).complaints
    assert (complaint.is_conflict, complaint.row, complaint.column) == (True, 4, "title_en")
    assert "From the portal" in complaint.sentence
    imported(file)
    activity.refresh_from_db()
    assert activity.title_en == "From the portal"


def test_a_row_that_says_what_the_portal_has_by_now_is_no_conflict(tables):
    activity = make_activity(title_en="Old")
    file = changed(exported(), {(0, "title_en"): "New"})
    Activity.objects.filter(pk=activity.pk).update(title_en="New")
    assert plan_of(file).complaints == []


def test_a_row_without_its_version_overwrites_nothing(tables):
    make_activity(title_en="Old", code="2024-001")
    [complaint] = plan_of(workbook_of(activities=[{"code": "2024-001", "title_en": "New"}])).complaints
    assert complaint.is_conflict
    assert "Old" in complaint.sentence


def test_what_changes_between_plan_and_writing_stops_the_import(tables):
    activity = make_activity(title_en="Old")
    make_activity()
    plan = plan_of(changed(exported(), {(0, "title_en"): "New", (1, "title_en"): "Another"}))
    Activity.objects.filter(pk=activity.pk).update(title_en="From the portal")
    before = all_stored()
    with pytest.raises(ChangedMeanwhile):
        carry_out(plan)
    assert all_stored() == before
    assert Activity.versions.filter(history_type="~").count() == 0


# What comes back


def test_rows_held_back_come_back_with_their_reasons_and_can_be_sent_again(tables, tmp_path):
    file = workbook_of(activities=[COURSE, COURSE | {"title_en": "Broken", "kind": "no-kind", "headcount": "=1"}])
    back = (tmp_path / "back.xlsx").open("w+b")
    with planned(file) as read, back:
        read.write_held_back(back)
        [row] = rows_of(back)
        assert "not known here" in row["reasons"]
        assert "formula" in row["reasons"]
        assert (row["title_en"], row["kind"]) == ("Broken", "no-kind")
        assert [c[:3] for c in complaints_of(back)] == [("activities", 4, "kind"), ("activities", 4, "headcount")]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_sentences_are_in_the_language_of_whoever_sends(tables, language):
    with override(language):
        [(*_, sentence)] = complaints_of(workbook_of(activities=[COURSE | {"headcount": 1.5}]))
    assert ("كسر" in sentence) == (language == "ar")


# Cost


@pytest.mark.parametrize("size", [2, 40])
def test_statements_do_not_grow_with_the_rows(tables, django_assert_max_num_queries, size):
    file = workbook_of(
        activities=[
            COURSE | {"code": f"new-{n}", "title_en": f"T{n}", "headcount": 5, "headcount_standing": "reported"}
            for n in range(size)
        ],
        partnerships=[{"activity": f"new-{n}", "role": "host", "institution": "sesric"} for n in range(size)],
        countries=[{"activity": f"new-{n}", "country": code} for n in range(size) for code in ("MAR", "TUR")],
    )
    with django_assert_max_num_queries(40):
        imported(file)
    assert Activity.objects.count() == size


def test_a_project_that_is_renamed_is_found_through_its_parts(tables):
    project = make_project(title_en="Old")
    part = make_activity(parent=project)
    row = next(n for n, said in enumerate(rows_of(exported())) if said["kind"] == "project")
    imported(changed(exported(), {(row, "title_en"): "Renamed"}))
    part.refresh_from_db()
    assert " renamed " in part.search


def test_a_focal_point_is_found_again(tables):
    make_focal_point()
    imported(changed(exported(), {(0, "name_en"): "Somebody Else"}, "National focal points"))
    assert NationalFocalPoint.objects.get().name_en == "Somebody Else"


def test_a_heading_that_was_worded_otherwise_is_still_a_heading(tables):
    make_activity()
    file = changed(exported(), {})
    book = opened(file)
    book["Activities"].cell(3, 2).value = "نوع آخر"
    plan = plan_of(saved(book))
    assert (plan.complaints, plan.does_nothing) == ([], True)
