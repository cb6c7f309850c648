"""Feeds of activities, per language: of all, of an area, of a country."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from activities.models import Activity, PublicationState
from activities.tests.factories import make_activity, make_project
from partners.tests.factories import make_country
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
PORTAL = "http://127.0.0.1:8000"


def read(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own feed


def text(node, path):
    return node.find(f"atom:{path}", ATOM).text


def titles(client, address):
    return [text(entry, "title") for entry in read(client, address).findall("atom:entry", ATOM)]


def changed(activity, day):
    Activity.objects.filter(pk=activity.pk).update(changed_at=datetime(2024, 5, day, tzinfo=UTC))


@BOTH_LANGUAGES
def test_a_feed_tells_of_an_activity_in_its_language(client, language):
    activity = make_activity(
        code="2024-003", title_ar="لحام <1>", title_en="Welding <1> & more", summary_en="Short & <b>plain</b>"
    )
    changed(activity, 7)
    feed = read(client, f"/{language}/activities/feed.atom")
    other = "en" if language == "ar" else "ar"
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    assert text(feed, "id") == f"{PORTAL}/{language}/activities/feed.atom"
    assert text(feed, "updated") == "2024-05-07T00:00:00+00:00"
    assert [link.attrib for link in feed.findall("atom:link", ATOM)] == [
        {"rel": "alternate", "href": f"{PORTAL}/{language}/activities/"},
        {"rel": "self", "href": f"{PORTAL}/{language}/activities/feed.atom"},
        {"rel": "alternate", "hreflang": other, "href": f"{PORTAL}/{other}/activities/"},
    ]
    [entry] = feed.findall("atom:entry", ATOM)
    page = f"{PORTAL}/{language}/activities/2024-003/"
    assert (text(entry, "id"), text(entry, "updated")) == (page, "2024-05-07T00:00:00+00:00")
    assert text(entry, "title") == {"ar": "لحام <1>", "en": "Welding <1> & more"}[language]
    assert (
        text(entry, "summary")
        == {
            "ar": "دورة تدريبية · 13-14 مارس 2024 · منجز",
            "en": "Training course · 13–14 March 2024 · held\nShort &amp; &lt;b&gt;plain&lt;/b&gt;",
        }[language]
    )
    assert [link.attrib["href"] for link in entry.findall("atom:link", ATOM)] == [
        page,
        f"{PORTAL}/{other}/activities/2024-003/",
    ]


def test_what_was_changed_last_stands_first_and_only_what_is_published(client):
    for day, title in ((3, "Third"), (9, "First"), (5, "Second")):
        changed(make_activity(title_en=title), day)
    for state in PublicationState:
        if state != PublicationState.PUBLISHED:
            make_activity(state=state, title_en="Hidden")
    make_project(title_en="A project")
    assert titles(client, "/en/activities/feed.atom") == ["First", "Second", "Third"]


def test_an_entry_keeps_its_name_when_it_changes(client):
    activity = make_activity()
    before = text(read(client, "/en/activities/feed.atom"), "entry/atom:id")
    activity.title_en = "Another"
    activity.save()
    assert text(read(client, "/en/activities/feed.atom"), "entry/atom:id") == before
    assert titles(client, "/en/activities/feed.atom") == ["Another"]


def test_an_area_and_a_country_have_feeds_of_their_own(client):
    area = make_area(make_roadmap(code="2020-2025"), title_ar="المجال", title_en="The area")
    country = make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye")
    make_activity(title_en="In the area", area=area, roadmap=area.roadmap)
    make_activity(title_en="In the country", venue_country=country)
    make_activity(title_en="Elsewhere")
    assert titles(client, "/en/roadmap/2020-2025/1/feed.atom") == ["In the area"]
    assert titles(client, "/en/countries/TUR/feed.atom") == ["In the country"]
    assert text(read(client, "/ar/countries/TUR/feed.atom"), "title") == "أنشطة OIC-VET: تركيا"
    for page, feed in (("roadmap/2020-2025/1/", "roadmap/2020-2025/1/feed.atom"), ("countries/TUR/",) * 2):
        address = feed if feed.endswith("atom") else f"{feed}feed.atom"
        assert f'href="/en/{address}"' in client.get(f"/en/{page}").content.decode()


@pytest.mark.parametrize(
    "address", ["roadmap/2020-2025/9/feed.atom", "roadmap/x/1/feed.atom", "countries/QQQ/feed.atom"]
)
def test_what_is_not_there_has_no_feed(client, address):
    assert client.get(f"/ar/{address}").status_code == 404


@BOTH_LANGUAGES
def test_a_feed_with_nothing_in_it_is_a_feed(client, language):
    assert titles(client, f"/{language}/activities/feed.atom") == []


def test_an_unchanged_feed_is_not_sent_again(client):
    activity = make_activity()
    etag = client.get("/ar/activities/feed.atom")["ETag"]
    assert client.get("/ar/activities/feed.atom", headers={"if-none-match": etag}).status_code == 304
    activity.save()
    assert client.get("/ar/activities/feed.atom", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("size", [1, 60])
def test_queries_of_a_feed_do_not_grow(client, django_assert_num_queries, size):
    for _ in range(size):
        make_activity()
    with django_assert_num_queries(2):
        assert len(titles(client, "/ar/activities/feed.atom")) == min(size, 50)
