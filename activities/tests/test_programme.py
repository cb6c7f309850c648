"""The programme's dashboard and the pages of areas, as a reader sees them."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from activities.filters import FILTERS
from activities.models import Activity, ActivityStatus, PublicationState, Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_members,
    make_project,
)
from activities.tests.pages import CANARY, get, rows, text_of, titles
from activities.tests.programmes import random_programme
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def matrix(page, caption):
    """Return what each row of a matrix shows to the eye."""
    table = next(each for each in page.select("table.matrix") if text_of(each.caption) == caption)
    for hidden in table.select(".for-ears"):
        hidden.extract()
    return {text_of(row.th): [text_of(cell) for cell in row.select("td")] for row in table.select("tbody tr")}


def test_the_figures_stand_by_year_area_kind_and_region(client):
    area = make_area(make_roadmap(code="2020-2025"), title_en="Teachers")
    country = make_members()["MAR"]
    first = make_activity(area=area, roadmap=area.roadmap, end_date=date(2024, 5, 1), venue_country=country)
    count_participants(first, 1200)
    add_country(first, country, 12)
    make_activity(end_date=date(2022, 5, 1), kind=make_kind("webinar", name_en="Webinar"))
    make_activity(end_date=date(2024, 6, 1), status=ActivityStatus.PLANNED)
    page = get(client, "/en/programme/")
    assert rows(page, "Activities and participations by year") == [
        ["2024", "1", "1", "1,200"],
        ["2023", "0", "", ""],
        ["2022", "1", "", "– not known 1 pending"],
    ]
    assert rows(page, "Activities and participations by cooperation area") == [
        ["1 Teachers", "1", "", "1,200"],
        ["No area named", "1", "1", "– not known 1 pending"],
    ]
    assert rows(page, "Activities and participations by kind") == [
        ["Training course", "1", "1", "1,200"],
        ["Webinar", "1", "", "– not known 1 pending"],
    ]
    assert rows(page, "Held activities and participations by region")[1] == ["Arab group", "1", "12"]


def test_gaps_are_shown_where_something_could_have_been_held(client):
    roadmap = make_roadmap(code="2020-2025", valid_from=date(2021, 1, 1), valid_to=date(2022, 12, 31))
    areas = [make_area(roadmap), make_area(roadmap)]
    make_activity(area=areas[0], roadmap=roadmap, end_date=date(2022, 5, 1))
    make_activity(end_date=date(2020, 5, 1))
    make_activity(area=areas[0], roadmap=roadmap, end_date=date(2023, 5, 1), status=ActivityStatus.PLANNED)
    page = get(client, "/en/programme/")
    assert matrix(page, "Held activities by year and cooperation area") == {
        "2023": ["+1", "", ""],
        "2022": ["1", "0", ""],
        "2021": ["0", "0", ""],
        "2020": ["", "", "1"],
    }
    assert "Gaps: 3 of the 4 pairs" in text_of(page.main)


def test_a_country_has_its_part_in_an_area_by_whichever_way_and_once(client):
    members = make_members()
    area = make_area()
    activity = make_activity(area=area, roadmap=area.roadmap, venue_country=members["MAR"])
    add_country(activity, members["MAR"])
    add_partner(activity, make_institution(country=members["MAR"]))
    add_partner(activity, make_institution(country=members["TUN"]))
    page = get(client, "/en/programme/")
    assert matrix(page, "Arab group") == {"Morocco": ["1"], "Tunisia": ["1"]}
    assert matrix(page, "African group") == {"Côte d'Ivoire": ["·"]}
    assert "Without a part in any that we know of: 2 member countries" in text_of(page.main)


@pytest.mark.parametrize("seed", range(4))
def test_each_figure_leads_to_the_activities_it_counts(client, seed):
    random_programme(seed)
    Activity.objects.filter(is_reportable=False).delete()
    page = get(client, "/en/programme/")
    # Participations lead to the activities they are added up from: `test_doors` adds them up.
    doors = page.select("main a[href*='status=']:not([href*='sort='])")
    assert len(doors) > 20
    for door in doors:
        for ears in door.select(".for-ears"):
            ears.extract()
        found = text_of(get(client, door["href"]).select_one(".found-count"))
        assert found.split()[0] == re.search(r"\d+", text_of(door))[0], door["href"]


@BOTH_LANGUAGES
def test_nothing_unpublished_is_counted_or_named(client, language):
    area, country = make_area(), make_country(oic_group="asia")
    hidden = make_institution(name_ar=CANARY, name_en=CANARY, country=country)
    for state in set(PublicationState) - {PublicationState.PUBLISHED}:
        draft = make_activity(
            state=state, title_ar=CANARY, title_en=CANARY, area=area, roadmap=area.roadmap, venue_country=country
        )
        add_partner(draft, hidden, role=Role.HOST)
        add_country(draft, country, 31)
        kind = make_kind(f"kind-{state}", name_ar=CANARY, name_en=CANARY)
        make_activity(state=state, kind=kind, title_ar=CANARY, title_en=CANARY, status=ActivityStatus.PLANNED)
    for address in ("programme/", f"roadmap/{area.roadmap.code}/1/", "calendar/2024-03/"):
        page = get(client, f"/{language}/{address}")
        assert CANARY not in str(page)
        assert not page.select("main a[href*='status=']") or text_of(page.select_one(".figure dd")) == "0"


def test_projects_and_what_is_not_reported_count_nowhere_and_the_page_says_so(client):
    make_activity(parent=make_project())
    make_activity(is_reportable=False)
    page = get(client, "/en/programme/")
    assert text_of(page.select_one(".figure dd")) == "1"
    assert "also show 1 coordination meeting" in text_of(page.main)


@pytest.mark.parametrize("address", ["programme/", "roadmap/2020-2025/1/", "calendar/2024-03/"])
def test_the_queries_do_not_grow_with_activities_or_countries(client, django_assert_max_num_queries, address):
    area = make_area(make_roadmap(code="2020-2025"))
    counts = []
    for size in (1, 30):
        for number in range(size):
            country = make_country(oic_group="asia")
            activity = make_activity(
                area=area, roadmap=area.roadmap, venue_country=country, kind=make_kind(f"kind-{number}")
            )
            add_country(activity, country, 3)
            add_partner(activity, make_institution(country=make_country(oic_group="arab"), seat=country))
            coming = timezone.localdate().replace(year=2090)
            make_activity(area=area, roadmap=area.roadmap, end_date=coming, status=ActivityStatus.PLANNED)
            make_activity(area=area, roadmap=area.roadmap, status=ActivityStatus.POSTPONED)
        with django_assert_max_num_queries(60) as captured:
            get(client, f"/en/{address}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@BOTH_LANGUAGES
def test_without_anything_published_the_dashboard_says_so(client, language):
    page = get(client, f"/{language}/programme/")
    assert page.select_one(".nothing")
    assert not page.select("table")


def test_an_area_tells_its_years_kinds_countries_and_institutions(client):
    area, country = make_area(make_roadmap(code="2020-2025")), make_country("MYS", short_name_en="Malaysia")
    activity = make_activity(area=area, roadmap=area.roadmap, title_en="Held")
    body = make_institution(name_en="Ministry", country=country)
    add_partner(activity, body, role=Role.HOST)
    add_partner(activity, body, role=Role.CONTENT_PROVIDER)
    coming = timezone.localdate().replace(year=2090)
    make_activity(area=area, roadmap=area.roadmap, title_en="Coming", status=ActivityStatus.PLANNED, end_date=coming)
    overdue = {"status": ActivityStatus.PLANNED, "end_date": date(2020, 1, 1)}
    make_activity(area=area, roadmap=area.roadmap, title_en="Overdue", **overdue)
    page = get(client, "/en/roadmap/2020-2025/1/")
    assert rows(page, "Activities and participations by year")[-1] == ["2020", "0", "1", ""]
    assert "Ministry 1 1 activity held" in text_of(page.select_one(".counted-list"))
    lists = {text_of(each.h2): titles(each) for each in page.select("section") if each.h2}
    assert lists["Coming activities"] == ["Coming"]
    assert lists["Announced, without a new date or an outcome"] == ["Overdue"]
    assert lists["Activities"] == ["Coming", "Held", "Overdue"]


def test_a_door_asks_only_for_what_the_catalogue_can_read(client):
    random_programme(9)
    page = get(client, "/ar/programme/")
    for door in page.select("main a[href*='status=']"):
        assert not get(client, door["href"]).select(".unread")
        assert {*parse_qs(urlsplit(door["href"]).query)} <= {"sort", *(each.name for each in FILTERS)}
