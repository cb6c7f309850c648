"""English nouns beside a number, and the indefinite article before any phrase."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilingual.grammar.joining import join
from bilingual.numbers import say_number


@dataclass(frozen=True)
class EnglishNoun:
    """A noun in its two numbers; without a plural, the singular takes an "s"."""

    singular: str
    plural: str = ""

    def __post_init__(self) -> None:
        if not self.plural:
            object.__setattr__(self, "plural", f"{self.singular}s")


def english_counted(n: int, nouns: Sequence[EnglishNoun], *, definite: bool) -> str:
    """Return the nouns counted together; ``bilingual.grammar.counted`` explains."""
    if n == 0:
        return f"no {_either(_once(noun.plural for noun in nouns))}"
    number = "" if definite and n == 1 else f"{say_number(n, 'en')} "
    return f"{'the ' if definite else ''}{number}{english_label(n, nouns)}"


def english_label(n: int, nouns: Sequence[EnglishNoun]) -> str:
    """Return the nouns in the number that ``n`` asks for, without the number: one is singular, all else plural."""
    return join(_once(noun.singular if abs(n) == 1 else noun.plural for noun in nouns), "en")


def _either(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _once(words: Iterable[str]) -> list[str]:
    # Two Arabic nouns may share an English one: nobody reads "executives and executives".
    return list(dict.fromkeys(words))


# Words whose first letter is a vowel and whose first sound is not ("yoo", "wun"), and the other way round.
_YOO = r"u(?:s[aeiu]|ni(?!n|m(?!o)|d(?!i)|ss)|t[eio]|r[aeou]|ga|kr|ku|bi)"
_CONSONANT_SOUND = re.compile(rf"eu|ewe|one\b|once\b|{_YOO}", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"[aeiou]|hour|honest|honou?r|heir", re.IGNORECASE)

# Letters whose names begin with a vowel: "an NFP", but "a UN body".
_NAMED_WITH_A_VOWEL = "AEFHILMNORSX"
_ACRONYM = re.compile(r"[A-Z]+(?:[a-z]?[A-Z]+)*(?=s?\b)")
# Two consonants that can begin an English word; an acronym that begins with any other two is spelled out.
_SAYABLE_ONSET = re.compile(r"[A-Z]?[AEIOUY]|[BCFGKP][LR]|[DTW]R|[CSTW]H|S[CKLMNPTW]|TW|KN")


def with_article(phrase: str) -> str:
    """Return ``phrase`` after "a" or "an", chosen by how it is said: ``an hour``, ``a university``, ``an NFP``.

    An acronym that can be said as a word is (``a SESRIC course``); others are taken letter by letter. Nothing gives
    ``""``.
    """
    first = re.search(r"[^\W_]+(?:[,.]\d+)*", _without_accents(phrase))
    if first is None:
        return phrase
    return f"{'an' if _sounds_like_a_vowel(first.group()) else 'a'} {phrase}"


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _sounds_like_a_vowel(word: str) -> bool:
    if word[0].isdigit():
        return _number_sounds_like_a_vowel(word)
    acronym = _ACRONYM.match(word)
    if acronym and (len(word) == 1 or len(acronym.group()) > 1):
        return _acronym_sounds_like_a_vowel(acronym.group())
    return bool(_VOWEL_SOUND.match(word)) and not _CONSONANT_SOUND.match(word)


def _number_sounds_like_a_vowel(number: str) -> bool:
    """Eight, eighteen and eleven begin with a vowel, as do their hundreds, thousands and millions."""
    digits = re.match(r"[\d,]+", number)
    whole = digits.group().replace(",", "") if digits else ""
    return whole.startswith("8") or (len(whole) % 3 == 2 and whole.startswith(("11", "18")))


def _acronym_sounds_like_a_vowel(letters: str) -> bool:
    if letters.startswith("U"):
        return False  # the letter is "yoo", and the acronyms of the United Nations are said with it
    said_as_a_word = letters.isupper() and len(letters) > 3 and _SAYABLE_ONSET.match(letters)
    return letters[0] in ("AEIO" if said_as_a_word or letters == "MAC" else _NAMED_WITH_A_VOWEL)
