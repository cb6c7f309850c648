"""The page of an activity with what cites it, and what a reader takes from it."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.utils import timezone

from activities.models import PublicationState, Standing
from activities.tests.factories import (
    add_country,
    count_participants,
    make_activity,
    make_members,
    make_project,
)
from activities.tests.pages import CANARY, get, text_of, titles
from bilingual.dates import say_date
from partners.tests.factories import make_country
from reports.tests.factories import make_edition, make_report
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db


def address_of(activity, language="en"):
    return f"/{language}/activities/{activity.code}/"


# Who took part


@pytest.mark.parametrize("language", ["ar", "en"])
def test_countries_stand_on_a_map_that_is_never_mirrored_and_in_a_list(client, language):
    members = make_members()
    activity = make_activity()
    add_country(activity, members["TUN"], 3)
    add_country(activity, members["TUR"])
    page = get(client, address_of(activity, language))
    assert page.select_one("table.tiles")["dir"] == "ltr"
    shades = {tile.contents[0].text: tile["class"][1] for tile in page.select(".tile")}
    assert shades == {"TUR": "tile-3", "TUN": "tile-3", "MAR": "tile-0", "CIV": "tile-0"}
    named = {tile.contents[0].text: text_of(tile.contents[1]) for tile in page.select(".tile")}
    said = {"ar": ("تونس: 3 مشاركين", "تركيا: شارك"), "en": ("Tunisia: 3 participants", "Türkiye: took part")}
    assert (named["TUN"], named["TUR"]) == said[language]
    groups = {"ar": ["تونس 3 3 مشاركين", "تركيا"], "en": ["Tunisia 3 3 participants", "Türkiye"]}
    assert [text_of(row) for row in page.select(".group li")] == groups[language]


def test_a_country_outside_the_oic_is_in_the_list_too(client):
    activity = make_activity()
    add_country(activity, make_country("FRA", short_name_en="France", member_since=None), 2)
    groups = [text_of(group) for group in get(client, address_of(activity)).select(".group")]
    assert groups == ["Other countries 1 France 2 2 participants"]


def test_without_a_list_there_is_no_map(client):
    assert get(client, address_of(make_activity())).select_one(".tiles") is None


# Figures and who says so


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"source": "The ministry", "reported_on": date(2024, 4, 2)},
            "Source of the figures: The ministry, reported on 2 April 2024",
        ),
        ({"source": "The ministry"}, "Source of the figures: The ministry"),
        ({"reported_on": date(2024, 4, 2)}, "Figures reported on 2 April 2024"),
    ],
)
def test_figures_name_their_source(client, said, words):
    activity = make_activity()
    count_participants(activity, 29, **said)
    assert words in text_of(get(client, address_of(activity))).replace(" ,", ",")


def test_a_figure_that_nobody_has_collected_is_no_figure(client):
    activity = make_activity()
    count_participants(activity, None, headcount_standing=Standing.NOT_COLLECTED)
    page = get(client, address_of(activity))
    assert text_of(page.select_one(".figure-waiting")) == "figures not collected"
    assert page.select_one(".figures") is None


# Project and siblings


def test_a_part_shows_the_other_parts_that_are_published(client):
    project = make_project(title_en="The project")
    part = make_activity(parent=project, title_en="This")
    make_activity(parent=project, title_en="Later", end_date=date(2024, 9, 1))
    make_activity(parent=project, title_en="Earlier", end_date=date(2024, 1, 1))
    make_activity(parent=project, title_en=CANARY, state=PublicationState.DRAFT)
    page = get(client, address_of(part))
    assert titles(page) == ["Earlier", "Later"]
    assert CANARY not in str(page)


def test_the_parts_of_a_hidden_project_do_not_know_each_other(client):
    project = make_project(state=PublicationState.IN_REVIEW)
    part = make_activity(parent=project)
    make_activity(parent=project)
    assert titles(get(client, address_of(part))) == []


# The editions that cite it


def test_the_editions_that_tell_of_it_are_named_the_latest_first(client):
    activity, other = make_activity(), make_activity()
    report = make_report(activity)
    first = make_edition(report, activity)
    second = make_edition(report, activity, other, number=2, corrects=first)
    page = get(client, address_of(activity))
    links = [link["href"] for link in page.select("a[href*=editions]")]
    assert links == [f"/en/editions/{second.code}/", f"/en/editions/{first.code}/"]
    assert "corrected by edition 2" in text_of(page)
    arabic = text_of(get(client, address_of(activity, "ar")))
    assert "التقارير التي تتناول هذا النشاط" in arabic
    assert [link["href"] for link in get(client, address_of(other)).select("a[href*=editions]")] == links[:1]
    get(client, links[0])


def test_a_report_that_is_not_issued_is_not_named(client):
    activity = make_activity()
    make_report(activity)
    assert "Reports that tell of it" not in text_of(get(client, address_of(activity)))


# Sharing and citing


def test_a_citation_is_ready_in_each_language(client):
    make_programme(organ_short_name_ar="سيسرك", organ_short_name_en="SESRIC")
    activity = make_activity(title_ar="المهارات", title_en="Skills")
    today = timezone.localdate()
    said = {
        language: text_of(get(client, address_of(activity, language)).select_one(".citation"))
        for language in ("ar", "en")
    }
    assert said["en"] == (
        f"SESRIC, OIC-VET , “Skills” (Training course, 13–14 March 2024), activity {activity.code} : "
        f"http://127.0.0.1:8000/en/activities/{activity.code}/ (seen on {say_date(today, 'en')})"
    )
    assert said["ar"].startswith("سيسرك، OIC-VET ، «المهارات» (دورة تدريبية، ")
    assert f"/ar/activities/{activity.code}/" in said["ar"]


def test_a_citation_of_what_has_no_date_gives_none(client):
    project = make_project(title_en="The project")
    assert "“The project” (Project), activity" in text_of(get(client, address_of(project)).select_one(".citation"))


def test_a_letter_carries_title_and_address_whatever_is_in_the_title(client):
    activity = make_activity(title_en='Food & drink? "50%" <more>')
    page = get(client, address_of(activity))
    letter = page.select_one("a[href^=mailto]")["href"]
    assert letter.count("&") == 1
    address = f"http://127.0.0.1:8000/en/activities/{activity.code}/"
    assert unquote(letter.partition("&body=")[2]).splitlines() == [activity.title_en, address]
    assert page.select_one(".permalink")["href"] == address


def test_a_citation_escapes_what_a_title_holds(client):
    activity = make_activity(title_en="<b>100%</b> & %(code)s")
    citation = get(client, address_of(activity)).select_one(".citation")
    assert "“<b>100%</b> & %(code)s”" in text_of(citation)
    assert citation.b is None
