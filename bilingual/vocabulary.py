"""Search without a scan: which numbered documents hold a word, answered from the distinct words of all of them.

The answer is that of `bilingual.search.search_filter` asked of a column of the same documents: a form of the word is
looked for inside each distinct word once, however many documents have it.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, chain

from bilingual.bitmaps import from_positions, packed
from bilingual.search import word_forms

_REMEMBERED = 256  # words whose answer is kept


class Vocabulary:
    """The distinct words of documents while they are being read."""

    def __init__(self) -> None:
        self.postings: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, document: str, *positions: int) -> None:
        """Note that ``document``, a `search_document`, belongs to each of ``positions``."""
        for word in document.split():
            self.postings[word].extend(positions)


class WordIndex:
    """Which of ``size`` documents hold a word, as a set of their positions (`bilingual.bitmaps`)."""

    def __init__(self, vocabulary: Vocabulary, size: int) -> None:
        words = list(vocabulary.postings)
        self._size = size
        self._text = f" {' '.join(words)} "
        # Where the space before each word stands.
        self._starts = array("I", accumulate((len(word) + 1 for word in words[:-1]), initial=0))
        self._postings = [packed(each, size) for each in vocabulary.postings.values()]
        self._answers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._postings)

    def words(self) -> list[str]:
        """Every distinct word."""
        return self._text.split()

    def forget(self) -> None:
        """Let every word be looked for anew: a measurement that is not helped by the one before."""
        self._answers.clear()

    def bits(self, word: str) -> int:
        """Return the documents that hold ``word`` (one of `query_words`) in one of its forms."""
        if (answer := self._answers.get(word)) is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            answer = self._answers[word] = self._united(word)
        return answer

    def _united(self, word: str) -> int:
        found = {at for form in word_forms(word) for at in self._holding(form)}
        postings = [self._postings[at] for at in found]
        few = chain.from_iterable(each for each in postings if not isinstance(each, int))
        united = from_positions(few, self._size)
        for many in postings:
            if isinstance(many, int):
                united |= many
        return united

    def _holding(self, form: str) -> Iterator[int]:
        """Where the words that hold ``form`` stand among all words; a form that begins with a space begins a word."""
        place = self._text.find(form)
        while place >= 0:
            at = bisect_right(self._starts, place) - 1
            yield at
            after = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._text)
            place = self._text.find(form, after)
