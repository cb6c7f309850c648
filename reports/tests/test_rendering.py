"""What the PDF adds to the HTML: pages, fonts, outline, language; and what a document may not do."""

import io
import re
from importlib.metadata import version

import pypdfium2
import pytest
from pypdf import PdfReader

from reports.composition import compose
from reports.engine import READ_VERSION
from reports.facts import ReportFacts
from reports.rendering import Limits, RenderingError, build, render_pdf
from reports.tests.programmes import report_of_one, taking_part

FACTS = report_of_one(participation=taking_part(82, 14))


@pytest.fixture(scope="module")
def both() -> bytes:
    return render_pdf(compose(FACTS, "both"), FACTS)


def page_texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def english_pages(texts: list[str]) -> list[str]:
    return [text for text in texts if re.search(r"Page \d+ of \d+", text)]


def test_every_page_carries_the_draft_mark_and_its_number(both):
    texts = page_texts(both)
    english = english_pages(texts)
    assert all("Draft for review" in text for text in english)
    assert english[-1].rstrip().endswith(f"Page {len(texts)} of {len(texts)}")
    # The Arabic pages are told by their letters, since a page's number may come out before or after its words.
    assert len(texts) == 2 * len(english)
    assert all(re.search("[\u0600-\u06ff]", text) for text in texts[: len(english)])


def test_each_part_has_its_own_page_headings(both):
    english = english_pages(page_texts(both))
    assert "Progress report · 40th Session of COMCEC" in english[2]
    assert "Introduction" in english[2]
    assert not re.search("[\u0600-\u06ff]", "".join(english))


def test_the_document_knows_its_title_language_and_outline(both):
    reader = PdfReader(io.BytesIO(both))
    outline = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    chapters = [entry.title for entry in reader.outline[3] if not isinstance(entry, list)]
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.metadata.title == "التقرير المرحلي · OIC-VET · COMCEC-40"
    assert outline == ["التقرير المرحلي", "Progress report"]
    assert chapters[:3] == ["Introduction", "Key figures", "Activities carried out"]


def test_only_our_fonts_are_embedded(both):
    reader = PdfReader(io.BytesIO(both))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+Plex-(Arabic|Latin)(-Extended)?(-Semi-Bold)?", font) for font in fonts)


def test_the_contents_page_gives_page_numbers(both):
    contents = english_pages(page_texts(both))[1]
    assert re.search(r"Introduction\W+\d+", contents)


def test_the_same_document_gives_the_same_bytes(both):
    assert render_pdf(compose(FACTS, "both"), FACTS) == both


def test_the_file_declares_both_standards_once(both):
    metadata = PdfReader(io.BytesIO(both)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert metadata.count("<rdf:RDF") == 1
    for statement in (
        'pdfaid:part="3"',
        'pdfaid:conformance="A"',
        "<pdfuaid:part>1<",
        "ns/id/</pdfaSchema:namespaceURI>",
    ):
        assert statement in metadata


def test_the_file_is_tagged_and_brings_its_colours(both):
    root = PdfReader(io.BytesIO(both)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or str(root["/MarkInfo"]["/Marked"]) == "True"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert len(root["/OutputIntents"]) == 1


def test_every_font_says_what_its_characters_are(both):
    reader = PdfReader(io.BytesIO(both))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    for font in fonts:
        assert not re.search(r"<[0-9a-f]{4}> <>", font["/ToUnicode"].get_data().decode())


def test_the_facts_travel_with_the_file(both):
    (attached,) = PdfReader(io.BytesIO(both)).attachments["facts.json"]
    assert ReportFacts.from_json(attached.decode()) == FACTS


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://evil.example/pixel.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<link rel="stylesheet" href="/static/css/../../manage.py">',
        '<link rel="stylesheet" href="/static/css/base.css?x=1">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        '<object data="ftp://evil.example/x"></object>',
    ],
)
def test_a_document_may_load_nothing_but_our_assets(markup):
    with pytest.raises(RenderingError, match="may not load"):
        render_pdf(f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>{markup}</body></html>')


def test_a_document_that_asks_for_too_much_is_ended():
    bomb = '<div style="display: flex">' * 14 + "text" + "</div>" * 14
    with pytest.raises(RenderingError):
        render_pdf(f"<!DOCTYPE html><title>t</title>{bomb}", limits=Limits(processor=4, clock=30, memory=1 << 30))


def test_an_unchanged_report_is_not_built_again(tmp_path):
    html = compose(report_of_one(), "en")
    first, is_new = build(html, tmp_path, "COMCEC-40-en")
    written = first.stat().st_mtime_ns
    assert is_new
    assert build(html, tmp_path, "COMCEC-40-en") == (first, False)
    assert first.stat().st_mtime_ns == written


def test_a_changed_report_replaces_the_older_file_and_no_other(tmp_path):
    other, _ = build(compose(report_of_one(), "ar"), tmp_path, "COMCEC-40-ar")
    older, _ = build(compose(report_of_one(), "en"), tmp_path, "COMCEC-40-en")
    newer, _ = build(compose(report_of_one(participation=taking_part(82)), "en"), tmp_path, "COMCEC-40-en")
    assert sorted(tmp_path.iterdir()) == sorted([other, newer])
    assert older != newer


def test_a_failed_report_leaves_no_file(tmp_path):
    with pytest.raises(RenderingError):
        build('<!DOCTYPE html><title>t</title><img src="file:///etc/passwd">', tmp_path, "COMCEC-40-en")
    assert list(tmp_path.iterdir()) == []


def test_the_engine_is_the_version_whose_source_was_read():
    # With another one the mends of reports/engine/ are left out, and lines of Arabic reach beyond the margin.
    assert version("weasyprint") == READ_VERSION
