"""Lists of activities as files: what each form holds, in both languages, and that none of them is ever run or cut."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from activities.files.calendar import calendar_of
from activities.files.writing import FORMS
from activities.models import ActivityStatus, PublicationState, Role, Standing
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_project,
)
from activities.tests.pages import get, text_of
from bilingual.api.limits import FilesPerAddress
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
EVERY_FORM = pytest.mark.parametrize("form", ["xlsx", "csv", "json", "ics"])


def fetch(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def table(client, language, query=""):
    content = fetch(client, f"/{language}/activities/list.csv{query}")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sheet(client, language, query=""):
    book = load_workbook(io.BytesIO(fetch(client, f"/{language}/activities/list.xlsx{query}")))
    return book.active


def calendar(client, address):
    return Calendar.from_ical(fetch(client, address))


def events(client, address):
    return {str(event["UID"]): event for event in calendar(client, address).walk("VEVENT")}


@pytest.fixture
def course():
    area = make_area(title_ar="المجال", title_en="The area", number=3)
    activity = make_activity(
        code="2024-003",
        title_ar="=دورة",
        title_en="=SUM(1;2), a “course”",
        summary_en="Short; told\nin two lines",
        roadmap=area.roadmap,
        area=area,
        venue_ar="أنقرة",
        venue_en="Ankara",
        venue_country=make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye"),
    )
    body = make_institution(name_ar="الوزارة", name_en="Ministry", acronym="MIN")
    add_partner(activity, body, role=Role.ORGANISER)
    add_partner(activity, make_institution(name_ar=None, name_en="The Agency"), role=Role.ORGANISER)
    morocco = make_country("MAR", short_name_ar="المغرب", short_name_en="Morocco")
    add_country(activity, morocco, 5)
    add_country(activity, make_country("TUN", short_name_ar="تونس", short_name_en="Tunisia"))
    count_participants(activity, 82, source="MIN", reported_on=date(2024, 4, 2))
    return activity


# Tables


def test_a_table_tells_an_activity_in_the_readers_language(client, course):
    [row] = table(client, "ar")
    assert (row["الرمز"], row["العنوان"], row["الحالة"]) == ("2024-003", "'=دورة", "منجز")
    assert row["الجهات المنظمة"] == "الوزارة (MIN)؛ The Agency (بالإنجليزية)"
    assert row["البلدان المشاركة"] == "المغرب 5؛ تونس"
    [row] = table(client, "en")
    assert {name: value for name, value in row.items() if value} == {
        "Code": "2024-003",
        "Kind": "Training course",
        "Title": "'=SUM(1;2), a “course”",
        "First day": "2024-03-13",
        "Last day": "2024-03-14",
        "Year": "2024",
        "Status": "held",
        "Mode": "online",
        "Venue": "Ankara",
        "Country of venue": "Türkiye",
        "Roadmap": course.roadmap.code,
        "Area number": "3",
        "Cooperation area": "The area",
        "Organisers": "Ministry (MIN); The Agency",
        "Participants": "82",
        "Standing of participants": "reported",
        "Standing of women and men": "pending",
        "Standing of member countries": "pending",
        "Countries that took part": "Morocco 5; Tunisia",
        "Source": "MIN",
        "Reported on": "2024-04-02",
        "Summary": "Short; told\nin two lines",
        "Page": "http://127.0.0.1:8000/en/activities/2024-003/",
    }


@BOTH_LANGUAGES
def test_a_sheet_holds_text_as_text_and_runs_in_the_direction_of_its_language(client, course, language):
    page = sheet(client, language)
    assert page.sheet_view.rightToLeft is (language == "ar")
    head, row = page.iter_rows()
    assert [cell.value for cell in head] == list(table(client, language)[0])
    title, first_day, headcount = (row[place] for place in (2, 3, 22))
    assert (title.value, title.data_type) == ("=دورة" if language == "ar" else "=SUM(1;2), a “course”", "s")
    assert first_day.value.date() == date(2024, 3, 13)
    assert (headcount.value, row[24].value) == (82, None)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "|x", "＝1"])
def test_no_text_of_a_table_is_ever_run(client, text):
    make_activity(title_en=f"{text} x".strip(), venue_en=text.strip())
    [row] = table(client, "en")
    for value in (row["Title"], row["Venue"]):
        assert value.startswith("'"), value


def test_objects_are_those_of_the_interface_for_programs(client, course):
    make_activity()
    told = json.loads(fetch(client, "/ar/activities/list.json"))["activities"]
    single = [client.get(f"/api/v1/activities/{each['code']}/").json() for each in told]
    assert told == single


# Calendars


@BOTH_LANGUAGES
def test_a_calendar_holds_whole_days_and_says_its_language(client, course, language):
    address = f"/{language}/activities/2024-003/calendar.ics"
    content = fetch(client, address)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    event = events(client, address)["2024-003@oic-vet.sesric.org"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2024, 3, 13), date(2024, 3, 15))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["SUMMARY"], event["SUMMARY"].params["LANGUAGE"]) == (
        ("=دورة", "ar") if language == "ar" else ("=SUM(1;2), a “course”", "en")
    )
    place = {"ar": "أنقرة، تركيا", "en": "Ankara, Türkiye"}
    assert (event["LOCATION"], event["STATUS"]) == (place[language], "CONFIRMED")
    assert (event["DESCRIPTION"], event["DESCRIPTION"].params["LANGUAGE"]) == ("Short; told\nin two lines", "en")
    assert event["URL"] == f"http://127.0.0.1:8000/{language}/activities/2024-003/"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ActivityStatus.PLANNED, "CONFIRMED"),
        (ActivityStatus.POSTPONED, "TENTATIVE"),
        (ActivityStatus.CANCELLED, "CANCELLED"),
    ],
)
def test_a_calendar_says_what_was_moved_or_called_off_and_why(client, status, said):
    activity = make_activity(status=status, status_reason_en="No visas")
    [event] = events(client, f"/en/activities/{activity.code}/calendar.ics").values()
    assert event["STATUS"] == said
    assert event.get("DESCRIPTION") == (None if status == ActivityStatus.PLANNED else "No visas")


def test_an_event_keeps_its_name_and_counts_its_versions(client):
    activity = make_activity()
    address = f"/en/activities/{activity.code}/calendar.ics"
    before = events(client, address)
    activity.version, activity.title_en = 4, "Another title"
    activity.save()
    after = events(client, address)
    assert list(before) == list(after)
    [event] = after.values()
    assert (event["SEQUENCE"], event["SUMMARY"]) == (3, "Another title")


def test_the_calendar_of_a_project_holds_its_published_parts(client):
    project = make_project()
    part = make_activity(parent=project)
    make_activity(parent=project, state=PublicationState.DRAFT)
    found = events(client, f"/ar/activities/{project.code}/calendar.ics")
    assert list(found) == [f"{part.code}@oic-vet.sesric.org"]


def test_what_has_no_days_is_in_no_calendar(client):
    make_activity(start_date=None, end_date=None, state=PublicationState.PUBLISHED)
    assert events(client, "/en/activities/list.ics") == {}
    assert b"".join(calendar_of([], "ar")).endswith(b"END:VCALENDAR\r\n")


# All forms


@EVERY_FORM
@BOTH_LANGUAGES
def test_a_file_holds_what_the_catalogue_finds_whatever_page_is_open(client, form, language):
    wanted = [make_activity(title_en="Welding", title_ar="لحام").code for _ in range(30)]
    other = make_activity(title_en="Welding", end_date=date(2020, 1, 1)).code
    hidden = make_activity(title_en="Welding", state=PublicationState.WITHDRAWN).code
    address = f"/{language}/activities/list.{form}?year=2024&q=welding&page=2"
    content = fetch(client, address)
    if form == "xlsx":
        rows = load_workbook(io.BytesIO(content)).active.values
        content = " ".join(str(cell) for row in rows for cell in row).encode()
    assert [code for code in (*wanted, other, hidden) if code.encode() in content] == wanted


@EVERY_FORM
@BOTH_LANGUAGES
def test_a_file_has_a_name_that_says_what_it_is(client, form, language):
    response = client.get(f"/{language}/activities/list.{form}")
    name = response["Content-Disposition"].removeprefix('attachment; filename="').removesuffix('"')
    assert name.isascii()
    assert name.startswith("oic-vet-activities-20")
    assert name.endswith(f"-{language}.{form}")
    head = client.head(f"/{language}/activities/list.{form}")
    assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", response["Content-Type"])


@EVERY_FORM
def test_what_cannot_be_read_leads_to_the_page_that_names_it(client, form):
    for query in ("year=12", "country=%00", "q=" + "a" * 5_000, "area=%ED%A0%80"):
        response = client.get(f"/en/activities/list.{form}?{query}")
        assert response.status_code == 302
        assert client.get(response["Location"]).status_code == 200
    assert client.get(f"/en/activities/list.{form}?page=99999999999999999999999").status_code == 200
    assert client.get(f"/en/activities/list.{form}?q={'a' * 50_000}").status_code == 400


@EVERY_FORM
def test_an_unchanged_file_is_not_sent_again(client, django_assert_num_queries, form):
    activity = make_activity()
    address = f"/ar/activities/list.{form}"
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    activity.save()
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


@EVERY_FORM
@pytest.mark.parametrize("size", [1, 12])
def test_queries_of_a_file_do_not_grow(client, django_assert_num_queries, form, size):
    for number in range(size):
        activity = make_activity(parent=make_project(), area=(area := make_area()), roadmap=area.roadmap)
        add_partner(activity, make_institution(seat=make_country()))
        add_country(activity)
        count_participants(activity, number or None, headcount_standing=Standing.REPORTED if number else "pending")
    with django_assert_num_queries(7 if form == "xlsx" else 6):  # it asks first whether the list is too long
        fetch(client, f"/en/activities/list.{form}")


@pytest.mark.parametrize(("language", "word"), [("ar", "ثوان"), ("en", "seconds")])
def test_an_address_that_asks_for_too_many_files_is_told_when_to_go_on(client, monkeypatch, language, word):
    monkeypatch.setattr(FilesPerAddress, "THROTTLE_RATES", {"files": "2/s"})
    monkeypatch.setattr(FilesPerAddress, "timer", lambda limit: 1000.0)
    monkeypatch.setattr(FilesPerAddress, "wait", lambda limit: 4.2)
    here = {"REMOTE_ADDR": f"192.0.2.{len(language + word)}"}
    answers = [client.get(f"/{language}/activities/list.csv", **here) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[-1]["Retry-After"], answers[-1]["Cache-Control"]) == ("5", "no-store")
    assert word in answers[-1].content.decode()
    assert client.get(f"/{language}/activities/", **here).status_code == 200


@pytest.mark.parametrize("address", ["list.exe", "list.xlsx/", "2024-999/calendar.ics", "2024-9/calendar.ics"])
def test_there_is_no_other_file(client, address):
    assert client.get(f"/en/activities/{address}").status_code == 404


def test_what_is_not_published_has_no_calendar(client):
    hidden = make_activity(state=PublicationState.IN_REVIEW)
    assert client.get(f"/en/activities/{hidden.code}/calendar.ics").status_code == 404


@BOTH_LANGUAGES
def test_pages_lead_to_the_files(client, course, language):
    page = client.get(f"/{language}/activities/?year=2024&page=1").content.decode()
    for form in ("xlsx", "csv", "ics", "json"):
        assert f'href="/{language}/activities/list.{form}?year=2024"' in page
    page = client.get(f"/{language}/activities/2024-003/").content.decode()
    assert f'href="/{language}/activities/2024-003/calendar.ics"' in page


@BOTH_LANGUAGES
def test_a_list_too_long_for_a_spreadsheet_says_so_and_offers_the_others(client, monkeypatch, language):
    monkeypatch.setitem(FORMS, "xlsx", replace(FORMS["xlsx"], most=2))
    for year in (2023, 2024, 2024):
        make_activity(end_date=date(year, 5, 1))
    answer = client.get(f"/{language}/activities/list.xlsx")
    assert answer.status_code == 302
    page = get(client, answer["Location"])
    offered = [link["href"].rpartition(".")[2] for link in page.select(".take-away a")]
    assert offered == ["csv", "ics", "json"]
    assert "CSV" in text_of(page.select_one(".take-away .note"))
    assert client.get(f"/{language}/activities/list.xlsx?year=2024").status_code == 200
    assert client.get(f"/{language}/activities/list.csv").status_code == 200
    assert not get(client, f"/{language}/activities/?year=2024").select(".take-away .note")
