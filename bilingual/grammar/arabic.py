"""Arabic nouns: the forms a noun takes beside a number, and which number asks for which form.

Words are written without vowel signs, as the programme's reports are, so only differences that show in letters are
kept apart: ون and ين, ان and ين, and the alef that ends an indefinite accusative.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bilingual.grammar.joining import join
from bilingual.numbers import say_number


class Case(StrEnum):
    """The grammatical case a sentence asks of a noun; English does not show it.

    A subject is nominative, an object is accusative, and what follows a preposition or another noun is genitive.
    ``OBLIQUE`` is another name of the genitive, for whoever needs "not the nominative" of a dual or a plural.
    """

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    ACCUSATIVE = "accusative"
    OBLIQUE = "genitive"


@dataclass(frozen=True)
class ArabicNoun:
    """A noun, or a noun with its adjectives, in every form that counting needs.

    ``gender`` is ``m`` or ``f``, that of the singular. Singular, dual and plural are indefinite and nominative.
    Whatever is not given is worked out from them, which is right for regular words. Give what is irregular: the
    oblique of a plural that ends in ون without being a sound one (شؤون), the accusative of a diptote (أخضر), the
    definite form of a word whose first letter changes (امرأة, المرأة).

    Two kinds of phrases need no help. In a construct (ورشة عمل) the dual has lost its nun (ورشتا عمل), by which we
    know it. A complement that opens with a preposition (ندوة عبر الإنترنت) never changes, and what we add to the
    noun goes before it.
    """

    gender: str
    singular: str
    dual: str
    plural: str
    accusative: str = ""
    dual_oblique: str = ""
    plural_oblique: str = ""
    plural_accusative: str = ""
    definite: str = ""
    definite_dual: str = ""
    definite_dual_oblique: str = ""
    definite_plural: str = ""
    definite_plural_oblique: str = ""

    def __post_init__(self) -> None:
        if self.gender not in ("m", "f") or not (self.singular and self.dual and self.plural):
            raise ValueError("an Arabic noun needs its gender (m or f), its singular, its dual and its plural")
        construct = not self.dual.split()[0].endswith("ان")
        self._derive("accusative", _accusative(self.singular, construct=construct))
        self._derive("dual_oblique", _oblique(self.dual, _DUAL, construct=construct))
        self._derive("plural_oblique", _oblique(self.plural, _PLURAL, construct=construct))
        self._derive("plural_accusative", self.plural_oblique)
        self._derive("definite", _definite(self.singular, construct=construct))
        # A definite form given by hand shows its own oblique better than the indefinite one does.
        if self.definite_dual:
            self._derive("definite_dual_oblique", _oblique(self.definite_dual, _DUAL, construct=construct))
        if self.definite_plural:
            self._derive("definite_plural_oblique", _oblique(self.definite_plural, _PLURAL, construct=construct))
        self._derive("definite_dual", _definite(self.dual, construct=construct))
        self._derive("definite_dual_oblique", _definite(self.dual_oblique, construct=construct))
        self._derive("definite_plural", _definite(self.plural, construct=construct))
        self._derive("definite_plural_oblique", _definite(self.plural_oblique, construct=construct))

    def _derive(self, name: str, value: str) -> None:
        if not getattr(self, name):
            object.__setattr__(self, name, value)

    def in_singular(self, case: Case, *, definite: bool = False) -> str:
        """Return the noun alone in the singular: ``بلد عضو``, ``بلدا عضوا``, ``البلد العضو``."""
        if definite:
            return self.definite
        return self.accusative if case is Case.ACCUSATIVE else self.singular

    def in_dual(self, case: Case, *, definite: bool = False) -> str:
        """Return the dual: ``مشاركان``, ``مشاركين``, ``المشاركان``, ``المشاركين``."""
        if case is Case.NOMINATIVE:
            return self.definite_dual if definite else self.dual
        return self.definite_dual_oblique if definite else self.dual_oblique

    def in_plural(self, case: Case, *, definite: bool = False) -> str:
        """Return the plural: ``مشاركون``, ``مشاركين``, ``المشاركون``, ``المشاركين``."""
        if definite:
            return self.definite_plural if case is Case.NOMINATIVE else self.definite_plural_oblique
        if case is Case.ACCUSATIVE:
            return self.plural_accusative
        return self.plural if case is Case.NOMINATIVE else self.plural_oblique


def plural_class(n: int) -> str:
    """Return the class CLDR puts the whole number ``n`` in for Arabic.

    One of ``zero``, ``one``, ``two``, ``few`` (3 to 10 of every hundred), ``many`` (11 to 99), ``other`` (100 to 102,
    200 and so on). CLDR looks at the absolute value.
    """
    n = abs(n)
    if n <= 2:
        return ("zero", "one", "two")[n]
    match n % 100:
        case rest if 3 <= rest <= 10:
            return "few"
        case rest if rest >= 11:
            return "many"
    return "other"


def beside_number(n: int, noun: ArabicNoun) -> str:
    """Return the form of ``noun`` that stands after the digits of ``n``, whatever the case of the whole.

    Nothing stands after a spoken 1 or 2: for these it is the form that says the number by itself.
    """
    match plural_class(n):
        case "zero" | "few":
            return noun.plural_oblique
        case "one" | "other":
            return noun.singular
        case "two":
            return noun.dual
    return noun.accusative


def arabic_counted(n: int, nouns: tuple[ArabicNoun, ...], case: Case, *, definite: bool) -> str:
    """Return the nouns counted together; ``bilingual.grammar.counted`` explains."""
    match plural_class(n):
        case "zero":  # لا makes a plural take the letters of its accusative; nothing definite can follow it
            return "لا " + " ولا ".join(noun.plural_oblique for noun in nouns)
        case "one":
            return join([_one(noun, case, definite=definite) for noun in nouns], "ar")
        case "two":
            return join([noun.in_dual(case, definite=definite) for noun in nouns], "ar")
    if definite:
        *first, last = [noun.in_plural(case, definite=True) for noun in nouns]
        return join([*first, _before_complement(last, f"الـ{say_number(n, 'ar')}")], "ar")
    return f"{say_number(n, 'ar')} {join([beside_number(n, noun) for noun in nouns], 'ar')}"


def _one(noun: ArabicNoun, case: Case, *, definite: bool) -> str:
    if definite:
        return noun.definite
    masculine = "واحدا" if case is Case.ACCUSATIVE else "واحد"
    return _before_complement(noun.in_singular(case), masculine if noun.gender == "m" else "واحدة")


# A complement starts at the first of these prepositions, or at a word that begins with ل and the article.
_COMPLEMENT = re.compile(r" (?:(?:عبر|لصالح|لفائدة|في|من|عن|على|إلى|حول|بشأن|بين|مع|قبل|بعد|ضمن)(?: |$)|لل)")


def _split_complement(phrase: str) -> tuple[str, str]:
    """Part a phrase into the noun with its adjectives, which take endings and articles, and the unchanging rest."""
    found = _COMPLEMENT.search(phrase)
    return (phrase[: found.start()], phrase[found.start() :]) if found else (phrase, "")


def _before_complement(phrase: str, addition: str) -> str:
    head, complement = _split_complement(phrase)
    return f"{head} {addition}{complement}"


def _change(phrase: str, change: Callable[[int, str], str]) -> str:
    """Return ``phrase`` with each word before its complement passed, with its place, through ``change``."""
    head, complement = _split_complement(phrase)
    return " ".join(change(place, word) for place, word in enumerate(head.split())) + complement


def _definite(phrase: str, *, construct: bool) -> str:
    """Add the article to each word; the first word of a construct is made definite by the second."""
    return _change(phrase, lambda place, word: word if construct and place == 0 else _with_article(place, word))


# Adjectives whose first letter is a waw of their own; in other words after the first one it is "and".
_OWN_WAW = re.compile("و(?:طني|زاري|ظيفي|اقعي|اسع|اعد|ثائقي|قائي|سيط|صفي|حيد)")


def _with_article(place: int, word: str) -> str:
    if place and word.startswith("و") and not _OWN_WAW.match(word):
        return f"وال{word.removeprefix('و')}"
    return f"ال{word}"


def _accusative(phrase: str, *, construct: bool) -> str:
    """Add the alef of an indefinite accusative; neither member of a construct has it, their adjectives do."""
    return _change(phrase, lambda place, word: word if construct and place < 2 else _with_alef(word))


def _with_alef(word: str) -> str:
    if word.endswith(("ة", "اء", "أ", "ى", "ا")):
        return word
    return f"{word[:-1]}ئا" if word.endswith("يء") else f"{word}ا"


@dataclass(frozen=True)
class _Endings:
    """How the nominative of a number ends and what its oblique has instead; in a construct the nun is gone."""

    nominative: str
    oblique: str


_DUAL = _Endings("ان", "ين")
_PLURAL = _Endings("ون", "ين")


def _oblique(phrase: str, endings: _Endings, *, construct: bool) -> str:
    """Turn the endings of a dual or a sound masculine plural into those of the accusative and genitive."""

    def turn(place: int, word: str) -> str:
        if construct and place == 1:  # already in the genitive, and no part of what is counted
            return word
        drop = 1 if construct and place == 0 else 0
        old, new = (ending[: len(ending) - drop] for ending in (endings.nominative, endings.oblique))
        return word.removesuffix(old) + new if word.endswith(old) else word

    return _change(phrase, turn)
