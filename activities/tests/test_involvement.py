"""What the pages of a country and of an institution tell, and that every number leads to a list of just so many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import ActivityStatus, PublicationState, Role
from activities.tests.factories import add_country, add_partner, make_activity, make_members, make_project
from activities.tests.pages import CANARY, get, text_of, titles
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_programme, make_roadmap

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def rows_of(page, caption):
    """Return the rows of the table with that caption as lists of their words."""
    table = next(each for each in page.select("table.parts") if text_of(each.caption) == caption)
    return [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]


@pytest.fixture
def roadmap():
    """A roadmap of three areas."""
    found = make_roadmap(code="2020-2025")
    for number, title in enumerate(("Laws", "Teachers", "Standards"), start=1):
        make_area(found, number=number, title_en=title, title_ar=f"مجال {number}")
    return found


@pytest.fixture
def malaysia(roadmap):
    """A country that hosted in area 1, provided in area 2, and took part there; in area 3 nothing names it."""
    first, second, third = roadmap.areas.all()
    country = make_country("MYS", short_name_en="Malaysia", short_name_ar="ماليزيا", oic_group="asia")
    ministry = make_institution(code="ministry", name_en="Ministry", country=country)
    hosted = make_activity(
        title_en="Hosted", venue_country=country, area=first, roadmap=roadmap, end_date=date(2023, 5, 1)
    )
    provided = make_activity(title_en="Provided", area=second, roadmap=roadmap, end_date=date(2024, 5, 1))
    add_partner(provided, ministry, role=Role.CONTENT_PROVIDER)
    add_partner(provided, ministry, role=Role.CO_ORGANISER)
    add_country(provided, country, 4)
    add_country(hosted, make_country("TUR", oic_group="asia"))
    unlisted = make_activity(title_en="Of others", area=third, roadmap=roadmap, end_date=date(2024, 6, 1))
    add_partner(unlisted, make_institution())
    return country


# A country, by year and by area


def test_a_country_tells_its_parts_by_year_and_by_area(client, malaysia):
    page = get(client, "/en/countries/MYS/")
    assert rows_of(page, "By year") == [["2024", "0", "1", "1", "1"], ["2023", "1", "0", "0", "0"]]
    assert rows_of(page, "By cooperation area") == [
        ["1 Laws", "1", "0", "0", "0"],
        ["2 Teachers", "0", "1", "1", "1"],
        ["3 Standards", "0", "0", "0", "– not known"],
    ]
    assert [text_of(cell) for cell in page.select_one("table.parts thead").select("th")] == [
        "Year",
        "Hosted",
        "Provided content",
        "Had a role",
        "Took part",
    ]


def test_areas_in_which_nothing_names_it_are_said_with_what_is_not_known(client, malaysia):
    page = get(client, "/en/countries/MYS/")
    heading = next(each for each in page.select("h3") if "no activity names it" in text_of(each))
    said = [text_of(row) for row in heading.find_next("ul").select("li")]
    assert said == ["3 Standards 1 activity held names no countries"]
    arabic = text_of(get(client, "/ar/countries/MYS/"))
    assert "مجالات لم يُذكر في أي نشاط من أنشطتها" in arabic


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("code", ["countries/MYS/", "partners/ministry/"])
def test_every_number_leads_to_a_list_of_just_so_many(client, malaysia, language, code):
    """Those of the page itself, and those of the catalogue."""
    page = get(client, f"/{language}/{code}")
    doors = page.select(".parts td a, .figures dd a")
    assert doors
    for door in doors:
        address = door["href"]
        found = get(client, f"/{language}/{code}{address}" if address.startswith("?") else address)
        assert len(titles(found.select_one("#list, .results, main"))) == int(text_of(door)), address


def test_a_list_of_one_part_says_what_it_holds_and_leads_back(client, malaysia):
    page = get(client, "/en/countries/MYS/?part=provided&year=2024&area=2020-2025.2")
    shown = page.select_one("#list")
    assert titles(shown) == ["Provided"]
    assert text_of(shown.h2) == "Provided content · 2024 · Cooperation area 2 1"
    assert "part=provided" in page.select_one("link[rel=canonical]")["href"]
    assert titles(get(client, "/en/countries/MYS/?part=provided&area=none").select_one("#list")) == []
    assert titles(get(client, "/en/countries/MYS/")) == ["Provided", "Hosted"]


def test_the_list_of_a_part_has_pages(client):
    country = make_country("MYS")
    for _ in range(26):
        make_activity(venue_country=country)
    first = get(client, "/en/countries/MYS/?part=hosted")
    assert len(titles(first.select_one("#list"))) == 25
    second = get(client, f"/en/countries/MYS/{first.select_one('.pages a')['href']}")
    assert len(titles(second.select_one("#list"))) == 1


@pytest.mark.parametrize("code", ["countries/MYS/", "partners/ministry/"])
@pytest.mark.parametrize(
    "query",
    [
        "part=stolen",
        "part=%00",
        "year=0&part=hosted",
        "area=1.2.3&part=host",
        "companion=%ED%A0%80",
        "part=host&page=9999999999",
    ],
)
def test_no_address_breaks_the_page(client, malaysia, code, query):
    page = get(client, f"/en/{code}?{query}")
    assert text_of(page.h1) in ("Malaysia", "Ministry")


def test_what_is_asked_for_and_does_not_exist_is_named(client, malaysia):
    page = get(client, "/en/countries/MYS/?part=stolen")
    assert text_of(page.select_one(".notice")) == "Part of this address could not be read and was left out: Part."


def test_where_some_lists_are_missing_nothing_is_unknown_and_not_none(client):
    country = make_country("MYS")
    make_activity(venue_country=country)
    page = get(client, "/en/countries/MYS/")
    assert text_of(page.select(".figure")[3].dd) == "–"
    assert rows_of(page, "By year") == [["2024", "1", "0", "0", "– not known"]]


def test_people_are_told_with_what_the_lists_leave_out(client):
    country = make_country("MYS")
    add_country(make_activity(), country, 3)
    add_country(make_activity(), country)
    said = "People from here: 3 participations, by the lists of 1 out of 2 activities."
    assert said in text_of(get(client, "/en/countries/MYS/"))
    other = make_country("TUN")
    add_country(make_activity(), other)
    assert "How many people it sent is not known" in text_of(get(client, "/en/countries/TUN/"))


def test_what_is_only_planned_or_not_reported_is_no_figure(client):
    country = make_country("MYS")
    make_activity(venue_country=country, status=ActivityStatus.PLANNED, end_date=TODAY + timedelta(9))
    make_activity(venue_country=country, is_reportable=False)
    page = get(client, "/en/countries/MYS/")
    assert text_of(page.select(".figure")[0].dd) == "0"


# Beside its group


def test_a_country_stands_beside_the_median_of_its_group(client):
    members = make_members()
    libya = make_country("LBY", oic_group="arab")
    make_country("QAT", oic_group="arab", member_since=None)  # of the group, but no member
    for country, times in ((members["MAR"], 4), (members["TUN"], 1), (libya, 2)):
        for _ in range(times):
            add_country(make_activity(venue_country=country), country)
    page = get(client, "/en/countries/MAR/")
    assert rows_of(page, "Activities held, of this country and of its group") == [
        ["Hosted", "4", "1.5"],
        ["Provided content", "0", "0"],
        ["Had a role", "0", "0"],
        ["Took part", "4", "1.5"],
    ]
    assert "The other members of the Arab group: 2 member countries." in text_of(page)


@pytest.mark.django_db(transaction=True)
def test_the_medians_and_what_lists_no_country_follow_each_change(client):
    members = make_members()
    activity = make_activity(venue_country=members["TUN"])
    caption = "Activities held, of this country and of its group"
    page = get(client, "/en/countries/MAR/")
    assert rows_of(page, caption)[0] == ["Hosted", "0", "1"]
    assert text_of(page.select(".figure")[3].dd) == "–"
    add_country(activity, members["TUN"])
    page = get(client, "/en/countries/MAR/")
    assert rows_of(page, caption)[-1] == ["Took part", "0", "1"]
    assert text_of(page.select(".figure")[3].dd) == "0"
    activity.delete()
    assert rows_of(get(client, "/en/countries/MAR/"), caption)[0] == ["Hosted", "0", "0"]


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_of_all_countries_is_asked_once_for_all_their_pages(client):
    members = make_members()
    add_country(make_activity(venue_country=members["TUN"]), members["MAR"])
    counts = []
    for code in ("MAR", "TUN"):
        with CaptureQueriesContext(connection) as queries:
            get(client, f"/en/countries/{code}/")
        counts.append(len(queries))
    assert counts[1] <= counts[0] - 5


def test_taking_part_is_not_compared_where_nobody_lists_countries(client):
    members = make_members()
    make_activity(venue_country=members["TUN"])
    rows = rows_of(get(client, "/en/countries/MAR/"), "Activities held, of this country and of its group")
    assert [row[0] for row in rows] == ["Hosted", "Provided content", "Had a role"]


def test_a_country_alone_in_its_group_or_in_none_is_not_compared(client):
    make_members()
    make_country("FRA", member_since=None)
    for code in ("CIV", "FRA"):
        assert "Beside its group" not in text_of(get(client, f"/en/countries/{code}/"))


# What is coming


def coming(page):
    heading = next((each for each in page.select("h2") if text_of(each).startswith("Coming")), None)
    return titles(heading.find_parent("section")) if heading else []


def planned(title, days=20, **said):
    day = TODAY + timedelta(days)
    return make_activity(title_en=title, end_date=day, status=ActivityStatus.PLANNED, **said)


def test_what_is_coming_and_open_to_a_country_stands_the_soonest_first(client):
    members = make_members()
    planned("Later, for all", 40)
    planned("Soon, for some", 10, open_to="MAR TUN", registration_until=TODAY + timedelta(5))
    planned("For others", 10, open_to="TUR")
    planned("Over", -1)
    planned(CANARY, 10, state=PublicationState.DRAFT)
    page = get(client, f"/en/countries/{members['MAR'].code}/")
    assert coming(page) == ["Soon, for some", "Later, for all"]
    assert "registration until" in text_of(page.select_one(".almanac .entry-line"))
    assert CANARY not in str(page)
    assert coming(get(client, "/en/countries/TUR/")) == ["For others", "Later, for all"]


# An institution


def test_an_institution_tells_its_roles_by_year_and_area(client, malaysia):
    page = get(client, "/en/partners/ministry/")
    assert rows_of(page, "By year") == [["2024", "1", "1"]]
    assert rows_of(page, "By cooperation area") == [
        ["1 Laws", "0", "0"],
        ["2 Teachers", "1", "1"],
        ["3 Standards", "0", "0"],
    ]


def test_the_funder_of_a_project_is_told_as_the_funder_of_its_parts(client):
    funder = make_institution(code="funder")
    project, hidden = make_project(), make_project(state=PublicationState.DRAFT)
    for whole in (project, hidden):
        add_partner(whole, funder, role=Role.FUNDER)
        make_activity(parent=whole, title_en="Shown" if whole is project else "Of the hidden one")
    page = get(client, "/en/partners/funder/?part=funder")
    assert titles(page.select_one("#list")) == ["Shown"]


def test_an_institution_names_with_whom_it_works_most(client):
    organ = make_programme().organ
    iut, often, once = (make_institution(code=code, name_en=code.title()) for code in ("iut", "often", "once"))
    for number in range(2):
        activity = make_activity(title_en=f"With often {number}")
        for partner in (iut, often, organ):
            add_partner(activity, partner)
        add_partner(activity, often, role=Role.CONTENT_PROVIDER)
    last = make_activity(title_en="With once")
    draft = make_activity(state=PublicationState.DRAFT)
    for activity, partner in ((last, iut), (last, once), (draft, iut), (draft, once)):
        add_partner(activity, partner)
    page = get(client, "/en/partners/iut/")
    named = {text_of(link): link.find_next("a") for link in page.select(".facts a[href^='/en/partners/']")}
    assert {name: text_of(door) for name, door in named.items()} == {"Often": "2 activities", "Once": "1 activity"}
    shown = get(client, f"/en/partners/iut/{named['Often']['href']}").select_one("#list")
    assert sorted(titles(shown)) == ["With often 0", "With often 1"]
    assert text_of(shown.h2) == "With Often 2"


def test_an_institution_names_what_it_was_called_and_what_is_coming(client):
    body = make_institution(code="body", former_names="Office of Skills\n\nمكتب المهارات")
    add_partner(planned("Next"), body)
    add_partner(planned(CANARY, state=PublicationState.IN_REVIEW), body)
    page = get(client, "/en/partners/body/")
    assert "Former names Office of Skills مكتب المهارات" in text_of(page.select_one(".facts"))
    assert coming(page) == ["Next"]
    assert CANARY not in str(page)


@pytest.mark.parametrize(("address", "language"), [("countries/MYS/", "ar"), ("partners/ministry/", "en")])
def test_all_that_is_coming_can_be_reached_the_soonest_first(client, malaysia, address, language):
    ministry = malaysia.institutions.get()
    for day in range(30, 0, -1):
        planned = {"status": ActivityStatus.PLANNED, "end_date": TODAY + timedelta(day)}
        add_partner(make_activity(title_ar=f"بعد {day}", title_en=f"In {day}", **planned), ministry)
    page = get(client, f"/{language}/{address}")
    [door] = page.select(".onward a[href*='part=coming']")
    assert "30" in text_of(door)
    first = titles(get(client, f"/{language}/{address}{door['href']}").select_one("#list"))
    second = titles(get(client, f"/{language}/{address}?part=coming&page=2").select_one("#list"))
    assert [title.split()[1] for title in first + second] == [str(day) for day in range(1, 31)]
    assert not get(client, f"/{language}/{address}?part=coming").select(".notice")
