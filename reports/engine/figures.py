"""What is a picture although it is made of other things, such as a map of tiles: the engine knows only images as such.

An element with ``role="img"`` becomes a figure of the PDF, with its ``aria-label`` as the words in its place.
"""

import pydyf
from weasyprint.pdf import tags


def install() -> None:
    """Let the engine of this process tell readers which elements are pictures, and what they show."""
    tags._build_box_tree = _telling(tags._build_box_tree)


def _telling(original):
    def build_box_tree(box, parent, *arguments):
        words = _words(box, parent)
        for element in original(box, parent, *arguments):
            if words:
                x, y = box.content_box_x(), box.content_box_y()
                bounds = pydyf.Array((x, y, x + box.width, y + box.height))
                element["S"] = "/Figure"
                element["Alt"] = pydyf.String(words)
                element["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": bounds})
            yield element

    return build_box_tree


def _words(box, parent) -> str:
    """Return what the picture of ``box`` shows; nothing where it is none, or only a part of one."""
    is_picture = box.element is not None and box.element.get("role") == "img" and box.element_tag == "div"
    return box.element.get("aria-label", "") if is_picture and parent["S"] != "/Figure" else ""
