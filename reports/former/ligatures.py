"""Lam and alef, one glyph in print, whose two letters a document holds the other way round: «اإلسالمي», «مجاالت»."""

import re
from collections.abc import Iterable

from bilingual.search import fold
from reports.former.glyphs import ARABIC
from reports.former.vocabulary import Vocabulary

_START = f"(?:^|(?<=[^{ARABIC}]))"
_END = f"(?![{ARABIC}])"
# No word begins so: beyond doubt in any document.
_BEYOND_DOUBT = re.compile(f"({_START}[وبفك]?)ا([أإآا])ل")
_UPRIGHT = re.compile(f"{_START}[وبفك]?ال[أإآا]")
# Within a document whose ligatures are turned, no word holds or ends in these either.
_IN_TURNED = (
    (re.compile("ا([أإآا])ل"), r"ال\1"),
    (re.compile(f"(?<=[{ARABIC}][{ARABIC}])الت{_END}"), "لات"),
    (re.compile(f"(?<=[{ARABIC}])الل{_END}"), "لال"),
    (re.compile(f"({_START}[وف]?)ل([أإآا])ل(?=[{ARABIC}]{{2}})"), r"\1لل\2"),
)
_WORD = re.compile(f"[{ARABIC}]{{4,}}")
_WITHIN = re.compile("(?<=.)(ال|[أإآ]ل)|^[أإآ]ل")
_PREFIX = re.compile("^[وف]?[بكل]?(?:ال)?")
ENOUGH = 3  # words that are turned beyond doubt


def turn_ligatures(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Return the lines with their ligatures upright.

    A document that has some turned beyond doubt has all of them turned: there, a word that only so is known is turned,
    too. Elsewhere «طالب» stays what it is.
    """
    are_turned = _are_turned(lines)
    lines = [_BEYOND_DOUBT.sub(r"\1ال\2", line) for line in lines]
    return [_turned(line, vocabulary) for line in lines] if are_turned else lines


def _are_turned(lines: Iterable[str]) -> bool:
    text = "\n".join(lines)
    turned = len(_BEYOND_DOUBT.findall(text))
    return turned >= ENOUGH and turned > len(_UPRIGHT.findall(text))


def _turned(line: str, vocabulary: Vocabulary) -> str:
    for pattern, upright in _IN_TURNED:
        line = pattern.sub(upright, line)
    return _WORD.sub(lambda found: _known_upright(found[0], vocabulary), line)


def _known_upright(word: str, vocabulary: Vocabulary) -> str:
    """The word with one of its ligatures turned, where only so it is known."""
    if _is_known(word, vocabulary):
        return word
    for found in _WITHIN.finditer(word):
        lam, alef = found[0][1], found[0][0]
        upright = f"{word[: found.start()]}{lam}{alef}{word[found.end() :]}"
        if _is_known(upright, vocabulary):
            return upright
    return word


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    folded = fold(word)
    core = _PREFIX.sub("", folded)
    return any(each in vocabulary.words for each in (folded, core, f"ال{core}") if len(each) > 2)
