"""Words that damage has split or joined, mended by those known."""

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise

from bilingual.search import fold
from reports.former.formulas import FORMULAS
from reports.former.glyphs import ARABIC, ARABIC_LETTER
from reports.former.vocabulary import Vocabulary, words_of

_NEVER_ALONE = ("ي", "ى", "ة", "ه")
_OFTEN = 3  # times that a word of the document comes before it counts as known
_SHORTEST_COMPLETED = 5  # letters
_LONGEST = 60  # letters of what may be two words that lost their space
_SHORT = {"في", "من", "مع", "عن", "of", "to", "in", "on", "by", "or", "an"}


class Words:
    """Joins and parts words by those known: from the database, and from the document where they come often."""

    def __init__(self, known: frozenset[str], often: Counter[str], pairs: frozenset[tuple[str, str]]):
        self.known = known
        self.often = often
        self.pairs = pairs

    @classmethod
    def of(cls, lines: list[str], vocabulary: Vocabulary) -> "Words":
        """Learn what the lines of a document and the vocabulary teach: words, and which of them follow each other."""
        said = [words_of(line) for line in lines]
        together = Counter(pair for words in said for pair in pairwise(words))
        usual = {pair for pair, times in together.items() if times >= _OFTEN}
        often = Counter(word for words in said for word in words)
        return cls(vocabulary.words, often, vocabulary.pairs | FORMULAS | usual)

    def knows(self, word: str) -> bool:
        folded = fold(word)
        return len(folded) > 1 and (folded in self.known or self.often[folded] >= _OFTEN)

    def mend(self, line: str) -> str:
        """Return the line with its words joined, parted and completed, as far as that is beyond doubt."""
        words = self._completed(self._parted(self._joined(line.split())))
        return self._away_from_numbers(" ".join(words))

    @cached_property
    def _short_of_one(self) -> dict[str, set[tuple[str, int]]]:
        """What known words become without one letter within them: the words, and the place of the letter."""
        found: dict[str, set[tuple[str, int]]] = defaultdict(set)
        often = {word for word, times in self.often.items() if times >= _OFTEN}
        for word in self.known | often:
            if len(word) > _SHORTEST_COMPLETED:
                for place in range(1, len(word) - 1):
                    found[word[:place] + word[place + 1 :]].add((word, place))
        return found

    def _completed(self, words: list[str]) -> list[str]:
        """The words with letters they have lost, where one stands beside it that such a word usually stands beside.

        Not at their ends: «expert» is whole, though «experts» may be known and it not.
        """
        keys = [fold(bare(word)) for word in words]
        found = list(words)
        for index, word in enumerate(words):
            beside = (keys[index - 1] if index else "", keys[index + 1] if index + 1 < len(keys) else "")
            found[index] = self._whole(word, keys[index], beside)
        return found

    def _whole(self, word: str, folded: str, beside: tuple[str, str]) -> str:
        core = bare(word)
        if len(core) < _SHORTEST_COMPLETED or len(folded) != len(core) or not core.isalpha() or self.knows(core):
            return word
        before, after = beside
        for known, place in sorted(self._short_of_one.get(folded, ())):
            if (before, known) in self.pairs or (known, after) in self.pairs:
                return word.replace(core, core[:place] + known[place] + core[place:])
        return word

    def _away_from_numbers(self, line: str) -> str:
        """A number stands apart from the Arabic word beside it, and from a known word of another script."""
        line = re.sub(rf"(?<=[{ARABIC}])(?=\d)|(?<=\d)(?=[{ARABIC}])", " ", line)
        line = re.sub(r"\b([A-Za-z]{4,})(?=\d)", lambda found: found[0] + " " * self.knows(found[0]), line)
        return re.sub(r"(?<=\d)([A-Za-z]{4,})", lambda found: " " * self.knows(found[0]) + found[0], line)

    def _joined(self, words: list[str]) -> list[str]:
        words = self._letter_from_the_end(words)
        found: list[str] = []
        index = 0
        while index < len(words):
            taken = next((n for n in (4, 3, 2) if self._is_one(words[index : index + n], n)), 1)
            found.append("".join(words[index : index + taken]))
            index += taken
        return found

    def _letter_from_the_end(self, words: list[str]) -> list[str]:
        """A letter that begins the line's first word can have come to its end."""
        if len(words) > 2 and re.fullmatch(rf"[{ARABIC}]{{1,3}}", words[-1]) and not self.knows(words[-1]):
            whole = words[-1] + words[0]
            if fold(bare(words[0])) not in self.known and self.knows(bare(whole)):
                return [whole, *words[1:-1]]
        return words

    def _is_one(self, parts: list[str], n: int) -> bool:
        """Whether ``n`` parts are one word: together they are known, and not each of them is."""
        if len(parts) < n or not all(_goes_on(part) for part in parts[:-1]) or not parts[-1][:1].isalpha():
            return False
        whole, pieces = bare("".join(parts)), [bare(part) for part in parts]
        if n == 2 and pieces[1] in _NEVER_ALONE and len(pieces[0]) > 2:
            return True
        if any(_is_letter(piece) for piece in pieces):
            return self.knows(whole)
        return self.knows(whole) and not all(self.knows(piece) for piece in pieces)

    def _parted(self, words: list[str]) -> list[str]:
        return [part for word in words for part in self._parts(word)]

    def _parts(self, word: str) -> list[str]:
        core = bare(word)
        if not 5 <= len(core) <= _LONGEST or not core.isalpha() or fold(core) in self.known:
            return [word]
        turned = self._ligature_turned(core)
        if turned:
            return [word.replace(core, turned)]
        cuts = [(core[:cut], core[cut:]) for cut in range(2, len(core) - 1)]
        fitting = [cut for cut in cuts if self._may_part(core, *cut)]
        if not fitting:
            return [word]
        first, rest = max(fitting, key=lambda cut: min(self._weight(part) for part in cut))
        return word.replace(core, f"{first} {rest}").split(" ")

    def _may_part(self, core: str, first: str, rest: str) -> bool:
        """Whether a word can be two that lost their space: both are known, and found far more often than it."""
        if len(rest) < 3 or (len(first) < 3 and first not in _SHORT):
            return False
        if not (self.knows(first) and self.knows(rest)):
            return False
        return min(self._weight(first), self._weight(rest)) >= 4 * self.often[fold(core)]

    def _weight(self, word: str) -> int:
        return self.often[fold(word)] + 3 * (fold(word) in self.known)

    def _ligature_turned(self, core: str) -> str:
        """The word with «لا» for «ال» inside it, where only so it is known."""
        if self.knows(core):
            return ""
        for found in re.finditer("(?<=.)ال", core):
            turned = f"{core[: found.start()]}لا{core[found.end() :]}"
            if self.knows(turned):
                return turned
        return ""


def bare(word: str) -> str:
    return word.strip('«»"“”()[]،,.:;؛؟!-–')


def _goes_on(part: str) -> bool:
    """Whether more of a word may follow: no mark closes it."""
    return part[-1:].isalpha()


def _is_letter(piece: str) -> bool:
    """A letter that stands alone; «و» may, as it is a word."""
    return len(piece) == 1 and piece != "و" and bool(ARABIC_LETTER.match(piece))
