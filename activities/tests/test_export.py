"""Activities as spreadsheets: both languages, codes for names, text that stays text."""

import csv
import io
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from activities.models import Activity, Role, Standing
from activities.resources import ActivityResource
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_profile,
    make_project,
)
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db

EXPORT = "/en/admin/activities/activity/export/"
WORKBOOK, TEXT = "0", "1"


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def rows_of_workbook(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    header, *rows = sheet.iter_rows()
    names = [cell.value for cell in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def exported(client, query=""):
    response = client.post(EXPORT + query, {"format": WORKBOOK, "resource": "0"})
    assert response.status_code == 200
    return rows_of_workbook(response)


def full_activity():
    area = make_area(make_roadmap(code="2020-2025"), number=1)
    activity = make_activity(
        kind=make_kind(),
        title_ar="عنوان",
        title_en="Title",
        roadmap=area.roadmap,
        area=area,
        parent=make_project(),
        venue_country=make_country("TUR"),
    )
    add_partner(activity, make_institution(code="sesric"), Role.ORGANISER)
    add_partner(activity, role=Role.CONTENT_PROVIDER, described_as_en="Centres")
    add_country(activity, make_country("MAR"), 4)
    add_country(activity, make_country("AZE"))
    count_participants(activity, 80, women=30, member_countries=22, profile=make_profile(), source="The Ministry")
    return activity


def test_a_row_tells_all_of_an_activity(staff):
    activity = full_activity()
    row = {name: cell.value for name, cell in exported(staff, "?status__exact=held")[0].items()}
    assert {name: value for name, value in row.items() if value not in (None, "")} == {
        "code": activity.code,
        "kind": "training-course",
        "title_ar": "عنوان",
        "title_en": "Title",
        "title_ar_is_official": True,
        "title_en_is_official": True,
        "start_date": datetime(2024, 3, 13),  # noqa: DTZ001 -- a cell has no zone
        "end_date": datetime(2024, 3, 14),  # noqa: DTZ001
        "year": 2024,
        "mode": "online",
        "venue_country": "TUR",
        "status": "held",
        "roadmap": "2020-2025",
        "area": 1,
        "project": activity.parent.code,
        "partners": "content_provider: Centres; organiser: sesric",
        "profile": "experts",
        "headcount": 80,
        "headcount_standing": "reported",
        "women": 30,
        "sexes_standing": "reported",
        "member_countries": 22,
        "countries_standing": "reported",
        "countries": "AZE; MAR: 4",
        "source": "The Ministry",
        "is_reportable": True,
        "state": "published",
    }


def test_every_text_has_a_column_for_each_language_and_none_without(staff):
    make_activity()
    columns = set(exported(staff)[0])
    translated = {"title", "venue", "status_reason", "audience", "objective", "topics", "summary"}
    assert translated & columns == set()
    assert {f"{name}_{language}" for name in translated for language in ("ar", "en")} <= columns


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_file_is_the_same_whoever_asks(staff, language):
    make_activity(title_ar="عنوان", title_en="Title")
    response = staff.post(f"/{language}/admin/activities/activity/export/", {"format": WORKBOOK, "resource": "0"})
    [row] = rows_of_workbook(response)
    assert (row["title_ar"].value, row["title_en"].value) == ("عنوان", "Title")


def test_what_is_not_known_is_an_empty_cell(staff):
    count_participants(make_activity(), None)
    [row] = exported(staff)
    assert (row["headcount"].value, row["headcount_standing"].value, row["area"].value) == (
        None,
        Standing.PENDING,
        None,
    )
    make_project()
    assert len(exported(staff)) == 2


@pytest.mark.parametrize("title", ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://x.example")', "'=1"])
def test_what_looks_like_a_formula_is_text(staff, title):
    make_activity(title_en=title)
    cell = exported(staff)[0]["title_en"]
    assert (cell.value, cell.data_type) == (title, "s")
    response = staff.post(EXPORT, {"format": TEXT, "resource": "0"})
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert row["title_en"] == (title if title.startswith("'") else f"'{title}")


def test_a_text_table_opens_in_excel_in_arabic(staff):
    make_activity(title_ar="عنوان")
    response = staff.post(EXPORT, {"format": TEXT, "resource": "0"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"].endswith('.csv"')
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["title_ar"], row["start_date"], row["headcount"]) == ("عنوان", "2024-03-13", "")


def test_the_file_holds_what_the_list_shows(staff):
    make_activity(title_en="Assessment")
    make_activity(title_en="Quality", status="planned")
    assert [row["title_en"].value for row in exported(staff, "?status__exact=planned")] == ["Quality"]
    assert [row["title_en"].value for row in exported(staff, "?q=assessment")] == ["Assessment"]
    assert staff.get(EXPORT + "?q=assessment").context["number"] == 1


def test_nothing_is_exported_for_a_filter_that_is_none(staff):
    response = staff.get(EXPORT + "?title_ar__regex=(((")
    assert (response.status_code, response.url) == (302, "/en/admin/activities/activity/?e=1")


@pytest.mark.parametrize("sent", [{}, {"format": ""}, {"format": "9"}, {"format": "abc"}])
def test_a_file_of_no_kind_is_asked_for_again(staff, sent):
    response = staff.post(EXPORT, {"resource": "0"} | sent)
    assert response.status_code == 200
    assert "text/html" in response["Content-Type"]


@pytest.mark.parametrize("size", [1, 15])
def test_an_export_costs_the_same_whatever_its_length(django_assert_max_num_queries, size):
    for _ in range(size):
        activity = make_activity()
        add_partner(activity)
        add_country(activity)
        count_participants(activity, 12)
    with django_assert_max_num_queries(6):
        ActivityResource().export(Activity.objects.all())
