"""Tables: mirrored in Arabic, with a head that is repeated on every page, a name and a description."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as HtmlElement

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.word.elements import element, properties
from reports.word.inline import Look, classes, pieces_of, tidy, tile_style
from reports.word.paragraphs import Place, paragraph
from reports.word.pictures import is_bar
from reports.word.styles import FACTS_TABLE_STYLE, TABLE_STYLE, TEXT_WIDTH, TILES, TILES_STYLE

if TYPE_CHECKING:
    from reports.word.blocks import Writer

_MOST_LETTERS = 70  # beyond which a longer text asks for no wider column
_LONGEST_WORD, _SHORT_TEXT = 23, 14  # letters that stay in one line
_BAR = 15  # the letters that the longest bar is as wide as
_LETTER = 100  # the width of one in a table, in twentieths of a point


_MOST_SPANNED = 63


@dataclass(frozen=True)
class _Cell:
    """A cell in its row; one without ``tag`` is filled by the cell above it, or by nothing."""

    tag: HtmlElement | None
    columns: int = 1
    merge: str = ""


@dataclass(frozen=True)
class _Row:
    cells: list[_Cell]
    is_head: bool


def write(writer: "Writer", tag: HtmlElement, place: Place) -> None:
    """Write a table, its caption before it, its rows with cells that may span rows and columns."""
    caption = tag.find("caption")
    if caption is not None:
        writer.write_block(caption, place)
    rows = _rows(tag)
    columns = max((sum(cell.columns for cell in row.cells) for row in rows), default=0)
    if not columns:
        return
    widths = _even(columns) if _is_map(tag) else _widths(rows, columns)
    table = element("w:tbl", _properties(writer, tag, rows, place))
    table.append(element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)))
    writer.settle_page(place)
    if len(place.parent) and not writer.is_below_heading:
        place.parent.append(paragraph([], "Gap", place))
    place.parent.append(table)
    for row in rows:
        table.append(_row(writer, row, widths, place))
    # Word joins tables that follow each other, and a cell has to end with a paragraph.
    place.parent.append(paragraph([], "Gap", place))


def _rows(tag: HtmlElement) -> list[_Row]:
    """The rows of this table, not of one within it; a cell that reaches down leaves a place in the rows below."""
    reaching: dict[int, tuple[int, int]] = {}  # of each column: rows still to come, columns
    rows = []
    for part in tag:
        within = [part] if part.tag == "tr" else part if part.tag in ("thead", "tbody", "tfoot") else []
        for row in within:
            if row.tag == "tr":
                rows.append(_Row(list(_cells(row, reaching)), part.tag == "thead"))
    return [row for row in rows if row.cells]


def _cells(row: HtmlElement, reaching: dict[int, tuple[int, int]]) -> Iterator[_Cell]:
    waiting = [cell for cell in row if cell.tag in ("td", "th")]
    column = 0
    while waiting or column in reaching:
        if column in reaching:
            rest, columns = reaching.pop(column)
            cell = _Cell(None, columns, "continue")
        else:
            tag = waiting.pop(0)
            rest, columns = _span(tag, "rowspan"), _span(tag, "colspan")
            cell = _Cell(tag, columns, "restart" if rest > 1 else "")
        if rest > 1:
            reaching[column] = (rest - 1, columns)
        yield cell
        column += cell.columns


def _span(tag: HtmlElement, name: str) -> int:
    said = tag.get(name) or ""
    return min(max(int(said), 1), _MOST_SPANNED) if said.isdecimal() else 1


def _widths(rows: list[_Row], columns: int) -> list[int]:
    """Share out the width: to each column what its longest word needs, the rest by the length of its texts."""
    needs, wants = [5] * columns, [0] * columns
    for row in rows:
        column = 0
        for cell in row.cells:
            if cell.columns == 1 and cell.tag is not None:
                words = text_of(cell.tag)
                longest = max((len(word) for word in words.split()), default=0)
                need = max(min(longest, _LONGEST_WORD), min(len(words), _SHORT_TEXT))
                needs[column] = max(needs[column], need + 2, _BAR if any(map(is_bar, cell.tag)) else 0)
                wants[column] = max(wants[column], min(len(words), _MOST_LETTERS))
            column += cell.columns
    letter = min(TEXT_WIDTH / sum(needs), _LETTER)
    spare = [max(want - need, 0) + 0.01 for want, need in zip(wants, needs, strict=True)]
    left = TEXT_WIDTH - letter * sum(needs)
    ends = [0.0]
    for need, each in zip(needs, spare, strict=True):
        ends.append(ends[-1] + letter * need + left * each / sum(spare))
    return [round(end) - round(start) for start, end in pairwise(ends)]


def _is_map(tag: HtmlElement) -> bool:
    return "tiles" in classes(tag)


def _even(columns: int) -> list[int]:
    return [TEXT_WIDTH // columns] * columns


def _properties(writer: "Writer", tag: HtmlElement, rows: list[_Row], place: Place) -> Element:
    name = text_of(tag.find("caption")) or writer.heading
    has_head = any(row.is_head for row in rows)
    listed = [
        element("w:tblStyle", val=_style(tag, has_head)),
        element("w:tblW", w=TEXT_WIDTH, type="dxa"),
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblLook",
            val="0420" if has_head else "0400",
            firstRow=int(has_head),
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=0,
            noVBand=1,
        ),
        *([element("w:bidiVisual")] if place.is_rtl else []),
        *([element("w:tblCaption", val=name)] if name else []),
    ]
    description = (
        tag.get("aria-label") or writer.caption or " · ".join(text_of(cell.tag) for cell in rows[0].cells if has_head)
    )
    if description:
        listed.append(element("w:tblDescription", val=description))
    return properties("w:tblPr", listed)


def _style(tag: HtmlElement, has_head: bool) -> str:
    return TILES_STYLE if _is_map(tag) else TABLE_STYLE if has_head else FACTS_TABLE_STYLE


def _row(writer: "Writer", row: _Row, widths: list[int], place: Place) -> Element:
    listed = [element("w:cantSplit"), *([element("w:tblHeader")] if row.is_head else [])]
    made = element("w:tr", properties("w:trPr", listed))
    column = 0
    for cell in row.cells:
        width = sum(widths[column : column + cell.columns])
        made.append(_cell(writer, cell, width, replace(place, style="TableHead" if row.is_head else "TableText")))
        column += cell.columns
    missing = len(widths) - column
    if missing > 0:
        made.append(_cell(writer, _Cell(None, missing), sum(widths[column:]), replace(place, style="TableText")))
    return made


def _cell(writer: "Writer", cell: _Cell, width: int, place: Place) -> Element:
    shade = "" if cell.tag is None else tile_style(cell.tag)
    place = replace(place, look=Look(shade), style="TileText") if shade else place
    made = element("w:tc", properties("w:tcPr", _cell_settings(cell, width, shade)))
    if cell.tag is not None:
        writer.write_block(cell.tag, replace(place, parent=made))
    if made[-1].tag != qn("w:p"):
        made.append(paragraph([], place.style, place))
    return made


def _cell_settings(cell: _Cell, width: int, shade: str) -> Iterator[Element]:
    yield element("w:tcW", w=width, type="dxa")
    if cell.columns > 1:
        yield element("w:gridSpan", val=cell.columns)
    if cell.merge:
        yield element("w:vMerge", val=cell.merge)
    if shade:
        yield element("w:shd", val="clear", color="auto", fill=TILES[int(shade[-1])][0])


def text_of(tag: HtmlElement | None) -> str:
    """The text of an element, without that of decoration."""
    return "" if tag is None else "".join(text for text, _look in tidy(pieces_of(tag)))
