"""The one picture of a report in Word: the code by which a printed copy is verified. Others show what a table says."""

from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as HtmlElement

import segno
from docx.oxml.shape import CT_Inline
from docx.shared import Mm

from reports.word.elements import element
from reports.word.inline import classes, name_of, run_of
from reports.word.paragraphs import Place, paragraph

if TYPE_CHECKING:
    from reports.word.blocks import Writer

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
