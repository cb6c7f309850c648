"""A composed report in pieces, so that both languages can stand side by side and an item can be shown by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.composition import compose
from reports.facts import ReportFacts, SectionFacts
from reports.models import SectionKind

_ARTICLE = re.compile(r"<article\b[^>]*>(.*?)</article>", re.DOTALL)
_SECTION = re.compile(r"<(?P<end>/?)section\b(?P<rest>[^>]*)>")
_ID = re.compile(r'\bid="(?:ar|en)-([^"]*)"')
_CLASS = re.compile(r'\bclass="([^"]*)"')
_HEADING = re.compile(r"<h3\b.*?</h3>", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of a report in one language; ``key`` is the same in the other. ``is_item`` tells an activity's own."""

    key: str
    html: str
    is_item: bool = False
    is_between: bool = False


@dataclass
class _Open:
    key: str
    start: int
    is_item: bool


def article(html: str) -> str:
    """Return what stands inside the report of the first language in a composed document."""
    found = _ARTICLE.search(html)
    return found[1] if found else ""


def pieces(inside: str) -> list[Piece]:
    """Part the inside of a report's article: each chapter is a piece; one with items has its head and each of them."""
    found: list[Piece] = []
    done = 0
    for chapter in _outermost(inside):
        found += _gap(inside[done : chapter[1]], len(found))
        found += _chapter(*chapter, inside)
        done = chapter[2]
    return found + _gap(inside[done:], len(found))


def _gap(html: str, place: int) -> list[Piece]:
    return [Piece(f"between-{place}", html, is_between=True)] if html.strip() else []


def _outermost(html: str, *, items: bool = False) -> Iterator[tuple[str, int, int]]:
    """The outermost sections, or those of items however deep: key, start and end."""
    opened: list[_Open] = []
    for tag in _SECTION.finditer(html):
        if not tag["end"]:
            opened.append(_opened(tag))
        elif opened:
            section = opened.pop()
            if section.is_item if items else not opened:
                yield section.key, section.start, tag.end()


def _opened(tag: "re.Match[str]") -> _Open:
    names, ids = _CLASS.search(tag["rest"]), _ID.search(tag["rest"])
    words = names[1].split() if names else []
    key = ids[1] if ids else " ".join(words)
    return _Open(key, tag.start(), "item" in words)


def _chapter(key: str, start: int, end: int, html: str) -> Iterator[Piece]:
    whole = html[start:end]
    items = list(_outermost(whole, items=True))
    if not items:
        yield Piece(key, whole)
        return
    yield Piece(key, f"{whole[: items[0][1]]}</section>")
    for code, first, last in items:
        yield Piece(code, whole[first:last], is_item=True)
    if rest := whole[items[-1][2] :].removesuffix("</section>").strip():
        yield Piece(f"{key}-end", rest)


def side_by_side(facts: ReportFacts) -> list[tuple[str, str]]:
    """Return the report as rows, its contents aside: each piece as HTML in Arabic and in English."""
    arabic, english = (pieces(article(compose(facts, language))) for language in ("ar", "en"))
    other = {piece.key: piece.html for piece in english if not piece.is_between}
    rows = [(piece.html, other.pop(piece.key, "")) for piece in arabic if not piece.is_between]
    return rows + [("", html) for html in other.values()]


def generated_items(facts: ReportFacts, language: str) -> dict[str, str]:
    """Return what the report says of each item in generated words, by code: its line and paragraphs, no heading.

    All items are composed at once. An officer's own paragraphs are left out, so that theirs can be shown beside.
    """
    lists = tuple(SectionFacts(kind) for kind in (SectionKind.ACTIVITIES, SectionKind.PLANNED))
    generated = replace(
        facts,
        sections=lists,
        items=tuple(replace(item, override=type(item.override)()) for item in facts.items),
    )
    return {
        piece.key: _HEADING.sub("", piece.html, count=1)
        for piece in pieces(article(compose(generated, language)))
        if piece.is_item
    }
