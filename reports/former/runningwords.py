"""Running titles and page numbers within lines, as where pages were filled anew, their edges with the rest."""

import re
from collections import Counter
from collections.abc import Iterator

LONGEST = 12  # words from the edge of a page
SHORTEST = 3  # words; two are enough at the very edge
TIMES = 3  # pages
PAGE = r"(?:page|p\.|صفحة|الصفحة|ص\.)\s*\d{1,4}(?:\s*(?:of|from|/|من)\s*\d{1,4})?"
_LAST_NUMBER = re.compile(rf"(?<=\S)\s+{PAGE}\W*$", re.IGNORECASE)

Page = list[str]  # its lines


def without_running_words(pages: list[Page]) -> tuple[list[Page], bool]:
    """Leave out the words that half of the pages have at an edge, and whatever stands before them there.

    Return the pages, and whether there were such words: edges that are lines of their own are left as they are.
    """
    kept = [[*page[:-1], _LAST_NUMBER.sub("", page[-1])] if page else page for page in pages]
    are_found = kept != pages
    for is_end in (False, True):
        numbers = _numbers_of_words(kept, is_end=is_end)
        if _end_within_lines(kept, numbers, is_end=is_end):
            kept = [_without_words(page, n, is_end=is_end) for page, n in zip(kept, numbers, strict=True)]
            are_found = True
    return (kept, True) if are_found else (pages, False)


def _numbers_of_words(pages: list[Page], *, is_end: bool) -> list[int]:
    """Return how many words at the edge of each page are running words."""
    said = [_edge_words(page, is_end=is_end) for page in pages]
    usual = Counter(run for words in said for run in {run for _, run in _runs(words)})
    enough = max(TIMES, (len(pages) + 1) // 2)
    return [
        max((start + len(run) for start, run in _runs(words) if usual[run] >= enough), default=0) for words in said
    ]


def _runs(words: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for start in range(LONGEST // 2):
        for end in range(start + (SHORTEST if start else 2), len(words) + 1):
            yield start, words[start:end]


def _edge_words(page: Page, *, is_end: bool) -> tuple[str, ...]:
    """The first words of a page, or its last ones from the end."""
    words = (
        word
        for line in (reversed(page) if is_end else page)
        for word in (reversed(line.split()) if is_end else line.split())
    )
    return tuple(word for _, word in zip(range(LONGEST), words, strict=False))


def _end_within_lines(pages: list[Page], numbers: list[int], *, is_end: bool) -> bool:
    """Whether the running words of most pages end within a line, which goes on with the text."""
    found = [(page, number) for page, number in zip(pages, numbers, strict=True) if number]
    return sum(_ends_within_a_line(page, number, is_end=is_end) for page, number in found) * 2 > len(found)


def _ends_within_a_line(page: Page, number: int, *, is_end: bool) -> bool:
    for line in reversed(page) if is_end else page:
        words = len(line.split())
        if number <= words:
            return number < words
        number -= words
    return False


def _without_words(page: Page, number: int, *, is_end: bool) -> Page:
    lines = list(page)
    while number and lines:
        words = lines.pop(-1 if is_end else 0).split()
        if kept := words[:-number] if is_end else words[number:]:
            lines.insert(len(lines) if is_end else 0, " ".join(kept))
        number -= min(number, len(words))
    return lines
