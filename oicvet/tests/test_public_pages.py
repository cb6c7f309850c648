"""Pages that are kept: what they depend on, who is never served one, and what browsers are told."""

import gzip
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.tests.factories import add_partner, make_activity
from bilingual import public_pages
from partners.tests.factories import make_country, make_institution

pytestmark = pytest.mark.django_db
PAGES = ["activities/", "activities/?q=title", "activities/{code}/", "countries/TUR/", "partners/ministry/"]
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)


@pytest.fixture
def activity():
    activity = make_activity(title_ar="عنوان", title_en="Title")
    add_partner(activity, make_institution(code="ministry", country=make_country("TUR")))
    return activity


@pytest.fixture
def address(activity, page):
    return f"/en/{page.format(code=activity.code)}"


def queries_of(client, address, **said):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address, **said)
    return response, len(queries)


@EVERY_PAGE
def test_a_page_is_made_once_and_then_costs_one_query(client, address):
    first, _made = queries_of(client, address)
    second, asked = queries_of(client, address)
    assert (asked, second.content) == (1, first.content)
    assert second.headers.items() >= {"ETag": first["ETag"], "Cache-Control": "no-cache"}.items()


@EVERY_PAGE
def test_a_browser_that_has_the_page_is_not_sent_it_again(client, address):
    tag = client.get(address)["ETag"]
    same, asked = queries_of(client, address, headers={"if-none-match": f'"other", {tag}'})
    assert (same.status_code, same.content, same["ETag"], asked) == (304, b"", tag, 1)
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@EVERY_PAGE
def test_a_change_shows_at_once(client, activity, address):
    before = client.get(address)
    activity.title_en = "Another title"
    activity.save()
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, b"Another" in after.content) == (200, True)
    activity.state = "withdrawn"
    activity.save()
    assert b"Another" not in client.get(address).content


@EVERY_PAGE
def test_who_has_a_session_is_served_anew_and_leaves_nothing(root, address):
    anybody = Client()
    tag = anybody.get(address)["ETag"]
    response = root.get(address, headers={"if-none-match": tag})
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in response
    assert b"/desk/" in response.content
    assert b"/desk/" not in anybody.get(address).content


@EVERY_PAGE
def test_a_page_is_packed_for_those_who_can_unpack_it(client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "br, gzip"})
    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert client.get(address, headers={"accept-encoding": "br, gzip;q=0"}).get("Content-Encoding") is None


@EVERY_PAGE
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_a_kept_page_says_of_itself_what_the_made_one_said(client, address, accepted):
    made, kept = (client.get(address, headers={"accept-encoding": accepted}) for _time in range(2))
    both = [{name: value for name, value in each.items() if name != "X-Request-ID"} for each in (made, kept)]
    assert both[0] == both[1]
    assert both[1].items() >= {"Content-Language": "en", "Content-Length": str(len(kept.content))}.items()


@EVERY_PAGE
def test_a_kept_page_is_not_served_under_a_host_that_is_not_ours(client, address):
    assert client.get(address).status_code == 200
    assert client.get(address, headers={"host": "elsewhere.example"}).status_code == 400


def test_an_address_under_which_nothing_is_kept_costs_no_query(client):
    assert [queries_of(client, "/healthz")[1] for _time in range(2)] == [0, 0]


def test_languages_and_days_are_kept_apart(client, activity, monkeypatch):
    page = f"activities/{activity.code}/"
    assert b"Title" in client.get(f"/en/{page}").content
    assert "عنوان" in client.get(f"/ar/{page}").content.decode()
    activity.status = "planned"
    activity.start_date = activity.end_date = timezone.localdate()
    activity.save()
    assert b"not yet recorded" not in client.get("/en/activities/").content
    monkeypatch.setattr(timezone, "localdate", lambda: date(2999, 1, 1))
    assert b"not yet recorded" in client.get("/en/activities/").content


def test_what_is_not_there_and_what_is_too_long_is_not_kept(client, activity, monkeypatch):
    kept = []
    monkeypatch.setattr(public_pages.caches["pages"], "set", lambda *said: kept.append(said))
    for address in ("/en/activities/2024-999/", "/en/activities/?q=" + "a" * 1000, "/en/countries/ZZZ/"):
        response = client.get(address)
        assert (response.status_code in (200, 404), kept) == (True, []), address
    client.post("/en/activities/")
    assert kept == []
