"""What stands at the edges of most pages and belongs to none: running titles, and their numbers.

Where a text has kept its page ends, they stand at the edges of its pages. Where it has lost them they stand among the
lines, and what says “page 3 of 20” shows where.
"""

import re
from collections import Counter

from reports.former.runningwords import PAGE, without_running_words

REACH = 4  # lines from the edge of a page
TIMES = 3  # pages
_PAGE_NUMBER = re.compile(rf"\W*{PAGE}\W*", re.IGNORECASE)


def without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Leave out what stands at the top or the bottom of three pages or more, page numbers aside."""
    pages, are_filled_anew = without_running_words(pages)
    # The lines of such pages are not those that were printed: what repeats among them repeats by chance.
    kept = pages if are_filled_anew else _without_edges(pages)
    beside = _beside_page_numbers(kept)
    return [
        [line for line in page if not _PAGE_NUMBER.fullmatch(line) and _masked(line) not in beside] for page in kept
    ]


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
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


def _beside_page_numbers(pages: list[list[str]]) -> set[str]:
    """Return what stands three times or more right before or after the number of a page."""
    beside: Counter[str] = Counter()
    for page in pages:
        for index, line in enumerate(page):
            if _PAGE_NUMBER.fullmatch(line):
                neighbours = (*page[max(0, index - 1) : index], *page[index + 1 : index + 2])
                beside.update({_masked(other) for other in neighbours})
    return {key for key, times in beside.items() if times >= TIMES and not key[:1].isdigit()}


def _edges(page: list[str]) -> list[str]:
    return [*page[:REACH], *page[-REACH:]]


def _masked(line: str) -> str:
    """A line with its numbers masked; a line of nothing but a number is none that repeats: items have those too."""
    masked = re.sub(r"\d+", "#", " ".join(line.split()))
    return masked if any(letter.isalpha() for letter in masked) else line
