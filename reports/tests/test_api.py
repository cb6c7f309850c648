"""What programs are told of issued editions."""

import pytest

from reports.tests.factories import make_edition, make_report

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/editions/"


def test_an_edition_is_told_with_its_files_and_their_checksums(client):
    report = make_report()
    first = make_edition(report, code="7ZK4M0QD")
    second = make_edition(report, number=2, corrects=first, code="8ZK4M0QD")
    newest, oldest = client.get(ADDRESS).json()["results"]
    assert (newest["code"], newest["corrects"], newest["corrected_by"]) == (second.code, first.code, None)
    assert (oldest["corrects"], oldest["corrected_by"]) == (None, second.code)
    pdf = first.files.get(format="pdf", language="ar")
    assert oldest["files"][0] == {
        "name": "COMCEC-40-1-ar.pdf",
        "format": "pdf",
        "language": "ar",
        "size": pdf.size,
        "sha256": pdf.sha256,
        "address": "http://127.0.0.1:8000/ar/editions/7ZK4M0QD/COMCEC-40-1-ar.pdf",
    }
    assert client.get(oldest["files"][0]["address"].removeprefix("http://127.0.0.1:8000")).content == bytes(
        pdf.content
    )
    del oldest["files"]
    assert oldest == {
        "code": "7ZK4M0QD",
        "address": {
            "ar": "http://127.0.0.1:8000/ar/editions/7ZK4M0QD/",
            "en": "http://127.0.0.1:8000/en/editions/7ZK4M0QD/",
        },
        "verified_at": "http://127.0.0.1:8000/v/7ZK4M0QD/",
        "report": "COMCEC-40",
        "meeting": {"ar": "الدورة الأربعون للكومسيك", "en": "40th Session of COMCEC"},
        "as_of": "2024-11-01",
        "number": 1,
        "issued_at": "2024-10-20T12:00:00+03:00",
        "corrects": None,
        "corrected_by": "8ZK4M0QD",
    }


def test_nothing_of_a_report_that_was_not_issued_is_told(client):
    make_report()
    assert client.get(ADDRESS).json()["results"] == []


@pytest.mark.parametrize("size", [1, 5])
def test_queries_do_not_grow(client, django_assert_num_queries, size):
    report = make_report()
    before = None
    for number in range(1, size + 1):
        before = make_edition(report, number=number, corrects=before)
    with django_assert_num_queries(3):
        assert len(client.get(ADDRESS).json()["results"]) == size
