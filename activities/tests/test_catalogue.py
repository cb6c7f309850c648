"""The list of activities, as a reader asks for it."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from activities.index import current_index
from activities.models import ActivityStatus, PublicationState, Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_project,
)
from activities.tests.pages import CANARY, get, outcome, text_of, titles
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.tests.factories import make_area, make_programme, make_roadmap

pytestmark = pytest.mark.django_db


# What a list shows and what it leaves out


@pytest.mark.parametrize("state", [state for state in PublicationState if state != PublicationState.PUBLISHED])
def test_nothing_unpublished_is_seen(client, state):
    country, institution, area = make_country(), make_institution(), make_area()
    hidden = make_institution(name_ar=CANARY, name_en=CANARY)
    project = make_project(state=state, title_ar=CANARY, title_en=CANARY)
    part = make_activity(parent=project, area=area, roadmap=area.roadmap, venue_country=country)
    add_partner(part, institution)
    draft = make_activity(state=state, title_ar=CANARY, title_en=CANARY, area=area, roadmap=area.roadmap)
    for told in (draft, project):
        add_partner(told, hidden, role=Role.FUNDER)
        add_partner(told, institution)
    add_country(draft, country)
    addresses = [
        "activities/",
        f"activities/{part.code}/",
        "roadmap/",
        f"roadmap/{area.roadmap.code}/{area.number}/",
        "countries/",
        f"countries/{country.code}/",
        "partners/",
        f"partners/{institution.code}/",
    ]
    for language in ("ar", "en"):
        for address in addresses:
            assert CANARY not in client.get(f"/{language}/{address}").content.decode()
        for code in (draft.code, project.code):
            get(client, f"/{language}/activities/{code}/", status=404)
        get(client, f"/{language}/partners/{hidden.code}/", status=404)


def test_a_part_of_an_unpublished_project_is_not_found_by_its_partners(client):
    project = make_project(state=PublicationState.DRAFT)
    funder = make_institution()
    add_partner(project, funder, role=Role.FUNDER)
    make_activity(parent=project)
    assert titles(get(client, f"/en/activities/?partner={funder.code}")) == []


def test_the_catalogue_lists_parts_and_not_their_project(client):
    project = make_project(title_en="Project")
    make_activity(parent=project, title_en="Part")
    page = get(client, "/en/activities/")
    assert titles(page) == ["Part"]
    assert text_of(page.select_one(".found-count")) == "1 activity"


def test_the_newest_stand_first_and_what_has_no_date_last(client):
    make_activity(title_en="Old", end_date=date(2023, 5, 1))
    make_activity(title_en="Undated", start_date=None, end_date=None, status=ActivityStatus.PLANNED)
    make_activity(title_en="New", end_date=date(2024, 5, 1))
    assert titles(get(client, "/en/activities/")) == ["New", "Old", "Undated"]


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"status": ActivityStatus.HELD}, "figures pending"),
        ({"status": ActivityStatus.PLANNED, "end_date": TODAY + timedelta(30)}, "planned"),
        ({"status": ActivityStatus.PLANNED, "end_date": TODAY}, "planned"),
        ({"status": ActivityStatus.PLANNED, "end_date": TODAY - timedelta(1)}, "planned, outcome not yet recorded"),
        ({"status": ActivityStatus.POSTPONED}, "postponed"),
        ({"status": ActivityStatus.CANCELLED}, "cancelled"),
    ],
)
def test_a_row_without_a_figure_says_why(client, said, words):
    make_activity(**said)
    page = get(client, "/en/activities/")
    assert outcome(page) == words
    assert page.select_one(".entry-outcome .waiting")


def test_a_row_tells_its_figures(client):
    count_participants(make_activity(), 1284, member_countries=24)
    assert outcome(get(client, "/en/activities/")) == "1,284 participants 24 countries"
    assert outcome(get(client, "/ar/activities/")) == "1,284 مشاركا 24 بلدا"


def test_a_row_names_two_partners_and_counts_the_others(client):
    activity = make_activity()
    for number in range(1, 5):
        add_partner(activity, make_institution(name_en=f"Partner {number}"), order=number)
    add_partner(activity, make_institution(name_en="The organiser"), role=Role.ORGANISER)
    row = text_of(get(client, "/en/activities/").select_one(".entry-line"))
    assert row == "Training course no area named Partner 1 Partner 2 and 2 other partners"


# Pages


def test_pages_hold_25_and_keep_what_was_asked(client):
    for day in range(1, 29):
        make_activity(title_en=f"Day {day}", end_date=date(2024, 2, day))
    first = get(client, "/en/activities/?year=2024")
    assert titles(first) == [f"Day {day}" for day in range(28, 3, -1)]
    assert [link["href"] for link in first.select(".pages a")] == ["?year=2024&page=2", "?year=2024&page=2"]
    second = get(client, "/en/activities/?year=2024&page=2")
    assert titles(second) == ["Day 3", "Day 2", "Day 1"]
    assert second.select_one("link[rel=canonical]")["href"].endswith("/en/activities/?year=2024&page=2")
    assert text_of(second.select_one(".found-count")) == "28 activities"


@pytest.mark.parametrize("page", ["3", "0", "-1", "1e3", "nothing", "١٢", "9" * 30, "9" * 5000])
def test_a_page_that_is_not_there_shows_another_and_says_so(client, page):
    make_activity()
    shown = get(client, f"/en/activities/?page={quote(page)}")
    assert len(titles(shown)) == 1
    assert "There is no such page in this list" in text_of(shown)


# What a page costs


LISTS = {
    "activities/": 4,
    "activities/?year=2024&country=MYS&q=title&page=1": 5,
    "activities/?q=nothing&sort=title": 2,
    "roadmap/": 5,
    "roadmap/2020-2025/1/": 23,
    "countries/": 4,
    "countries/MYS/": 18,
    "partners/": 3,
    "partners/ministry/": 23,
}


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("address", LISTS)
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, address, size):
    make_programme()
    roadmap = make_roadmap(code="2020-2025")
    areas = [make_area(roadmap) for _ in range(size)]
    ministry = make_institution(code="ministry", country=make_country("MYS"))
    for number in range(size):
        activity = make_activity(area=areas[0], roadmap=roadmap, parent=make_project(), end_date=date(2024, 1, 1))
        count_participants(activity, 12, member_countries=3)
        add_partner(activity, ministry)
        add_partner(
            activity, make_institution(country=make_country(), seat=make_country()), role=Role.CONTENT_PROVIDER
        )
        make_institution(code=f"division-{number}", parent=ministry)
        add_partner(activity, make_institution(parent=ministry, country=ministry.country), role=Role.HOST)
        make_focal_point(country=ministry.country, is_public=True)
    current_index()  # built once, and kept while nothing changes
    with django_assert_num_queries(LISTS[address]):
        get(client, f"/en/{address}")


@pytest.mark.parametrize("size", [1, 30])
def test_an_activity_costs_the_same_however_many_took_part(client, django_assert_num_queries, size):
    make_programme()
    area = make_area()
    project = make_project()
    activity = make_activity(area=area, roadmap=area.roadmap, parent=project, venue_country=make_country())
    for _ in range(size):
        add_country(activity, make_country(), 2)
        add_partner(activity, make_institution(seat=make_country()))
        add_partner(project, make_institution(), role=Role.FUNDER)
        part = make_activity(parent=project)
        add_partner(part)
    with django_assert_num_queries(13):
        get(client, f"/en/activities/{activity.code}/")
    with django_assert_num_queries(10):
        get(client, f"/en/activities/{project.code}/")
