"""Which characters of a line are written from the right: the rules of Unicode (UAX #9) for runs of a Word file.

A run of Word is either right-to-left or not, and Word gives a bracket, a hyphen or a number in it the direction of
the run. So a line is cut where the direction changes: Arabic script with its numbers and punctuation in one run, a
Latin name with its own brackets and hyphens in another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional

LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, FIRST_STRONG_ISOLATE, END_OF_ISOLATE = (
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
)
_ISOLATES = {LEFT_TO_RIGHT_ISOLATE, RIGHT_TO_LEFT_ISOLATE, FIRST_STRONG_ISOLATE}
_LEFT_TO_RIGHT_MARK, _RIGHT_TO_LEFT_MARK, _ARABIC_LETTER_MARK = "\u200e", "\u200f", "\u061c"
_EMBEDDINGS = set("\u202a\u202b\u202c\u202d\u202e")
_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = {"EN", "AN"}
_PAIRS = {")": "(", "]": "[", "}": "{"}
_DEEPEST_ISOLATE, _MOST_OPEN_BRACKETS = 61, 63  # beyond these, text is left to the rules for the rest of it


def strong_direction(text: str) -> str:
    """Return ``L`` or ``R`` by the first letter of ``text`` that has a direction; ``""`` where none has."""
    return next((_STRONG[kind] for kind in map(bidirectional, text) if kind in _STRONG), "")


@dataclass
class Line:
    """A line of ``text``, with isolates marked by the characters of Unicode, in a paragraph of direction ``base``.

    `directions` has ``L`` or ``R`` for each character, and `shown` what is written in its place. Programs differ in
    what they make of isolates, and older ones draw boxes for them: the runs do their work instead, and where a run
    begins or ends without a letter, a mark without width stands in for one.
    """

    text: str
    base: str

    def __post_init__(self) -> None:
        self.kinds = [bidirectional(character) for character in self.text]
        self.shown = ["" if c in _EMBEDDINGS or c in _ISOLATES or c == END_OF_ISOLATE else c for c in self.text]
        self.directions = [self.base] * len(self.text)
        if self.base == "R" or any(kind in ("R", "AL", "AN") for kind in self.kinds):
            self._resolve(0, len(self.text), self.base, depth=0)

    def _resolve(self, start: int, end: int, base: str, depth: int) -> None:
        """Settle the characters from ``start`` to ``end``: those of inner isolates among themselves, then the rest."""
        places = []
        for place, isolate_end in self._steps(start, end):
            places.append(place)
            if isolate_end and depth < _DEEPEST_ISOLATE:
                self._isolate(place, isolate_end, depth + 1)
        _Sequence(self, places, base).settle()

    def _steps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield each place outside inner isolates, and of a place that opens one, where that ends."""
        place = start
        while place < end:
            closing = self._end_of_isolate(place, end) if self.text[place] in _ISOLATES else 0
            yield place, closing
            place = (closing or place) + 1

    def _end_of_isolate(self, place: int, end: int) -> int:
        depth = 0
        for other in range(place, end):
            if self.text[other] in _ISOLATES:
                depth += 1
            elif self.text[other] == END_OF_ISOLATE:
                depth -= 1
            if not depth:
                return other
        return end

    def _isolate(self, start: int, end: int, depth: int) -> None:
        """Settle an isolate, and put marks where it begins and ends with something that has no direction."""
        opener = self.text[start]
        inner = range(start + 1, end)
        first_strong = strong_direction(self.text[start + 1 : end]) or "L"
        base = {LEFT_TO_RIGHT_ISOLATE: "L", RIGHT_TO_LEFT_ISOLATE: "R"}.get(opener, first_strong)
        self._resolve(start + 1, end, base, depth)
        mark = _LEFT_TO_RIGHT_MARK if base == "L" else _RIGHT_TO_LEFT_MARK
        for edge, place in ((start, start + 1), (end, end - 1)):
            if edge < len(self.text) and place in inner and _STRONG.get(self.kinds[place]) != base:
                self.shown[edge] = mark
            if edge < len(self.text):
                self.directions[edge] = base


class _Sequence:
    """Characters at one level of isolation, in a text of direction ``base``: rules W1 to W7 and N0 to N2."""

    def __init__(self, line: Line, places: list[int], base: str):
        self.line = line
        self.places = places
        self.base = base
        self.kinds = ["ON" if line.text[place] in _ISOLATES else line.kinds[place] for place in places]
        self.pairs = self._pairs()

    def settle(self) -> None:
        self._settle_numbers()
        self._settle_brackets()
        self._settle_neutrals()
        self._keep_short_forms_whole()
        for place, kind in zip(self.places, self.kinds, strict=True):
            if self.line.text[place] not in _ISOLATES:
                self.line.directions[place] = "L" if kind == "L" else "R"

    def _settle_numbers(self) -> None:
        """W1 to W7: after Arabic, a number and what joins it to the next are right-to-left; after Latin, Latin."""
        strong, before = self.base, self.base
        for index, place in enumerate(self.places):
            kind = self.kinds[index]
            if self.line.text[place] == _ARABIC_LETTER_MARK and strong == "AL":
                self.line.shown[place] = ""  # says nothing that the letter before it does not
            if kind == "NSM":
                kind = before
            elif kind in _STRONG:
                strong = kind
            elif kind == "EN":
                kind = "AN" if strong == "AL" else "EN"
            self.kinds[index] = before = kind
        self._join_numbers()
        self.kinds = [{"AL": "R"}.get(kind, kind) for kind in self.kinds]
        strong = self.base
        for index, kind in enumerate(self.kinds):
            strong = kind if kind in "LR" else strong
            if kind == "EN" and strong == "L":
                self.kinds[index] = "L"

    def _join_numbers(self) -> None:
        """W4 to W6: 1,284 and 12:30 are one number, and so is 100% and 2024-003 where no Arabic letter precedes."""
        kinds = self.kinds
        for index in range(1, len(kinds) - 1):
            before, kind, after = kinds[index - 1 : index + 2]
            if before == after and ((kind == "CS" and before in _NUMBERS) or (kind == "ES" and before == "EN")):
                kinds[index] = before
        for step in (1, -1):
            for index in range(len(kinds))[::step]:
                if kinds[index] == "ET" and 0 <= index - step < len(kinds) and kinds[index - step] == "EN":
                    kinds[index] = "EN"

    def _settle_brackets(self) -> None:
        """N0: both brackets of a pair take one direction, so that neither turns round alone."""
        for opening, closing in self.pairs:
            inside = {self._side(index) for index in range(opening + 1, closing)} - {""}
            if self.base in inside:
                direction = self.base
            elif inside:
                direction = self._side_before(opening)
                direction = direction if direction in inside else self.base
            else:
                continue
            self.kinds[opening] = self.kinds[closing] = direction

    def _keep_short_forms_whole(self) -> None:
        """Let brackets go with what is in them if all of it is Latin: it looks the same, and no line ends within.

        LibreOffice takes a bracket for part of the script before it, and ends a line after it unless a mark of Latin
        direction stands between the two.
        """
        for opening, closing in self.pairs:
            if set(self.kinds[opening + 1 : closing]) == {"L"}:
                self.kinds[opening] = self.kinds[closing] = "L"
                if self.base == "R":
                    place = self.places[opening]
                    self.line.shown[place] = _LEFT_TO_RIGHT_MARK + self.line.text[place]

    def _pairs(self) -> list[tuple[int, int]]:
        pairs, opened = [], []
        for index, place in enumerate(self.places):
            character = self.line.text[place]
            if character in _PAIRS.values():
                opened.append((character, index))
                if len(opened) > _MOST_OPEN_BRACKETS:
                    return []
            elif character in _PAIRS:
                while opened:
                    candidate, at = opened.pop()
                    if candidate == _PAIRS[character]:
                        pairs.append((at, index))
                        break
        return sorted(pairs)

    def _side(self, index: int) -> str:
        """L or R as neutrals see a character: a number counts as right-to-left."""
        kind = self.kinds[index]
        return kind if kind in ("L", "R") else "R" if kind in _NUMBERS else ""

    def _side_before(self, index: int) -> str:
        return next((side for at in range(index - 1, -1, -1) if (side := self._side(at))), self.base)

    def _settle_neutrals(self) -> None:
        """N1 and N2: what has no direction goes with its neighbours where they agree, else with the paragraph."""
        sides = [self._side(index) for index in range(len(self.kinds))]
        end = 0
        for is_neutral, group in groupby(sides, key=lambda side: not side):
            start, end = end, end + len(list(group))
            if is_neutral:
                before = sides[start - 1] if start else self.base
                after = sides[end] if end < len(sides) else self.base
                self.kinds[start:end] = [before if before == after else self.base] * (end - start)
