"""Lines whose words stand in the order of the page, the last first."""

from itertools import pairwise

from reports.former.formulas import FORMULAS
from reports.former.glyphs import ARABIC_LETTER
from reports.former.vocabulary import Vocabulary, words_of


def turn_words(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Turn lines whose words stand in the order of the page: where known pairs of words are found backwards.

    Where that is so for most lines of a document, one that tells less by itself is turned, too.
    """
    votes = [_vote(line, vocabulary) for line in lines]
    enough = 1 if sum(vote > 1 for vote in votes) > sum(vote < -1 for vote in votes) else 2
    return [
        _words_turned(line) if ARABIC_LETTER.search(line) and _is_turned(line, vote, enough) else line
        for line, vote in zip(lines, votes, strict=True)
    ]


def _vote(line: str, vocabulary: Vocabulary) -> int:
    """How many more known pairs of words a line holds backwards than forwards."""
    pairs = list(pairwise(words_of(line)))
    forwards = sum(pair in vocabulary.pairs or pair in FORMULAS for pair in pairs)
    return sum((b, a) in vocabulary.pairs or (b, a) in FORMULAS for a, b in pairs) - forwards


def _is_turned(line: str, vote: int, enough: int) -> bool:
    words = line.split()
    if vote >= enough or (vote > 0 and len(words) <= 6):
        return True
    # A full stop behind the first word, or a number there that nothing but its sentence can have.
    return enough == 1 and vote == 0 and len(words) > 6 and not words[0][:1].isdigit()


def _words_turned(line: str) -> str:
    return " ".join(reversed(line.split()))
