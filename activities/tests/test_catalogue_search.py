"""Finding and narrowing in the catalogue, and what nobody means to ask."""

from datetime import date
from urllib.parse import quote

import pytest

from activities.models import ActivityStatus, Mode, Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_project,
)
from activities.tests.pages import get, option_counts, text_of, titles
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_meeting, make_roadmap

pytestmark = pytest.mark.django_db


# Searching and narrowing


def test_search_finds_titles_partners_and_codes_in_either_language(client):
    activity = make_activity(title_ar="الأمن السيبراني", title_en="Cybersecurity")
    add_partner(activity, make_institution(name_en="Islamic University", acronym="IUT", spellings="آي يو تي"))
    make_activity(title_en="Another")
    for words in ("cybersecurity", "السيبرانى", "iut", "اي يو تي", activity.code, "university cyber"):
        assert titles(get(client, f"/en/activities/?q={quote(words)}")) == ["Cybersecurity"], words
    assert titles(get(client, "/en/activities/?q=nothing+like+this")) == []


@pytest.fixture
def different_activities():
    """Two activities that differ in everything a filter asks for."""
    for number in (38, 39, 40):
        make_meeting(number)
    roadmap = make_roadmap(code="2020-2025")
    malaysia = make_country("MYS")
    first = make_activity(
        title_en="First",
        roadmap=roadmap,
        area=make_area(roadmap, number=2),
        end_date=date(2024, 5, 1),
        mode=Mode.ONLINE,
        status=ActivityStatus.HELD,
    )
    add_partner(first, make_institution(code="ministry", country=malaysia))
    second = make_activity(
        title_en="Second",
        kind=make_kind("webinar", name_en="Webinar"),
        end_date=date(2023, 5, 1),
        mode=Mode.NOT_STATED,
        status=ActivityStatus.CANCELLED,
        venue_country=make_country("TUR"),
    )
    add_country(second, make_country("JOR"))
    add_partner(second, make_institution(code="iut", seat=malaysia))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area=2020-2025.2", ["First"]),
        ("area=none", ["Second"]),
        ("area=2020-2025.2&area=none", ["First", "Second"]),
        ("year=2023", ["Second"]),
        ("year=2023&year=2024", ["First", "Second"]),
        ("year=٢٠٢٣", ["Second"]),
        ("kind=webinar", ["Second"]),
        ("mode=online", ["First"]),
        ("mode=not_stated", ["Second"]),
        ("status=cancelled", ["Second"]),
        ("country=MYS", ["First"]),  # the partner's country, and not the seat of an international body
        ("country=TUR", ["Second"]),  # the venue
        ("country=JOR", ["Second"]),  # took part
        ("country=TUR&country=MYS", ["First", "Second"]),
        ("partner=iut", ["Second"]),
        ("period=40", ["First"]),
        ("period=٤٠", ["First"]),
        ("period=39", ["Second"]),
        ("period=39&period=40", ["First", "Second"]),
        ("period=41", []),
        ("partner=ministry&year=2023", []),
        ("kind=webinar&q=second", ["Second"]),
        ("kind=unknown", []),
        ("country=ZZZ&area=1999-2001.9", []),
        ("", ["First", "Second"]),
        ("area=&q=&utm_source=letter", ["First", "Second"]),
    ],
)
def test_a_filter_leaves_what_it_says(client, different_activities, query, found):
    assert titles(get(client, f"/en/activities/?{query}")) == found


def test_options_count_what_the_other_filters_leave(client, different_activities):
    page = get(client, "/en/activities/")
    assert option_counts(page, "country") == {"JOR": 1, "MYS": 1, "TUR": 1}
    assert option_counts(page, "year") == {"2024": 1, "2023": 1}
    assert option_counts(page, "area") == {"2020-2025.2": 1, "none": 1}
    page = get(client, "/en/activities/?year=2024&country=TUR")
    assert option_counts(page, "year") == {"2024": 0, "2023": 1}
    assert option_counts(page, "country") == {"MYS": 1, "TUR": 0}


def test_an_option_counts_an_activity_once_however_a_country_had_to_do_with_it(client):
    country = make_country("TUR")
    activity = make_activity(venue_country=country)
    add_country(activity, country)
    for role in (Role.CO_ORGANISER, Role.HOST):
        add_partner(activity, make_institution(country=country), role=role)
    page = get(client, "/en/activities/?country=TUR")
    assert titles(page) == [activity.title_en]
    assert option_counts(page, "country") == {"TUR": 1}


def test_the_funder_of_a_project_is_the_funder_of_its_parts(client):
    funder = make_institution(code="funder", name_en="The funder")
    project = make_project(title_en="The project")
    add_partner(project, funder, role=Role.FUNDER)
    add_partner(project, make_institution(code="other"), role=Role.IMPLEMENTER)
    part = make_activity(parent=project, title_en="The part")
    page = get(client, "/en/activities/?partner=funder")
    assert titles(page) == ["The part"]
    assert option_counts(page, "partner") == {"funder": 1}
    assert titles(get(client, "/en/activities/?partner=other")) == []
    assert titles(get(client, "/en/partners/funder/")) == ["The part"]
    alone = text_of(get(client, f"/en/activities/{part.code}/").select_one(".facts"))
    assert alone.endswith("Funder The funder")
    add_partner(part, funder, role=Role.FUNDER)
    assert text_of(get(client, f"/en/activities/{part.code}/").select_one(".facts")) == alone


def test_a_chip_takes_one_value_away_and_leaves_the_others(client, different_activities):
    page = get(client, "/en/activities/?country=TUR&country=JOR&kind=webinar&q=second")
    chips = {text_of(chip): chip["href"] for chip in page.select(".chip")}
    assert chips == {
        "Remove from Kind: Webinar ×": "?q=second&country=TUR&country=JOR",
        "Remove from Country: Country JOR ×": "?q=second&kind=webinar&country=TUR",
        "Remove from Country: Country TUR ×": "?q=second&kind=webinar&country=JOR",
    }
    assert "Filters (3 set)" in text_of(page.select_one(".filters > summary"))


def test_a_chosen_value_that_nothing_has_can_still_be_taken_away(client, different_activities):
    page = get(client, "/en/activities/?country=ZZZ")
    assert [text_of(chip) for chip in page.select(".chip")] == ["Remove from Country: ZZZ ×"]
    assert page.select_one("input[name=country][value=ZZZ]").has_attr("checked")
    assert "No activity matches all of this." in text_of(page)


# What nobody means to ask


HOSTILE = [
    "%00",
    "a%00b",
    "%ED%A0%80",  # half a character
    "%FF%FE",
    "0",
    "-1",
    "9" * 5000,
    "1" + "0" * 30,
    "%E2%80%AE%E2%80%AD",  # bidirectional overrides
    "%27%3B+DROP+TABLE+activities_activity%3B--",
    "%25%25__%5C",
    "<script>alert(1)</script>",
    quote("ا" * 5000),
    "+".join(["word"] * 500),
    "2020-2025.99999999999999999999",
    "none.none",
    "2020-2025.0",
    "..%2F..%2Fetc%2Fpasswd",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "name",
    ["q", "area", "kind", "period", "year", "mode", "status", "country", "partner", "sort", "whole", "page"],
)
def test_no_query_breaks_the_catalogue(client, name, value):
    make_activity()
    page = get(client, f"/ar/activities/?{name}={value}")
    assert "<script>alert" not in str(page)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_query_breaks_the_partners(client, value):
    get(client, f"/en/partners/?q={value}")


def test_what_could_not_be_read_is_named(client):
    make_activity(title_en="Title")
    page = get(client, f"/en/activities/?year=0&country=turkey&q={'a' * 300}")
    notice = "Part of this address could not be read and was left out: Search, Year and Country."
    assert text_of(page.select_one(".notice")) == notice
    assert titles(page) == ["Title"]


def test_what_was_searched_for_is_marked_where_it_stands(client):
    activity = make_activity(
        title_ar="الأَمْنُ <السيبرانـي>",
        title_en="Cyber <b>security</b>",
        summary_ar="أمن الشبكات & الأجهزة",
        summary_en="Security of networks",
    )
    add_partner(activity, make_institution(name_ar="مركز الأمن", name_en="Security Centre"))
    row = get(client, f"/ar/activities/?q={quote('امن سيبراني')}").select_one(".entry-body")
    marked = [mark.text for mark in row.select("mark")]
    assert marked == ["الأَمْنُ", "السيبرانـي", "أمن", "الأمن"]
    assert text_of(row.select_one(".entry-title")) == "الأَمْنُ < السيبرانـي >"
    assert text_of(row.select_one(".entry-extract")) == "أمن الشبكات & الأجهزة"
    row = get(client, "/en/activities/?q=securities").select_one(".entry-body")
    assert [mark.text for mark in row.select("mark")] == ["security", "Security", "Security"]
    assert not get(client, "/en/activities/").select("mark, .entry-extract")


@pytest.mark.parametrize(
    ("language", "query", "found", "shown"),
    [
        ("ar", "trainers", "trainers", "Skills of trainers"),
        ("en", "مدرب", "المدربين", "مهارات المدربين"),
        ("ar", "networks", "networks", "Of <networks>"),
        ("en", "مهارات skills", "Skills", None),
    ],
)
def test_what_stands_in_the_other_language_alone_is_shown_in_it(client, language, query, found, shown):
    make_activity(
        title_ar="مهارات المدربين", title_en="Skills of trainers", summary_ar="عن الشبكات", summary_en="Of <networks>"
    )
    row = get(client, f"/{language}/activities/?q={quote(query)}").select_one(".entry-body")
    assert row.mark.text == found
    said = row.select_one(".entry-extract bdi")
    other = {"ar": ("en", "ltr"), "en": ("ar", "rtl")}[language]
    assert (said and (said.text, said["lang"], said["dir"])) == (shown and (shown, *other))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("welders", "Master welders"),
        ("diploma", "To write diplomas"),
        ("second", "A second topic"),
        ("Sarajevo", "Sarajevo"),
        ("umbrella", "Umbrella project"),
        ("2024-777", "2024-777"),
        ("observatory", "Observatory of Skills"),
        ("لحام", "معلمو اللحام"),
    ],
)
def test_a_row_shows_the_line_that_was_found_wherever_it_stands(client, query, shown):
    activity = make_activity(
        code="2024-777",
        title_en="Title",
        audience_en="Master welders",
        audience_ar="معلمو اللحام",
        objective_en="To write diplomas",
        topics_en="One topic\nA second topic",
        venue_en="Sarajevo",
        parent=make_project(title_en="Umbrella project"),
    )
    for name in ("First", "Other body", "Observatory of Skills"):
        add_partner(activity, make_institution(name_en=name), role="content_provider")
    row = get(client, f"/en/activities/?q={quote(query)}").select_one(".entry-body")
    assert row.select_one(".entry-extract").text == shown
    assert row.select("mark")


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "cybersecurty", "Cybersecurity"),
        ("en", "tourizm cybersecurity", "Tourism cybersecurity"),
        ("ar", "السيبارني", "السيبراني"),
        ("ar", "سيبرني", "السيبراني"),
        ("en", "MOEE", "MoEE"),
    ],
)
def test_a_misspelt_word_gets_a_suggestion_as_people_write_it(client, language, typed, meant):
    activity = make_activity(title_ar="الأمن السيبراني في السياحة", title_en="Cybersecurity in Tourism")
    add_partner(activity, make_institution(name_en="The ministry", acronym="MoEE"))
    page = get(client, f"/{language}/activities/?q={quote(typed)}")
    if typed.lower() == meant.lower():
        assert not page.select(".suggestion")
        return
    link = page.select_one(".suggestion a")
    assert link.text == meant
    assert titles(get(client, f"/{language}/activities/{link['href']}")) == titles(
        get(client, f"/{language}/activities/")
    )


def test_a_word_like_none_gets_no_suggestion(client):
    make_activity(title_en="Cybersecurity")
    for typed in ("xqzwk", "<b>", "٩٩٩٩٩٩", "a" * 200, "cybersecurity"):
        assert not get(client, f"/en/activities/?q={quote(typed)}").select(".suggestion"), typed


def test_no_result_says_what_to_leave_out(client, different_activities):
    page = get(client, "/en/activities/?q=first+nonsense&kind=webinar&mode=online")
    ways = [text_of(each) for each in page.select(".loosenings li")]  # no single one is in the way
    assert ways == ["first 1 activity", "Webinar 1 activity", "Online 1 activity"]
    assert "each of these finds something" in text_of(page.select_one("div.nothing"))
    page = get(client, "/en/activities/?q=first&kind=webinar&mode=online")
    ways = {text_of(each): each.a["href"] for each in page.select(".loosenings li")}
    assert ways == {"Webinar 1 activity": "?q=first&mode=online"}
    page = get(client, "/en/activities/?q=first+second&year=2024")
    ways = {text_of(each): each.a["href"] for each in page.select(".loosenings li")}
    assert ways == {"second 1 activity": "?q=first&year=2024"}
    for href in ways.values():
        assert len(titles(get(client, f"/en/activities/{href}"))) == 1


def test_a_list_is_sorted_as_its_reader_asks(client):
    for title_ar, title_en, headcount in (("ورشة", "beta", 5), ("أمن", "Alpha", None), ("بيئة", "Éco", 70)):
        count_participants(make_activity(title_ar=title_ar, title_en=title_en), headcount)
    page = get(client, "/en/activities/?sort=title&mode=online")
    assert titles(page) == ["Alpha", "beta", "Éco"]
    assert titles(get(client, "/ar/activities/?sort=title")) == ["أمن", "بيئة", "ورشة"]
    assert titles(get(client, "/en/activities/?sort=participants")) == ["Éco", "beta", "Alpha"]
    assert {link["href"] for link in page.select(".sorts a")} == {"?mode=online", "?mode=online&sort=participants"}
    assert page.select_one(".chip")["href"] == "?sort=title"
    assert page.select_one("link[rel=canonical]")["href"].endswith("?mode=online&sort=title")
    assert page.select_one("input[form=catalogue][name=sort]")["value"] == "title"


def test_a_long_filter_shows_the_most_frequent_until_asked_for_all(client):
    partners = [make_institution(code=f"p{number}") for number in range(15)]
    for number in range(15):
        activity = make_activity()
        for partner in partners[: number + 1]:
            add_partner(activity, partner)
    page = get(client, "/en/activities/")
    assert option_counts(page, "partner") == {f"p{n}": 15 - n for n in range(12)}
    link = page.select_one("#facet-partner .facet-all a")
    assert (text_of(link), link["href"]) == ("Show 3 more", "?whole=partner")
    page = get(client, "/en/activities/?whole=partner")
    assert len(option_counts(page, "partner")) == 15
    assert page.select_one("#facet-partner").has_attr("open")
    assert page.select_one("input[form=catalogue][name=whole]")["value"] == "partner"
    assert page.select_one("link[rel=canonical]")["href"].endswith("/en/activities/")


def test_marks_pasted_along_do_not_keep_words_from_being_found(client):
    make_activity(title_ar="الأمن السيبراني", title_en="Cybersecurity")
    words = "\u202bالأمن\u202c السيبراني\x00"
    page = get(client, f"/en/activities/?q={quote(words)}")
    assert titles(page) == ["Cybersecurity"]
    assert page.select_one("input[name=q]")["value"] == "الأمن السيبراني"


def test_more_values_than_a_filter_has_are_refused(client):
    make_activity()
    query = "&".join(f"country=Q{first}{second}" for first in "ABCDEFGH" for second in "ABCDEFGH")
    assert "could not be read" in text_of(get(client, f"/en/activities/?{query}"))


@pytest.mark.parametrize(
    "address",
    [
        "activities/2024-999/",
        "activities/2024-%D9%A0%D9%A0%D9%A1/",
        "activities/2024-0000001/",
        "activities/%00/",
        "roadmap/2020-2025/0/",
        f"roadmap/2020-2025/{'9' * 40}/",
        f"roadmap/2020-2025/{'9' * 5000}/",
        "roadmap/none/",
        "roadmap/none/1/",
        "countries/tur/",
        "countries/ZZZ/",
        "countries/%E2%80%AETUR/",
        "partners/nobody/",
        f"partners/{'a' * 5000}/",
    ],
)
def test_an_address_of_nothing_is_no_page(client, address):
    make_roadmap(code="2020-2025")
    get(client, f"/en/{address}", status=404)
