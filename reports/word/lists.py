"""Lists: how their entries are marked, and lists that count from one again."""

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.word.elements import element, properties

BULLETS, NUMBERS, FIRST_OWN_LIST = 1, 2, 3


def numbering_elements() -> list[Element]:
    """Return what stands in ``w:numbering``: bullets and numbers, of which a list that restarts gets its own."""
    return [
        _abstract(BULLETS, "bullet", "•", 400, 300),
        _abstract(NUMBERS, "decimal", "%1.", 460, 360),
        *(list_number(identity, identity) for identity in (BULLETS, NUMBERS)),
    ]


def list_number(identity: int, kind: int, *, start: int | None = None) -> Element:
    """Return a list of its own: ``kind`` is `BULLETS` or `NUMBERS`; with ``start``, it counts from there."""
    made = element("w:num", element("w:abstractNumId", val=kind), numId=identity)
    if start is not None:
        made.append(element("w:lvlOverride", element("w:startOverride", val=start), ilvl=0))
    return made


def _abstract(identity: int, form: str, text: str, indent: int, hanging: int) -> Element:
    levels = [
        element(
            "w:lvl",
            element("w:start", val=1),
            element("w:numFmt", val=form),
            element("w:lvlText", val=text.replace("1", str(level + 1))),
            element("w:lvlJc", val="left"),
            properties("w:pPr", [element("w:ind", left=indent + level * 360, hanging=hanging)]),
            ilvl=level,
        )
        for level in range(3)
    ]
    return element(
        "w:abstractNum", element("w:multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=identity
    )
