"""The margins of the pages: the report and its chapter at the top, its state and the page's number at the foot."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element as HtmlElement

from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from reports.word.contents import field
from reports.word.elements import element
from reports.word.inline import PLAIN, Look, classes, pieces_of, run, run_of, runs, tidy
from reports.word.paragraphs import Place, paragraph

# What the printed page puts into its margins, by class: words that the document holds for them.
_TITLE, _NUMBERING = {"running-title"}, {"running-words"}
_STATES = {"draft-words": "Waiting", "edition-words": ""}


def set_margins(section: Section, page: HtmlElement, place: Place) -> None:
    """Give pages their size and margins; on the cover nothing stands at the top."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True
    _put(section.first_page_header, paragraph([], "Header", place))
    _put(section.header, paragraph(_header(page, place), "Header", place))
    for part in (section.first_page_footer, section.footer):
        _put(part, paragraph(_footer(page, place), "Footer", place))
    if place.is_rtl:
        section._sectPr.insert_element_before(element("w:bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings")


def _put(part: _Header | _Footer, content: Element) -> None:
    """Let ``content`` be all that a header or footer holds."""
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.append(content)


def _header(page: HtmlElement, place: Place) -> Iterator[Element]:
    yield from _words(page, _TITLE, place)
    yield run_of(element("w:tab"), is_rtl=place.is_rtl)
    yield from field(" STYLEREF 1 ", "", is_rtl=place.is_rtl)


def _footer(page: HtmlElement, place: Place) -> Iterator[Element]:
    for named, style in _STATES.items():
        yield from _words(page, {named}, place, Look(style))
    yield run_of(element("w:tab"), is_rtl=place.is_rtl)
    numbering = _find(page, _NUMBERING)
    for word, number in (("data-page", " PAGE "), ("data-of", " NUMPAGES ")):
        said = "" if numbering is None else numbering.get(word) or ""
        yield run(f"{said} ", is_rtl=place.is_rtl)
        yield from field(number, "1", is_rtl=place.is_rtl)
        yield run(" ", is_rtl=place.is_rtl)


def _words(page: HtmlElement, named: set[str], place: Place, look: Look = PLAIN) -> Iterator[Element]:
    found = _find(page, named)
    if found is not None:
        yield from (each for _target, each in runs(tidy(pieces_of(found, look)), place.direction))


def _find(page: HtmlElement, named: set[str]) -> HtmlElement | None:
    return next((tag for tag in page.iter() if isinstance(tag.tag, str) and named & set(classes(tag))), None)
