"""What stands at the edges of most pages and belongs to none: running titles, and their numbers."""

import re
from collections import Counter

REACH = 4  # lines from the edge of a page
TIMES = 3  # pages


def without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Leave out what stands at the top or the bottom of three pages or more, page numbers aside."""
    edges = Counter(key for page in pages for key in {_masked(line) for line in _edges(page)})
    often = {key for key, times in edges.items() if times >= TIMES}
    kept = []
    for page in pages:
        first, last = page[:REACH], page[-REACH:]
        inner = page[REACH : max(REACH, len(page) - REACH)]
        last = last[max(0, 2 * REACH - len(page)) :]
        first = [line for line in first if _masked(line) not in often]
        last = [line for line in last if _masked(line) not in often]
        kept.append([*first, *inner, *last])
    return kept


def _edges(page: list[str]) -> list[str]:
    return [*page[:REACH], *page[-REACH:]]


def _masked(line: str) -> str:
    """A line with its numbers masked; a line of nothing but a number is none that repeats: items have those too."""
    masked = re.sub(r"\d+", "#", " ".join(line.split()))
    return masked if any(letter.isalpha() for letter in masked) else line
