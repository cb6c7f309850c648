"""The pages of the roadmap and its areas."""

from datetime import date

import pytest

from activities.tests.factories import (
    count_participants,
    make_activity,
)
from activities.tests.pages import get, text_of, titles
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db


def test_the_current_roadmap_compares_its_areas(client):
    roadmap = make_roadmap(code="2020-2025")
    first, second = make_area(roadmap), make_area(roadmap)
    for area in (first, first, second, None):
        make_activity(roadmap=roadmap, area=area)
    page = get(client, "/en/roadmap/")
    rows = [text_of(row) for row in page.select(".area")]
    assert rows == [f"1 {first.title_en} 2 2 activities", f"2 {second.title_en} 1 1 activity"]
    assert [bar["class"] for bar in page.select(".bar > span")] == [["bar-20"], ["bar-10"]]
    assert "1 activity names no area." in text_of(page)


def test_an_expired_roadmap_says_so_and_a_former_one_keeps_its_page(client):
    make_roadmap(code="old", title_en="The old one", valid_from=date(2010, 1, 1), valid_to=date(2014, 12, 31))
    make_roadmap(code="new", title_en="The new one", valid_from=date(2015, 1, 1), valid_to=date(2019, 12, 31))
    page = get(client, "/en/roadmap/")
    assert text_of(page.h1) == "The new one"
    assert text_of(page.select_one(".standing")) == "The time of this roadmap ended on 31 December 2019."
    assert text_of(get(client, "/en/roadmap/old/").h1) == "The old one"


def test_without_a_roadmap_the_page_says_so(client):
    assert "No roadmap has been entered yet." in text_of(get(client, "/en/roadmap/"))


def test_an_area_adds_up_its_activities(client):
    area = make_area(number=2, title_en="Teachers")
    count_participants(make_activity(area=area, roadmap=area.roadmap), 50)
    make_activity(area=area, roadmap=area.roadmap)
    count_participants(make_activity(area=area, roadmap=area.roadmap, end_date=date(2020, 1, 1)), None)
    page = get(client, f"/en/roadmap/{area.roadmap.code}/2/")
    assert page.title.text == "Cooperation area 2: Teachers · OIC-VET"
    assert text_of(page.select_one(".figures")).startswith("activities held 3 participations")
    assert len(titles(page)) == 3


def test_a_long_list_leads_on_to_the_catalogue(client):
    area = make_area()
    for _ in range(26):
        make_activity(area=area, roadmap=area.roadmap)
    page = get(client, f"/en/roadmap/{area.roadmap.code}/{area.number}/")
    link = page.select_one(".listing .onward a")
    assert text_of(link) == "See all: 26 activities"
    assert text_of(get(client, link["href"]).select_one(".found-count")) == "26 activities"
