"""The styles of a report in Word: the printed page's look with what every installation of Word has.

Sizes are given in half points, distances in twentieths of a point, as the format has them. Each run has two fonts,
sizes and weights: those of Arabic script carry a ``cs`` (complex script) in their name, and Word takes no others for a
right-to-left run. Fonts cannot be relied on to be installed, so it is one that is there with every Word and holds
both scripts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.word.elements import element, properties
from reports.word.lists import BULLETS, NUMBERS

FONT = "Arial"
INK, MUTED, RULE, FIGURE, WAITING, WHITE = "17212B", "5A6672", "DDE3E1", "0B5D44", "8A6314", "FFFFFF"
# Ground and ink of the shades of the map, as in print.
TILES = (("EEF3F1", MUTED), ("A9D3C2", INK), ("2F8F6F", WHITE), (FIGURE, WHITE))
_SIZE_OF_CODES = 12
_BAR_SIZE = 6  # twenty spaces of three points fit into the narrowest column
_BODY_SIZE, _LARGER_IN_ARABIC = 20, 2
TABLE_STYLE, FACTS_TABLE_STYLE, TILES_STYLE = "ReportTable", "ReportFacts", "ReportTiles"


@dataclass(frozen=True)
class Style:
    """A style of paragraphs or, with ``is_inline``, of runs; ``size`` is in half points, 0 where it is the body's."""

    id: str
    name: str
    size: int = 0
    is_bold: bool = False
    is_italic: bool = False
    colour: str = ""
    before: int = 0
    after: int = 0
    line: int = 0
    level: int | None = None
    keeps_next: bool = False
    indent: int = 0
    hanging: int = 0
    rules: str = ""
    number: int = 0
    is_centred: bool = False
    tab: tuple[str, int, str] | None = None
    based_on: str = "Normal"
    following: str = ""
    fill: str = ""
    is_custom: bool = False
    is_inline: bool = False
    raised: str = ""


TEXT_WIDTH = 9638  # of a page: 170 mm
STYLES = (
    Style("Title", "Title", 60, is_bold=True, before=2600, after=240, following="Subtitle"),
    Style("Subtitle", "Subtitle", 28, after=160, following="Normal"),
    Style("CoverLine", "Cover Line", colour=MUTED, after=60, is_custom=True),
    Style("Heading1", "heading 1", 36, is_bold=True, after=300, level=0, keeps_next=True, rules="bottom"),
    Style("Heading2", "heading 2", 25, is_bold=True, before=360, after=120, level=1, keeps_next=True),
    Style("Heading3", "heading 3", 23, is_bold=True, before=260, after=100, level=2, keeps_next=True),
    Style("Heading4", "heading 4", is_bold=True, colour=MUTED, before=200, after=80, level=3, keeps_next=True),
    Style(
        "FactsLine",
        "Facts Line",
        19,
        colour=MUTED,
        before=60,
        after=160,
        keeps_next=True,
        rules="top bottom",
        is_custom=True,
    ),
    Style("KeyFigure", "Key Figure", 24, before=160, after=40, keeps_next=True, is_custom=True),
    Style("Note", "Note", 18, colour=MUTED, before=100, after=120, is_custom=True),
    Style("WaitingNote", "Waiting Note", 19, colour=WAITING, after=100, is_custom=True),
    Style("Caption", "caption", 19, is_bold=True, colour=FIGURE, before=200, after=100, keeps_next=True),
    Style("TableText", "Table Text", 18, before=50, after=50, line=252, is_custom=True),
    Style("TableHead", "Table Head", 18, colour=MUTED, before=50, after=50, line=252, keeps_next=True, is_custom=True),
    Style("TileText", "Tile Text", _SIZE_OF_CODES, before=40, after=40, line=240, is_centred=True, is_custom=True),
    Style("Bar", "Bar", _BAR_SIZE, after=60, line=240, is_custom=True),
    Style("LeadIn", "Lead In", before=160, after=80, keeps_next=True, is_custom=True),
    Style("Quote", "Quote", colour=MUTED, indent=400, after=120),
    Style("ListBullet", "List Bullet", after=60, indent=400, hanging=300, number=BULLETS),
    Style("ListNumber", "List Number", after=60, indent=460, hanging=360, number=NUMBERS),
    Style("ListContinue", "List Continue", after=60, indent=400),
    Style("Gap", "Gap", 8, line=120, is_custom=True),
    Style("TOCHeading", "TOC Heading", 36, is_bold=True, after=300, rules="bottom", keeps_next=True),
    Style("TOC1", "toc 1", is_bold=True, before=100, after=60, tab=("right", TEXT_WIDTH, "dot")),
    Style("TOC2", "toc 2", 20, after=40, indent=800, hanging=400, tab=("right", TEXT_WIDTH, "dot")),
    Style("Header", "header", 17, colour=MUTED, tab=("right", TEXT_WIDTH, "none")),
    Style("Footer", "footer", 17, colour=MUTED, tab=("right", TEXT_WIDTH, "none")),
    Style("Strong", "Strong", is_bold=True, is_inline=True),
    Style("Emphasis", "Emphasis", is_italic=True, is_inline=True),
    Style("Figure", "Figure", is_bold=True, colour=FIGURE, is_inline=True, is_custom=True),
    Style("LargeFigure", "Large Figure", 48, is_bold=True, colour=FIGURE, is_inline=True, is_custom=True),
    Style("Waiting", "Waiting", colour=WAITING, is_inline=True, is_custom=True),
    Style("Muted", "Muted", colour=MUTED, is_inline=True, is_custom=True),
    Style("BarHeld", "Bar Held", _BAR_SIZE, fill=FIGURE, is_custom=True, is_inline=True),
    Style("BarPlanned", "Bar Planned", _BAR_SIZE, fill=TILES[1][0], is_custom=True, is_inline=True),
    *(
        Style(f"Tile{shade}", f"Tile {shade}", colour=ink, fill=ground, is_custom=True, is_inline=True)
        for shade, (ground, ink) in enumerate(TILES)
    ),
    Style("Superscript", "Superscript", raised="superscript", is_inline=True, is_custom=True),
    Style("Subscript", "Subscript", raised="subscript", is_inline=True, is_custom=True),
)
PARAGRAPH_STYLES = {style.id for style in STYLES if not style.is_inline}


def style_elements(language: str) -> list[Element]:
    """Return what stands in ``w:styles``: the defaults and every style, for a document in ``language``."""
    return [
        _defaults(language),
        _normal(language),
        _plain_style("character", "DefaultParagraphFont", "Default Paragraph Font"),
        _plain_style("numbering", "NoList", "No List"),
        _plain_style("table", "TableNormal", "Normal Table"),
        *(_style(style, language) for style in STYLES),
        *_table_styles(),
    ]


def _normal(language: str) -> Element:
    """The style on which all others rest. The ink is its own: that of the defaults would colour tables over again."""
    spacing = element("w:spacing", before=0, after=140, line=_line(language), lineRule="auto")
    return element(
        "w:style",
        element("w:name", val="Normal"),
        element("w:qFormat"),
        properties("w:pPr", [*_direction(language), spacing]),
        properties("w:rPr", [element("w:color", val=INK)]),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _direction(language: str) -> list[Element]:
    return [element("w:bidi")] if language == "ar" else []


def _line(language: str) -> int:
    return 300 if language == "ar" else 276


def _defaults(language: str) -> Element:
    size = _BODY_SIZE + (_LARGER_IN_ARABIC if language == "ar" else 0)
    settings = [
        element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT),
        *_size(size),
        element("w:lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"),
    ]
    return element(
        "w:docDefaults",
        element("w:rPrDefault", properties("w:rPr", settings)),
        element("w:pPrDefault", properties("w:pPr", [])),
    )


def _plain_style(kind: str, identity: str, name: str) -> Element:
    style = element(
        "w:style", element("w:name", val=name), element("w:uiPriority", val=99), type=kind, default=1, styleId=identity
    )
    if kind == "table":
        margins = element("w:tblCellMar", *(element(f"w:{side}", w=wide, type="dxa") for side, wide in _CELL_MARGINS))
        style.append(properties("w:tblPr", [element("w:tblInd", w=0, type="dxa"), margins]))
    return style


_CELL_MARGINS = (("top", 0), ("left", 80), ("bottom", 0), ("right", 80))


def _style(style: Style, language: str) -> Element:
    """One style, in the order of the schema: names, relations, then properties."""
    made = element(
        "w:style",
        element("w:name", val=style.name),
        type="character" if style.is_inline else "paragraph",
        styleId=style.id,
    )
    if style.is_custom:
        made.set(qn("w:customStyle"), "1")
    made.append(element("w:basedOn", val="DefaultParagraphFont" if style.is_inline else style.based_on))
    if style.following:
        made.append(element("w:next", val=style.following))
    elif style.level is not None:
        made.append(element("w:next", val="Normal"))
    made.append(element("w:qFormat"))
    if not style.is_inline:
        made.append(properties("w:pPr", _paragraph_settings(style, language)))
    made.append(properties("w:rPr", _run_settings(style, language)))
    return made


def _paragraph_settings(style: Style, language: str) -> Iterable[Element]:
    if style.keeps_next:
        yield from (element("w:keepNext"), element("w:keepLines"))
    if style.number:
        yield element("w:numPr", element("w:numId", val=style.number))
    if style.rules:
        yield element(
            "w:pBdr", *(element(f"w:{side}", val="single", sz=4, space=4, color=RULE) for side in style.rules.split())
        )
    if style.tab:
        where, position, leader = style.tab
        yield element("w:tabs", element("w:tab", val=where, leader=leader, pos=position))
    yield element(
        "w:spacing", before=style.before, after=style.after, line=style.line or _line(language), lineRule="auto"
    )
    if style.indent or style.hanging:
        yield element("w:ind", left=style.indent, hanging=style.hanging)
    if style.is_centred:
        yield element("w:jc", val="center")
    if style.level is not None:
        yield element("w:outlineLvl", val=style.level)


def _run_settings(style: Style, language: str) -> Iterable[Element]:
    if style.is_bold:
        yield from (element("w:b"), element("w:bCs"))
    if style.is_italic:
        yield from (element("w:i"), element("w:iCs"))
    if style.colour:
        yield element("w:color", val=style.colour)
    if style.size:
        is_larger = language == "ar" and style.size > _SIZE_OF_CODES
        yield from _size(style.size + (_LARGER_IN_ARABIC if is_larger else 0))
    if style.fill:
        yield element("w:shd", val="clear", color="auto", fill=style.fill)
    if style.raised:
        yield element("w:vertAlign", val=style.raised)


def _size(half_points: int) -> list[Element]:
    return [element("w:sz", val=half_points), element("w:szCs", val=half_points)]


def _table_styles() -> list[Element]:
    """Rules between rows, with a stronger one below a head; for the map, white between tiles."""
    head = element("w:tcBorders", element("w:bottom", val="single", sz=8, space=0, color=FIGURE))
    first_row = properties("w:tcPr", [head, element("w:vAlign", val="bottom")])
    return [
        _table_style(TABLE_STYLE, "Report Table", RULE, 4, _ROWS, element("w:tblStylePr", first_row, type="firstRow")),
        _table_style(FACTS_TABLE_STYLE, "Report Facts", RULE, 4, _ROWS),
        _map_style(),
    ]


def _map_style() -> Element:
    """White between the tiles, and no margin in them: the codes of three letters need the whole width."""
    style = _table_style(
        TILES_STYLE, "Report Tiles", WHITE, 12, ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = (element(f"w:{side}", w=0, type="dxa") for side, _wide in _CELL_MARGINS)
    style.find(qn("w:tblPr")).append(element("w:tblCellMar", *margins))
    return style


_ROWS = ("top", "bottom", "insideH")


def _table_style(identity: str, name: str, colour: str, width: int, sides: tuple[str, ...], *more: Element) -> Element:
    borders = [element(f"w:{side}", val="single", sz=width, space=0, color=colour) for side in sides]
    return element(
        "w:style",
        element("w:name", val=name),
        element("w:basedOn", val="TableNormal"),
        element("w:qFormat"),
        properties("w:tblPr", [element("w:tblBorders", *borders)]),
        *more,
        type="table",
        customStyle=1,
        styleId=identity,
    )
