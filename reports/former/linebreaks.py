"""Words that the end of a line has cut in two, behind a hyphen or without a sign."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from bilingual.search import fold
from reports.former.vocabulary import Vocabulary, words_of
from reports.former.words import bare

ENOUGH = 3  # words that are cut beyond doubt, from which on others are taken to be cut, too …
SHARE = 0.05  # … where they are so many of all line ends
LONGEST_WORD = 40  # letters
_HYPHEN = re.compile(r"[^\W\d_][-\u2010]$")
_PREFIX = re.compile("^[وف]?[بكل]?(?:ال)?")


def join_cut_words(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Return the lines with each cut word whole, on the line that it began on."""
    spelling = _Spelling.of(lines, vocabulary)
    ends = [(_last(one), _first(other)) for one, other in pairwise(lines)]
    beyond_doubt = sum(spelling.is_cut(*each) for each in ends)
    are_cut = beyond_doubt >= max(ENOUGH, SHARE * len(ends))
    found = lines[:1]
    for line in lines[1:]:
        joined = spelling.joined(_last(found[-1]), _first(line), are_cut=are_cut)
        if joined:
            found[-1] = found[-1].rstrip()[: -len(_last(found[-1]))] + joined
            line = line.lstrip()[len(_first(line)) :].lstrip()
        if line:
            found.append(line)
    return found


def _last(line: str) -> str:
    return (line.split() or [""])[-1]


def _first(line: str) -> str:
    return (line.split(maxsplit=1) or [""])[0]


@dataclass(frozen=True)
class _Spelling:
    """What is a word: what the database knows, and what stands within the lines of the document, where none is cut."""

    known: frozenset[str]
    within: Counter[str]

    @classmethod
    def of(cls, lines: list[str], vocabulary: Vocabulary) -> "_Spelling":
        return cls(vocabulary.words, Counter(word for line in lines for word in words_of(line)[1:-1]))

    def joined(self, one: str, other: str, *, are_cut: bool) -> str:
        """Return the word that the end of one line and the beginning of the next are, ``""`` where they are two."""
        if len(one) + len(other) > LONGEST_WORD:
            return ""
        if _HYPHEN.search(one):
            return self._behind_hyphen(one, other)
        if self.is_cut(one, other) or (are_cut and self._may_be_cut(one, other)):
            return one + other
        return ""

    def is_cut(self, one: str, other: str) -> bool:
        """Whether the two are a word together and not each of them one."""
        if not one[-1:].isalpha() or not other[:1].isalpha() or len(bare(other)) < 2:
            return False
        return self._is_word(bare(one + other)) and not (self._is_word(bare(one)) and self._is_word(bare(other)))

    def _may_be_cut(self, one: str, other: str) -> bool:
        """Whether neither of the two is a word, nor a name that a capital begins."""
        if not one[-1:].isalpha() or not other[:1].isalpha() or other[:1].isupper():
            return False
        return not self._is_word(bare(one)) and not self._is_word(bare(other))

    def _behind_hyphen(self, one: str, other: str) -> str:
        """The word without the hyphen, or with it where it is one of its own: «high-quality»."""
        if not other[:1].isalpha():
            return ""
        first, rest = bare(re.split("[-\u2010]", one[:-1])[-1]), bare(other)
        is_own = rest[:1].isupper() or (self._is_word(first) and self._is_word(rest))
        return one + other if is_own and not self._is_word(first + rest) else one[:-1] + other

    def _is_word(self, word: str) -> bool:
        folded = fold(word)
        core = _PREFIX.sub("", folded)
        return any(
            len(each) > 1 and (each in self.known or self.within[each] > 0) for each in (folded, core, f"ال{core}")
        )
