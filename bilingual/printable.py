"""What no page can hold: text that would make printing endless, or its lines unreadable."""

import unicodedata
from enum import StrEnum
from itertools import groupby

LONGEST_WORD = 300
MOST_MARKS = 20


class Obstacle(StrEnum):
    """Why a text cannot be printed."""

    LENGTH = "length"
    WORD = "word"
    MARKS = "marks"


def obstacle(text: str, longest: int | None = None) -> Obstacle | None:
    """Return why ``text`` cannot be printed, or ``None`` where it can.

    It is longer than ``longest`` characters, holds a word of more than `LONGEST_WORD`, or a letter under more than
    `MOST_MARKS` combining marks.
    """
    if longest is not None and len(text) > longest:
        return Obstacle.LENGTH
    for word in text.split():
        if len(word) > LONGEST_WORD:
            return Obstacle.WORD
        if len(word) > MOST_MARKS and _has_a_pile_of_marks(word):
            return Obstacle.MARKS
    return None


def _has_a_pile_of_marks(word: str) -> bool:
    piles = (len(list(run)) for is_mark, run in groupby(word, _is_mark) if is_mark)
    return max(piles, default=0) > MOST_MARKS


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")
