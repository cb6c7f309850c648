"""From the blocks of a report's HTML to paragraphs and tables of Word, in the order in which they are read.

Nothing here knows what a report says. Classes of the HTML that have a look of their own are named in the tables
below; an element that nobody named is read for its text, so that nothing is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from xml.etree.ElementTree import Element as HtmlElement

from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.parts.document import DocumentPart

from reports.word import contents, pictures, tables
from reports.word.elements import element
from reports.word.inline import SPACED, Look, Piece, classes, is_unread, piece, pieces_of, runs, tidy
from reports.word.lists import BULLETS, FIRST_OWN_LIST, NUMBERS, list_number
from reports.word.paragraphs import Place, paragraph

BLOCKS = set(
    "html body article section div header footer main nav aside address figure figcaption caption blockquote dl dt dd "
    "ul ol li table thead tbody tfoot tr td th p h1 h2 h3 h4 h5 h6 hr pre details summary form fieldset legend".split()
)
# Inline elements that stand in a line of their own, in print as here.
LINES_OF_THEIR_OWN = {"legend"}
PARAGRAPH_STYLES = {
    "unlisted": "TOCHeading",
    "h1": "Title",
    "h2": "Heading1",
    "h3": "Heading2",
    "h4": "Heading3",
    "h5": "Heading4",
    "h6": "Heading4",
    "cover-programme": "Subtitle",
    "cover-head": "CoverLine",
    "cover-roadmap": "CoverLine",
    "address": "CoverLine",
    "line": "FactsLine",
    "figure": "KeyFigure",
    "figure-note": "WaitingNote",
    "note": "Note",
    "lead-in": "LeadIn",
    "figcaption": "Caption",
    "caption": "Caption",
    "blockquote": "Quote",
}
# Blocks in which an inline element looks otherwise than elsewhere.
BLOCKS_WITH_A_LOOK = {"figure"}
# Lists whose entries have neither bullet nor number, in print as here.
PLAIN_LISTS = {"figures", "reasons"}
_ABOVE_A_CHAPTER = 560  # where it does not begin a page; in twentieths of a point
ON_A_NEW_PAGE = {"chapter", "contents"}


class Writer:
    """Writes blocks into a document, and remembers what spans more than one: bookmarks, lists, the last heading."""

    def __init__(self, part: DocumentPart, targets: set[str]):
        self.part = part
        self.bookmarks = contents.Bookmarks(targets)
        self.lists: list[Element] = []
        self.heading = ""
        self.address = ""
        self.caption = ""
        self.is_below_heading = False
        self.waits_for_page = False
        self.list_entry = 0

    def write(self, tag: HtmlElement, place: Place) -> None:
        """Write what is within an element: runs of text as paragraphs, and each block by its own rules."""
        pieces: list[Piece] = []
        for part in _parts(tag, place.look):
            if isinstance(part, tuple):
                pieces.append(part)
                continue
            self.write_paragraph(pieces, place)
            self.write_block(part, place)
            pieces = []
        self.write_paragraph(pieces, place)

    def write_block(self, tag: HtmlElement, place: Place) -> None:
        named = classes(tag)
        self.address = next((link.get("href") or "" for link in tag.iter("a") if _is_address(link)), self.address)
        place = replace(place, direction=_direction(tag) or place.direction, style=_style(named) or place.style)
        if named[0] in BLOCKS_WITH_A_LOOK:
            place = replace(place, look=replace(place.look, block=named[0]))
        self.bookmarks.expect(tag.get("id"))
        self.waits_for_page |= bool(ON_A_NEW_PAGE & set(named))
        if "contents" in named and tag.tag == "nav":
            contents.write(self, tag, place)
        elif pictures.is_code(tag):
            pictures.write(self, tag, place)
        elif pictures.is_bar(tag):
            pictures.write_bar(tag, place)
        elif tag.tag == "table":
            tables.write(self, tag, place)
        elif tag.tag == "figure":
            self.write_figure(tag, place)
        elif tag.tag in ("ul", "ol"):
            self.write_list(tag, place)
        elif SPACED & set(named):
            self.write_paragraph(list(pieces_of(tag, place.look, is_spaced=True)), place)
        else:
            self.write(tag, place)

    def write_figure(self, tag: HtmlElement, place: Place) -> None:
        """Write a figure, whose caption also describes the table in it."""
        self.caption = tables.text_of(tag.find("figcaption"))
        self.write(tag, place)
        self.caption = ""

    def write_list(self, tag: HtmlElement, place: Place) -> None:
        """Write a list, whose entries count from one again in each."""
        if PLAIN_LISTS & set(classes(tag)):
            self.write(tag, place)
            return
        identity = BULLETS if tag.tag == "ul" else self._new_list(tag)
        style = "ListBullet" if tag.tag == "ul" else "ListNumber"
        for entry in tag:
            if not is_unread(entry):
                self.list_entry = identity
                self.write_block(entry, replace(place, style=style))
                self.list_entry = 0

    def _new_list(self, tag: HtmlElement) -> int:
        identity = FIRST_OWN_LIST + len(self.lists)
        start = tag.get("start") or ""
        self.lists.append(list_number(identity, NUMBERS, start=int(start) if start.isdecimal() else 1))
        return identity

    def write_paragraph(self, pieces: list[Piece], place: Place) -> None:
        """Write one paragraph, unless there is nothing in it."""
        pieces = tidy(pieces)
        if not pieces:
            return
        self.is_below_heading = place.style.startswith(("Heading", "Caption"))
        if place.style.startswith("Heading"):
            self.heading = "".join(text for text, _look in pieces)
        settings = list(self._settings(place))
        linked = _with_links(runs(pieces, place.direction), self.bookmarks)
        place.parent.append(paragraph(self.bookmarks.around(linked), place.style, place, settings))

    def _settings(self, place: Place) -> Iterator[Element]:
        if self.waits_for_page:
            self.waits_for_page = False
            yield element("w:pageBreakBefore")
        elif place.style == "Heading1":
            yield element("w:spacing", before=_ABOVE_A_CHAPTER)
        if place.style in ("ListBullet", "ListNumber"):
            # A further paragraph of an entry stands in the same column, without a number of its own.
            number, self.list_entry = self.list_entry, 0
            yield element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=number))

    def settle_page(self, place: Place) -> None:
        """Begin the page and set the bookmarks that wait, where what comes next is no paragraph."""
        if self.waits_for_page or self.bookmarks.are_waiting:
            settings = self._settings(replace(place, style=""))
            place.parent.append(paragraph(self.bookmarks.around([]), "Gap", place, settings))


def _direction(tag: HtmlElement) -> str:
    said = tag.get("dir") or ""
    return said if said in ("rtl", "ltr") else ""


def _is_address(link: HtmlElement) -> bool:
    return (link.get("href") or "").startswith(("https://", "http://"))


def _style(named: list[str]) -> str:
    return next((PARAGRAPH_STYLES[name] for name in named if name in PARAGRAPH_STYLES), "")


def _parts(tag: HtmlElement, look: Look) -> Iterator[HtmlElement | Piece]:
    """Yield what an element holds in its order: its blocks, and the pieces of text between them."""
    yield tag.text or "", look
    for child in tag:
        if pictures.is_code(child) or pictures.is_bar(child):
            yield child
        elif is_unread(child):
            pass
        elif child.tag in BLOCKS or LINES_OF_THEIR_OWN & set(classes(child)) or _holds_block(child):
            yield child
        else:
            yield from piece(child, look)
        yield child.tail or "", look


def _holds_block(tag: HtmlElement) -> bool:
    """A link or a span around blocks is read as a block: its text belongs to several paragraphs."""
    return any(inner.tag in BLOCKS for inner in tag.iter())


def _with_links(written: Iterable[tuple[str, Element]], bookmarks: "contents.Bookmarks") -> Iterator[Element]:
    """Gather the runs that lead to the same place of the document into one link."""
    for target, group in groupby(written, key=lambda each: each[0]):
        found = (each for _target, each in group)
        name = bookmarks.name(target)
        yield from ([element("w:hyperlink", *found, anchor=name, history=1)] if name else found)
