"""The language of an element, which the engine keeps to itself: a file in two languages had that of one throughout."""

import pydyf
from weasyprint.pdf import tags


def install() -> None:
    """Let the engine of this process tell readers the language of each element that states one."""
    tags._build_box_tree = _telling(tags._build_box_tree)


def _telling(original):
    def build_box_tree(box, *arguments):
        language = _stated(box)
        for element in original(box, *arguments):
            if language:
                element["Lang"] = pydyf.String(language)
            yield element

    return build_box_tree


def _stated(box) -> str | None:
    """Return the language that the element of ``box`` states, except that of the document, which the file states."""
    box = getattr(box, "_box", box)
    if box.element is None or box.element_tag in {"html", "body"}:
        return None
    return box.element.get("lang")
