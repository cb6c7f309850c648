"""The table of contents as a field that Word brings up to date, and the bookmarks to which its entries lead.

The entries are written as well: a reader who declines the update, or another program, has them all the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as HtmlElement

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.word.elements import element, text_element
from reports.word.inline import HEADINGS, classes, pieces_of, run_of, runs, tidy
from reports.word.paragraphs import Place, paragraph

if TYPE_CHECKING:
    from reports.word.blocks import Writer

_FIELD = ' TOC \\o "1-2" \\h \\z \\u '


class Bookmarks:
    """Names for the places of a document that links lead to; Word takes letters, digits and 40 characters."""

    def __init__(self, targets: set[str]):
        self._names = {target: f"_Toc{number:08d}" for number, target in enumerate(sorted(targets), start=1)}
        self._waiting: list[str] = []
        self._written = 0

    def name(self, target: str) -> str:
        """Return the bookmark of the place with that id; empty where none leads there."""
        return self._names.get(target, "")

    def expect(self, identity: str | None) -> None:
        """Let the next paragraph be the place with that id, if anything leads there."""
        if identity in self._names:
            self._waiting.append(self._names[identity])

    @property
    def are_waiting(self) -> bool:
        return bool(self._waiting)

    def around(self, children: Iterable[Element]) -> list[Element]:
        """Return ``children`` of a paragraph within the bookmarks that wait for one."""
        found = list(children)
        while self._waiting:
            self._written += 1
            name = self._waiting.pop()
            found.insert(0, element("w:bookmarkStart", id=self._written, name=name))
            found.append(element("w:bookmarkEnd", id=self._written))
        return found


def write(writer: "Writer", tag: HtmlElement, place: Place) -> None:
    """Write a list of contents: its heading, and its entries within the field that makes them anew."""
    content = element("w:sdtContent")
    gallery = element("w:docPartObj", element("w:docPartGallery", val="Table of Contents"), element("w:docPartUnique"))
    place.parent.append(element("w:sdt", element("w:sdtPr", gallery), content))
    for heading in tag:
        if heading.tag in HEADINGS:
            writer.write_block(heading, replace(place, parent=content))
    entries = [entry for entry in tag.iter("li") if tidy(pieces_of(entry))]
    for number, entry in enumerate(entries):
        opening = list(field_opening(_FIELD, is_dirty=True)) if not number else []
        written = [*opening, *_entry(writer, entry, place.direction)]
        content.append(paragraph(written, _level(entry), place))
    if entries:
        content.append(paragraph([run_of(field_mark("end"), is_rtl=False)], "Gap", place))


def _level(entry: HtmlElement) -> str:
    return "TOC2" if "contents-item" in classes(entry) else "TOC1"


def _entry(writer: "Writer", entry: HtmlElement, direction: str) -> Iterator[Element]:
    """The words of an entry, a tab, and the page to which it leads."""
    name = writer.bookmarks.name((entry.get("data-to") or "").removeprefix("#"))
    words = [each for _target, each in runs(tidy(pieces_of(entry)), direction)]
    if not name:
        yield from words
        return
    is_rtl = direction == "rtl"
    page = field(f" PAGEREF {name} \\h ", "", is_rtl=is_rtl)
    yield element("w:hyperlink", *words, run_of(element("w:tab"), is_rtl=is_rtl), *page, anchor=name, history=1)


def field(instruction: str, shown: str, *, is_rtl: bool) -> Iterator[Element]:
    """Yield the runs of a field, with what is ``shown`` until a program works it out."""
    yield from field_opening(instruction, is_rtl=is_rtl)
    if shown:
        yield run_of(text_element("w:t", shown), is_rtl=is_rtl)
    yield run_of(field_mark("end"), is_rtl=is_rtl)


def field_opening(instruction: str, *, is_dirty: bool = False, is_rtl: bool = False) -> Iterator[Element]:
    """Yield the runs of a field up to where its result begins; a dirty one is worked out when the file is opened."""
    begin = field_mark("begin", **({"dirty": 1} if is_dirty else {}))
    yield run_of(begin, is_rtl=is_rtl)
    yield run_of(text_element("w:instrText", instruction), is_rtl=is_rtl)
    yield run_of(field_mark("separate"), is_rtl=is_rtl)


def field_mark(kind: str, **attributes: int) -> Element:
    return element("w:fldChar", fldCharType=kind, **attributes)
