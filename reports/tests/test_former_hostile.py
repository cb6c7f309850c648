"""Hostile files in place of former reports come to nothing, in time."""

import io
import os
from contextlib import suppress

import pytest
import weasyprint
from django.utils.translation import override
from pypdf import PdfWriter

from reports.former.extraction import LARGEST_FILE, Limits, ReadingError, TooSlowError, extract, read_file
from reports.tests.former import told
from reports.tests.processes import readers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    """Sentences come in English, whatever the portal speaks first."""
    with override("en"):
        yield


def pdf_of(pages: int, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"PK\x03\x04 a workbook", "neither a PDF nor a text"),
        (b"text with \x00 in it", "neither a PDF nor a text"),
        ("نص".encode("cp1256"), "neither a PDF nor a text"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (b"a\n" * 600_000, "more text than a report"),
        (b"a\n\f" * 400, "more than 300 pages"),
        (b"x" * (LARGEST_FILE + 1), "larger than 20 MB"),
    ],
    ids=["empty", "blank", "zip", "nul", "windows-1256", "no pdf", "long", "many pages", "large"],
)
def test_a_file_that_is_no_report_is_refused_with_a_sentence(english, content, said):
    with pytest.raises(ReadingError, match=said):
        extract(content)


def test_a_pdf_is_refused_for_its_pages_its_password_or_its_pictures(english):
    for content, said in [
        (pdf_of(10_000), "more than 300 pages"),
        (pdf_of(1, "secret"), "password"),
        (pdf_of(2), "holds no text"),
    ]:
        with pytest.raises(ReadingError, match=said):
            extract(content)


SAID_ONCE = (
    "<h2>1. Workshop on “Rope Making”</h2>"
    "<p>SESRIC organised a workshop on “Rope Making” on 25 June 2024. It was attended by 12 experts.</p>"
)
SAID_NEXT = (
    "<h2>2. Webinar on “Net Mending”</h2>"
    "<p>SESRIC organised a webinar on “Net Mending” on 2 July 2024. It was attended by 50 experts.</p>"
)
FILLING = "<p>The participants discussed many questions of their trade and agreed to go on with them.</p>" * 6


def print_page(style: str, body: str) -> bytes:
    """Lay out a page with a style of its own."""
    return weasyprint.HTML(string=f"<style>{style}</style><body>{body}</body>").write_pdf()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_pdf_cut_off_is_read_or_refused_and_never_breaks(share):
    content = told().pdfs["en"]
    with suppress(ReadingError):
        assert all(isinstance(page, str) for page in extract(content[: int(len(content) * share)]))


def test_a_text_made_to_take_long_is_given_up():
    hostile = ("1. Webinar on “" + "a" * 5000 + "\n") * 20 + "دورة تدريبية حول " * 20_000 + "1-1-1-1-" * 20_000
    with suppress(ReadingError):
        read_file(hostile.encode(), "ar", told().vocabulary, Limits(processor=5, clock=8))
    assert readers_of(os.getpid()) == []


def test_the_reader_is_gone_when_its_time_is_over(english):
    with pytest.raises(TooSlowError, match="more time"):
        extract(told().pdfs["en"], Limits(clock=0))
    assert readers_of(os.getpid()) == []


def test_a_file_for_which_there_is_no_memory_is_told_from_a_damaged_one(english):
    """Less than the interpreter itself takes: whatever is asked for next is refused."""
    with pytest.raises(ReadingError, match="more memory"):
        extract(b"a" * (8 << 20), Limits(memory=8 << 20))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("تقرير مرحلي".encode("cp1256"), "neither a PDF nor a text in UTF-8"),
        ("A progress report".encode("utf-16"), "neither a PDF nor a text in UTF-8"),
        (b" " * (50 << 20), "larger than 20 MB"),
        (b" " * (19 << 20), "empty"),
        (b"." + b" " * (19 << 20), "more text than a report"),
    ],
    ids=["windows-1256", "utf-16", "50 MB of spaces", "19 MB of spaces", "a stop and 19 MB of spaces"],
)
def test_a_text_of_another_kind_is_refused_with_its_sentence(english, content, said):
    with pytest.raises(ReadingError, match=said):
        read_file(content, "ar", told().vocabulary)


@pytest.mark.parametrize(
    ("language", "text"),
    [("ar", "تقرير مرحلي عن سنة لم ينظم فيها شيء."), ("en", "A report on a year in which nothing was held.")],
)
def test_a_report_without_activities_proposes_nothing(language, text):
    assert read_file(text.encode(), language, told().vocabulary) == []


def test_a_landscape_pdf_is_read_like_any_other():
    page = "@page { size: A4 landscape; }"
    pdf = print_page(page, SAID_ONCE)
    (proposal,) = read_file(pdf, "en", told().vocabulary)
    assert (proposal.value("title"), proposal.value("dates")) == ("Rope Making", ["2024-06-25", "2024-06-25"])


def test_columns_of_a_pdf_are_read_one_after_the_other():
    pdf = print_page("body { columns: 2; column-fill: auto; height: 12cm; }", SAID_ONCE + FILLING + SAID_NEXT)
    found = {each.number: each.value("dates") for each in read_file(pdf, "en", told().vocabulary)}
    assert found == {"1": ["2024-06-25", "2024-06-25"], "2": ["2024-07-02", "2024-07-02"]}
