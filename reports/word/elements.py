"""Elements of WordprocessingML, with properties in the order that the schema prescribes.

Word refuses a file, or quietly drops a property, when the children of ``pPr``, ``rPr``, ``tblPr`` and their like
stand in another order than that of the standard.
"""

import re
from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_ORDERS = {
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "w:rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
        "em lang eastAsianLayout specVanish oMath"
    ),
    "w:tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "w:trPr": (
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"
    ),
}
_PLACES = {tag: {f"w:{name}": place for place, name in enumerate(names.split())} for tag, names in _ORDERS.items()}
# What XML cannot hold, however it is escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return the element ``tag`` (such as ``w:jc``) with ``children`` and with ``attributes`` of its namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), writable(str(value)))
    made.extend(children)
    return made


def properties(tag: str, children: Iterable[Element]) -> Element:
    """Return ``w:pPr``, ``w:rPr``, … with its ``children`` put into the order of the schema."""
    places = _PLACES[tag]
    return element(tag, *sorted(children, key=lambda child: places[_name(child)]))


def text_element(tag: str, text: str) -> Element:
    """Return ``w:t`` or ``w:instrText`` whose spaces are kept at both ends, too."""
    made = OxmlElement(tag)
    made.text = writable(text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def writable(text: str) -> str:
    """Return ``text`` with a replacement character for each that XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def _name(child: Element) -> str:
    return f"w:{child.tag.rpartition('}')[2]}"
