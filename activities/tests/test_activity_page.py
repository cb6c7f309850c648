"""The page of an activity."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.models import ActivityStatus, Mode, PublicationState, Standing
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_project,
)
from activities.tests.pages import get, text_of, titles
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_programme

pytestmark = pytest.mark.django_db


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
