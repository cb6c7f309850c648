"""Every public page in both languages: that it opens, says so in its head, and speaks one language."""

import re
from datetime import date, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.mofile import read_mo
from bs4 import BeautifulSoup
from django.core.cache.backends.base import BaseCache
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from activities.models import ActivityStatus, PublicationState, Role
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_project
from oicvet import errors
from partners.tests.factories import make_country, make_institution
from reports.tests.factories import make_edition, make_report
from roadmap.tests.factories import make_area, make_meeting, make_programme, make_roadmap

# Each with its title in Arabic and English; the names come from `world`.
PAGES = {
    "": ("ما يقوم به البرنامج، ولصالح من، وبأي نتيجة", "What the programme does, for whom, and with what result"),
    "activities/": ("الأنشطة", "Activities"),
    "activities/?year=2024&page=2": ("الأنشطة (2)", "Activities (2)"),
    "activities/?q=nothing": ("الأنشطة", "Activities"),
    "activities/{activity}/": ("عنوان النشاط", "Title of the activity"),
    "activities/{project}/": ("عنوان المشروع", "Title of the project"),
    "programme/": ("البرنامج بالأرقام", "The programme in figures"),
    "calendar/2024-03/": ("تقويم الأنشطة: مارس 2024", "Calendar: March 2024"),
    "periods/": ("الفترات قيد الاستعراض", "Reporting periods"),
    "periods/40/": ("الفترة قيد الاستعراض للدورة الأربعين", "Reporting period of the 40th session"),
    "periods/41/": ("الفترة قيد الاستعراض للدورة الحادية والأربعين", "Reporting period of the 41st session"),
    "roadmap/": ("خارطة الطريق", "The roadmap"),
    "roadmap/2020-2025/": ("خارطة الطريق", "The roadmap"),
    "roadmap/2020-2025/1/": ("مجال التعاون رقم 1: اسم المجال", "Cooperation area 1: Name of the area"),
    "countries/": ("البلدان", "Countries"),
    "countries/TUR/": ("تركيا", "Türkiye"),
    "partners/": ("الشركاء", "Partners"),
    "partners/ministry/": ("الوزارة", "Ministry"),
    "reports/": ("التقارير المرحلية", "Progress reports"),
    "editions/{edition}/": (
        "التقرير المرحلي: الدورة الأربعون للكومسيك، الإصدار 1",
        "Progress report to the 40th Session of COMCEC, edition 1",
    ),
    "verify/": ("التحقق من نسخة", "Verify a copy"),
    "api/": ("للبرمجيات", "For programs"),
}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
ERRORS = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    405: partial(errors.not_allowed, allowed="GET"),
    413: partial(errors.bad_request, exception=RequestDataTooBig()),
    500: errors.failed,
    503: errors.unavailable,
}


@pytest.fixture
def world(db):
    """Something to see on every page; the names hold letters of their own language alone."""
    organ = make_institution(code="sesric", name_ar="المركز", name_en="The Centre")
    make_programme(organ=organ, aim_ar="غاية البرنامج.", aim_en="The aim of the programme.")
    roadmap = make_roadmap(code="2020-2025", title_ar="خارطة الطريق", title_en="The roadmap")
    area = make_area(roadmap, title_ar="اسم المجال", title_en="Name of the area")
    country = make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye", oic_group="asia")
    ministry = make_institution(code="ministry", name_ar="الوزارة", name_en="Ministry", country=country)
    project = make_project(title_ar="عنوان المشروع", title_en="Title of the project")
    activity = make_activity(
        title_ar="عنوان النشاط", title_en="Title of the activity", parent=project, area=area, roadmap=roadmap
    )
    add_partner(activity, ministry, role=Role.CONTENT_PROVIDER)
    add_country(activity, country, 3)
    count_participants(activity, 82, member_countries=14)
    for day in range(1, 30):
        make_activity(title_ar="نشاط آخر", title_en="Another one", end_date=date(2024, 2, day))
    coming = timezone.localdate() + timedelta(30)
    make_activity(title_ar="نشاط مقبل", title_en="A coming one", status=ActivityStatus.PLANNED, end_date=coming)
    edition = make_edition(make_report(), activity)
    return {"activity": activity.code, "project": project.code, "edition": edition.code}


def open_page(client, world, language, page):
    response = client.get(f"/{language}/{page.format(**world)}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(node):
    return " ".join(node.get_text(" ").split())


# The head of every page


@BOTH_LANGUAGES
@EVERY_PAGE
def test_a_page_says_what_it_is_and_in_which_language(client, world, page, language):
    shown = open_page(client, world, language, page)
    assert (shown.html["lang"], shown.html["dir"]) == {"ar": ("ar", "rtl"), "en": ("en", "ltr")}[language]
    assert text_of(shown.title) == f"{PAGES[page][language == 'en']} · OIC-VET"
    assert len(shown.select("h1")) == 1
    assert len(shown.select("main#content")) == 1


@BOTH_LANGUAGES
@EVERY_PAGE
def test_a_page_names_its_address_in_each_language(client, world, page, language):
    shown = open_page(client, world, language, page)
    path = page.format(**world)
    alternates = {link["hreflang"]: link["href"] for link in shown.select("link[rel=alternate][hreflang]")}
    portal = "http://127.0.0.1:8000"
    assert alternates == {
        "x-default": f"{portal}/{path}",
        **{each: f"{portal}/{each}/{path}" for each in ("ar", "en")},
    }
    assert shown.select_one("link[rel=canonical]")["href"] == alternates[language]
    neutral = client.get(f"/{path}", headers={"accept-language": language}, follow=True)
    assert neutral.redirect_chain == [(f"/{language}/{path}", 302)]


@BOTH_LANGUAGES
@EVERY_PAGE
def test_a_page_says_how_others_should_show_it(client, world, page, language):
    shown = open_page(client, world, language, page)
    told = {meta["property"]: meta["content"] for meta in shown.select("meta[property^='og:']")}
    assert told["og:title"] == PAGES[page][language == "en"]
    assert told["og:url"] == shown.select_one("link[rel=canonical]")["href"]
    assert told["og:description"] == shown.select_one("meta[name=description]")["content"]
    assert bool(re.search("[\u0600-\u06ff]", told["og:description"])) == (language == "ar")


@BOTH_LANGUAGES
@EVERY_PAGE
def test_the_language_switch_stays_on_the_page(client, world, page, language):
    other = "en" if language == "ar" else "ar"
    link = open_page(client, world, language, page).select_one("a.language")
    assert link["href"] == f"/{other}/{page.format(**world)}"
    assert (link["lang"], link["hreflang"]) == (other, other)
    assert client.get(link["href"]).status_code == 200


@BOTH_LANGUAGES
@EVERY_PAGE
def test_every_link_of_a_page_leads_somewhere(client, world, page, language):
    links = open_page(client, world, language, page).select("a[href^='/']")
    for address in sorted({link["href"] for link in links}):
        assert client.get(address, follow=True).status_code == 200, address


@EVERY_PAGE
def test_a_page_depends_on_its_address_alone(client, world, page):
    response = client.get(f"/ar/{page.format(**world)}")
    assert not response.cookies
    assert not {"cookie", "accept-language"} & {each.strip().lower() for each in response.get("Vary", "").split(",")}
    assert "default-src 'none'" in response["Content-Security-Policy"]


@EVERY_PAGE
def test_a_page_has_nothing_inline(client, world, page):
    shown = open_page(client, world, "ar", page)
    assert not shown.select("[style], style, script:not([src])")
    assert not [tag for tag in shown.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


# One language at a time


@cache
def strings_of_django():
    """Return what Django itself says in English."""
    said = set()
    for catalogue in Path(django.__file__).parent.rglob("locale/ar/LC_MESSAGES/django.mo"):
        for message in read_mo(BytesIO(catalogue.read_bytes())):
            said |= {message.id} if isinstance(message.id, str) else set(message.id)
    return {" ".join(each.split()) for each in said if each}


def texts(shown):
    """Yield each text of a page that is not said to be of another language or always left to right."""
    for node in shown.body.find_all(string=True):
        if not node.find_parent(attrs={"dir": "ltr"}) and not node.find_parent(attrs={"lang": "en"}):
            yield " ".join(node.split())
    for tag in shown.body.find_all(True):
        for name in ("placeholder", "aria-label", "title", "alt"):
            yield str(tag.get(name, ""))


@EVERY_PAGE
def test_an_arabic_page_holds_no_untranslated_string_of_the_framework(client, world, page):
    shown = open_page(client, world, "ar", page)
    latin = {text for text in texts(shown) if re.search("[a-zA-Z]", text)}
    assert latin & strings_of_django() == set()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "api/"])  # its words are those of programs
def test_an_arabic_page_speaks_arabic(client, world, page):
    shown = open_page(client, world, "ar", page)
    # What somebody typed is said back as it was typed.
    assert {text for text in texts(shown) if re.search("[a-zA-Z]", text)} <= {"TUR", "nothing"}


# The door


@pytest.mark.parametrize(
    ("preferred", "home"),
    [
        ("", "/ar/"),
        ("en", "/en/"),
        ("en-GB,en;q=0.9,ar;q=0.8", "/en/"),
        ("ar-TN", "/ar/"),
        ("fr-FR,fr;q=0.9,en;q=0.3", "/en/"),
        ("fr, de", "/ar/"),
        ("en;q=0", "/ar/"),
        ("*", "/ar/"),
        ("\x00" * 5000, "/ar/"),
        ("en," * 5000, "/en/"),
    ],
)
def test_the_door_asks_the_browser_for_its_language(client, preferred, home):
    response = client.get("/", headers={"accept-language": preferred})
    assert (response.status_code, response["Location"]) == (302, home)
    assert response["Vary"] == "Accept-Language"


# The home page


def test_home_counts_the_newest_period_with_something_held(client, db):
    make_meeting(38)
    make_meeting(39)
    make_meeting(40)
    make_area(make_roadmap(), title_en="An area")
    country = make_country("TUR")
    for day, headcount in ((date(2023, 11, 5), 500), (date(2023, 11, 6), 82), (date(2024, 11, 5), 604)):
        count_participants(make_activity(end_date=day), headcount)
    waiting = make_activity(end_date=date(2024, 10, 1))
    count_participants(waiting, None)
    add_partner(waiting, make_institution(country=country), role=Role.CONTENT_PROVIDER)
    make_activity(status=ActivityStatus.PLANNED, end_date=date(2024, 11, 20))
    make_activity(end_date=date(2024, 5, 1), is_reportable=False)
    make_activity(end_date=date(2025, 5, 1), state=PublicationState.DRAFT)
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    assert text_of(page.select_one(".period")) == (
        "Between the 39th and the 40th session of COMCEC: 6 November 2023 – 5 November 2024"
    )
    assert [text_of(figure) for figure in page.select(".figure")] == [
        "activities held 3",
        "participations figures pending for 1 activity 686",
        "country that provided content 1",
        "planned activity outcome not yet recorded 1",
    ]
    assert "3 activities name no area." in text_of(page)


def test_home_of_a_running_period_says_since_when(client, db):
    make_meeting(40)
    make_activity(end_date=date(2025, 2, 1))
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    assert text_of(page.select_one(".period")) == "Since the 40th session of COMCEC, from 6 November 2024"


def test_home_keeps_what_comes_apart_from_what_is_past(client, world):
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    coming, latest = page.select(".almanac")
    assert [text_of(title) for title in coming.select(".entry-title")] == ["A coming one"]
    assert len(latest.select(".entry")) == 5
    assert "A coming one" not in text_of(latest)


def test_home_of_an_empty_portal_opens(client, db):
    for language in ("ar", "en"):
        assert client.get(f"/{language}/").status_code == 200


@pytest.mark.parametrize("size", [1, 30])
def test_queries_of_home_do_not_grow(client, db, django_assert_num_queries, size):
    make_programme()
    make_meeting(39)
    make_meeting(40)
    roadmap = make_roadmap()
    for number in range(1, size + 1):
        country = make_country()
        activity = make_activity(area=make_area(roadmap, number=number), roadmap=roadmap)
        add_partner(activity, make_institution(country=country, seat=country), role=Role.CONTENT_PROVIDER)
        add_country(activity, country)
        count_participants(activity, 10)
    with django_assert_num_queries(21):
        client.get("/ar/")


# Something wrong


@BOTH_LANGUAGES
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_speaks_the_language_of_the_address_without_the_database(status, language):
    response = ERRORS[status](RequestFactory().get(f"/{language}/somewhere/"))
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == status
    assert (page.html["lang"], page.html["dir"]) == {"ar": ("ar", "rtl"), "en": ("en", "ltr")}[language]
    assert response["Content-Language"] == language
    words = text_of(page.main)
    assert bool(re.search("[a-zA-Z]", words)) == (language == "en")
    assert page.select_one(f"a[href='/{language}/activities/']")


class Away(BaseCache):
    """A cache that cannot be reached."""

    def __init__(self, location, params):
        super().__init__(params)

    def get(self, *args, **kwargs):
        raise OSError("away")

    add = set = touch = delete = clear = get


@BOTH_LANGUAGES
@pytest.mark.parametrize("status", ERRORS)
def test_an_error_needs_no_cache_either(settings, status, language):
    settings.CACHES = {name: {"BACKEND": f"{__name__}.Away"} for name in settings.CACHES}
    assert ERRORS[status](RequestFactory().get(f"/{language}/somewhere/")).status_code == status


@BOTH_LANGUAGES
@pytest.mark.parametrize("failure", [OperationalError, InterfaceError])
def test_while_the_database_is_away_a_page_says_so_and_when_to_come_back(monkeypatch, language, failure):
    def away(self, **kwargs):
        raise failure("no route to host")

    monkeypatch.setattr("oicvet.views.HomeView.get_context_data", away)
    monkeypatch.setattr("bilingual.public_pages.data_version", lambda: "1")
    response = Client(raise_request_exception=False).get(f"/{language}/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert {"ar": "المحاولة", "en": "try again"}[language] in response.content.decode()


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_speaks_both_languages_when_none_is_known(status):
    response = ERRORS[status](RequestFactory().get("/somewhere/"))
    parts = BeautifulSoup(response.content, "html.parser").select("main section")
    assert [(part["lang"], part["dir"]) for part in parts] == [("ar", "rtl"), ("en", "ltr")]
    assert len({text_of(part) for part in parts}) == 2


@pytest.mark.parametrize("address", ["/ar/nothing/", "/en/nothing/", "/nothing", "/ar/%00", "/en/activities/2024-001"])
def test_what_is_not_there_is_answered_kindly(client, db, address):
    response = client.get(address, follow=True)
    assert response.status_code == 404
    assert b"OIC-VET" in response.content


def test_a_view_that_breaks_is_answered_kindly(db, monkeypatch):
    monkeypatch.setattr("oicvet.views.HomeView.get_context_data", lambda self: 1 / 0)
    response = Client(raise_request_exception=False).get("/ar/")
    assert response.status_code == 500
    assert "حدث خطأ" in response.content.decode()


def test_an_error_page_that_breaks_is_answered_in_plain_words(monkeypatch):
    monkeypatch.setattr("oicvet.errors._page", lambda request, status: 1 / 0)
    response = errors.failed(RequestFactory().get("/ar/"))
    assert isinstance(response, HttpResponse)
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "Something went wrong" in response.content.decode()


def test_a_form_from_elsewhere_is_refused_kindly(db):
    response = Client(enforce_csrf_checks=True).post("/ar/account/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "هذا" in BeautifulSoup(response.content, "html.parser").h1.text


def test_too_many_fields_in_an_address_are_refused_kindly(client, db):
    response = client.get("/ar/activities/?" + "&".join(["a=1"] * 6000))
    assert response.status_code == 400
    assert 'lang="ar"' in response.content.decode()


@pytest.mark.parametrize(("language", "remedy"), [("ar", "20,000"), ("en", "A field takes at most 20,000 characters")])
def test_a_text_larger_than_any_form_takes_is_refused_with_its_remedy(client, db, language, remedy):
    response = client.post(f"/{language}/account/login/", {"login": "ا" * 1_500_000})
    assert response.status_code == 413
    assert remedy in response.content.decode()
