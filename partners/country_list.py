"""Reads a list of countries as people write it: names in either language, one after the other, some with a number.

``Türkiye; المغرب، Côte d'Ivoire 5`` names three countries, one of them with five people. Nothing is guessed and
nothing is dropped: what cannot be read comes back as it was written, with the countries whose names are nearest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from bilingual.search import fold, fold_digits
from bilingual.text import Bilingual
from partners.models import Country

LONGEST_LIST = 5_000  # characters; all countries of the world in two languages take less
LARGEST_COUNT = 1_000_000
MOST_WORDS = 80  # between two signs that part names; more than that is no list
MOST_UNREAD = 30  # for more of them nobody looks at suggestions
NEAREST = 3
LEFT_OUT = "-"  # what stands for a country where somebody says that a name means none

_PARTED = re.compile(r"[;؛,،\n\t|/]+")
_NUMBERING = re.compile(r"^\s*(?:[-*•–—]|\d{1,3}\s*[.)])\s+")
_IN_BRACKETS = re.compile(r"\([^()\d]*\)|\[[^\[\]\d]*\]")  # Iran (Islamic Republic of)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = {"and", "و", "&"}
_PEOPLE = {"participant", "participants", "مشارك", "مشاركا", "مشاركه", "مشاركين", "مشاركون", "مشاركات"}
_LONGEST_NAME = 80
_IS_NEAR = 0.5


@dataclass(frozen=True)
class Unread:
    """What could not be read, as it was written, with the countries it may mean, the nearest first.

    ``counts`` says that only the numbers were not understood: two of them for one country, or one that counts nobody.
    """

    written: str
    nearest: tuple[Country, ...] = ()
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class CountryList:
    """The countries that were read, by code, each with its number of people or ``None``; and what was not read."""

    found: dict[str, int | None] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()


class CountryNames:
    """The names of ``countries``: short, formal and other spellings in both languages, and their codes."""

    def __init__(self, countries: Iterable[Country]):
        self.countries = {country.code: country for country in countries}

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for country in self.countries.values():
            for name in _names(country):
                for key in _keys(name):
                    names.setdefault(key, set()).add(country.code)
        return names

    @cached_property
    def _longest(self) -> int:
        return max((len(_words(name)) for each in self.countries.values() for name in _names(each)), default=1)

    def read(self, text: str, meanings: Mapping[str, str] | None = None) -> CountryList:
        """Return what ``text`` lists. ``meanings`` says of what was written which code it means, or `LEFT_OUT`."""
        reading = _Reading(self, meanings or {})
        for part in _PARTED.split(fold_digits(text)[:LONGEST_LIST]):
            reading.take(" ".join(_NUMBERING.sub("", part).split()))
        return CountryList(reading.found, tuple(reading.unread))

    def code_of(self, words: list[str]) -> str:
        """Return the code of the country that has ``words``, folded, for a name; ``""`` for none or several."""
        codes = {code for key in _keys(" ".join(words)) for code in self._by_name.get(key, ())}
        return codes.pop() if len(codes) == 1 else ""

    def segments(self, words: list[str]) -> list[tuple[str, int | None]] | None:
        """Return the countries that ``words`` name one after the other, or ``None`` where a word is left over."""
        if not words:
            return []
        for rest in _after_a_joint(words):
            for length in range(min(self._longest, len(rest)), 0, -1):
                if code := self.code_of(rest[:length]):
                    count, after = _count(rest[length:])
                    segments = self.segments(after)
                    if segments is not None:
                        return [(code, count), *segments]
        return None

    def nearest(self, written: str) -> tuple[Country, ...]:
        """Return the countries with the names nearest to ``written``, the nearest first."""
        key = _key(re.sub(r"\d+", " ", written[:_LONGEST_NAME]))
        if not key:
            return ()
        near: dict[str, float] = {}
        for name, codes in self._by_name.items():
            if len(name) > 3:  # a code is no name to be near to
                ratio = 1.0 if len(key) > 3 and key in name else SequenceMatcher(None, key, name).ratio()
                near |= {code: max(ratio, near.get(code, 0.0)) for code in codes if ratio >= _IS_NEAR}
        order = sorted(near, key=lambda code: (-near[code], code))
        return tuple(self.countries[code] for code in order[:NEAREST])


class _Reading:
    """What was read of a list so far."""

    def __init__(self, names: CountryNames, meanings: Mapping[str, str]):
        self.names = names
        self.meanings = meanings
        self.found: dict[str, int | None] = {}
        self.unread: list[Unread] = []

    def take(self, part: str) -> None:
        words = _words(part)
        if not words:
            return
        meaning = self.meanings.get(part, "")
        if meaning == LEFT_OUT:
            return
        if meaning in self.names.countries:
            segments: list[tuple[str, int | None]] | None = [(meaning, _last_number(words))]
        else:
            segments = self._segments(part, words)
        if segments is None:
            near = self.names.nearest(part) if len(self.unread) < MOST_UNREAD else ()
            self.unread.append(Unread(part, near))
            return
        wrong = tuple(count for _, count in segments if count is not None and not 0 < count <= LARGEST_COUNT)
        if wrong:
            self.unread.append(Unread(part, (), wrong))
            return
        for code, count in segments:
            self._add(code, count, part)

    def _segments(self, part: str, words: list[str]) -> list[tuple[str, int | None]] | None:
        """What the part names; where it makes no sense with what stands in brackets, what it names without that."""
        if len(words) > MOST_WORDS:
            return None
        segments = self.names.segments(words)
        return self.names.segments(_words(_IN_BRACKETS.sub(" ", part))) if segments is None else segments

    def _add(self, code: str, count: int | None, part: str) -> None:
        before = self.found.get(code)
        if before is not None and count is not None and before != count:
            self.unread.append(Unread(part, (self.names.countries[code],), (before, count)))
        else:
            self.found[code] = before if count is None else count


def _names(country: Country) -> Iterator[str]:
    formal = Bilingual.of(country, "formal_name")
    names = (country.name.ar, country.name.en, formal.ar, formal.en, country.code, *country.spellings.splitlines())
    yield from (name for name in names if name.strip())


def _words(text: str) -> list[str]:
    return _TOKEN.findall(fold(text))


def _key(text: str) -> str:
    """A name without its spaces: people write Côte d'Ivoire in one word, in two and in three."""
    return "".join(_words(text))


def _keys(name: str) -> set[str]:
    """The name, and the same without its article."""
    words = _words(name)
    bare = words[1:] if words[:1] == ["the"] else [words[0].removeprefix("ال"), *words[1:]] if words else []
    return {key for key in ("".join(words), "".join(bare)) if key}


def _after_a_joint(words: list[str]) -> Iterator[list[str]]:
    """The words themselves, and what follows an “and” before them, which Arabic writes at the word itself."""
    yield words
    if words[0] in _BETWEEN:
        yield words[1:]
    elif words[0].startswith("و") and len(words[0]) > 3:
        yield [words[0][1:], *words[1:]]


def _count(words: list[str]) -> tuple[int | None, list[str]]:
    """The number that follows a name, if one does, with what it counts; and the words after it."""
    if not words or not words[0].isdigit():
        return None, words
    rest = words[2:] if len(words) > 1 and words[1] in _PEOPLE else words[1:]
    return int(words[0][:10]), rest


def _last_number(words: list[str]) -> int | None:
    numbers = [int(word[:10]) for word in words if word.isdigit()]
    return numbers[-1] if numbers else None
