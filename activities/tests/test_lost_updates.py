"""Two people at one activity: the second sees both versions and chooses, and nothing is overwritten."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages

from activities.models import Activity
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    countries_of,
    make_activity,
    make_members,
    make_project,
)
from activities.tests.forms import opened, saved, sent_by_browser

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def differences_of(response):
    return {each.key: (each.mine, each.theirs, each.marked) for each in response.context["differences"]}


@LANGUAGES
def test_the_second_of_two_people_sees_both_versions_and_nothing_is_overwritten(root, language):
    activity = make_activity(title_en="Before", venue_en="Ankara")
    mine, theirs = opened(root, activity, language), opened(root, activity, language)
    saved(root, activity, theirs | {"title_en": "Theirs", "venue_en": "Rabat"}, language)
    response = saved(root, activity, mine | {"title_en": "Mine", "note": "Mine alone"}, language)
    assert response.status_code == 409
    assert differences_of(response) == {
        "title_en": ("Mine", "Theirs", ""),
        "venue_en": ("Ankara", "Rabat", "theirs"),
        "note": ("Mine alone", "", "mine"),
    }
    activity.refresh_from_db()
    assert (activity.title_en, activity.venue_en, activity.note) == ("Theirs", "Rabat", "")


def answered(response, **choices):
    """Return what the page that asks sends, with ``choices`` where they are made, else with what it proposes."""
    sent = dict(response.context["carried"]) | {"version": response.context["version"]}
    for each in response.context["differences"]:
        choice = choices.get(each.key.replace(".", "__"), each.marked)
        sent |= {each.name: choice} if choice else {}
    return sent


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_is_chosen_field_by_field_is_saved(root, choice, title):
    activity = make_activity(title_en="Before", venue_en="Ankara", objective_en="One\nTwo")
    mine, theirs = opened(root, activity), opened(root, activity)
    saved(root, activity, theirs | {"title_en": "Theirs", "venue_en": "Rabat"})
    response = saved(root, activity, mine | {"title_en": "Mine", "note": "Mine alone", "objective_en": "One\r\nTwo"})
    assert saved(root, activity, answered(response, title_en=choice)).status_code == 302
    activity.refresh_from_db()
    assert (activity.title_en, activity.venue_en, activity.note) == (title, "Rabat", "Mine alone")
    assert activity.version == 3


def test_what_both_changed_is_asked_until_it_is_chosen(root):
    activity = make_activity(title_en="Before")
    mine, theirs = opened(root, activity), opened(root, activity)
    saved(root, activity, theirs | {"title_en": "Theirs"})
    asked = saved(root, activity, mine | {"title_en": "Mine"})
    again = saved(root, activity, answered(asked) | {"choice-note": "mine"})
    assert again.status_code == 409
    assert again.context["is_answer"]
    assert Activity.objects.get().title_en == "Theirs"


def test_a_third_person_meanwhile_is_asked_about_too(root):
    activity = make_activity(title_en="Before")
    mine, theirs = opened(root, activity), opened(root, activity)
    saved(root, activity, theirs | {"title_en": "Theirs"})
    asked = saved(root, activity, mine | {"title_en": "Mine"})
    saved(root, activity, opened(root, activity) | {"title_en": "Third"})
    again = saved(root, activity, answered(asked, title_en="mine"))
    assert again.status_code == 409
    assert Activity.objects.get().title_en == "Third"


def test_rows_counts_and_countries_are_part_of_the_record(root):
    members, activity = make_members(), make_activity()
    partner, gone = add_partner(activity, post_en="Director"), add_partner(activity)
    count_participants(activity, 40)
    add_country(activity, members["MAR"], 3)
    mine, theirs = opened(root, activity), opened(root, activity)
    theirs |= {
        "partnerships-0-post_en": "Minister",
        "partnerships-1-DELETE": "on",
        "participation-0-headcount": "50",
        "countries-MAR-count": "4",
        "countries-TUN": "on",
    }
    assert saved(root, activity, theirs).status_code == 302
    mine |= {
        "partnerships-0-post_en": "Adviser",
        "participation-0-headcount": "60",
        "countries-MAR-count": "5",
        "countries-TUR": "on",
    }
    asked = saved(root, activity, mine)
    assert {key: value[2] for key, value in differences_of(asked).items()} == {
        f"partnerships.{partner.pk}": "",
        f"partnerships.{gone.pk}": "theirs",
        "participation.headcount": "",
        "countries.MAR": "",
        "countries.TUN": "theirs",
        "countries.TUR": "mine",
    }
    choices = {
        f"partnerships__{partner.pk}": "mine",
        "participation__headcount": "theirs",
        "countries__MAR": "mine",
    }
    assert saved(root, activity, answered(asked, **choices)).status_code == 302
    activity = Activity.objects.get()
    assert [row.post_en for row in activity.partnerships.all()] == ["Adviser"]
    assert activity.participation.headcount == 50
    assert countries_of(activity) == {"MAR": 5, "TUN": None, "TUR": None}


def test_a_row_that_the_other_took_out_can_be_put_back(root):
    activity = make_activity()
    partner = add_partner(activity, post_en="Director")
    mine, theirs = opened(root, activity), opened(root, activity)
    saved(root, activity, theirs | {"partnerships-0-DELETE": "on"})
    asked = saved(root, activity, mine | {"partnerships-0-post_en": "Adviser"})
    assert differences_of(asked)[f"partnerships.{partner.pk}"][2] == ""
    assert saved(root, activity, answered(asked, **{f"partnerships__{partner.pk}": "mine"})).status_code == 302
    assert [row.post_en for row in activity.partnerships.all()] == ["Adviser"]


def test_a_change_of_rows_alone_makes_another_version(root):
    members, activity = make_members(), make_activity()
    saved(root, activity, opened(root, activity))
    assert Activity.objects.get().version == 1
    saved(root, activity, opened(root, activity) | {"countries-MAR": "on"})
    assert Activity.objects.get().version == 2
    assert members


def test_a_form_that_says_nothing_of_its_version_is_asked_about(root):
    activity = make_activity(title_en="Now")
    sent = opened(root, activity) | {"title_en": "Blind"}
    for lacking in ("version", "seen"):
        del sent[lacking]
    assert saved(root, activity, sent).status_code == 409
    assert Activity.objects.get().title_en == "Now"


@pytest.mark.parametrize(
    "seen", ["", "{", ":", "title_en", "title_en:" + "x" * 9000, " ".join(["title_en:"] * 9000), "\x00"]
)
def test_digests_that_make_no_sense_only_mean_that_everything_is_asked(root, seen):
    activity = make_activity(title_en="Now")
    response = saved(root, activity, opened(root, activity) | {"title_en": "Other", "version": "0", "seen": seen})
    assert differences_of(response)["title_en"][:2] == ("Other", "Now")


# The parts of a project


@LANGUAGES
def test_what_a_browser_sends_of_a_project_is_current(root, language):
    project = make_project()
    part = make_activity(parent=project, title_en="Before", mode="online")
    sent = sent_by_browser(root, project, language)
    assert saved(root, project, sent, language).status_code == 302
    part.refresh_from_db()
    assert part.version == 1
    assert saved(root, project, sent | {"parts-0-title_en": "After"}, language).status_code == 302
    part.refresh_from_db()
    assert (part.title_en, part.version) == ("After", 2)


def test_a_part_changed_from_two_sides_is_chosen_field_by_field(root):
    project = make_project()
    part = make_activity(parent=project, title_en="Before", start_date=date(2024, 3, 13), end_date=date(2024, 3, 15))
    mine, theirs = opened(root, project), opened(root, project)
    saved(root, project, theirs | {"parts-0-title_en": "Theirs", "parts-0-end_date": "2024-03-16", "note": "Theirs"})
    asked = saved(root, project, mine | {"parts-0-title_en": "Mine", "parts-0-start_date": "2024-03-12"})
    assert {key.removeprefix(f"parts.{part.pk}."): found[2] for key, found in differences_of(asked).items()} == {
        "note": "theirs",
        "title_en": "",
        "start_date": "mine",
        "end_date": "theirs",
    }
    assert saved(root, project, answered(asked, **{f"parts__{part.pk}__title_en": "mine"})).status_code == 302
    part.refresh_from_db()
    assert (part.title_en, part.start_date, part.end_date) == ("Mine", date(2024, 3, 12), date(2024, 3, 16))


@LANGUAGES
def test_a_part_that_somebody_changed_in_its_own_form_is_asked_about_too(root, language):
    project = make_project()
    part = make_activity(parent=project, title_en="Before", venue_en="Ankara")
    sent = opened(root, project, language) | {"parts-0-title_en": "From the project"}
    saved(root, part, opened(root, part) | {"title_en": "From its own form", "end_date": "2024-03-16"})
    asked = saved(root, project, sent, language)
    assert asked.status_code == 409
    assert differences_of(asked)[f"parts.{part.pk}.title_en"] == ("From the project", "From its own form", "")
    assert [each.label.startswith(f"\u2066{part.code}\u2069") for each in asked.context["differences"]] == [True, True]
    part.refresh_from_db()
    assert (part.title_en, part.version) == ("From its own form", 2)
    chosen = answered(asked, **{f"parts__{part.pk}__title_en": "mine"})
    assert saved(root, project, chosen, language).status_code == 302
    part.refresh_from_db()
    assert (part.title_en, part.end_date, part.venue_en) == ("From the project", date(2024, 3, 16), "Ankara")


def test_a_part_changed_again_while_somebody_chooses_is_asked_about_again(root):
    project = make_project()
    part = make_activity(parent=project, title_en="Before")
    sent = opened(root, project) | {"parts-0-title_en": "From the project"}
    saved(root, part, opened(root, part) | {"title_en": "Second"})
    asked = saved(root, project, sent)
    saved(root, part, opened(root, part) | {"title_en": "Third"})
    again = saved(root, project, answered(asked, **{f"parts__{part.pk}__title_en": "mine"}))
    assert again.status_code == 409
    part.refresh_from_db()
    assert part.title_en == "Third"


def test_a_part_that_went_to_another_project_stays_as_it_is_there(root):
    project, other = make_project(), make_project(title_ar="مشروع آخر", title_en="Other project")
    part = make_activity(parent=project, title_en="Before")
    sent = opened(root, project) | {"parts-0-title_en": "From the project", "note": "Mine"}
    Activity.objects.filter(pk=part.pk).update(parent=other)
    asked = saved(root, project, sent)
    assert list(differences_of(asked)) == ["note"]
    response = saved(root, project, answered(asked))
    (warning,) = (str(each) for each in get_messages(response.wsgi_request) if each.level_tag == "warning")
    assert part.code in warning
    part.refresh_from_db()
    assert (part.title_en, part.parent) == ("Before", other)
    assert Activity.objects.get(pk=project.pk).note == "Mine"
