"""Nobody is told what they may not read: each role opens everything there is, and each answer is searched.

`oicvet.tests.canaries` says which words stand for what and who may read them, `oicvet.tests.world` where they stand.
"""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation
from activities.models import Activity, PublicationState
from focalpoints.models import ConfirmationRequest
from focalpoints.tests.readers import send_next_week
from oicvet.tests.addresses import addresses_of, every_route, links_that_stop_digests
from oicvet.tests.canaries import (
    LINKS,
    MAY_READ,
    content_of,
    content_of_letter,
    forbidden,
    found_in,
    kind_of,
    links_in,
    texts_of,
)
from oicvet.tests.crawl import Crawl
from oicvet.tests.world import EVERY_ROLE, HIDDEN, make_world
from partners.models import Country
from reports.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path)
    return make_world()


def told(client, addresses, role=None):
    """Return the addresses that tell ``role`` what it may not read, with what they tell."""
    found = {address: forbidden(found_in(content_of(client.get(address))), role) for address in addresses}
    return {address: words for address, words in found.items() if words}


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_no_role_is_told_what_it_may_not_read(client, world, role, caplog):
    caplog.set_level("INFO")
    client.raise_request_exception = False
    crawl = Crawl(world.enter(client, role)).through()
    assert {address: words for address, found in crawl.told.items() if (words := forbidden(found, role))} == {}
    assert crawl.links == {}
    assert crawl.failed == {}
    assert found_in(caplog.text.encode()) == set()
    assert [message.subject for message in mail.outbox if found_in(str(message.message()).encode())] == []
    assert kinds_met(crawl.told) == may_read(role)


def kinds_met(told):
    return {kind_of(word) for words in told.values() for word in words}


def may_read(role):
    """What a role may read it does meet somewhere: so the words are looked for where they stand."""
    return {kind for kind, readers in MAY_READ.items() if role in readers}


# Links in letters, for whoever holds one


def opened_by(link):
    """The addresses to open with a link, in order: its own, and all to which it could lead."""
    routes = {route.name: route for route in every_route()}
    if link == "unsubscribe":
        return links_that_stop_digests()
    first = [addresses_of(routes[link], language)[0] for language in ("ar", "en")]
    behind = ("linked_entries", "linked_entry") if link == "confirm" else ()
    return [
        *first,
        *(each for name in behind for language in ("ar", "en") for each in addresses_of(routes[name], language)),
    ]


@pytest.mark.parametrize("link", LINKS)
def test_whoever_holds_a_link_is_told_what_it_is_for_and_no_more(world, link):
    client = Client()
    found = {}
    for address in opened_by(link):
        response = client.get(address, follow=True)
        assert response.status_code in (200, 404), address
        found[address] = found_in(content_of(response))
    assert {address: words for address, each in found.items() if (words := forbidden(each, link))} == {}
    assert kinds_met(found) == may_read(link)


def test_a_link_opens_in_the_browser_in_which_it_was_opened_and_nowhere_else(world):
    routes = {route.name: route for route in every_route()}
    Client().get(addresses_of(routes["confirm"])[0])
    answers = [
        Client().get(address) for name in ("linked_entries", "linked_entry") for address in addresses_of(routes[name])
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert [found_in(content_of(answer)) for answer in answers] == [set()] * len(answers)


def test_letters_tell_their_readers_nothing_that_is_not_public(client, world):
    """Digests, requests to confirm and invitations: in the languages of their readers, one reader to a letter."""
    world.enter(client, "administrator")
    for model, place in (
        (Invitation, "accounts/invitation"),
        (ConfirmationRequest, "focalpoints/confirmationrequest"),
    ):
        sent = {"action": "send_again", "_selected_action": list(model.objects.values_list("pk", flat=True))}
        assert client.post(f"/en/admin/{place}/", sent).status_code == 302
    Worker("test", batch=True).run()
    send_next_week()
    assert len(mail.outbox) == Invitation.objects.count() + ConfirmationRequest.objects.count() + 1
    assert [len(letter.recipients()) for letter in mail.outbox] == [1] * len(mail.outbox)
    contents = [content_of_letter(letter) for letter in mail.outbox]
    assert [found_in(content) for content in contents] == [set()] * len(contents)
    # Each brings its own link, and so shows that a link on a page would be found.
    links = [links_in(content) for content in contents]
    assert [len(each) for each in links] == [1] * len(contents)
    assert len(set.union(*links)) == len(contents)


@pytest.mark.parametrize("role", [None, "focal-point", "administrator"])
def test_the_brief_of_a_country_tells_nothing_that_is_not_public(client, world, role):
    world.enter(client, role)
    addresses = [reverse("country_brief", args=[code]) for code in Country.objects.values_list("code", flat=True)]
    answers = [client.get(address) for address in addresses]
    assert [answer["Content-Type"] for answer in answers] == ["application/pdf"] * len(addresses)
    assert [found_in(content_of(answer)) for answer in answers] == [set()] * len(addresses)


# What is taken away is the same for everybody


def taken_away():
    """Everything that can be taken away, in both languages."""
    codes = list(Activity.objects.values_list("code", flat=True))
    yield from ("/api/v1/schema/", "/sitemap.xml", "/robots.txt")
    yield from (f"/api/v1/{name}/" for name in ("activities", "countries", "institutions", "areas", "editions"))
    yield from (f"/api/v1/activities/{code}/" for code in codes)
    for language in ("ar", "en"):
        for query in ("", "?country=TUR", "?status=held&q=qz", "?area=2020-2025.1"):
            yield from (f"/{language}/activities/list.{form}{query}" for form in ("xlsx", "csv", "json", "ics"))
        for place in ("activities", "countries/TUR", "roadmap/2020-2025/1", "reports"):
            yield f"/{language}/{place}/feed.atom"
        yield from (f"/{language}/activities/{code}/calendar.ics" for code in codes)


def test_lists_do_not_name_what_is_not_public(client, world):
    hidden = Activity.objects.exclude(state=PublicationState.PUBLISHED).values_list("code", flat=True)
    for address in taken_away():
        if not re.search(r"/activities/\d{4}-", address):
            content = content_of(client.get(address))
            assert [code for code in hidden if code.encode() in content] == [], address


def test_staff_are_told_no_more_than_anybody(client, world):
    world.enter(client, "administrator")
    assert told(client, taken_away()) == {}


def test_every_word_would_be_found(client, world):
    """The words are looked for as they are written: what is published is found, in every form of file."""
    assert {"title_ar", "title_en", "summary_ar", "status_reason_en", "note"} <= set(texts_of(Activity))
    Activity.objects.filter(state__in=HIDDEN).update(state=PublicationState.PUBLISHED)
    for form in ("xlsx", "csv", "json", "ics"):
        assert told(client, [f"/ar/activities/list.{form}"]), form
    assert told(client, [reverse("api_activities")])
    assert told(client, ["/en/activities/feed.atom"])
