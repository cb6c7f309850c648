"""A paragraph of Word, and where the next one is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.word.elements import element, properties
from reports.word.inline import PLAIN, Look


@dataclass(frozen=True)
class Place:
    """Where a block is written: into ``parent``, in a direction, with the style and look that text has there."""

    parent: Element
    direction: str
    style: str = ""
    look: Look = PLAIN

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"


def paragraph(children: Iterable[Element], style: str, place: Place, settings: Iterable[Element] = ()) -> Element:
    """Return a paragraph of the direction of ``place``, which its mark and its number in a list have, too."""
    listed = list(settings)
    if style:
        listed.append(element("w:pStyle", val=style))
    if place.is_rtl:
        listed += [element("w:bidi"), properties("w:rPr", [element("w:rtl")])]
    else:
        listed.append(element("w:bidi", val=0))
    return element("w:p", properties("w:pPr", listed), *children)
