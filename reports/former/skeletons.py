"""A text without what damage changes: spaces inside and between words, forms of letters, marks, mirrored quotes.

Words are looked for in the skeleton, where «التد ريب» and «التدريب» are the same, and every place in it leads back to
the passage of the text that it was made from.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bilingual.search import fold

_QUOTES = '"«»“”„‟❝❞'
_SINGLE = {"،": ",", "؛": ";", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "[": "(", "]": ")", "٪": "%"}
_KEPT = ".,:;-/()%؟?•"
_WORD_END = re.compile(r"[\s،,.;:؛()«»\"“”]")


@lru_cache(maxsize=4096)
def _bones(letter: str) -> str:
    if letter in _QUOTES:
        return '"'
    letter = _SINGLE.get(letter, letter)
    folded = fold(letter)
    return folded if folded.isalnum() or letter in _KEPT else ""


@dataclass(frozen=True)
class Skeleton:
    """The skeleton of ``source``; ``places[i]`` is where its letter ``i`` stands there."""

    source: str
    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> "Skeleton":
        """Make the skeleton of a text. A space is kept between two numbers only, which it alone keeps apart."""
        bones: list[str] = []
        places: list[int] = []
        space = -1
        for place, letter in enumerate(source):
            if letter.isspace():
                space = place
                continue
            for bone in _bones(letter):
                if space >= 0 and bones and bones[-1].isdigit() and bone.isdigit():
                    bones.append(" ")
                    places.append(space)
                bones.append(bone)
                places.append(place)
                space = -1
        return cls(source, "".join(bones), tuple(places))

    def raw(self, start: int, end: int) -> str:
        """Return the text between two places of the skeleton, with the marks that belong to its last letter."""
        if start >= end:
            return ""
        last = self.places[end] if end < len(self.places) else len(self.source)
        return self.source[self.places[start] : last].rstrip()

    def passage(self, start: int, end: int, around: int = 0) -> str:
        """Return the words of the text between two places of the skeleton, with ``around`` characters beside them."""
        if start >= end:
            return ""
        first = max(0, self.places[start] - around)
        last = min(len(self.source), self.places[end - 1] + 1 + around)
        while first > 0 and not self.source[first - 1].isspace():
            first -= 1
        while last < len(self.source) and not self.source[last].isspace():
            last += 1
        return " ".join(self.source[first:last].split())

    def place_of(self, source_place: int) -> int:
        """Return the first place of the skeleton that stands at ``source_place`` of the text or after it."""
        return bisect_left(self.places, source_place)

    def starts_word(self, place: int) -> bool:
        """Whether a word of the text begins at this place of the skeleton."""
        at = self.places[place]
        return at == 0 or not self.source[at - 1].isalnum()

    def ends_word(self, place: int) -> bool:
        """Whether a word of the text ends before this place of the skeleton."""
        at = self.places[place - 1] + 1
        return at >= len(self.source) or not self.source[at].isalnum()


@lru_cache(maxsize=8192)
def bones_of(text: str) -> str:
    """Return the skeleton of ``text`` alone."""
    return Skeleton.of(text).text


@lru_cache(maxsize=8192)
def letters_of(text: str) -> str:
    """Return only the letters and digits of the skeleton: what two spellings of a name share."""
    return "".join(bone for bone in bones_of(text) if bone.isalnum())


def either(bones: Iterable[str]) -> str:
    """Return a pattern that finds any of these skeletons, the longest first, and nothing where there are none."""
    return "|".join(sorted(map(re.escape, bones), key=len, reverse=True)) or r"(?!)"


def any_of(*phrases: str) -> str:
    """Return a pattern that finds any of these phrases in a skeleton, the longest first."""
    return f"(?:{either({bones_of(phrase) for phrase in phrases} - {''})})"
