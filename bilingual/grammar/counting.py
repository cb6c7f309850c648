"""Nouns in both languages, and the phrases that count them."""

from dataclasses import dataclass

from bilingual.grammar.arabic import ArabicNoun, Case, arabic_counted, beside_number
from bilingual.grammar.english import EnglishNoun, english_counted, english_label
from bilingual.grammar.joining import join


@dataclass(frozen=True)
class Noun:
    """What is counted, in both languages; ``persons`` says that it names people."""

    ar: ArabicNoun
    en: EnglishNoun
    persons: bool = False


@dataclass(frozen=True)
class Compound:
    """Several nouns under one number: 82 experts and executives.

    ``alone`` is what one or two of them are called, since neither "an expert and executive" nor two of such mix
    is what the figure means. English needs it for one only.
    """

    nouns: tuple[Noun, ...]
    alone: Noun


def counted(n: int, noun: Noun | Compound, language: str, case: Case = Case.NOMINATIVE, definite: bool = False) -> str:
    """Return ``n`` of ``noun`` in words and digits, in the ``case`` an Arabic sentence asks for.

    Arabic says one and two by the noun itself (``بلد عضو واحد``, ``بلدان عضوان``), writes 3 and more in digits with
    the form its CLDR class asks for, and puts the number of something definite behind it (``المشاركون الـ82``).
    Nothing is "no participants", ``لا مشاركين``, definite or not.
    """
    if language == "ar":
        return arabic_counted(n, _arabic(_said_of(n, noun, language)), case, definite=definite)
    return english_counted(n, _english(_said_of(n, noun, language)), definite=definite)


def counted_label(n: int, noun: Noun | Compound, language: str) -> str:
    """Return ``noun`` as it stands under a figure ``n`` shown by itself.

    Under 12 it is ``نشاطا منجزا``, under 1 ``نشاط منجز``, under 2 ``نشاطان منجزان``.
    """
    nouns = _said_of(n, noun, language)
    if language == "ar":
        return join([beside_number(n, each) for each in _arabic(nouns)], "ar")
    return english_label(n, _english(nouns))


def plural(noun: Noun | Compound, language: str, case: Case = Case.NOMINATIVE, definite: bool = False) -> str:
    """Return ``noun`` in the plural without a number, for a sentence whose figure is not known.

    ``لصالح`` + ``خبراء ومديرين تنفيذيين``, "for" + "experts and executives".
    """
    nouns = _parts(noun)
    if language == "ar":
        return join([each.in_plural(case, definite=definite) for each in _arabic(nouns)], "ar")
    return f"{'the ' if definite else ''}{english_label(0, _english(nouns))}"


def _parts(noun: Noun | Compound) -> tuple[Noun, ...]:
    return noun.nouns if isinstance(noun, Compound) else (noun,)


def _said_of(n: int, noun: Noun | Compound, language: str) -> tuple[Noun, ...]:
    if isinstance(noun, Compound) and (abs(n) == 1 or (abs(n) == 2 and language == "ar")):
        return (noun.alone,)
    return _parts(noun)


def _arabic(nouns: tuple[Noun, ...]) -> tuple[ArabicNoun, ...]:
    return tuple(noun.ar for noun in nouns)


def _english(nouns: tuple[Noun, ...]) -> tuple[EnglishNoun, ...]:
    return tuple(noun.en for noun in nouns)
