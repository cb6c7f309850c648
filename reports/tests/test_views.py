"""The page of the reports, and their files."""

import os
from datetime import date

import pytest
from bs4 import BeautifulSoup

from reports.tests.factories import make_report
from roadmap.models import MeetingKind
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(settings, tmp_path):
    """Return a function that puts a PDF among the built ones, ``age`` seconds old."""
    settings.REPORTS_DIR = str(tmp_path)

    def build(name, content=b"%PDF-1.7 new", age=0):
        path = tmp_path / name
        path.write_bytes(content)
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))

    return build


def rows(client, language="en"):
    response = client.get(f"/{language}/reports/")
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in page.select(".report-row")]


def body(response):
    return b"".join(response.streaming_content)


def test_without_a_report_the_page_says_so(client):
    assert "No report has been prepared yet." in client.get("/en/reports/").content.decode()


def test_a_report_names_its_meeting_period_and_files(client, built):
    make_report(as_of=date(2024, 11, 1), document_code="OIC/COMCEC/40-24/REP")
    built("COMCEC-40-ar-0123456789ab.pdf", content=b"x" * 412_345)
    assert rows(client) == [
        "40th Session of COMCEC draft OIC/COMCEC/40-24/REP Period: 6 November 2023 – 5 November 2024 "
        "As of 1 November 2024 Arabic PDF · 412 kB · 15 November 2023 English not built yet "
        "Arabic and English in one file not built yet"
    ]
    page = BeautifulSoup(client.get("/en/reports/").content, "html.parser")
    assert [link["href"] for link in page.select(".downloads a")] == ["/en/reports/COMCEC-40/ar.pdf"]


def test_a_report_whose_period_is_unknown_leaves_it_out(client):
    make_report(meeting=make_meeting(40, start=None, end=None))
    assert "Period" not in rows(client)[0]


@pytest.mark.parametrize("language", ["ar", "en", "both"])
def test_the_newest_file_is_sent(client, built, language):
    make_report()
    built(f"COMCEC-40-{language}-aaaaaaaaaaaa.pdf", b"%PDF old", age=60)
    built(f"COMCEC-40-{language}-000000000000.pdf", b"%PDF new")
    response = client.get(f"/ar/reports/COMCEC-40/{language}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="COMCEC-40-{language}.pdf"'
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert body(response) == b"%PDF new"


def test_a_report_to_the_committee_has_files_of_its_own(client, built):
    make_meeting(39)
    make_report(meeting=make_meeting(40, kind=MeetingKind.FOLLOW_UP))
    built("COMCEC-40-ar-111111111111.pdf", b"session")
    built("COMCEC-FC-40-ar-111111111111.pdf", b"committee")
    assert body(client.get("/en/reports/COMCEC-FC-40/ar.pdf")) == b"committee"
    assert client.get("/en/reports/COMCEC-40/ar.pdf").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "COMCEC-40/en.pdf",  # not built
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
def test_what_is_not_built_is_no_page(client, built, path):
    make_report()
    make_meeting(41)
    built("COMCEC-40-ar-111111111111.pdf")
    assert client.get(f"/ar/reports/{path}").status_code == 404


def test_without_the_folder_nothing_is_built(client, settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path / "not-there")
    make_report()
    assert "not built yet" in rows(client)[0]
    assert client.get("/en/reports/COMCEC-40/ar.pdf").status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_the_list(client, django_assert_num_queries, size):
    for number in range(1, size + 1):
        make_report(meeting=make_meeting(number))
    with django_assert_num_queries(1):
        assert len(rows(client)) == size
