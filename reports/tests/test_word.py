"""The report as a Word document, read as XML: real right-to-left, every word there, and a file that Word accepts."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup, NavigableString
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from activities.figures import Figures, Tally
from bilingual.text import Bilingual
from reports.composition import compose
from reports.facts import (
    AbbreviationFacts,
    AreaFacts,
    AttendanceFacts,
    CountryFacts,
    Imprint,
    KindRow,
    MonthRow,
    ReportFacts,
)
from reports.tests import programmes
from reports.tests.programmes import report_of_one, taking_part
from reports.word import to_word

LANGUAGES = ("ar", "en")
thorough = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DECORATION = "svg, .bar, .band, .running-title, .running-words, [aria-hidden=true], [hidden]"

# The order of properties in the schema of the standard (ECMA-376, part 1, annex A).
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


def parts(file: bytes) -> dict[str, etree._Element]:
    """Every part of the package that is XML of Word."""
    with ZipFile(BytesIO(file)) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }


def body(file: bytes) -> etree._Element:
    return parts(file)["word/document.xml"].find(qn("w:body"))


def words_of_document(file: bytes) -> str:
    """The words of the document in their order; what a field shows counts, what it is told to do does not."""
    told = []
    for tag in body(file).iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p")):
        told.append(tag.text or "" if tag.tag == qn("w:t") else " ")
    return plain("".join(told))


def words_of_page(html: str) -> str:
    """The words that a reader of the HTML sees, without decoration and what stands in margins."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in [soup.head, *soup.select(DECORATION)]:
        tag.decompose()
    blocks = soup.find_all(re.compile("^(p|h[1-6]|li|t[dhr]|div|section|br|ol|ul|table|address|caption|figcaption)$"))
    for tag in blocks:
        tag.insert_before(NavigableString(" "))
        tag.insert_after(NavigableString(" "))
    return plain(soup.get_text())


def plain(text: str) -> str:
    """Text without spaces and without characters that cannot be seen: the file may break lines elsewhere."""
    return "".join(re.sub("[\u061c\u200e\u200f\u2066-\u2069]", "", text).split())


def texts(file: bytes, path: str) -> list[str]:
    return ["".join(each.itertext()) for each in body(file).iterfind(path, {"w": qn("w:p")[1:-2]})]


def runs(file: bytes):
    """Yield (text, is right-to-left) for every run of every part."""
    for part in parts(file).values():
        for run in part.iter(qn("w:r")):
            text = "".join(each.text or "" for each in run.iter(qn("w:t")))
            yield text, run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None


def sides(text: str) -> set[str]:
    kinds = {unicodedata.bidirectional(letter) for letter in text}
    return {"left" for kind in kinds & {"L"}} | {"right" for kind in kinds & {"R", "AL"}}


def styled(file: bytes, style: str) -> list[str]:
    """The texts of the paragraphs of a style."""
    found = body(file).iter(qn("w:p"))
    marked = [
        each for each in found if each.find(f"{qn('w:pPr')}/{qn('w:pStyle')}[@{qn('w:val')}='{style}']") is not None
    ]
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in marked]


def full_report(**said) -> ReportFacts:
    """A report with a table of every sort, and a map."""
    tally = Tally(held=1, planned=2, participations=82, reporting=1)
    return replace(
        report_of_one(title=Bilingual("الأمن السيبراني", "Cyber security"), group="A", **said),
        document_code="OIC/COMCEC/40-24/REP",
        figures=Figures(tally, 3, 2, 2),
        areas=(AreaFacts("2020-2025", 1, programmes.AREAS[0], tally),),
        kinds=(KindRow(programmes.KINDS[0], tally),),
        months=(MonthRow("2024-06", tally),),
        attendance=AttendanceFacts(1, 1, tuple(CountryFacts(*each, 1) for each in programmes.COUNTRIES)),
        abbreviations=(AbbreviationFacts("TVET", Bilingual("التعليم والتدريب", "Training")),),
    )


IMPRINT = Imprint(
    2, "K7Q2MX", date(2024, 11, 20), "https://vet.example.org/v/K7Q2MX", 1, (Bilingual("تغير", "Changed"),)
)


# Nothing is lost.


@pytest.mark.parametrize("language", LANGUAGES)
@thorough
@given(facts=programmes.reports(), imprint=st.none() | programmes.imprints())
def test_every_word_of_the_page_is_in_the_document_in_the_same_order(language, facts, imprint):
    html = compose(facts, language, imprint)
    assert words_of_document(to_word(html, language)) == words_of_page(html)


def test_an_element_that_nobody_foresaw_keeps_its_text():
    html = "<body><article><details><summary>One</summary><u>two</u><marquee>three</marquee></details></article>four"
    assert words_of_document(to_word(html, "en")) == "Onetwothreefour"


def test_a_list_keeps_its_numbers_and_starts_again_at_one():
    html = "<ol><li>a<li>b</ol><ol><li>c</ol><ul><li>d</ul>"
    file = to_word(html, "en")
    numbered = [each.get(qn("w:val")) for each in body(file).iter(qn("w:numId"))]
    numbers = parts(file)["word/numbering.xml"]
    restarts = {
        each.get(qn("w:numId")) for each in numbers.iter(qn("w:num")) if each.find(qn("w:lvlOverride")) is not None
    }
    assert numbered[0] == numbered[1] != numbered[2] != numbered[3]
    assert set(numbered[:3]) == restarts


def test_cells_that_span_rows_and_columns_keep_their_places():
    html = "<table><tr><th rowspan=2>a<th colspan=2>b</tr><tr><td>c<td>d</tr></table>"
    rows = list(body(to_word(html, "en")).iter(qn("w:tr")))
    merged = [
        [cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None for cell in row.iter(qn("w:tc"))] for row in rows
    ]
    assert merged == [[True, False], [True, False, False]]
    assert [each.get(qn("w:val")) for each in rows[0].iter(qn("w:gridSpan"))] == ["2"]


# Directions.


@thorough
@given(facts=programmes.reports())
def test_every_arabic_paragraph_and_table_is_right_to_left(facts):
    file = to_word(compose(facts, "ar"), "ar")
    for name, part in parts(file).items():
        for paragraph in part.iter(qn("w:p")):
            text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
            bidi = paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}")
            if "right" in sides(text):
                assert bidi is not None, (name, text)
                assert bidi.get(qn("w:val")) is None, (name, text)
        for table in part.iter(qn("w:tbl")):
            is_map = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")) == "ReportTiles"
            # A map is never mirrored.
            assert (table.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is None) == is_map
    assert body(file).find(f"{qn('w:sectPr')}/{qn('w:bidi')}") is not None


@pytest.mark.parametrize("language", LANGUAGES)
@thorough
@given(facts=programmes.reports())
def test_no_run_mixes_scripts_and_only_arabic_ones_are_right_to_left(language, facts):
    for text, is_rtl in runs(to_word(compose(facts, language), language)):
        assert sides(text) <= ({"right"} if is_rtl else {"left"}), text


def test_an_english_document_is_left_to_right_throughout():
    file = to_word(compose(full_report(), "en"), "en")
    assert not list(body(file).iter(qn("w:bidiVisual")))
    assert {each.get(qn("w:val")) for each in body(file).iter(qn("w:bidi"))} == {"0"}
    assert not [text for text, is_rtl in runs(file) if is_rtl]


def arabic_runs(html: str) -> list[tuple[str, bool]]:
    return [(text, is_rtl) for text, is_rtl in runs(to_word(f"<p>{html}</p>", "ar")) if text.strip(" 1")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("برنامج (OIC-VET) للتعليم", [("برنامج ", True), ("\u200e(OIC-VET)", False), (" للتعليم", True)]),
        ("جامعة (التكنولوجيا) هنا", [("جامعة (التكنولوجيا) هنا", True)]),
        ("لجنة SAP (مركز) هنا", [("لجنة ", True), ("SAP", False), (" (مركز) هنا", True)]),
        ("عام 9-10 يناير 2024", [("عام 9-10 يناير 2024", True)]),
        ("بلغ 1,284 أي 50% منه", [("بلغ 1,284 أي 50% منه", True)]),
        (
            'رمز <bdi dir="ltr">2024-007</bdi> هنا',
            [("رمز ", True), ("\u200e2024-007\u200e", False), (" هنا", True)],
        ),
        ("رمز \u2066A-1\u2069.", [("رمز ", True), ("A-1\u200e", False), (".", True)]),
        ("<bdi>KOBIA (x)</bdi>، ثم", [("KOBIA (x)\u200e", False), ("، ثم", True)]),
        ("في \u061c9-10 يناير", [("في 9-10 يناير", True)]),
        ("\u061c9-10 يناير", [("\u061c9-10 يناير", True)]),
    ],
)
def test_a_line_is_cut_where_its_direction_changes(html, expected):
    assert arabic_runs(html) == expected


def test_arabic_within_english_is_right_to_left_and_nothing_around_it():
    file = to_word("<p>The word (<bdi>برنامج</bdi>) and 3 more.</p>", "en")
    assert [each for each in runs(file) if each[0].strip(" 1")] == [
        ("The word (", False),
        ("برنامج", True),
        (") and 3 more.", False),
    ]


AWKWARD = st.text(alphabet="ab بت12 -()[].,،%\u2066\u2067\u2068\u2069\u061c\u200e\u0651", max_size=40)


@thorough
@given(st.lists(AWKWARD, min_size=10, max_size=40))
def test_any_text_is_written_whole_in_runs_of_one_script(texts):
    for language in LANGUAGES:
        file = to_word("".join(f"<p>{text}</p>" for text in texts), language)
        assert words_of_document(file) == plain("".join(texts))
        for run, is_rtl in runs(file):
            assert sides(run) <= ({"right"} if is_rtl else {"left"})


@pytest.mark.parametrize(
    "text",
    [
        "\u2066" * 20_000,
        "(" * 20_000 + "ب" + ")" * 20_000,
        "ب" + "\u0651" * 20_000,
        "كلمة word " * 5_000,
        "\x0b\ufffe\ud800<",
    ],
    ids=["isolates", "brackets", "marks", "long", "unwritable"],
)
def test_hostile_text_makes_a_whole_file(text):
    from django.utils.html import escape

    file = to_word(f"<p>{escape(text)}</p>", "ar")
    assert len(plain(text)) - 1 <= len(words_of_document(file)) <= len(plain(text)) + 2


# Structure.


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_have_their_styles(language):
    html = compose(full_report(), language)
    file = to_word(html, language)
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.select(DECORATION):
        tag.decompose()
    for name, style in (("h1", "Title"), ("h2:not(.unlisted)", "Heading1"), ("h3", "Heading2"), ("h4", "Heading3")):
        assert [plain(text) for text in styled(file, style)] == [plain(tag.get_text()) for tag in soup.select(name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_heads_are_repeated_and_tables_named_and_described(language):
    file = to_word(compose(full_report(), language), language)
    headed = 0
    for table in body(file).iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == sorted(heads, reverse=True)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        if any(heads):
            headed += 1
            assert table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val"))
            assert table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}").get(qn("w:val"))
    assert headed >= 3


@pytest.mark.parametrize(("language", "words"), [("ar", ["صفحة", "من"]), ("en", ["Page", "of"])])
def test_the_foot_counts_pages_in_the_language_and_names_the_state(language, words):
    found = parts(to_word(compose(full_report(), language), language))
    for name in ("word/footer1.xml", "word/footer2.xml"):
        text = "".join(each.text or "" for each in found[name].iter(qn("w:t")))
        fields = [each.text.strip() for each in found[name].iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert re.search(rf"\w.*{words[0]} 1 {words[1]} 1", text), text


def test_the_contents_are_a_field_whose_entries_lead_to_their_places():
    file = to_word(compose(full_report(), "ar"), "ar")
    document = body(file)
    assert next(document.iter(qn("w:instrText"))).text.split()[0] == "TOC"
    anchors = [each.get(qn("w:anchor")) for each in document.iter(qn("w:hyperlink"))]
    bookmarks = [each.get(qn("w:name")) for each in document.iter(qn("w:bookmarkStart"))]
    assert anchors
    assert set(anchors) <= set(bookmarks)
    assert len(bookmarks) == len(set(bookmarks))
    kinds = [each.get(qn("w:fldCharType")) for each in document.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")


def test_fonts_of_arabic_script_are_set_and_no_style_spaces_letters():
    styles = parts(to_word(compose(full_report(), "ar"), "ar"))["word/styles.xml"]
    for fonts in styles.iter(qn("w:rFonts")):
        assert fonts.get(qn("w:cs"))
        assert not [name for name in fonts.attrib if "heme" in name]
    for settings_ in styles.iter(qn("w:rPr")):
        assert settings_.find(qn("w:spacing")) is None
        assert (settings_.find(qn("w:sz")) is None) == (settings_.find(qn("w:szCs")) is None)
        assert (settings_.find(qn("w:b")) is None) == (settings_.find(qn("w:bCs")) is None)
    [language] = list(styles.iter(qn("w:lang")))
    assert (language.get(qn("w:val")), language.get(qn("w:bidi"))) == ("en-GB", "ar-SA")


@pytest.mark.parametrize("language", LANGUAGES)
def test_properties_stand_in_the_order_of_the_schema(language):
    for name, part in parts(to_word(compose(full_report(), language), language)).items():
        for kind, order in ORDERS.items():
            for tag in part.iter(qn(f"w:{kind}")):
                found = [etree.QName(child).localname for child in tag]
                assert found == sorted(found, key=order.split().index), (name, kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_style_that_is_used_is_there(language):
    found = parts(to_word(compose(full_report(), language), language))
    known = {each.get(qn("w:styleId")) for each in found["word/styles.xml"].iter(qn("w:style"))}
    for part in found.values():
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            assert {each.get(qn("w:val")) for each in part.iter(qn(f"w:{kind}"))} <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_ends_with_a_paragraph_and_rows_fill_the_grid(language):
    for table in body(to_word(compose(full_report(), language), language)).iter(qn("w:tbl")):
        columns = len(list(table.find(qn("w:tblGrid"))))
        for row in table.iter(qn("w:tr")):
            spans = [each.get(qn("w:val")) for each in row.iter(qn("w:gridSpan"))]
            assert len(row.findall(qn("w:tc"))) + sum(int(span) - 1 for span in spans) == columns
            assert all(cell[-1].tag == qn("w:p") for cell in row.iter(qn("w:tc")))


def test_the_map_is_a_table_of_shaded_tiles_with_a_name_and_a_description():
    file = to_word(compose(full_report(), "ar"), "ar")
    [tiles] = [table for table in body(file).iter(qn("w:tbl")) if table.find(f".//{qn('w:shd')}") is not None]
    shaded = {
        "".join(cell.itertext()) for cell in tiles.iter(qn("w:tc")) if cell.find(f".//{qn('w:shd')}") is not None
    }
    assert {code for code, _name in programmes.COUNTRIES} <= shaded
    assert tiles.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val"))
    assert tiles.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}").get(qn("w:val"))


def test_the_steps_of_a_legend_stand_apart_each_by_its_own_shade():
    steps = " ".join(f'<span><span class="swatch tile-{shade}"></span>{shade}</span>' for shade in (1, 2))
    file = to_word(f'<figure><figcaption>x<span class="legend">{steps}</span></figcaption></figure>', "en")
    assert "x\u2003\u00a01\u2003\u2003\u00a02" in "".join(text for text, _is_rtl in runs(file))


def test_bars_are_shaded_spaces_as_long_as_in_print():
    bar = '<div class="bar"><div class="bar-12"></div><div class="bar-8 bar-planned"></div></div>'
    file = to_word(f"<table><tr><td>2{bar}</table>", "en")
    bars = [run for run in body(file).iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is not None]
    drawn = [(run[0][0].get(qn("w:val")), run.find(qn("w:t")).text) for run in bars]
    assert drawn == [("BarHeld", "\u2003" * 12), ("BarPlanned", "\u2003" * 8)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_says_so_at_the_foot_and_bears_the_code_of_its_address(language):
    import segno

    file = to_word(compose(full_report(), language, IMPRINT), language)
    foot = "".join(parts(file)["word/footer1.xml"].itertext())
    assert foot.startswith("الإصدار 2" if language == "ar" else "Edition 2"), foot
    [picture] = body(file).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert "QR" in picture.get("descr")
    expected = BytesIO()
    segno.make(IMPRINT.address, error="m", micro=False).save(expected, kind="png", scale=10, border=2)
    with ZipFile(BytesIO(file)) as package:
        [name] = [name for name in package.namelist() if name.endswith(".png")]
        assert package.read(name) == expected.getvalue()


# The file.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_what_it_is_and_is_dated_by_the_reports_day(language):
    facts = full_report()
    about = Document(BytesIO(to_word(compose(facts, language), language))).core_properties
    assert facts.code in about.title
    assert about.author == about.last_modified_by == facts.programme.organ_short_name.in_(language)
    assert about.created.date() == about.modified.date() == facts.as_of
    assert about.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_equal_reports_give_equal_bytes_whenever_they_are_written(language, monkeypatch):
    html = compose(full_report(participation=taking_part(82, 14)), language, IMPRINT)
    file = to_word(html, language)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 0, 0, 0, 0, 0, 0))
    assert to_word(html, language) == file


def test_the_document_holds_nothing_of_the_template_it_was_made_from():
    with ZipFile(BytesIO(to_word(compose(full_report(), "en"), "en"))) as package:
        names = package.namelist()
        everything = b"".join(package.read(name) for name in names)
    assert not [name for name in names if re.search("thumbnail|customXml|WithEffects|app.xml", name)]
    assert b"python-docx" not in everything


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_opens_the_document_and_shows_its_text(language, tmp_path):
    import pypdf

    path = tmp_path / "report.docx"
    path.write_bytes(to_word(compose(full_report(), language), language))
    office, profile = shutil.which("soffice"), f"-env:UserInstallation=file://{tmp_path}/office"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 -- on a file of our own
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    expected = "OIC-VET" if language == "ar" else "Cyber security"
    assert expected in text
