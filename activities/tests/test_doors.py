"""Every figure is a door: behind it stands a list of just so many, and the list says what it counts."""

import json
import re
from datetime import date
from random import Random
from urllib.parse import urljoin

import pytest

from activities.models import Activity, ActivityStatus, Role
from activities.tests.factories import add_partner, count_participants, make_activity, make_members
from activities.tests.pages import get, text_of, titles
from activities.tests.programmes import random_programme
from partners.models import Country, Institution
from partners.tests.factories import make_country, make_institution
from roadmap.models import CooperationArea, Roadmap
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db
MEMBER_COUNTRIES = {"البلدان الأعضاء المشاركة", "Participating member countries"}
NUMBER = re.compile(r"\+?([\d,]+)\b")


@pytest.fixture
def programme(request):
    """A programme by chance: some activities are not reported, undated, of no area, of projects, not to be seen."""
    for number in range(35, 41):
        make_meeting(number)
    random_programme(request.param)
    chance = Random(request.param)  # noqa: S311 -- test data
    for _ in range(3):
        make_activity(start_date=None, end_date=None, status=chance.choice(["planned", "postponed"]))
    abroad = make_institution(country=Country.objects.filter(oic_group="").first())  # gives, and is no member
    add_partner(Activity.objects.counted().held().first(), abroad, role="content_provider")
    Roadmap.objects.update(valid_from="2019-01-01", valid_to="2090-12-31")


def pages():
    """The pages with figures, below the language."""
    areas = CooperationArea.objects.select_related("roadmap")
    return [
        *("", "programme/", "roadmap/", "countries/", "partners/", "periods/"),
        *(f"roadmap/{each.roadmap.code}/{each.number}/" for each in areas),
        *(f"countries/{each.code}/" for each in Country.objects.all()[:3]),
        *(f"partners/{each.code}/" for each in Institution.objects.filter(partnerships__isnull=False).distinct()[:3]),
        *(f"periods/{number}/" for number in (37, 38)),
    ]


def doors_of(page):
    """The links of a page whose words begin with a number, with that number; years and numbers of areas are names."""
    for hidden in page.select(".for-ears, .option-number, nav, .almanac, th a, .area-number"):
        hidden.extract()
    for door in page.select("main a[href]"):
        if found := NUMBER.match(text_of(door)):
            yield int(found[1].replace(",", "")), door["href"]


def listed_at(client, address):
    """How many the list at an address has: activities, institutions or countries; of participations, their sum."""
    if "sort=participants" in address:
        body = client.get(address.replace("/activities/?", "/activities/list.json?")).getvalue()
        activities = json.loads(body)["activities"]
        return sum(each["participation"]["headcount"]["value"] for each in activities)
    page = get(client, address)
    assert not page.select(".unread, .notice"), address
    found = page.select_one(".found-count, #list h2 .tally")
    said = text_of(found)
    assert_says_how_many(page, said, address)
    return as_number(said)


def as_number(said):
    """The number a heading gives; Arabic says one and two without a digit."""
    if digits := re.search(r"[\d,]+", said):
        return int(digits[0].replace(",", ""))
    return 2 if re.search(r"ان\b|تان\b", said) else 1


def assert_says_how_many(page, said, address):
    """A list of one page holds as many rows as its heading says."""
    rows = page.select(".directory li, .countries-page .group li, #list .almanac > li, .results .almanac > li")
    assert page.select(".pages") or len(rows) == as_number(said), address


def without_door(page):
    """The figures of a page that lead nowhere although they count something; a difference has its sign before it."""
    figures = ".figure dd, table.bars td, .bars-pending, .matrix td, .counted-figure, .area-total, .directory-count"
    for figure in page.select(figures):
        is_door = figure.name == "a" or figure.select("a")
        if not is_door and not has_no_list(figure) and re.match("[1-9]", text_of(figure)):
            yield str(figure)


def has_no_list(figure):
    """Whether no list adds up to a figure: the people of a group, and who was a member on the last days."""
    row = figure.find_parent("tr")
    return figure.find_parent("table", class_="regions") or (row and text_of(row.th) in MEMBER_COUNTRIES)


@pytest.mark.parametrize(("programme", "language"), [(0, "ar"), (1, "en")], indirect=["programme"])
def test_every_figure_is_a_door_to_a_list_of_just_so_many(client, programme, language):
    lists, walked = {}, 0
    for path in pages():
        page = get(client, f"/{language}/{path}")
        assert list(without_door(page)) == [], path
        for number, door in doors_of(page):
            address = urljoin(f"/{language}/{path}", door).partition("#")[0]
            if address not in lists:
                lists[address] = listed_at(client, address)
            assert lists[address] == number, (path, door)
            walked += 1
    assert walked > 200


@pytest.mark.parametrize(("language", "chip"), [("ar", "يدخل في الأعداد"), ("en", "Counted in figures")])
def test_a_list_of_what_figures_count_says_so_and_can_be_widened(client, language, chip):
    make_activity(title_ar="منجز", title_en="Held")
    make_activity(title_ar="تنسيق", title_en="Coordination", is_reportable=False)
    page = get(client, f"/{language}/activities/?counted=yes")
    assert titles(page) == [{"ar": "منجز", "en": "Held"}[language]]
    [shown] = page.select(".chip")
    assert chip in text_of(shown)
    assert len(titles(get(client, urljoin(f"/{language}/activities/", shown["href"])))) == 2


@pytest.mark.parametrize(("query", "found"), [("counted=yes", ["Held"]), ("counted=no", ["Coordination"])])
def test_programs_and_files_are_told_of_what_figures_count_as_pages_are(client, query, found):
    make_activity(title_en="Held")
    make_activity(title_en="Coordination", is_reportable=False)
    assert titles(get(client, f"/en/activities/?{query}")) == found
    told = [*client.get(f"/api/v1/activities/?{query}").json()["results"]]
    told += json.loads(client.get(f"/en/activities/list.json?{query}").getvalue())["activities"]
    assert [each["title"]["en"] for each in told] == found * 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("figures=reported&figures=estimated", ["Known"]),
        ("figures=pending", ["Unopened", "Waiting"]),
        ("figures=not_due", ["Planned"]),
        ("figures=unheard_of", []),
    ],
)
def test_a_list_can_be_narrowed_by_how_sure_the_figures_are(client, query, found):
    count_participants(make_activity(title_en="Known"), 12)
    count_participants(make_activity(title_en="Waiting"), None)
    make_activity(title_en="Unopened")
    make_activity(title_en="Planned", status=ActivityStatus.PLANNED)
    assert sorted(titles(get(client, f"/en/activities/?{query}"))) == found


def test_the_list_behind_a_number_of_institutions_says_what_it_is_of(client):
    activity = make_activity(end_date=date(2024, 5, 1))
    add_partner(activity, make_institution(name_en="Ministry"))
    add_partner(make_activity(end_date=date(2023, 5, 1)), make_institution(name_en="Chamber"))
    page = get(client, "/en/partners/?year=2024&status=held")
    assert [text_of(link) for link in page.select(".directory li a")] == ["Ministry", "1 activity"]
    assert [text_of(chip) for chip in page.select(".chip")] == [
        "Remove from Year: 2024 ×",
        "Remove from Status: Held ×",
    ]
    assert "year=2024" in page.select_one("link[rel=canonical]")["href"]
    searched = get(client, "/en/partners/?year=2024&status=held&q=chamber")
    assert not searched.select(".directory")
    assert text_of(searched.select_one(".chip")) == "Remove from Year: 2024 ×"


def test_the_list_behind_a_number_of_countries_names_those_alone(client):
    members = make_members()
    activity = make_activity(end_date=date(2024, 5, 1))
    add_partner(activity, make_institution(country=members["TUR"]), role=Role.CONTENT_PROVIDER)
    add_partner(activity, make_institution(country=members["MAR"]), role=Role.HOST)
    page = get(client, "/en/countries/?part=provided&year=2024")
    assert text_of(page.h1) == "Provided content · 2024"
    assert [text_of(row) for row in page.select(".group li")] == ["Türkiye 1 1 activity"]
    door = page.select_one(".group .tally[href]")["href"]
    assert len(titles(get(client, door).select_one("#list"))) == 1
    assert not get(client, "/en/countries/?part=provided&year=2023").select(".group")


@pytest.mark.parametrize("query", ["part=zz", "part=provided&year=x", "part=provided&period=0", "part=%00&area=9"])
def test_what_a_list_of_countries_cannot_read_is_named(client, query):
    assert get(client, f"/en/countries/?{query}").select_one(".notice")


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.parametrize(
    ("address", "queries"), [("partners/?status=held&counted=yes", 24), ("countries/?part=provided", 6)]
)
def test_queries_of_these_lists_do_not_grow(client, django_assert_max_num_queries, size, address, queries):
    for _ in range(size):
        add_partner(make_activity(), make_institution(country=make_country()), role=Role.CONTENT_PROVIDER)
    with django_assert_max_num_queries(queries):
        get(client, f"/en/{address}")
