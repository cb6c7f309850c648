"""Signs that a font had no letter for: dashes, quotation marks, and pairs of Latin letters that print joins."""

import re
from collections import Counter
from collections.abc import Iterable

from bilingual.search import fold
from reports.former.vocabulary import Vocabulary, words_of

UNKNOWN = "\ufffd"
# The pairs that fonts join, each font its own.
FONTS = tuple(re.compile(pairs) for pairs in ("ti", "fi|fl", "ffi|ffl|ff|fi|fl", "ffi|ffl|ff|fi|fl|tt|ti|ft"))
LIKELIEST = "ti"
OFTEN = 3  # times that a word of the document counts as known
_BETWEEN_NUMBERS = re.compile(f"(?<=\\d)(\\s*){UNKNOWN}(\\s*)(?=\\d)")
_ALONE = re.compile(f"(?<=\\s){UNKNOWN}(?=\\s)")
_POSSESSIVE = re.compile(f"(?<=[a-z]){UNKNOWN}(?=s\\b)")
_WORD = re.compile(f"[A-Za-z{UNKNOWN}]+")


def name_unknowns(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Return the lines with each unknown sign as what it must have been by what stands beside it.

    Between two numbers, or alone, it was a dash; within a Latin word a pair of letters, whichever makes a word that is
    known; at the edge of one either of that or a quotation mark; beside any other letter a quotation mark.
    """
    if not any(UNKNOWN in line for line in lines):
        return lines
    pairs = _Pairs(vocabulary, lines)
    return [_named(line, pairs) if UNKNOWN in line else line for line in lines]


def _named(line: str, pairs: "_Pairs") -> str:
    line = _BETWEEN_NUMBERS.sub(r"\1–\2", line)
    line = _ALONE.sub("–", line)
    line = _WORD.sub(lambda found: pairs.whole(found[0]), line)
    return line.replace(UNKNOWN, '"')


class _Pairs:
    """Finds the pairs of letters that make a word of what is left of it."""

    def __init__(self, vocabulary: Vocabulary, lines: Iterable[str]):
        often = Counter(word for line in lines for word in words_of(line))
        self.words = vocabulary.words | {word for word, times in often.items() if times >= OFTEN}
        self.without = {
            pairs.sub(UNKNOWN, word): word for pairs in FONTS for word in sorted(self.words) if pairs.search(word)
        }

    def whole(self, word: str) -> str:
        """Return the word with its letters, or with quotation marks where its edges have them."""
        inner = word.strip(UNKNOWN)
        if UNKNOWN not in word or not inner:
            return word
        for opening, core, closing in _readings(word):
            if said := self._completed(core):
                return opening + said + closing
        opening, closing = word[: word.index(inner)], word[word.index(inner) + len(inner) :]
        return opening + _POSSESSIVE.sub("’", inner).replace(UNKNOWN, LIKELIEST) + closing

    def _completed(self, core: str) -> str:
        """The known word that this is without its pairs, in its own capitals; ``""`` where there is none."""
        if UNKNOWN not in core:
            return core if fold(core) in self.words else ""
        known = self.without.get(core.lower())
        if known is None:
            return ""
        return (
            known.upper() if core.replace(UNKNOWN, "").isupper() else core[:1].replace(UNKNOWN, known[0]) + known[1:]
        )


def _readings(word: str) -> list[tuple[str, str, str]]:
    """Part a word from signs at its edges that may be quotation marks: as few letters lost as can be first."""
    readings = [("", word, "")]
    if word.startswith(UNKNOWN):
        readings.append((UNKNOWN, word[1:], ""))
    if word.endswith(UNKNOWN):
        readings += [(opening, core[:-1], UNKNOWN) for opening, core, _ in list(readings) if len(core) > 1]
    return list(reversed(readings))
