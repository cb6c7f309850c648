"""What a report shows beside its text: the code by which a printed copy is verified, and the bars of its tables."""

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as HtmlElement

import segno
from docx.oxml.shape import CT_Inline
from docx.shared import Mm

from reports.word.elements import element
from reports.word.inline import classes, name_of, run, run_of
from reports.word.paragraphs import Place, paragraph

if TYPE_CHECKING:
    from reports.word.blocks import Writer

_BAR = re.compile(r"bar-(\d+)")
_STEP = "\u2003"  # a space as wide as its font is high; a bar is a row of them on a ground of its colour
_WIDTH = Mm(24)
_SCALE, _QUIET = 10, 2  # points and modules


def is_code(tag: HtmlElement) -> bool:
    """Say whether an element is the drawing of a QR code."""
    return name_of(tag) == "svg" and "qr" in classes(tag)


def write(writer: "Writer", tag: HtmlElement, place: Place) -> None:
    """Write the code of the address that was last named, as a picture that has a text for who cannot see it."""
    if not writer.address:
        return
    file = BytesIO()
    segno.make(writer.address, error="m", micro=False).save(file, kind="png", scale=_SCALE, border=_QUIET)
    file.seek(0)
    relation, _image = writer.part.get_or_add_image(file)
    inline = CT_Inline.new_pic_inline(writer.part.next_id, relation, "qr.png", _WIDTH, _WIDTH)
    inline.docPr.set("descr", "".join(tag.itertext()).strip())
    picture = run_of(element("w:drawing", inline), is_rtl=False)
    place.parent.append(paragraph([picture], place.style, place))


def is_bar(tag: HtmlElement) -> bool:
    """Say whether an element is a bar, whose length says again what a figure beside it says."""
    return "bar" in classes(tag)


def write_bar(tag: HtmlElement, place: Place) -> None:
    """Write a bar as a line of shaded spaces, a part for each of its parts; nothing for one without length."""
    runs = []
    for part in tag:
        named = classes(part)
        steps = sum(int(found[1]) for name in named if (found := _BAR.fullmatch(name)))
        if steps:
            style = "BarPlanned" if "bar-planned" in named else "BarHeld"
            runs.append(run(_STEP * steps, style, is_rtl=place.is_rtl))
    if runs:
        place.parent.append(paragraph(runs, "Bar", place))
