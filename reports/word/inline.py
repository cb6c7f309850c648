"""The text within a block of HTML, as pieces that know how they look, and from there to runs of Word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from xml.etree.ElementTree import Element as HtmlElement

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.word.direction import (
    END_OF_ISOLATE,
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
    Line,
)
from reports.word.elements import element, properties, text_element

# What a class or an element makes of its text; everything else looks as the block around it.
CHARACTER_STYLES = {
    "item-number": "Figure",
    "contents-number": "Figure",
    "area-number": "Figure",
    "line-date": "Strong",
    "line-waiting": "Waiting",
    "draft-words": "Waiting",
    "waiting": "Waiting",
    "record-kind": "Muted",
    "figure strong": "LargeFigure",
    "strong": "Strong",
    "b": "Strong",
    "em": "Emphasis",
    "i": "Emphasis",
    "sup": "Superscript",
    "sub": "Subscript",
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Blocks whose parts stand apart by more than a space.
SPACED = {"line", "legend"}
# Read by nobody, or seen only as a picture of what a table says.
_UNREAD = {"svg", "style", "script", "template", "link", "meta", "title", "head", "colgroup", "col", "object"}
_DECORATION = {"bar", "band"}
_RUNNING = {"running-words", "running-title"}
BREAK = "\u2028"  # where a line is broken by hand; a line feed in HTML is only a space
_INVISIBLE = "\u2066\u2067\u2068\u2069"
_SPACES = re.compile("[ \t\n\r\f]+")
_OPENERS = {"ltr": LEFT_TO_RIGHT_ISOLATE, "rtl": RIGHT_TO_LEFT_ISOLATE}


@dataclass(frozen=True)
class Look:
    """How a piece of text looks and where it leads: a character style, and the id of a place in the document.

    ``block`` is the class of the block around it, where that makes a difference.
    """

    style: str = ""
    target: str = ""
    block: str = ""


PLAIN = Look()
Piece = tuple[str, Look]


def classes(tag: HtmlElement) -> list[str]:
    """Return the classes of an element in their order, its own name last."""
    return [*(tag.get("class") or "").split(), name_of(tag)]


def name_of(tag: HtmlElement) -> str:
    """Return the name of an element without its namespace, which drawings have; of a comment, nothing."""
    return tag.tag.rpartition("}")[2] if isinstance(tag.tag, str) else ""


def is_unread(tag: HtmlElement) -> bool:
    """Say whether an element holds nothing for a reader of text: decoration, or what stands in every page's margin."""
    if not name_of(tag) or name_of(tag) in _UNREAD or tag.get("hidden") is not None:
        return True
    named = set(classes(tag))
    return tag.get("aria-hidden") == "true" or bool(named & (_DECORATION | _RUNNING))


def pieces_of(tag: HtmlElement, look: Look = PLAIN, *, is_spaced: bool = False) -> Iterator[Piece]:
    """Yield the text of an element and what follows within it, without that of decoration."""
    yield tag.text or "", look
    for child in tag:
        if not is_unread(child):
            yield from piece(child, look)
        tail = child.tail or ""
        yield ("\u2003" if is_spaced and not tail.strip() else tail), look


def piece(tag: HtmlElement, look: Look = PLAIN) -> Iterator[Piece]:
    """Yield the text of an inline element, isolated where its direction is its own; ``br`` breaks the line."""
    if tag.tag == "br":
        yield BREAK, look
        return
    inner = _look_within(tag, look)
    if "swatch" in classes(tag):
        yield "\u2003", inner
        yield "\u00a0", look
    opener = _OPENERS.get(tag.get("dir") or "", FIRST_STRONG_ISOLATE if tag.tag == "bdi" else "")
    yield opener, inner
    yield from pieces_of(tag, inner)
    yield (END_OF_ISOLATE if opener else ""), inner


def _look_within(tag: HtmlElement, look: Look) -> Look:
    names = [name for tag_name in classes(tag) for name in (f"{look.block} {tag_name}", tag_name)]
    style = tile_style(tag) or next((CHARACTER_STYLES[name] for name in names if name in CHARACTER_STYLES), look.style)
    href = tag.get("href") or ""
    return replace(look, style=style, target=href[1:] if href.startswith("#") else look.target)


def tile_style(tag: HtmlElement) -> str:
    """Return the style of a tile of the map, or of its shade in the legend; empty for anything else."""
    return next((name.title().replace("-", "") for name in classes(tag) if re.fullmatch("tile-[0-3]", name)), "")


def tidy(pieces: Iterable[Piece]) -> list[Piece]:
    """Close up spaces as a browser does: one between words, none at the ends of a line."""
    tidied: list[Piece] = []
    after_space = True
    for text, look in pieces:
        text = _SPACES.sub(" ", text)
        if after_space:
            text = text.removeprefix(" ")
        if text == BREAK:
            _drop_last_space(tidied)
        if text:
            tidied.append((text, look))
        if text.strip(_INVISIBLE):
            after_space = text[-1] in f" {BREAK}"
    _drop_last_space(tidied)
    return tidied if any(text.strip(f" {BREAK}{_INVISIBLE}") for text, _look in tidied) else []


def _drop_last_space(pieces: list[Piece]) -> None:
    """Take off the space that nothing but the ends of isolates follow."""
    for index in range(len(pieces) - 1, -1, -1):
        text, look = pieces[index]
        if text.strip(_INVISIBLE):
            pieces[index] = (text.removesuffix(" "), look)
            return


def runs(pieces: list[Piece], direction: str) -> Iterator[tuple[str, Element]]:
    """Yield the runs of a tidied text in a paragraph of ``direction`` (``rtl`` or ``ltr``), each with its target."""
    letters = [(letter, look) for text, look in pieces for letter in text]
    for is_break, group in groupby(letters, key=lambda letter: letter[0] == BREAK):
        if is_break:
            yield from (("", element("w:r", element("w:br"))) for _break in group)
        else:
            yield from _line_runs(list(group), "R" if direction == "rtl" else "L")


def _line_runs(letters: list[tuple[str, Look]], base: str) -> Iterator[tuple[str, Element]]:
    line = Line("".join(letter for letter, _look in letters), base)
    shown = zip(line.shown, line.directions, (look for _letter, look in letters), strict=True)
    written = [(text, side, look) for text, side, look in shown if text]
    for (side, look), group in groupby(written, key=lambda each: each[1:]):
        yield look.target, run("".join(each[0] for each in group), look.style, is_rtl=side == "R")


def run(text: str, style: str = "", *, is_rtl: bool) -> Element:
    """Return a run: text of one direction that looks alike."""
    return run_of(text_element("w:t", text), style=style, is_rtl=is_rtl)


def run_of(*contents: Element, style: str = "", is_rtl: bool) -> Element:
    """Return a run that holds ``contents``: a text, a tab, a part of a field."""
    settings = [element("w:rStyle", val=style)] if style else []
    settings += [element("w:rtl")] if is_rtl else []
    return element("w:r", *([properties("w:rPr", settings)] if settings else []), *contents)
