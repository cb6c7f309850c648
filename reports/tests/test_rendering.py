"""What the PDF adds to the HTML: pages, fonts, outline, language; and what a document may not do."""

import io
import os
import re
import subprocess
import sys
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.utils.translation import override
from pypdf import PdfReader

from reports.composition import compose
from reports.engine import READ_VERSION, is_known
from reports.facts import ReportFacts
from reports.files import make_room
from reports.rendering import Limits, RenderingError, build, content_hash, render_pdf
from reports.tests.processes import is_alive, printers_of, wait_for
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


class EnoughError(Exception):
    """Raised by whoever no longer wants a document."""


def give_up():
    raise EnoughError


# The engine lays out a flexible box many times over: each further one inside takes it about three times as long.
SLOW = "<!DOCTYPE html><title>t</title>" + '<div style="display: flex">' * 14 + "text" + "</div>" * 14


def test_a_document_nobody_wants_any_more_is_ended_with_all_its_processes(tmp_path):
    with pytest.raises(EnoughError):
        build(SLOW, tmp_path, "COMCEC-40-en", progress=give_up)
    assert printers_of(os.getpid()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_takes_too_long_is_ended_with_all_its_processes(tmp_path):
    with override("en"), pytest.raises(RenderingError, match="longer"):
        build(SLOW, tmp_path, "COMCEC-40-en", limits=Limits(clock=1))
    assert printers_of(os.getpid()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_printer_does_not_outlive_the_process_that_started_it():
    code = f"import django; django.setup(); from reports.rendering import render_pdf; render_pdf({SLOW!r})"
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=settings.BASE_DIR)  # noqa: S603 -- our own code
    (printer,) = wait_for(lambda: printers_of(parent.pid))
    wait_for(lambda: "pango" in Path(f"/proc/{printer}/maps").read_text())  # the engine comes after the tie
    parent.kill()
    parent.wait()
    wait_for(lambda: not is_alive(printer))


def test_an_unchanged_report_costs_no_printing(tmp_path):
    html = compose(report_of_one(), "en")
    first, _ = build(html, tmp_path, "COMCEC-40-en")
    no_time_at_all = Limits(clock=0)
    assert build(html, tmp_path, "COMCEC-40-en", limits=no_time_at_all) == (first, False)
    with pytest.raises(RenderingError):
        build(html + " ", tmp_path, "COMCEC-40-en", limits=no_time_at_all)
    assert list(tmp_path.iterdir()) == [first]


def test_the_oldest_files_make_room_for_new_ones(tmp_path):
    for age, name in enumerate(("COMCEC-40-ar", "COMCEC-40-en", "COMCEC-39-ar", "COMCEC-38-ar")):
        path = tmp_path / f"{name}-{age:012}.pdf"
        path.write_bytes(b"%PDF" + bytes(96))
        os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))
    (tmp_path / ".left.part").write_bytes(b"")
    os.utime(tmp_path / ".left.part", (0, 0))
    (tmp_path / ".new.part").write_bytes(b"")
    make_room(tmp_path, spare=tmp_path / f"COMCEC-38-ar-{3:012}.pdf", room=250)
    left = {path.name[:12] for path in tmp_path.iterdir()}
    assert left == {"COMCEC-40-ar", "COMCEC-40-en", "COMCEC-38-ar", ".new.part"}


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
    assert is_known()


@pytest.fixture
def another_engine(tmp_path, monkeypatch):
    """An installation that says it has another version of the engine, to this process and to those it starts."""
    said = tmp_path / "weasyprint-99.0.dist-info"
    said.mkdir()
    (said / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 99.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_with_another_engine_a_report_is_built_without_our_text_layer(another_engine, both):
    assert not is_known()
    html = compose(FACTS, "both")
    stock = render_pdf(html, FACTS)
    assert len(page_texts(stock)) == len(page_texts(both))
    assert (has_text_layer(both), has_text_layer(stock)) == (True, False)


def test_with_another_engine_a_report_is_built_anew(tmp_path, monkeypatch, request):
    html = compose(report_of_one(), "en")
    known = content_hash(html)
    request.getfixturevalue("another_engine")
    assert content_hash(html) != known


def has_text_layer(pdf: bytes) -> bool:
    """Whether glyphs have codes of our own, so that each stands for the letters it shows in its place."""
    fonts = [
        font for page in PdfReader(io.BytesIO(pdf)).pages for font in page["/Resources"].get("/Font", {}).values()
    ]
    maps = [each["/CIDToGIDMap"] for font in fonts for each in font.get_object()["/DescendantFonts"]]
    return any(each != "/Identity" for each in maps)


def check_of_the_engine() -> subprocess.CompletedProcess:
    command = [sys.executable, "tools/check_engine.py"]
    return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)  # noqa: S603 -- our own code


def test_the_check_names_the_engine_that_is_not_known(another_engine):
    said = check_of_the_engine()
    assert said.returncode == 1
    assert said.stdout.startswith("WeasyPrint 99.0 is installed, and reports/engine was written for 70.0.")


def test_the_check_is_content_with_the_engine_that_was_read():
    said = check_of_the_engine()
    assert (said.returncode, said.stdout) == (0, "")


def test_lines_below_and_through_words_are_drawn():
    words = '<p><a href="#x">a</a> <u>b</u> <s>c</s> <del>d</del> plain</p>'
    pdf = render_pdf(f'<!DOCTYPE html><html lang="en"><title>t</title>{words}</html>')
    assert page_texts(pdf)[0].split() == ["a", "b", "c", "d", "plain"]


def test_a_line_that_has_room_but_for_the_space_at_its_end_is_not_broken():
    words = 'one two three four <b style="display: block">x</b>'
    boxes = "".join(f'<div style="width: {width / 2}px; break-after: page">{words}</div>' for width in range(280, 360))
    pages = page_texts(render_pdf(f'<!DOCTYPE html><html lang="en"><title>t</title>{boxes}</html>'))
    first_lines = {page.splitlines()[0].strip() for page in pages if page.strip()}
    assert first_lines == {"one two three", "one two three four"}


def test_no_row_stands_alone_at_the_end_of_a_page_and_no_sentence_without_its_table():
    rows = "".join(f"<tr><td>row{n}</td></tr>" for n in range(1, 6))
    table = f'<div class="prose told-below"><p>sentence</p></div><table class="tallies"><tbody>{rows}</tbody></table>'
    styles = '<link rel="stylesheet" href="/static/css/report.css">'
    tables = "".join(
        f'<div style="break-before: page; height: {height}mm"></div>{table}' for height in range(170, 250, 3)
    )
    pages = page_texts(render_pdf(f'<!DOCTYPE html><html lang="en"><title>t</title>{styles}{tables}</html>'))
    told = [re.findall(r"row\d|sentence", page) for page in pages]
    assert list(chain(*told)) == ["sentence", "row1", "row2", "row3", "row4", "row5"] * 27
    assert len(told) > 27  # some were parted
    assert [each for each in told if each[-1:] in (["sentence"], ["row1"]) or each[:1] == ["row5"]] == []
