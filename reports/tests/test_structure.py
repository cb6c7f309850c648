"""What readers' programs find in the PDF of an edition beside its text: tags, languages, outline, links, fonts, files.

The rules are those of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) that can be read off a file.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pikepdf
import pytest
from bs4 import BeautifulSoup

from reports.composition import compose
from reports.facts import AttendanceFacts, CountryFacts, Imprint
from reports.rendering import render_pdf
from reports.tests.programmes import COUNTRIES, report_of_one, taking_part

FACTS = replace(
    report_of_one(participation=taking_part(82, 14)),
    attendance=AttendanceFacts(1, 1, tuple(CountryFacts(code, name, 1) for code, name in COUNTRIES)),
)
IMPRINT = Imprint(
    number=1, code="7QK2M9XTFB", issued_on=date(2024, 11, 1), address="https://oicvet.example/verify/7QK2M9XTFB/"
)
HEADING = re.compile(r"/H([1-6])$")


@pytest.fixture(scope="module")
def html() -> str:
    return compose(FACTS, "both", IMPRINT)


@pytest.fixture(scope="module")
def pdf(html) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(render_pdf(html, FACTS))) as opened:
        yield opened


def elements(node) -> Iterator[pikepdf.Dictionary]:
    """Yield the structure elements below ``node`` in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def tagged(pdf) -> list[pikepdf.Dictionary]:
    return list(elements(pdf.Root.StructTreeRoot))


def entries(items) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from entries(item.children)


def test_the_document_says_its_language_and_shows_its_title(pdf):
    assert str(pdf.Root.Lang) == "ar"
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_the_file_declares_both_standards_once(pdf):
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert metadata.count("<rdf:RDF") == 1
    assert re.search(r'pdfaid:part(="|>)3["<]', metadata)
    assert re.search(r'pdfaid:conformance(="|>)A["<]', metadata)
    assert re.search(r'pdfuaid:part(="|>)1["<]', metadata)


def test_the_file_brings_its_colours(pdf):
    (intent,) = pdf.Root.OutputIntents
    assert intent.DestOutputProfile.read_bytes()


def test_every_font_is_in_the_file_and_says_what_its_characters_are(pdf):
    fonts = {font.objgen: font for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
    assert fonts
    for font in fonts.values():
        (descendant,) = font.DescendantFonts
        assert descendant.FontDescriptor.FontFile2.read_bytes()
        assert not re.search(rb"<[0-9a-f]{4}> *<>", font.ToUnicode.read_bytes())


def test_every_element_of_both_parts_is_in_its_language(tagged):
    assert {str(element.get("/Lang")) for element in tagged if element.S == "/Art"} == {"ar", "en"}


def test_headings_do_not_skip_a_level(tagged):
    levels = [int(match[1]) for element in tagged if (match := HEADING.match(str(element.S)))]
    assert levels[0] == 1
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []


def test_the_outline_has_every_heading(html, pdf):
    headings = BeautifulSoup(html, "html.parser").select("h1, h2:not(.unlisted), h3, h4")
    with pdf.open_outline() as outline:
        titles = [" ".join(str(entry.title).split()) for entry in entries(outline.root)]
    assert len(titles) == len(headings)


def test_every_figure_has_words(tagged):
    figures = [element for element in tagged if element.S == "/Figure"]
    assert figures
    assert [figure for figure in figures if not str(figure.get("/Alt", ""))] == []


def test_the_map_is_a_picture_in_the_words_of_each_language(tagged):
    maps = [
        element
        for element in tagged
        if element.S == "/Figure" and {each.S for each in elements(element)} >= {"/Table"}
    ]
    words = [str(element.Alt) for element in maps]
    assert [bool(re.search("[\u0621-\u064a]", each)) for each in words] == [True, False]
    assert "A map of the member countries" in words[1]
    assert all(len(element.A.BBox) == 4 for element in maps)


def test_every_link_has_words_or_stands_in_a_link(pdf, tagged):
    in_links = {kid.Obj.objgen for element in tagged if element.S == "/Link" for kid in _annotations(element)}
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert links
    assert [note for note in links if "/Contents" not in note and note.objgen not in in_links] == []


def _annotations(element) -> Iterator[pikepdf.Dictionary]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            yield kid


def test_the_facts_are_attached_as_they_are(pdf):
    facts = FACTS.to_json().encode()
    attached = pdf.attachments["facts.json"].get_file()
    assert hashlib.sha256(attached.read_bytes()).digest() == hashlib.sha256(facts).digest()
    assert [file.AFRelationship for file in pdf.Root.AF] == ["/Data"]
