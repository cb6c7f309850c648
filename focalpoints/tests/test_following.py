"""Following an area, a country or a partner: pages of a reader's own, in both languages."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import PublicationState
from activities.tests.factories import add_partner, make_activity
from focalpoints.models import Follow, Subscription
from focalpoints.tests.readers import make_reader
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def reader(client):
    user = make_reader()
    client.force_login(user)
    return user


@pytest.fixture
def things():
    """What can be followed, by the query that names it."""
    area, country, partner = make_area(), make_country("TUR"), make_institution(code="ministry")
    add_partner(make_activity(), partner)
    return {f"area={area.roadmap.code}.{area.number}": area, "country=TUR": country, "partner=ministry": partner}


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def fields(query):
    return dict([query.split("=")])


@BOTH_LANGUAGES
def test_the_page_of_each_leads_to_following_it(things, language):
    area = next(iter(things.values()))
    pages = [f"roadmap/{area.roadmap.code}/{area.number}/", "countries/TUR/", "partners/ministry/"]
    for address, query in zip(pages, things, strict=True):
        assert f'href="/{language}/following/add/?{query}"' in page(Client(), f"/{language}/{address}")


def test_public_pages_say_nothing_of_what_a_reader_follows(things, client, reader):
    def links():
        return page(client, "/en/countries/TUR/").count("/following/")

    before = links()
    Follow.objects.create(user=reader, country=things["country=TUR"])
    assert (before, links()) == (1, 1)


@BOTH_LANGUAGES
def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(things, language, settings):
    for address in ("following/", "following/add/?country=TUR"):
        response = Client().get(f"/{language}/{address}")
        where, _question, query = response["Location"].partition("?")
        assert (response.status_code, "login" in where) == (302, True)
        assert query == f"next=/{language}/{address}".replace("?country=", "%3Fcountry%3D")
    for address in ("add", "stop", "digest"):
        response = Client().post(f"/{language}/following/{address}/", {"country": "TUR"})
        assert (response.status_code, response["Location"]) == (302, f"/{language}/account/login/")
    assert not Follow.objects.exists()


@BOTH_LANGUAGES
def test_following_is_confirmed_and_then_listed(client, reader, things, language):
    for query, thing in things.items():
        name = next(
            said for field in ("title", "short_name", "name") if (said := getattr(thing, f"{field}_{language}", ""))
        )
        assert name in page(client, f"/{language}/following/add/?{query}")
        response = client.post(f"/{language}/following/add/", fields(query), follow=True)
        assert response.redirect_chain == [(f"/{language}/following/", 302)]
        assert response.content.decode().count(name) == 3  # it is said, listed, and named by its button
    assert [follow.target for follow in reader.follows.all()] == list(things.values())


def test_following_a_second_time_changes_nothing(client, reader, things):
    for _ in range(2):
        assert client.post("/en/following/add/", {"country": "TUR"}).status_code == 302
    assert reader.follows.count() == 1
    assert "You follow this already." in page(client, "/en/following/add/?country=TUR")


def test_asking_follows_nothing(client, reader, things):
    page(client, "/en/following/add/?country=TUR")
    page(client, "/en/following/")
    assert reader.follows.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "country=",
        "country=ZZZ",
        "country=tur",
        "country=TUR%00",
        "country=TUR%0A",
        "country=%ED%A0%80",
        "country=TUR&partner=ministry",
        "area=1",
        "area=x.1",
        "area=2020-2025.99999999999999999999",
        "area=2020-2025.%D9%A1",
        "partner=unknown",
        "partner=hidden",
        "partner=" + "a" * 5000,
        "institution=ministry",
        "country=TUR&country=MAR",
    ],
)
def test_what_no_public_page_is_about_cannot_be_followed(client, reader, things, query):
    add_partner(make_activity(state=PublicationState.DRAFT), make_institution(code="hidden"))
    assert client.get(f"/en/following/add/?{query}").status_code == 404
    response = client.generic("POST", "/en/following/add/", query, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, reader.follows.count()) == (404, 0)


def test_a_form_from_elsewhere_follows_nothing(reader, things):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    for address in ("add", "stop", "digest"):
        assert strict.post(f"/en/following/{address}/", {"country": "TUR", "pause": "1"}).status_code == 403
    assert (reader.follows.count(), reader.subscription.is_paused) == (0, False)


def test_a_reader_ends_their_own_follows_alone(client, reader, things):
    country = things["country=TUR"]
    own = Follow.objects.create(user=reader, country=country)
    others = Follow.objects.create(user=make_reader(), country=country)
    for said in (str(others.pk), "", "x", "-1", str(2**70), "٣"):
        assert client.post("/en/following/stop/", {"follow": said}).status_code == 404, said
    assert client.post("/en/following/stop/", {"follow": own.pk}).status_code == 302
    assert list(Follow.objects.all()) == [others]
    assert client.post("/en/following/stop/", {"follow": own.pk}).status_code == 404


def test_addresses_that_change_something_take_forms_only(client, reader):
    assert [client.get(f"/en/following/{each}/").status_code for each in ("stop", "digest")] == [405, 405]


@BOTH_LANGUAGES
def test_the_first_follow_sets_the_language_of_the_page(client, things, language):
    user = User.objects.create_user("somebody", email="somebody@example.org")
    client.force_login(user)
    client.post(f"/{language}/following/add/", {"country": "TUR"})
    assert user.subscription.language == language


def test_a_focal_point_is_told_in_the_language_of_the_office(client, things):
    user = User.objects.create_user("somebody", email="somebody@example.org")
    make_focal_point(user=user, language="ar")
    client.force_login(user)
    client.post("/en/following/add/", {"country": "TUR"})
    assert user.subscription.language == "ar"


def test_a_reader_chooses_the_language_and_stops_and_resumes(client, reader):
    def digest():
        subscription = Subscription.objects.get(user=reader)
        return subscription.language, subscription.is_paused

    for said, wanted in (
        ({"language": "ar"}, ("ar", False)),
        ({"language": "fr"}, ("ar", False)),
        ({}, ("ar", False)),
        ({"pause": "1"}, ("ar", True)),
        ({"resume": "1"}, ("ar", False)),
    ):
        assert client.post("/en/following/digest/", said).status_code == 302
        assert digest() == wanted
    response = client.post("/en/following/digest/", {"language": "fr"}, follow=True)
    assert "Choose the language of the messages: Arabic or English." in response.content.decode()


def test_whoever_resumes_is_not_told_of_the_time_between(client, reader):
    before = timezone.now()
    Subscription.objects.update(is_paused=True, told_until=before.replace(year=2020))
    client.post("/en/following/digest/", {"resume": "1"})
    assert Subscription.objects.get().told_until >= before


@BOTH_LANGUAGES
def test_the_page_shows_what_the_next_message_would_say(client, reader, language):
    area = make_area()
    Follow.objects.create(user=reader, area=area)
    nothing = {"en": "Nothing new so far", "ar": "لا جديد حتى الآن"}[language]
    assert nothing in page(client, f"/{language}/following/")
    make_activity(area=area, roadmap=area.roadmap, start_date=date(2024, 5, 3), title_en="Welding", title_ar="لحام")
    shown = page(client, f"/{language}/following/")
    words = {"en": ["Welding", "New on the portal.", "3 May 2024"], "ar": ["لحام", "جديد على البوابة.", "3 مايو 2024"]}
    assert [word for word in words[language] if word not in shown] == []


@BOTH_LANGUAGES
def test_an_account_without_an_address_is_told_so(client, language):
    client.force_login(User.objects.create_user("somebody"))
    make_country("TUR")
    words = {"en": "Your account has no e-mail address", "ar": "ليس في حسابك عنوان بريد إلكتروني"}[language]
    for address in ("following/", "following/add/?country=TUR"):
        assert words in page(client, f"/{language}/{address}")


def test_a_partner_that_is_shown_no_longer_is_not_named(client, reader):
    partner = make_institution(name_en="Once public", name_ar="كان معروضا")
    activity = make_activity()
    add_partner(activity, partner)
    Follow.objects.create(user=reader, institution=partner)
    assert "Once public" in page(client, "/en/following/")
    activity.state = PublicationState.WITHDRAWN
    activity.save()
    shown = page(client, "/en/following/")
    assert ("Once public" in shown, "A partner that the portal does not show at present" in shown) == (False, True)


def test_nothing_of_these_pages_is_kept(client, reader, things):
    for address in ("following/", "following/add/?country=TUR"):
        response = client.get(f"/en/{address}")
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_however_much_is_followed(client, reader, number):
    for _ in range(number):
        partner = make_institution()
        add_partner(make_activity(), partner)
        Follow.objects.create(user=reader, institution=partner)
        Follow.objects.create(user=reader, country=make_country())
    Subscription.objects.update(told_until=timezone.now().replace(year=2020))
    Follow.objects.update(since=timezone.now().replace(year=2020))
    with CaptureQueriesContext(connection) as queries:
        page(client, "/en/following/")
    assert len(queries) == 12


def test_the_database_keeps_a_follow_to_one_thing_once(reader):
    country, area = make_country(), make_area()
    Follow.objects.create(user=reader, country=country)
    for said in ({}, {"country": make_country(), "area": area}, {"country": country}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(user=reader, **said)
