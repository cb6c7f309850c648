"""What search engines are told, and what machines read of an activity."""

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from activities.models import ActivityStatus, Mode, PublicationState, Role
from activities.tests.factories import add_partner, make_activity, make_project
from bilingual.api.limits import FilesPerAddress
from partners.tests.factories import make_country, make_institution
from reports.tests.factories import make_edition
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db

PORTAL = "http://127.0.0.1:8000"
SPACES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "html": "http://www.w3.org/1999/xhtml"}


def read(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 -- our own


def addresses(node, kind="url"):
    return [found.text for found in node.findall(f"map:{kind}/map:loc", SPACES)]


def test_the_sitemap_lists_every_public_page_in_both_languages(client):
    area = make_area(make_roadmap(code="2020-2025"))
    country = make_country("TUR")
    activity = make_activity(parent=make_project(), area=area, roadmap=area.roadmap)
    add_partner(activity, make_institution(code="ministry", country=country))
    make_edition(None, activity, code="7ZK4M0QD")
    hidden = make_activity(state=PublicationState.WITHDRAWN)
    add_partner(hidden, make_institution(code="hidden"))
    found = addresses(read(client, "/sitemap.xml"))
    assert len(found) == len(set(found))
    for language in ("ar", "en"):
        for path in (
            "",
            "activities/",
            f"activities/{activity.code}/",
            f"activities/{activity.parent.code}/",
            "roadmap/2020-2025/1/",
            "countries/TUR/",
            "partners/ministry/",
            "editions/7ZK4M0QD/",
            "api/",
        ):
            assert f"{PORTAL}/{language}/{path}" in found
    assert not [address for address in found if "hidden" in address or hidden.code in address]
    for address in found:
        assert client.get(address.removeprefix(PORTAL)).status_code == 200, address


def test_the_sitemap_names_the_other_language_and_the_last_change(client):
    activity = make_activity(code="2024-003")
    [entry] = [
        url
        for url in read(client, "/sitemap.xml").findall("map:url", SPACES)
        if url.find("map:loc", SPACES).text == f"{PORTAL}/ar/activities/2024-003/"
    ]
    assert entry.find("map:lastmod", SPACES).text == timezone.localtime(activity.changed_at).date().isoformat()
    assert {link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall("html:link", SPACES)} == {
        "ar": f"{PORTAL}/ar/activities/2024-003/",
        "en": f"{PORTAL}/en/activities/2024-003/",
        "x-default": f"{PORTAL}/activities/2024-003/",
    }


def test_more_pages_than_a_file_holds_are_listed_in_several(client, monkeypatch):
    monkeypatch.setattr("oicvet.sitemaps.MOST", 4)
    monkeypatch.setattr("oicvet.sitemaps.Pages.limit", 4)
    made = {make_activity().code for _ in range(5)}
    files = addresses(read(client, "/sitemap.xml"), "sitemap")
    assert f"{PORTAL}/sitemap-activities.xml?p=3" in files
    found = [each for file in files for each in addresses(read(client, file.removeprefix(PORTAL)))]
    assert made == {each.split("/")[-2] for each in found if "/activities/2" in each}


@pytest.mark.parametrize(
    "address", ["-nothing.xml", "-activities.xml?p=9", "-activities.xml?p=%00", "-pages.xml?p=" + "9" * 5000]
)
def test_there_is_no_other_sitemap(client, address):
    assert client.get(f"/sitemap{address}").status_code == 404


@pytest.mark.parametrize("size", [1, 20])
def test_queries_of_the_sitemap_do_not_grow(client, django_assert_num_queries, size):
    for _ in range(size):
        add_partner(make_activity(), make_institution(country=make_country()))
    with django_assert_num_queries(13):
        client.get("/sitemap.xml")


def test_an_address_that_asks_too_often_is_told_when_to_go_on(client, monkeypatch):
    monkeypatch.setattr(FilesPerAddress, "THROTTLE_RATES", {"files": "1/min"})
    here = {"REMOTE_ADDR": "192.0.2.99"}
    first = client.get("/sitemap.xml", **here)
    refused = client.get("/sitemap-pages.xml", **here)
    assert (first.status_code, refused.status_code, "Retry-After" in refused) == (200, 429, True)
    unchanged = client.get("/sitemap.xml", **here, headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304


def test_robots_are_told_where_pages_are_listed_and_what_is_for_staff(client, db):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {PORTAL}/sitemap.xml"
    for path in ("/ar/account/", "/ar/admin/", "/en/desk/", "/ar/translations/"):
        assert f"Disallow: {path}" in lines


# In the words of schema.org


def event(client, activity, language="en"):
    page = BeautifulSoup(client.get(f"/{language}/activities/{activity.code}/").content, "html.parser")
    return page.select_one("[itemtype='https://schema.org/EducationEvent']")


def said(node, name):
    found = node.select_one(f"[itemprop={name}]")
    return found and (found.get("content") or found.get("href"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_activity_is_an_event_to_machines(client, language):
    activity = make_activity(
        title_ar="لحام",
        title_en="Welding & “more”",
        mode=Mode.HYBRID,
        status=ActivityStatus.POSTPONED,
        venue_ar="أنقرة",
        venue_en="Ankara",
        venue_country=make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye"),
    )
    add_partner(activity, make_institution(name_ar="الوزارة", name_en="Ministry"), role=Role.ORGANISER)
    node = event(client, activity, language)
    is_english = language == "en"
    assert said(node, "name") == ("Welding & “more”" if is_english else "لحام")
    assert (said(node, "startDate"), said(node, "endDate")) == ("2024-03-13", "2024-03-14")
    assert said(node, "eventStatus") == "https://schema.org/EventPostponed"
    assert said(node, "eventAttendanceMode") == "https://schema.org/MixedEventAttendanceMode"
    assert said(node, "url") == f"{PORTAL}/{language}/activities/{activity.code}/"
    assert said(node, "addressCountry") == ("Türkiye" if is_english else "تركيا")
    organiser = node.select_one("[itemprop=organizer]")
    assert said(organiser, "name") == ("Ministry" if is_english else "الوزارة")
    assert node.text.strip() == ""


def test_what_has_no_days_is_no_event(client):
    assert event(client, make_project()) is None
