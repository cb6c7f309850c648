"""Names and abbreviations that texts should use as they are; however many there are, a text is read through once."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bilingual.search import fold, stem
from bilingual.text import Bilingual

_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0640\u064b-\u0652\u0670]|['’](?=[^\W_]))*")
_VOWELS = re.compile(r"[\u0640\u064b-\u0652\u0670]")
_ACRONYM = re.compile(r"[^\W_]+(?:[-&/][^\W_]+)*")
_PART_OF_ACRONYM = re.compile(r"[^\W_]+")
# What Arabic writes together with the word that follows.
_PARTICLES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
# A name of one word is a word of the language as well.
FEWEST_WORDS = 2
# Characters that may stand between an acronym and its full name: " (the ".
_BESIDE = 12

Words = tuple[str, ...]


@dataclass(frozen=True)
class OfficialName:
    """How a body is called in both languages, by which acronym, and what it was called formerly, in either."""

    names: Bilingual
    acronym: str = ""
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Occurrence:
    """A name in a text: its words, where it stands, and how it is written there without a particle before it."""

    words: Words
    start: int
    end: int
    written: str


@dataclass(frozen=True)
class HouseWords:
    """What texts are compared with.

    ``acronyms`` gives to each its full name; ``official`` gives by language to each name, present or former and
    folded into words, how the body is written today.
    """

    acronyms: dict[str, Bilingual] = field(default_factory=dict)
    official: dict[str, dict[Words, str]] = field(default_factory=dict)

    def unexplained(self, text: str, language: str, known: set[str]) -> Iterator[tuple[str, str]]:
        """Yield each acronym of ``text`` with its full name, where that stands neither before it nor beside it.

        Those in ``known`` were met before; what is met here joins them.
        """
        read = _Read(text)
        for acronym, start, end in _first_uses(text, self.acronyms):
            if acronym in known:
                continue
            known.add(acronym)
            name = self.acronyms[acronym].in_(language)
            is_in_brackets = text[start - 1 : start] == "("
            if not (
                not name
                or read.holds(name, language, upto=end + len(name) + _BESIDE)
                or (is_in_brackets and read.nearly_holds(name, upto=start))
            ):
                yield acronym, name

    def spelled_out(self, text: str, language: str) -> str:
        """Return ``text`` with the full name in place of each acronym that is known, also within OIC-TVET."""
        return _PART_OF_ACRONYM.sub(lambda place: self._full(place[0], language), text)

    def _full(self, word: str, language: str) -> str:
        return (self.acronyms[word].in_(language) or word) if word in self.acronyms else word

    def departures(self, text: str, language: str) -> Iterator[tuple[str, str]]:
        """Yield what ``text`` calls a body, and its official name, wherever the two differ."""
        for found in self._occurrences(text, language):
            official = self.official[language][found.words]
            if _plain(found.written, language) != _plain(official, language):
                yield found.written, official

    def without_names(self, text: str, language: str) -> str:
        """Return ``text`` without the names it holds in ``language``."""
        pieces, done = [], 0
        for found in self._occurrences(text, language):
            pieces.append(text[done : found.start])
            done = found.end
        return " ".join([*pieces, text[done:]])

    def _occurrences(self, text: str, language: str) -> Iterator[_Occurrence]:
        """Yield each name in ``text``, the longest where several begin."""
        lengths = self._lengths.get(language, {})
        read = _Read(text) if lengths else _Read("")
        place = 0
        while place < len(read.words):
            found = self._at(read, place, lengths, language)
            if found:
                yield found
            place += len(found.words) if found else 1

    def _at(self, read: "_Read", place: int, lengths: dict[str, list[int]], language: str) -> _Occurrence | None:
        for first, before, said in _without_particles(read.words[place]):
            for length in lengths.get(first, ()):
                words = (first, *read.words[place + 1 : place + length])
                if words in self.official[language]:
                    start, end = read.spans[place][0], read.spans[place + len(words) - 1][1]
                    return _Occurrence(words, start, end, said + read.text[start + before : end])
        return None

    @cached_property
    def _lengths(self) -> dict[str, dict[str, list[int]]]:
        """By language and first word, how many words the names have, the longest first."""
        found: dict[str, dict[str, set[int]]] = {}
        for language, official in self.official.items():
            for words in official:
                found.setdefault(language, {}).setdefault(words[0], set()).add(len(words))
        return {
            language: {word: sorted(sizes, reverse=True) for word, sizes in by_word.items()}
            for language, by_word in found.items()
        }


class _Read:
    """A text as folded words, each with its place."""

    def __init__(self, text: str):
        self.text = text
        found = [(fold(place[0]), place.span()) for place in _TOKEN.finditer(text)]
        self.words = tuple(word for word, _span in found)
        self.spans = [span for _word, span in found]

    def holds(self, name: str, language: str, upto: int) -> bool:
        """Whether ``name``, in any number, stands before the character ``upto``; in Arabic also behind a particle."""
        stems = _Read(name).stems
        if language == "ar" and len(stems) >= FEWEST_WORDS:
            stems = stems[1:]
        count = bisect_right(self._ends, upto)
        return f" {' '.join(stems)} " in f" {' '.join(self.stems[:count])} "

    def nearly_holds(self, name: str, upto: int) -> bool:
        """Whether most words of ``name`` stand right before the character ``upto``, in whatever form."""
        stems = _Read(name).stems
        count = bisect_right(self._ends, upto)
        near = set(self.stems[max(0, count - len(stems) - 1) : count])
        return 2 * len(near & set(stems)) > len(set(stems))

    @cached_property
    def stems(self) -> Words:
        return tuple(stem(word) for word in self.words)

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _start, end in self.spans]


def house_words(names: Iterable[OfficialName], abbreviations: Iterable[tuple[str, Bilingual]] = ()) -> HouseWords:
    """Return what texts are compared with: official names, and abbreviations with their meanings.

    A name that two bodies have, or had, tells nothing and is left out.
    """
    bodies = list(names)
    acronyms = {body.acronym: body.names for body in bodies if body.acronym} | dict(abbreviations)
    return HouseWords(acronyms, {language: _official(bodies, language) for language in ("ar", "en")})


def _official(bodies: list[OfficialName], language: str) -> dict[Words, str]:
    current: dict[Words, set[str]] = {}
    former: dict[Words, set[str]] = {}
    for body in bodies:
        if name := body.names.in_(language):
            current.setdefault(_words(name), set()).add(name)
            for old in body.former:
                former.setdefault(_words(old), set()).add(name)
    known = former | current
    return {words: min(names) for words, names in known.items() if len(words) >= FEWEST_WORDS and len(names) == 1}


def _without_particles(word: str) -> Iterator[tuple[str, int, str]]:
    """Yield what ``word`` may be without a particle, how many letters that takes, and what they swallowed."""
    for particle in _PARTICLES:
        if word.startswith(particle):
            rest = word[len(particle) :]
            yield rest, len(particle), ""
            if particle.endswith("ل") and rest.startswith("ل"):  # للمركز is ل and المركز
                yield f"ا{rest}", len(particle), "ا"


def _first_uses(text: str, acronyms: dict[str, Bilingual]) -> Iterator[tuple[str, int, int]]:
    seen: set[str] = set()
    for place in _ACRONYM.finditer(text):
        if place[0] in acronyms and place[0] not in seen:
            seen.add(place[0])
            yield place[0], *place.span()


def _words(name: str) -> Words:
    return _Read(name).words


def _plain(name: str, language: str) -> list[str]:
    """The words of a name as they are spelled; vowel signs, and capitals in English, do not matter."""
    words = _TOKEN.findall(name)
    return [_VOWELS.sub("", word) for word in words] if language == "ar" else [word.casefold() for word in words]


NO_WORDS = HouseWords()
