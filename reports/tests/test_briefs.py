"""The brief of a country: one page in both languages, printed once for a state of the data, never two at a time."""

import fcntl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from activities.models import ActivityStatus, PublicationState, Role
from activities.tests.factories import add_country, add_partner, make_activity
from activities.tests.pages import CANARY
from bilingual.dates import say_date
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports import briefs
from reports.rendering import RenderingError
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ADDRESS = "/en/countries/MYS/brief.pdf"
LONG = "A title that goes on and on about technical and vocational education and training in member countries " * 2
LONG_AR = "عنوان طويل عن التعليم والتدريب الفني والمهني في البلدان الأعضاء وعن كل ما يتصل به " * 2


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path)


@pytest.fixture
def malaysia():
    return make_country("MYS", short_name_en="Malaysia", short_name_ar="ماليزيا", oic_group="asia")


@pytest.fixture
def printings(monkeypatch):
    """What was printed, without printing it."""
    printed = []

    def note(html, **said):
        printed.append(html)
        return b"%PDF-1.7 " + str(len(printed)).encode()

    monkeypatch.setattr(briefs, "render_pdf", note)
    return printed


def text_in(pdf, tmp_path):
    path = tmp_path / "brief.pdf"
    path.write_bytes(pdf)
    run = [["pdftotext", "-layout", str(path), "-"], ["pdfinfo", str(path)]]
    text, facts = (subprocess.run(each, capture_output=True, check=True, text=True).stdout for each in run)  # noqa: S603
    return text, dict(line.split(":", 1) for line in facts.splitlines() if ":" in line)


def test_a_brief_is_one_page_however_much_there_is_to_tell(client, malaysia, tmp_path):
    for number in range(12):
        area = make_area(title_en=LONG[:200], title_ar=LONG_AR[:150])
        body = make_institution(
            name_en=f"{number} {LONG}"[:250], name_ar=f"{number} {LONG_AR}"[:250], country=malaysia
        )
        held = make_activity(title_en=LONG, title_ar=LONG_AR, area=area, roadmap=area.roadmap, venue_country=malaysia)
        add_partner(held, body, role=Role.CONTENT_PROVIDER)
        add_country(held, malaysia, 2)
        make_activity(
            title_en=LONG,
            title_ar=LONG_AR,
            status=ActivityStatus.PLANNED,
            end_date=TODAY + timedelta(9),
            registration_until=TODAY + timedelta(2),
        )
        make_focal_point(country=malaysia, is_public=True, name_en=LONG[:200], name_ar=LONG_AR[:150])
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    text, facts = text_in(response.content, tmp_path)
    assert facts["Pages"].strip() == "1"
    assert "(A4)" in facts["Page size"]
    assert "Malaysia" in text
    assert f"As of {say_date(TODAY, 'en')}" in text


def html_of(country):
    return briefs.compose_brief(country, TODAY)


def test_both_languages_tell_the_same_figures(malaysia, settings):
    settings.PORTAL_URL = "https://portal.example.org"
    add_country(make_activity(venue_country=malaysia), malaysia)
    make_activity()
    html = html_of(malaysia)
    arabic, english = html.split('<article class="column column-ltr"')
    assert "ماليزيا" in arabic
    assert "https://portal.example.org/ar/countries/MYS/" in arabic
    assert "https://portal.example.org/en/countries/MYS/" in english
    assert 'dir="rtl"' in arabic
    assert "Malaysia" in english
    assert arabic.count('<p class="value">1</p>') == english.count('<p class="value">1</p>') == 2
    assert "1 activity held names no countries" in english


def test_it_is_the_same_whichever_language_asks_for_it(malaysia):
    activity = make_activity()
    for arabic, english in (("ا", "B"), ("ب", "A")):
        add_partner(activity, make_institution(name_ar=arabic, name_en=english, country=malaysia))
    with override("ar"):
        arabic = html_of(malaysia)
    with override("en"):
        assert html_of(malaysia) == arabic


def test_it_tells_the_parts_by_area_and_what_is_not_known_by_a_dash(malaysia):
    teachers = make_area(title_en="Teachers", title_ar="المدرسون")
    make_area(teachers.roadmap, title_en="Laws", title_ar="التشريع")
    make_activity(venue_country=malaysia, area=teachers, roadmap=teachers.roadmap)
    told = BeautifulSoup(html_of(malaysia), "html.parser")
    for column, titles in zip(told.select(".column"), (("المدرسون", "التشريع"), ("Teachers", "Laws")), strict=True):
        rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in column.select("tbody tr")]
        assert rows == [[f"1 {titles[0]}", "1", "0", "0", "–"], [f"2 {titles[1]}", "0", "0", "0", "0"]]


def test_a_public_focal_point_is_told_with_the_institution(malaysia):
    body = make_institution(name_en="Ministry of Work", name_ar="وزارة العمل", country=malaysia)
    make_focal_point(country=malaysia, institution=body, is_public=True)
    arabic, english = html_of(malaysia).split('<article class="column column-ltr"')
    assert "وزارة العمل" in arabic
    assert "Ministry of Work" in english


def test_what_is_not_known_is_a_dash(malaysia):
    make_activity(venue_country=malaysia)
    assert html_of(malaysia).count('<p class="value">–</p>') == 2


def test_nothing_unpublished_is_told(malaysia):
    hidden = {"title_en": CANARY, "title_ar": CANARY, "state": PublicationState.DRAFT}
    draft = make_activity(**hidden, venue_country=malaysia)
    add_partner(draft, make_institution(name_en=CANARY, name_ar=CANARY, country=malaysia))
    make_activity(**hidden | {"status": ActivityStatus.PLANNED, "end_date": TODAY + timedelta(9)})
    make_focal_point(country=malaysia, name_en=CANARY, name_ar=CANARY)
    assert CANARY not in html_of(malaysia)


def test_it_is_printed_once_until_something_changes(client, malaysia, printings):
    first = client.get(ADDRESS)
    assert client.get("/ar/countries/MYS/brief.pdf").content == first.content
    assert len(printings) == 1
    again = client.get(ADDRESS, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_activity(venue_country=malaysia)
    assert client.get(ADDRESS).content != first.content
    assert len(printings) == 2


def test_a_former_brief_goes_once_the_new_one_stands(client, malaysia, printings, tmp_path):
    client.get(ADDRESS)
    make_activity(venue_country=malaysia)
    client.get(ADDRESS)
    assert len(list((tmp_path / "briefs").glob("MYS-*.pdf"))) == 1


@pytest.mark.parametrize(("language", "words"), [("ar", "يُرجى طلبه مجددا بعد 10 ثوان"), ("en", "again in 10 seconds")])
def test_while_another_is_printed_a_reader_is_asked_to_come_back(
    client, malaysia, printings, tmp_path, language, words
):
    folder = tmp_path / "briefs"
    folder.mkdir()
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        response = client.get(f"/{language}/countries/MYS/brief.pdf")
    assert (response.status_code, response["Retry-After"], printings) == (503, "10", [])
    assert words in response.content.decode()
    assert client.get(ADDRESS).status_code == 200


def test_what_cannot_be_printed_is_said_and_leaves_nothing(client, malaysia, monkeypatch, tmp_path):
    def fail(html, **said):
        raise RenderingError("no")

    monkeypatch.setattr(briefs, "render_pdf", fail)
    assert client.get(ADDRESS).status_code == 503
    assert list(Path(tmp_path, "briefs").glob("*.pdf")) == []


def test_a_country_that_does_not_exist_has_no_brief(client, printings):
    assert client.get("/en/countries/ZZZ/brief.pdf").status_code == 404
    assert printings == []


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_what_there_is_to_tell(malaysia, django_assert_num_queries, size):
    for _ in range(size):
        make_country(oic_group="asia")
        activity = make_activity(venue_country=malaysia)
        add_country(activity, malaysia, 3)
        add_partner(activity, make_institution(country=malaysia))
    with django_assert_num_queries(20):
        html_of(malaysia)
