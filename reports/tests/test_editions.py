"""The public pages of editions: the list, each edition, its files, the feed, and the address of the latest."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User

from reports.models import EditionFile
from reports.tests.factories import make_edition, make_report
from reports.tests.programmes import report_of_one
from roadmap.models import MeetingKind
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
FACTS = report_of_one().to_json()
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(node):
    return " ".join(node.get_text(" ").split())


def corrected(report=None, **said):
    """Return an edition and the one that corrects it."""
    first = make_edition(report, code="0000000A", facts=FACTS)
    values = {
        "number": 2,
        "code": "0000000B",
        "corrects": first,
        "issued_at": datetime(2024, 11, 3, 9, tzinfo=UTC),
        "facts": FACTS,
        "changes": [{"ar": "عدد المشاركين: 82 بدلا من 80.", "en": "Participants: 82 instead of 80."}],
    }
    return first, make_edition(first.report, **values | said)


# The list


@BOTH_LANGUAGES
def test_without_an_edition_the_page_says_what_it_will_hold(client, language):
    make_report()
    words = {"ar": "لم يصدر أي تقرير بعد", "en": "No edition has been issued yet."}[language]
    shown = page(client, f"/{language}/reports/")
    assert words in text_of(shown.main)
    assert not shown.select(".report-row")


def test_a_report_shows_its_latest_edition_with_files_and_names_the_one_before(client):
    corrected()
    (row,) = page(client, "/en/reports/").select(".report-row")
    assert text_of(row.select_one(".report-words")) == (
        "40th Session of COMCEC Edition 2 issued on 3 November 2024 corrects edition 1 "
        "Edition 1 issued on 20 October 2024 corrected by edition 2"
    )
    assert [text_of(file) for file in row.select(".downloads li")] == [
        "Arabic PDF · 1 kB",
        "English PDF · 1 kB",
        "Arabic and English in one file PDF · 1 kB",
        "Arabic Word · 1 kB",
        "English Word · 1 kB",
        "All tables Excel · 1 kB",
        f"The facts as data JSON · {round(len(FACTS.encode()) / 1000)} kB",
    ]
    for link in row.select("a"):
        assert client.get(link["href"]).status_code == 200


def test_the_newest_report_comes_first_whenever_an_older_one_was_corrected(client):
    for number in (38, 39, 40):
        make_meeting(number)
    older = make_report(meeting=make_meeting(41), as_of=date(2025, 11, 1))
    newer = make_report(meeting=make_meeting(42), as_of=date(2026, 11, 1))
    make_edition(newer, issued_at=datetime(2026, 11, 1, tzinfo=UTC))
    corrected(older, issued_at=datetime(2027, 1, 1, tzinfo=UTC))
    headings = [text_of(each) for each in page(client, "/en/reports/").select(".report-row h2")]
    assert headings == ["42nd Session of COMCEC", "41st Session of COMCEC"]


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, size):
    for number in range(1, size + 1):
        make_edition(make_report(meeting=make_meeting(number)))
    with django_assert_num_queries(2):
        assert len(page(client, "/en/reports/").select(".report-row")) == size


# One edition


@BOTH_LANGUAGES
def test_an_edition_says_what_it_is_with_the_checksum_of_each_file(client, language):
    edition = make_edition(code="7ZK4M0QD", facts=FACTS)
    shown = page(client, f"/{language}/editions/7ZK4M0QD/")
    assert "7ZK4-M0QD" in text_of(shown.select_one(".facts"))
    assert [code.text for code in shown.select(".checksum code")] == list(
        edition.files.values_list("sha256", flat=True)
    )
    assert not shown.select(".standing")
    assert "50" in text_of(shown.select_one(".drop .note"))


def test_the_facts_of_an_edition_are_the_frozen_ones_whatever_became_of_the_report(client):
    edition = make_edition(code="7ZK4M0QD", facts=FACTS)
    edition.report.as_of = date(2030, 1, 1)
    edition.report.document_code = "OIC/NEW"
    edition.report.save()
    facts = text_of(page(client, "/en/editions/7ZK4M0QD/").select_one(".facts"))
    assert "As of 1 November 2024" in facts
    assert "OIC/NEW" not in facts


@BOTH_LANGUAGES
def test_editions_name_what_they_correct_and_what_corrects_them(client, language):
    corrected()
    words = {
        "ar": "يصحح الإصدار 2 الصادر في 3 نوفمبر 2024 هذا الإصدار.",
        "en": "Edition 2, issued on 3 November 2024, corrects this one.",
    }
    change = {"ar": "عدد المشاركين: 82 بدلا من 80.", "en": "Participants: 82 instead of 80."}
    first = page(client, f"/{language}/editions/0000000A/")
    second = page(client, f"/{language}/editions/0000000B/")
    assert words[language] in text_of(first.select_one(".standing"))
    assert first.select_one(".standing a")["href"] == f"/{language}/editions/0000000B/"
    assert change[language] in text_of(second.main)
    assert second.select_one(f"a[href='/{language}/editions/0000000A/']")


@pytest.mark.parametrize("typed", ["7zk4m0qd", "7ZK4-M0QD", "7zk4-moqd", "7ZK4MOQD"])
def test_a_code_is_found_however_it_was_typed(client, typed):
    make_edition(code="7ZK4M0QD", facts=FACTS)
    response = client.get(f"/en/editions/{typed}/")
    assert (response.status_code, response["Location"]) == (301, "/en/editions/7ZK4M0QD/")
    response = client.get(f"/v/{typed}/", headers={"accept-language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/en/editions/7ZK4M0QD/")


def test_the_letters_i_and_l_are_read_as_one(client):
    make_edition(code="11110000", facts=FACTS)
    for typed in ("IIII0000", "llll-oooo", "iLi1O0o0"):
        assert client.get(f"/en/editions/{typed}/")["Location"] == "/en/editions/11110000/"


@pytest.mark.parametrize(
    ("preferred", "language"), [("", "ar"), ("ar-TN", "ar"), ("en-GB,ar;q=0.5", "en"), ("fr", "ar")]
)
def test_the_printed_address_leads_to_the_reader_s_language(client, preferred, language):
    make_edition(code="7ZK4M0QD")
    response = client.get("/v/7ZK4M0QD/", headers={"accept-language": preferred})
    assert response["Location"] == f"/{language}/editions/7ZK4M0QD/"
    assert response["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    "path",
    [
        "/v/00000000/",
        "/v/UUUUUUUU/",  # a letter that no code has
        "/v/7ZK4M0Q/",
        "/v/7ZK4%00QD/",
        "/v/" + "0" * 5000 + "/",
        "/en/editions/00000000/",
        "/en/editions/..%2F..%2Fsecret/",
        "/ar/editions/٠٠٠٠٠٠٠٠/",
        "/en/editions/00000000/COMCEC-40-1-ar.pdf",
        "/en/editions/7ZK4M0QD/COMCEC-40-9-ar.pdf",
        "/en/editions/7ZK4M0QD/..%2Fx",
        "/en/editions/7ZK4M0QD/%00",
    ],
)
def test_what_no_edition_has_is_no_page(client, path):
    make_edition(code="7ZK4M0QD")
    assert client.get(path).status_code == 404


# Files


@pytest.mark.parametrize(
    ("name", "content_type", "disposition"),
    [
        ("COMCEC-40-1-ar.pdf", "application/pdf", "inline"),
        (
            "COMCEC-40-1-en.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
        ),
        ("COMCEC-40-1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
        ("COMCEC-40-1.json", "application/json", "attachment"),
    ],
)
def test_a_file_is_sent_whole_and_may_be_kept_for_good(client, name, content_type, disposition):
    make_edition(code="7ZK4M0QD")
    file = EditionFile.objects.get(name=name)
    response = client.get(f"/en/editions/7ZK4M0QD/{name}")
    assert response.content == bytes(file.content)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert response["Content-Length"] == str(file.size)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["ETag"] == f'"{file.sha256}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_who_has_the_file_already_is_told_so_without_it(client, django_assert_num_queries):
    make_edition(code="7ZK4M0QD")
    etag = client.get("/en/editions/7ZK4M0QD/COMCEC-40-1-ar.pdf")["ETag"]
    with django_assert_num_queries(1):
        again = client.get("/en/editions/7ZK4M0QD/COMCEC-40-1-ar.pdf", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/en/editions/7ZK4M0QD/COMCEC-40-1-ar.pdf", headers={"if-none-match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize("language", ["ar", "en", "both"])
def test_the_address_of_a_report_leads_to_its_latest_edition(client, language):
    corrected()
    response = client.get(f"/en/reports/COMCEC-40/{language}.pdf", follow=True)
    assert response.redirect_chain == [(f"/en/editions/0000000B/COMCEC-40-2-{language}.pdf", 302)]
    assert response.content == f"pdf {language} 0000000B".encode()


def test_the_latest_report_has_a_stable_address(client):
    make_meeting(39)
    make_edition(make_report(meeting=make_meeting(40), as_of=date(2024, 11, 1)), code="00000001")
    committee = make_meeting(41, kind=MeetingKind.FOLLOW_UP)
    make_edition(make_report(meeting=committee, as_of=date(2025, 5, 1)), code="00000002")
    make_report(meeting=make_meeting(41), as_of=date(2025, 11, 1))  # not issued
    response = client.get("/ar/reports/latest/both.pdf")
    assert response["Location"] == "/ar/editions/00000002/COMCEC-FC-41-1-both.pdf"


@pytest.mark.parametrize(
    "path",
    [
        "latest/ar.pdf",  # nothing issued
        "COMCEC-40/ar.pdf",
        "COMCEC-40/fr.pdf",
        "COMCEC-41/ar.pdf",  # no such report
        "COMCEC-99/ar.pdf",  # no such meeting
        "comcec-40/ar.pdf",
        f"COMCEC-{'9' * 40}/ar.pdf",
        "COMCEC-%D9%A4%D9%A0/ar.pdf",
        "..%2F..%2Fsecret/ar.pdf",
        "COMCEC-40/ar-*.pdf",
        "COMCEC-40/%00.pdf",
    ],
)
def test_what_was_never_issued_is_no_page(client, path):
    make_report()
    make_meeting(41)
    assert client.get(f"/ar/reports/{path}").status_code == 404


# The feed


@BOTH_LANGUAGES
def test_the_feed_tells_of_each_edition_in_its_language(client, language):
    corrected()
    response = client.get(f"/{language}/reports/feed.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)  # noqa: S314 -- our own feed
    entries = feed.findall("atom:entry", ATOM)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    assert [entry.find("atom:id", ATOM).text for entry in entries] == [
        "http://127.0.0.1:8000/v/0000000B/",
        "http://127.0.0.1:8000/v/0000000A/",
    ]
    own, twin = entries[0].findall("atom:link[@rel='alternate']", ATOM)
    other = "en" if language == "ar" else "ar"
    assert own.attrib["href"] == f"http://127.0.0.1:8000/{language}/editions/0000000B/"
    assert (twin.attrib["href"], twin.attrib["hreflang"]) == (
        f"http://127.0.0.1:8000/{other}/editions/0000000B/",
        other,
    )
    enclosure = entries[0].find("atom:link[@rel='enclosure']", ATOM)
    assert enclosure.attrib["href"] == (
        f"http://127.0.0.1:8000/{language}/editions/0000000B/COMCEC-40-2-{language}.pdf"
    )
    assert (
        entries[0].find("atom:summary", ATOM).text == {"ar": "يصحح الإصدار 1.", "en": "Corrects edition 1."}[language]
    )


def test_every_page_names_the_feed(client):
    links = page(client, "/en/").select("link[type='application/atom+xml']")
    assert [link["href"] for link in links] == ["/en/activities/feed.atom", "/en/reports/feed.atom"]
    assert {client.get(link["href"]).status_code for link in links} == {200}


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_feed(client, django_assert_num_queries, size):
    for number in range(1, size + 1):
        make_edition(make_report(meeting=make_meeting(number)))
    with django_assert_num_queries(3):
        client.get("/ar/reports/feed.atom")


# Drafts


@pytest.fixture
def built(settings, tmp_path):
    """Put a draft among the built files."""
    settings.REPORTS_DIR = str(tmp_path)
    make_report()
    (tmp_path / "COMCEC-40-ar-0123456789ab.pdf").write_bytes(b"%PDF draft")


def officer(client):
    user = User.objects.create_user("officer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_report"))
    client.force_login(user)


@pytest.mark.usefixtures("built")
def test_a_draft_is_for_colleagues_only(client):
    assert client.get("/en/reports/COMCEC-40/draft/ar.pdf").status_code == 302  # to the gate
    assert not page(client, "/en/reports/").select(".drafts")
    client.force_login(User.objects.create_user("somebody"))
    assert client.get("/en/reports/COMCEC-40/draft/ar.pdf").status_code == 404
    assert not page(client, "/en/reports/").select(".drafts")


@pytest.mark.usefixtures("built")
def test_a_colleague_reads_the_newest_draft(client):
    officer(client)
    assert text_of(page(client, "/en/reports/").select_one(".drafts li")).startswith("40th Session of COMCEC, Arabic")
    response = client.get("/en/reports/COMCEC-40/draft/ar.pdf")
    assert b"".join(response.streaming_content) == b"%PDF draft"
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert client.get("/en/reports/COMCEC-40/draft/en.pdf").status_code == 404


def test_without_the_folder_there_is_no_draft(client, settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path / "not-there")
    make_report()
    officer(client)
    assert not page(client, "/en/reports/").select(".drafts")
    assert client.get("/en/reports/COMCEC-40/draft/ar.pdf").status_code == 404
