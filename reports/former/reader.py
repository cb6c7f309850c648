"""The child process that reads one former report: a task and the file on standard input, JSON on standard output.

It runs with limits on memory, processor time and file size. It opens no database connection: what the database knows
comes with the task, the first line, as JSON. The answer is ``{"pages": [...]}``, or ``{"proposals": [...]}`` where the
task holds a vocabulary and a language, or ``{"refused": "reason"}``.

Usage: python -m reports.former.reader KIND SECONDS BYTES PAGES CHARACTERS < task and document > answer.json
"""

import json
import os
import sys
from itertools import pairwise
from typing import Any

from reports.printer import OUT_OF_MEMORY, end_with_parent, limit_resources, refused_memory

ENCRYPTED, BROKEN, TOO_MANY_PAGES, TOO_LONG, NO_TEXT, NOT_TEXT = (
    "encrypted",
    "broken",
    "too_many_pages",
    "too_long",
    "no_text",
    "not_text",
)
Line = tuple[str, float, float]  # what it says, its bottom and its top
LONG_LINE = 20  # letters
LINES_OF_COLUMNS = 3  # lines side by side, from which on a page stands in columns
SAME_LINE = 0.6  # how much of its height a piece must share with another to stand in one line with it


class RefusedError(Exception):
    """The document is not read; the argument is one of the reasons above."""


def text_pages(content: bytes, pages: int, characters: int) -> list[str]:
    """Return the pages of a text in UTF-8, with or without a byte-order mark; form feeds part them."""
    if content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\x00" in content:
        raise RefusedError(NOT_TEXT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(NOT_TEXT) from error
    found = text.split("\f")
    return _within(found, pages, characters)


def pdf_pages(content: bytes, pages: int, characters: int) -> list[str]:
    """Return the text of each page, its lines from top to bottom."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise RefusedError(ENCRYPTED if is_locked else BROKEN) from error
    if len(document) > pages:
        raise RefusedError(TOO_MANY_PAGES)
    found: list[str] = []
    length = 0
    for number in range(len(document)):
        try:
            found.append("\n".join(_lines(document[number].get_textpage())))
        except pypdfium2.PdfiumError as error:
            raise RefusedError(BROKEN) from error
        length += len(found[-1])
        if length > characters:
            raise RefusedError(TOO_LONG)
    return _within(found, pages, characters)


def _within(found: list[str], pages: int, characters: int) -> list[str]:
    if len(found) > pages:
        raise RefusedError(TOO_MANY_PAGES)
    if sum(map(len, found)) > characters:
        raise RefusedError(TOO_LONG)
    if not any(page.strip() for page in found):
        raise RefusedError(NO_TEXT)
    return found


def _lines(page: Any) -> list[str]:
    """Return the lines of a page from top to bottom; those at one height stand in one.

    A file draws its lines in any order: headings, for one, may come after the text below them.
    """
    drawn = [line for line in _drawn(page) if line[0].strip()]
    order = sorted(range(len(drawn)), key=lambda index: -drawn[index][2])
    if _stands_in_columns(drawn, order):
        return [" ".join(said.split()) for said, _, _ in drawn]
    found: list[Line] = []
    for said, bottom, top in (drawn[index] for index in order):
        before = found[-1] if found else None
        if before and _shares_a_line(bottom, top, before[1], before[2]):
            found[-1] = (f"{before[0]} {said}", max(bottom, before[1]), min(top, before[2]))
        else:
            found.append((said, bottom, top))
    return [" ".join(said.split()) for said, _, _ in found]


def _stands_in_columns(drawn: list[Line], order: list[int]) -> bool:
    """Whether long lines stand side by side that were drawn apart: columns, which files draw one after the other."""
    beside = 0
    for one, other in pairwise(order):
        if abs(one - other) > 1 and min(len(drawn[one][0]), len(drawn[other][0])) >= LONG_LINE:
            beside += _shares_a_line(*drawn[one][1:], *drawn[other][1:])
    return beside >= LINES_OF_COLUMNS


def _drawn(page: Any) -> list[Line]:
    """Return the lines as the file draws them, with the bottom and the top of most of their letters."""
    from pypdfium2 import raw

    found, said = [], ""
    bottoms: list[float] = []
    tops: list[float] = []

    def end_line() -> None:
        nonlocal said
        found.append((said, _middle(bottoms), _middle(tops)))
        said = ""
        bottoms.clear()
        tops.clear()

    for index in range(page.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(page.raw, index))
        if letter in "\r\n":
            if letter == "\n":
                end_line()
            continue
        if letter.isalnum():
            _, bottom, _, top = page.get_charbox(index, loose=True)
            # A number in the margin, say, may come with the line above or below it.
            if tops and not _shares_a_line(bottom, top, bottoms[0], tops[0]):
                end_line()
            bottoms.append(bottom)
            tops.append(top)
        said += letter
    end_line()
    return found


def _shares_a_line(bottom: float, top: float, other_bottom: float, other_top: float) -> bool:
    return min(top, other_top) - max(bottom, other_bottom) >= SAME_LINE * min(top - bottom, other_top - other_bottom)


def _middle(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


READERS = {"pdf": pdf_pages, "text": text_pages}


def _proposals(pages: list[str], task: dict) -> list[dict]:
    """Read the pages by the vocabulary of the task, for which alone Django is loaded."""
    import django

    django.setup()
    from reports.former.reading import read_proposals
    from reports.former.vocabulary import Vocabulary

    vocabulary = Vocabulary.from_row(task["vocabulary"])
    return [proposal.to_row() for proposal in read_proposals(pages, task["language"], vocabulary)]


def main(arguments: list[str]) -> int:
    """Read standard input; return 0 whenever there is an answer, a refusal included."""
    kind, seconds, memory, pages, characters = arguments
    end_with_parent()
    limit_resources(int(seconds), int(memory))
    task = json.loads(sys.stdin.buffer.readline())
    try:
        answer: dict[str, Any] = {"pages": READERS[kind](sys.stdin.buffer.read(), int(pages), int(characters))}
        if task:
            answer = {"proposals": _proposals(answer["pages"], task)}
    except RefusedError as refused:
        answer = {"refused": str(refused)}
    # A half character, which a PDF can hold, is escaped on its way out.
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


def run(arguments: list[str]) -> int:
    """Do as `main` and return how to end, which tells a want of memory from any other fault."""
    try:
        return main(arguments)
    except Exception as error:
        return OUT_OF_MEMORY if refused_memory(error) else 1


if __name__ == "__main__":
    # At once: taking down what is left needs memory too, and would end otherwise when there is none.
    os._exit(run(sys.argv[1:]))
