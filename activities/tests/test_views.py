"""The pages that show activities, as a reader asks for them."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from activities.index import current_index
from activities.models import ActivityStatus, Mode, PublicationState, Role, Standing
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_project,
)
from bilingual.dates import say_date
from partners.tests.factories import make_country, make_focal_point, make_institution, suspend
from roadmap.tests.factories import make_area, make_meeting, make_programme, make_roadmap

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


def get(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def text_of(node):
    return " ".join(node.get_text(" ").split())


def titles(page):
    return [text_of(entry) for entry in page.select(".entry-title")]


def outcome(page):
    return text_of(page.select_one(".entry-outcome"))


def option_counts(page, name):
    """Return what the page says beside each value of a filter."""
    ticks = page.select(f"input[name={name}]")
    return {tick["value"]: int(tick.find_parent("label").select_one(".option-count").text) for tick in ticks}


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


# Searching and narrowing


def test_search_finds_titles_partners_and_codes_in_either_language(client):
    activity = make_activity(title_ar="الأمن السيبراني", title_en="Cybersecurity")
    add_partner(activity, make_institution(name_en="Islamic University", acronym="IUT"))
    make_activity(title_en="Another")
    for words in ("cybersecurity", "السيبرانى", "iut", activity.code, "university cyber"):
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


# The page of an activity


def test_an_activity_tells_what_is_known_of_it(client):
    area = make_area(number=2, title_en="Teachers")
    country = make_country("MYS", short_name_en="Malaysia")
    activity = make_activity(
        title_en="Green skills",
        area=area,
        roadmap=area.roadmap,
        end_date=date(2024, 3, 14),
        summary_en="What it was.",
        objective_en="show the way",
        topics_en="finance\n\ntraining",
        audience_en="national authorities",
    )
    make_programme()
    add_partner(activity, make_institution(name_en="Ministry", acronym="MoE"), post_en="Director", post_ar="مدير")
    count_participants(activity, 80, member_countries=22)
    add_country(activity, country, 3)
    page = get(client, f"/en/activities/{activity.code}/")
    assert page.title.text == "Green skills · OIC-VET"
    assert text_of(page.select_one(".record-when")) == "14 March 2024"
    assert text_of(page.select_one(".figures")) == "participants 80 member countries 22"
    assert [text_of(topic) for topic in page.select(".record-prose > ul li")] == [
        "Finance",
        "Training",
    ]
    assert "To show the way." in text_of(page)
    facts = text_of(page.select_one(".facts"))
    assert "Mode online" in facts
    assert "Cooperation area 2 Teachers" in facts
    assert "Co-organiser Ministry (MoE) Director" in facts
    assert page.select_one(".group a")["href"] == "/en/countries/MYS/"


def test_an_activity_says_what_is_not_known_of_it(client):
    activity = make_activity(mode=Mode.NOT_STATED)
    facts = get(client, f"/en/activities/{activity.code}/")
    waiting = [text_of(each) for each in facts.select(".waiting")]
    assert waiting == ["figures pending", "not stated", "no area named"]


def test_a_known_headcount_from_unknown_countries_is_never_zero_countries(client):
    activity = make_activity()
    count_participants(activity, 29)
    figures = text_of(get(client, f"/en/activities/{activity.code}/").select_one(".figures"))
    assert figures == "participants 29 from a number of member countries –"


def test_a_figure_says_how_sure_it_is(client):
    activity = make_activity()
    count_participants(activity, 29, headcount_standing=Standing.ESTIMATED)
    assert "participants estimated 29" in text_of(
        get(client, f"/en/activities/{activity.code}/").select_one(".figures")
    )
    other = make_activity()
    count_participants(other, None, headcount_standing=Standing.NOT_COLLECTED)
    assert "figures not collected" in text_of(get(client, f"/en/activities/{other.code}/"))


def test_a_text_of_the_other_language_is_labelled(client):
    activity = make_activity(summary_ar="ملخص بالعربية")
    page = get(client, f"/en/activities/{activity.code}/")
    borrowed = page.select_one(".lead")
    assert (borrowed["lang"], borrowed["dir"], text_of(borrowed)) == ("ar", "rtl", "ملخص بالعربية")
    assert text_of(page.select_one(".fallback-note")) == "in Arabic"


def test_an_activity_moved_or_called_off_says_why(client):
    activity = make_activity(
        status=ActivityStatus.POSTPONED, status_reason_en="The venue was closed.", status_reason_ar="أغلق المكان."
    )
    page = get(client, f"/en/activities/{activity.code}/")
    assert text_of(page.select_one(".standing")) == "Postponed · The venue was closed."


def test_a_planned_activity_whose_day_has_passed_waits_for_its_outcome(client):
    activity = make_activity(status=ActivityStatus.PLANNED, end_date=timezone.localdate() - timedelta(1))
    page = get(client, f"/en/activities/{activity.code}/")
    assert text_of(page.select_one(".standing")).startswith("Planned. Its day has passed")


def test_a_project_owes_its_facts_to_its_published_parts(client):
    project = make_project()
    count_participants(
        make_activity(parent=project, title_en="One", start_date=date(2024, 10, 1), end_date=date(2024, 10, 3)), 40
    )
    make_activity(
        parent=project,
        title_en="Two",
        end_date=date(2024, 11, 20),
        status=ActivityStatus.PLANNED,
        mode=Mode.IN_PERSON,
    )
    make_activity(parent=project, state=PublicationState.DRAFT, end_date=date(2030, 1, 1), mode=Mode.HYBRID)
    page = get(client, f"/en/activities/{project.code}/")
    assert titles(page) == ["One", "Two"]
    assert text_of(page.select_one(".record-when")) == "1 October – 20 November 2024"
    facts = text_of(page.select_one(".facts"))
    assert "Status planned" in facts
    assert "Mode online · in person" in facts
    assert text_of(page.select_one(".figures")) == "activity held 1 participations 40 planned activity 1"


def test_a_part_links_to_its_project(client):
    project = make_project(title_en="The project")
    part = make_activity(parent=project)
    link = get(client, f"/en/activities/{part.code}/").select_one(".part-of a")
    assert (text_of(link), link["href"]) == ("The project", f"/en/activities/{project.code}/")


def test_what_is_not_reported_says_so_and_is_not_counted(client):
    area = make_area()
    activity = make_activity(is_reportable=False, area=area, roadmap=area.roadmap)
    assert "not counted" in text_of(get(client, f"/en/activities/{activity.code}/"))
    page = get(client, f"/en/roadmap/{area.roadmap.code}/{area.number}/")
    assert text_of(page.select_one(".figures")) == "activities held 0"
    assert titles(page) == [activity.title_en]


# Roadmap and areas


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


# Countries


def test_countries_stand_on_the_map_and_in_their_group(client):
    turkey = make_country("TUR", short_name_en="Türkiye", oic_group="asia")
    make_country("MAR", short_name_en="Morocco", oic_group="arab")
    suspend(make_country("SYR", short_name_en="Syria", oic_group="arab"), date(2012, 8, 15))
    for _ in range(2):
        add_partner(make_activity(), make_institution(country=turkey))
    page = get(client, "/en/countries/")
    assert page.select_one("table.tiles")["dir"] == "ltr"
    tiles = {tile.contents[0].text: (tile["class"][1], text_of(tile.contents[1])) for tile in page.select(".tile")}
    assert tiles == {
        "TUR": ("tile-3", "Türkiye: 2 activities"),
        "SYR": ("tile-0", "Syria"),
        "MAR": ("tile-0", "Morocco"),
    }
    assert [text_of(group) for group in page.select(".group")] == [
        "Arab group 2 Morocco Syria suspended",
        "Asian group 1 Türkiye 2 2 activities",
    ]
    assert "2 member countries on " + say_date(timezone.localdate(), "en") in text_of(page)


def test_the_map_is_not_mirrored(client):
    for code in ("MAR", "TUR", "MYS"):
        make_country(code)
    order = [
        [tile.contents[0].text for tile in get(client, f"/{language}/countries/").select(".tile")]
        for language in ("ar", "en")
    ]
    assert order[0] == order[1] == ["TUR", "MAR", "MYS"]


def test_a_country_tells_what_it_had_to_do_with_the_programme(client):
    country = make_country("MYS", short_name_en="Malaysia", formal_name_en="The Federation", oic_group="asia")
    ministry = make_institution(name_en="Ministry", country=country)
    provided = make_activity(title_en="Provided", end_date=date(2024, 3, 1))
    add_partner(provided, ministry, role=Role.CONTENT_PROVIDER)
    hosted = make_activity(title_en="Hosted", venue_country=country, end_date=date(2024, 2, 1))
    add_country(hosted, country)
    make_activity(title_en="Of others", end_date=date(2024, 1, 1))
    page = get(client, "/en/countries/MYS/")
    assert titles(page) == ["Provided", "Hosted"]
    assert text_of(page.select_one(".figures")) == (
        "activity on its soil 1 activity with content from its institutions 1 activity with its institutions 1 "
        "activity in which it is named as taking part 2 activities held name no countries 1"
    )
    assert "Member of the OIC since 1 January 1969" in text_of(page)
    assert "Ministry" in [text_of(row) for row in page.select(".plain-list li")]


def test_only_a_public_focal_point_in_office_is_named(client):
    country = make_country("MYS")
    today = timezone.localdate()
    office = make_institution(name_en="Public Office")
    make_focal_point(
        country=country, name_en="Public One", institution=office, is_public=True, email="public@example.org"
    )
    make_focal_point(country=country, name_en="Private One", name_ar="خاص")
    make_focal_point(country=country, name_en="Former One", is_public=True, end=today - timedelta(1))
    make_focal_point(country=country, name_en="Future One", is_public=True, start=today + timedelta(1))
    page = text_of(get(client, "/en/countries/MYS/"))
    assert "Public One Public Office" in page
    assert not [name for name in ("Private One", "Former One", "Future One", "example.org") if name in page]


# Partners


def test_partners_stand_by_kind_with_their_activities(client):
    make_programme()
    activity = make_activity()
    add_partner(activity, make_institution(code="b", name_en="Beta", kind="ministry"))
    add_partner(activity, make_institution(code="a", name_en="Alpha", kind="ministry"))
    add_partner(make_activity(), make_institution(name_en="The Chamber", kind="chamber"))
    make_institution(name_en="Nobody's partner")
    page = get(client, "/en/partners/")
    assert [text_of(group) for group in page.select(".directory")] == [
        "Ministries 2 Alpha 1 activity Beta 1 activity",
        "Chambers and unions of chambers 1 The Chamber 1 activity",
    ]
    found = get(client, "/en/partners/?q=alph")
    assert [text_of(link) for link in found.select(".directory a")] == ["Alpha", "1 activity"]
    assert "No partner has all of these words" in text_of(get(client, "/en/partners/?q=gamma"))


def test_a_partner_tells_its_roles_and_what_it_is_part_of(client):
    ministry = make_institution(code="ministry", name_en="Ministry")
    division = make_institution(code="division", name_en="Division", parent=ministry, country=make_country("MYS"))
    activity = make_activity()
    for role in (Role.CO_ORGANISER, Role.CONTENT_PROVIDER):
        add_partner(activity, division, role=role)
    add_partner(make_activity(), division, role=Role.CO_ORGANISER)
    page = get(client, "/en/partners/division/")
    about = text_of(page.select("dl.facts")[0])
    assert about == "Country Country MYS Part of Ministry Roles Co-organiser 2 Content provider 1"
    assert len(titles(page)) == 2
    assert "Divisions Division" in text_of(get(client, "/en/partners/ministry/").select_one(".facts"))


def test_the_executing_organ_has_a_page_and_goes_by_its_short_name(client):
    organ = make_programme(organ_short_name_en="SESRIC").organ
    activity = make_activity()
    add_partner(activity, organ, role=Role.ORGANISER)
    assert "Organiser SESRIC" in text_of(get(client, f"/en/activities/{activity.code}/").select_one(".facts"))
    get(client, f"/en/partners/{organ.code}/")


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
