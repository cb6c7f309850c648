"""The form of an activity: countries in a grid or as a list, what is said while one types, two people at once."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from activities.models import (
    Activity,
    CountryParticipation,
    Mode,
    Partnership,
    PublicationState,
    Role,
    Standing,
)
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_profile,
    make_project,
)
from activities.tests.forms import address, opened, saved
from partners.country_list import CountryNames
from partners.models import Country, OICGroup
from partners.tests.factories import make_country, make_institution

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def countries_of(activity):
    return {row.country.code: row.count for row in CountryParticipation.objects.filter(activity=activity)}


def make_members():
    """Morocco, Tunisia, Türkiye and Côte d'Ivoire, as members of the OIC."""
    rows = (
        ("MAR", "المغرب", "Morocco", OICGroup.ARAB),
        ("TUN", "تونس", "Tunisia", OICGroup.ARAB),
        ("TUR", "تركيا", "Türkiye", OICGroup.ASIA),
        ("CIV", "كوت ديفوار", "Côte d'Ivoire", OICGroup.AFRICA),
    )
    return {
        code: make_country(code, short_name_ar=ar, short_name_en=en, oic_group=group) for code, ar, en, group in rows
    }


# Countries


@LANGUAGES
def test_countries_are_ticked_counted_and_taken_out_in_one_grid(root, language):
    members, activity = make_members(), make_activity()
    add_country(activity, members["MAR"], 3)
    add_country(activity, members["TUN"], 4)
    sent = opened(root, activity, language)
    del sent["countries-TUN"]  # its number is still there, as without a script
    sent |= {"countries-MAR-count": "٥", "countries-TUR": "on", "countries-CIV-count": "2"}
    assert saved(root, activity, sent, language).status_code == 302
    assert countries_of(activity) == {"MAR": 5, "TUR": None, "CIV": 2}


@LANGUAGES
def test_a_pasted_list_is_read_in_both_languages(root, language):
    make_members()
    activity = make_activity()
    sent = opened(root, activity, language) | {"countries-list": "Türkiye; المغرب، Côte d'Ivoire 5\n1. Tunisia (٤)"}
    assert saved(root, activity, sent, language).status_code == 302
    assert countries_of(activity) == {"TUR": None, "MAR": None, "CIV": 5, "TUN": 4}


@LANGUAGES
def test_what_was_not_read_comes_back_with_the_nearest_countries(root, language):
    make_members()
    activity = make_activity()
    sent = opened(root, activity, language) | {"countries-list": "Tunisia 2, Marocco 4"}
    response = saved(root, activity, sent, language)
    page = response.content.decode()
    assert list(response.context["adminform"].form.errors) == ["countries"]
    assert "Tunisia 2, Marocco 4</textarea>" in page
    assert 'name="countries-written-1"' in page
    assert 'name="countries-means-1"' in page
    assert 'value="MAR"' in page
    assert countries_of(activity) == {}
    sent |= {"countries-written-1": "Marocco 4", "countries-means-1": "MAR"}
    assert saved(root, activity, sent, language).status_code == 302
    assert countries_of(activity) == {"TUN": 2, "MAR": 4}


def test_a_name_is_left_out_only_when_somebody_says_so(root):
    make_members()
    activity = make_activity()
    sent = opened(root, activity) | {"countries-list": "Tunisia, Atlantis"}
    assert saved(root, activity, sent).status_code == 200
    sent |= {"countries-written-1": "Atlantis", "countries-means-1": "-"}
    assert saved(root, activity, sent).status_code == 302
    assert countries_of(activity) == {"TUN": None}


@pytest.mark.parametrize(
    "changes",
    [
        {"countries-list": "Morocco 4", "countries-MAR": "on", "countries-MAR-count": "5"},
        {"countries-list": "Morocco 4; المغرب 5"},
        {"countries-list": "Morocco 0"},
        {"countries-MAR": "on", "countries-MAR-count": "0"},
        {"countries-MAR": "on", "countries-MAR-count": "9" * 5000},
        {"countries-MAR": "on", "countries-MAR-count": "\x00"},
        {"countries-list": "Morocco; " * 2000},
        {"countries-list": "و" * 5000},
        {"countries-list": "\x00\ud800x".encode("utf-8", "surrogatepass")},
        {"countries-list": "Atlantis", "countries-written-1": "Atlantis", "countries-means-1": "XXX"},
    ],
)
def test_what_contradicts_itself_or_is_no_list_changes_nothing(root, changes):
    make_members()
    activity = make_activity()
    response = saved(root, activity, opened(root, activity) | changes)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["countries"]
    assert countries_of(activity) == {}


def test_a_number_beside_a_tick_that_was_taken_off_is_asked_about(root):
    members, activity = make_members(), make_activity()
    add_country(activity, members["MAR"], 3)
    sent = opened(root, activity)
    del sent["countries-MAR"]
    response = saved(root, activity, sent | {"countries-MAR-count": "4"})
    assert list(response.context["adminform"].form.errors) == ["countries"]
    assert countries_of(activity) == {"MAR": 3}


def test_each_country_that_changes_is_kept_in_the_history(root):
    members, activity = make_members(), make_activity()
    add_country(activity, members["MAR"], 3)
    sent = opened(root, activity) | {"countries-MAR-count": "5", "countries-TUN": "on"}
    saved(root, activity, sent)
    kinds = CountryParticipation.versions.order_by("history_id").values_list("history_type", "country__code", "count")
    assert list(kinds) == [("+", "MAR", 3), ("~", "MAR", 5), ("+", "TUN", None)]


def test_who_may_not_change_countries_cannot_send_any(client):
    make_members()
    activity = make_activity(state=PublicationState.DRAFT)
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(_permissions("view_activity", "change_activity"))
    client.force_login(user)
    sent = opened(client, activity) | {"countries-sent": "1", "countries-MAR": "on"}
    assert saved(client, activity, sent).status_code == 302
    assert countries_of(activity) == {}


def _permissions(*names):
    return Permission.objects.filter(codename__in=names)


# What it costs


@LANGUAGES
def test_the_form_with_every_member_costs_ten_queries_and_150_kilobytes(root, language):
    activity = make_activity(venue_country=make_country(), parent=make_project())
    count_participants(activity, 171, profile=make_profile(), member_countries=57)
    for number in range(57):
        code = f"W{chr(65 + number // 26)}{chr(65 + number % 26)}"
        add_country(activity, make_country(code, oic_group=list(OICGroup)[number % 3]), 3)
    for role in Role:
        add_partner(activity, make_institution(seat=make_country()), role)
    url = address("change", activity.pk, language=language)
    root.get(url)
    with CaptureQueriesContext(connection) as caught:
        response = root.get(url)
    assert response.content.count(b'class="country"') == 57
    assert len(caught) <= 10
    assert len(response.content) <= 150_000


# Two people at once


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


# While somebody types


def checked(client, sent, activity=None, language="en"):
    url = address("check", language=language)
    return client.post(f"{url}?of={activity.pk}" if activity else url, sent)


@LANGUAGES
def test_days_and_sums_are_compared_as_they_are_typed(root, language):
    members, activity = make_members(), make_activity()
    add_country(activity, members["MAR"], 3)
    sent = opened(root, activity, language) | {
        "start_date": "2024-03-13",
        "end_date": "2024-03-15",
        "participation-0-headcount": "40",
        "participation-0-women": "10",
        "participation-0-men": "20",
        "participation-0-member_countries": "2",
        "countries-list": "Tunisia 4; Atlantis",
    }
    response = checked(root, sent, activity, language)
    lines = response.context["lines"]
    assert [line.is_wrong for line in lines] == [False, True, False, True]
    numbers = [[word for word in "3 30 40 10 2 7 33".split() if word in line.words] for line in lines]
    assert numbers[1] == ["3", "30", "40", "10"]
    assert [each.written for each in response.context["unread"]] == ["Atlantis"]
    assert countries_of(activity) == {"MAR": 3}


@LANGUAGES
def test_something_close_to_what_is_typed_is_shown(root, language):
    other = make_activity(title_ar="دورة في التقييم المهنيّ", title_en="Course on vocational assessment")
    make_activity(title_en="Course on vocational assessment", end_date=date(2023, 1, 1))
    make_activity(title_en="Something else on the same days")
    sent = {
        "kind": make_kind().pk,
        "title_ar": "دورة فى التقييم المهني",
        "start_date": "2024-03-14",
        "end_date": "2024-03-20",
    }
    response = checked(root, sent, language=language)
    assert response.context["similar"] == [other]
    assert address("change", other.pk, language=language) in response.content.decode()


@LANGUAGES
def test_saving_something_close_to_another_says_so_with_the_way_there(root, language):
    other = make_activity(title_en="Course on vocational assessment")
    activity = make_activity(state=PublicationState.DRAFT, title_en="Something", end_date=date(2022, 1, 1))
    changes = {"title_en": "Course on vocational assesment", "start_date": "2024-03-13", "end_date": "2024-03-13"}
    response = saved(root, activity, opened(root, activity, language) | changes, language)
    (warning,) = (str(each) for each in get_messages(response.wsgi_request) if each.level_tag == "warning")
    assert f'href="{address("change", other.pk, language=language)}"' in warning


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "abc"}, {"kind": "9" * 500}, {"countries-sent": "1"}, {"title_ar": "\x00"}]
)
def test_checks_answer_whatever_is_sent(root, sent):
    activity = make_activity()
    assert checked(root, sent).status_code == 200
    assert checked(root, sent, activity).status_code == 200
    assert root.post(f"{address('check')}?of={'9' * 40}", sent).status_code == 404
    assert root.get(address("check")).status_code == 405


def test_checks_are_for_those_who_may_save(client):
    activity = make_activity()
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(_permissions("view_activity"))
    client.force_login(user)
    assert checked(client, {}, activity).status_code == 404
    assert checked(client, {}).status_code == 404


# A copy for the next year


@LANGUAGES
def test_a_copy_takes_over_what_stays_and_leaves_open_what_nobody_knows(root, language):
    activity = make_activity(venue_ar="أنقرة", venue_en="Ankara", objective_ar="هدف", objective_en="aim", note="Ours")
    add_partner(activity, post_ar="المدير", post_en="Director")
    count_participants(activity, 40, profile=make_profile())
    add_country(activity)
    url = address("copy", activity.pk, language=language)
    assert root.get(url).status_code == 200
    assert Activity.objects.count() == 1
    assert root.post(url).status_code == 302
    draft = Activity.objects.exclude(pk=activity.pk).get()
    assert (draft.state, draft.status, draft.year, draft.code[:4]) == ("draft", "planned", 2025, "2025")
    assert (draft.titles, draft.objective_en, draft.note, draft.mode) == (activity.titles, "aim", "", Mode.ONLINE)
    assert (draft.start_date, draft.end_date, draft.country_participations.count()) == (None, None, 0)
    assert [row.post_en for row in draft.partnerships.all()] == ["Director"]
    assert (draft.participation.headcount, draft.participation.headcount_standing) == (None, Standing.NOT_DUE)


def test_a_copy_is_for_those_who_may_add(client):
    activity = make_activity()
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(_permissions("view_activity"))
    client.force_login(user)
    assert client.post(address("copy", activity.pk)).status_code == 403
    assert Activity.objects.count() == 1


# A project and its parts


@LANGUAGES
def test_parts_are_changed_and_added_in_the_form_of_their_project(root, language):
    project = make_project()
    part = make_activity(parent=project)
    sent = opened(root, project, language) | {
        "parts-TOTAL_FORMS": "2",
        "parts-0-start_date": "2024-03-12",
        "parts-1-title_en": "Another part",
        "parts-1-kind": part.kind.pk,
        "parts-1-status": "planned",
        "parts-1-parent": project.pk,
    }
    assert saved(root, project, sent, language).status_code == 302
    part.refresh_from_db()
    assert (part.start_date, part.version) == (date(2024, 3, 12), 2)
    added = project.parts.exclude(pk=part.pk).get()
    assert (added.title_en, added.state, added.status) == ("Another part", "draft", "planned")


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


# Errors


@LANGUAGES
def test_errors_name_the_field_and_its_language_and_lead_there(root, language):
    activity = make_activity()
    add_partner(activity)
    sent = opened(root, activity, language) | {"title_en": "", "partnerships-0-role": "nothing"}
    response = saved(root, activity, sent, language)
    links = {link.anchor: link.label for link in response.context["error_links"]}
    assert list(links) == ["id_title_en", "id_partnerships-0-role"]
    page = response.content.decode()
    assert all(f'href="#{anchor}"' in page and f'id="{anchor}"' in page for anchor in links)
    with override(language):
        assert str(Activity._meta.get_field("title_en").verbose_name).lower() == links["id_title_en"].lower()
        assert str(Partnership._meta.get_field("role").verbose_name) in links["id_partnerships-0-role"].lower()


def test_texts_carry_a_mark_of_how_far_they_are(root):
    activity = make_activity(venue_en="Ankara", title_en_is_official=False)
    Activity.objects.get().save()
    page = root.get(address("change", activity.pk)).content.decode()
    assert {"text-missing", "text-draft", "text-reviewed"} <= set(page.replace('"', " ").split())


def test_all_countries_can_be_read_back_by_the_names_that_the_portal_gives_them():
    names = CountryNames(make_members().values())
    for country in Country.objects.all():
        for name in (country.short_name_ar, country.short_name_en, country.code):
            assert names.read(f"{name} 7").found == {country.code: 7}
