"""A word near one that is nowhere: what somebody may have meant, as people write it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain

from bilingual.marking import written_words
from bilingual.search import fold, stem

_LOOKED_AT = 40  # words that share most with the one asked for
_ALIKE = 0.7  # of two stems, as difflib measures it
_LONGEST = 40


class Spelling:
    """The words of some texts, to be asked for the nearest one."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the words of ``texts`` as they stand between spaces, with how often each does."""
        self._written = Counter(chain.from_iterable(map(str.split, texts)))

    def nearest(self, word: str) -> str:
        """Return the word whose stem is most like that of ``word``, a folded one; ``""`` where none is like it."""
        if len(word) > _LONGEST:
            return ""
        asked = stem(word)
        shared: Counter[str] = Counter()
        for pair in _pairs(asked):
            shared.update(self._by_pair.get(pair, ()))
        near = [(SequenceMatcher(None, asked, each).ratio(), each) for each, _count in shared.most_common(_LOOKED_AT)]
        ratio, best = max(near, default=(0.0, ""))
        return self._by_stem[best] if ratio >= _ALIKE else ""

    @cached_property
    def _by_stem(self) -> dict[str, str]:
        """For each stem the word that is written most often."""
        words: dict[str, str] = {}
        for piece, _count in self._written.most_common():
            for word in written_words(piece):
                folded = fold(word)
                if len(folded) > 2 and not folded.isdigit():
                    words.setdefault(stem(folded), word)
        return words

    @cached_property
    def _by_pair(self) -> dict[str, list[str]]:
        """For each two letters in a row the stems that have them."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for each in self._by_stem:
            for pair in _pairs(each):
                found[pair].append(each)
        return dict(found)


def _pairs(word: str) -> Iterable[str]:
    """Every two letters in a row, and the first and the last letter with nothing beside it."""
    return {f"^{word}$"[at : at + 2] for at in range(len(word) + 1)}
