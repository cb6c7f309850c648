"""The whole document: its styles, its blocks, its properties, and the file."""

from datetime import date, datetime, time
from io import BytesIO
from xml.etree.ElementTree import Element as HtmlElement

import tinyhtml5
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from bilingual.languages import direction_of
from reports.steady import steady
from reports.word.blocks import Writer
from reports.word.elements import element, writable
from reports.word.lists import numbering_elements
from reports.word.margins import set_margins
from reports.word.paragraphs import Place
from reports.word.styles import style_elements

# What the library's template brings along that a report has no use for: a picture of nothing, a second set of styles.
_UNWANTED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/extended-properties")
_NO_DAY = date(2000, 1, 1)
_LONGEST_PROPERTY = 255


def to_word(html: str, language: str) -> bytes:
    """Return the report that `reports.composition.compose` gave for one ``language`` as a Word document (docx).

    Every word that the HTML shows is in it, in the same order. Equal HTML gives equal bytes: the document is dated by
    the report's own day.
    """
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    document = Document()
    _clear(document, language)
    body = document.element.body
    pages = body.sectPr
    body.remove(pages)
    place = Place(body, direction_of(language))
    writer = Writer(document.part, _targets(page))
    writer.write(page.find("body"), place)
    body.append(pages)
    _fill(document.part.numbering_part.element, [*numbering_elements(), *writer.lists])
    set_margins(document.sections[0], page, place)
    day = _describe(document, page, language)
    return steady(_saved(document), day)


def _targets(page: HtmlElement) -> set[str]:
    """The ids that links of the document lead to."""
    return {link.get("href", "")[1:] for link in page.iter("a") if link.get("href", "").startswith("#")}


def _clear(document: WordDocument, language: str) -> None:
    """Put our styles and settings in the place of the template's, and leave out what a report has no use for."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for identity in [key for key, each in relations.items() if each.reltype.endswith(_UNWANTED)]:
            del relations[identity]
    _fill(document.styles.element, style_elements(language))
    _fill(document.settings.element, _settings())


def _fill(parent: Element, children: list[Element]) -> None:
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def _settings() -> list[Element]:
    compatible = element("w:compat")
    for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1)):
        compatible.append(
            element("w:compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        )
    return [
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=720),
        element("w:characterSpacingControl", val="doNotCompress"),
        compatible,
        element("w:themeFontLang", val="en-GB", bidi="ar-SA"),
        element("w:decimalSymbol", val="."),
        element("w:listSeparator", val=","),
    ]


def _describe(document: WordDocument, page: HtmlElement, language: str) -> date:
    """Say in the file's properties what it is, whose, and of which day; return the day."""
    said = {meta.get("name"): meta.get("content") or "" for meta in page.iter("meta")}
    day = date.fromisoformat(said["report-day"]) if said.get("report-day") else _NO_DAY
    about = document.core_properties
    title = page.find("head/title")
    about.title = writable("" if title is None else title.text or "")[:_LONGEST_PROPERTY]
    about.author = about.last_modified_by = writable(said.get("author", ""))[:_LONGEST_PROPERTY]
    about.created = about.modified = datetime.combine(day, time())
    about.language, about.comments, about.keywords, about.revision = language, "", "", 1
    return day


def _saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
