"""The form of an activity: countries in a grid or as a list, what is said while one types, the way to each error."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from activities.models import (
    Activity,
    CountryParticipation,
    Mode,
    Partnership,
    PublicationState,
    Standing,
)
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    countries_of,
    make_activity,
    make_kind,
    make_members,
    make_profile,
    make_project,
)
from activities.tests.forms import address, opened, saved
from partners.country_list import CountryNames
from partners.models import Country
from partners.tests.factories import make_institution
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


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


@LANGUAGES
def test_what_stands_in_the_way_leads_to_its_field_and_its_language(root, language):
    kind = make_kind("visit", plural_ar="")
    activity = make_activity(state=PublicationState.DRAFT, kind=kind)
    add_partner(activity, post_ar="المدير"), add_partner(activity, make_institution(name_ar=None))
    count_participants(activity, 40)
    sent = opened(root, activity, language) | {
        "venue_ar": "أنقرة",
        "participation-0-women": "3",
        "participation-0-men": "4",
        "participation-0-sexes_standing": "reported",
    }
    response = checked(root, sent, activity, language)
    places = {place.address: place for place in response.context["blocking"]}
    institution = activity.partnerships.last().institution
    with override(language):
        elsewhere = {
            f"{reverse('admin:activities_activitykind_change', args=[kind.pk])}#id_plural_ar",
            f"{reverse('admin:partners_institution_change', args=[institution.pk])}#id_name_ar",
        }
    here = {"#id_venue_en", "#id_partnerships-0-post_en", "#id_participation-0-women"}
    assert set(places) == here | elsewhere
    assert {address for address, place in places.items() if place.is_elsewhere} == elsewhere
    page = response.content.decode()
    assert all(f'<a href="{address}" data-opens>' in page for address in here)
    assert all(f'<a href="{address}" target="_blank"' in page for address in elsewhere)


def test_a_record_that_somebody_may_not_open_is_named_without_a_link(client):
    kind = make_kind("visit", plural_ar="")
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(_permissions("add_activity"))
    client.force_login(user)
    response = checked(client, {"kind": kind.pk, "title_en": "A visit"})
    assert [place.address for place in response.context["blocking"] if place.is_elsewhere] == [""]
    assert "activitykind" not in response.content.decode()


def test_all_that_is_said_while_one_types_comes_in_one_answer(root):
    make_programme()
    members, activity = make_members(), make_activity()
    add_country(activity, members["MAR"], 3)
    page = root.get(address("change", activity.pk)).content.decode()
    assert page.count(f'data-live="{address("check")}?of={activity.pk}"') == page.count("data-live=") == 1
    sent = opened(root, activity)
    with CaptureQueriesContext(connection) as few:
        answer = checked(root, sent, activity).content.decode()
    assert answer.count("data-live-part=") == 2
    assert 'class="told"' in answer
    for code in ("TUN", "TUR", "CIV"):
        add_country(activity, members[code], 3)
    sent = opened(root, activity)
    with CaptureQueriesContext(connection) as many:
        checked(root, sent, activity)
    assert len(many) == len(few)
    for _number in range(3):
        add_partner(activity)
    sent = opened(root, activity)
    with CaptureQueriesContext(connection) as more:
        checked(root, sent, activity)
    # Of each row that is sent the framework asks four things: its key, its institution twice, its rule (and two
    # savepoints here). Twice as many would mean that the form was validated twice.
    assert len(more) <= len(few) + 3 * 6


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
    assert client.post(address("copy", activity.pk)).status_code == 404
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


# Errors


@LANGUAGES
def test_errors_name_the_field_and_its_language_and_lead_there(root, language):
    activity = make_activity()
    add_partner(activity)
    sent = opened(root, activity, language) | {"title_en": "", "partnerships-0-role": "nothing"}
    response = saved(root, activity, sent, language)
    links = {link.anchor: link.label for link in response.context["errors_at"]}
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
