"""Facts within the texts that officers write: ``{headcount}`` instead of a number typed by hand.

A placeholder is a name in braces. In an item's own text ``{dates}`` is a fact of that item; anywhere, an id of
`ReportFacts.stated` such as ``{report.participations}`` or ``{2024-003.headcount}``. After a colon it may ask for
another form (`reports.phrases.said.FORMS`): the case of the Arabic sentence, ``{headcount:genitive}``, the figure
alone, ``{headcount:digits}``, or a date with its preposition, ``{dates:when}``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bilingual.languages import other_language
from bilingual.text import Bilingual
from reports.facts import ActivityFacts, ReportFacts
from reports.phrases.said import FORMS, FactWords

_BRACED = re.compile(r"\{([^{}]*)\}")
_INVISIBLE = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
_DIGITS = re.compile(r"\d(?:[\d.,:/٫٬\u061c-]*\d)?")

# What a reader sees where a fact is not known yet.
_AWAITED = {"ar": "الأعداد قيد الانتظار", "en": "figures pending"}
_AWAITED_DAYS = {"ar": "الموعد قيد التحديد", "en": "dates to be determined"}


class ProblemKind(StrEnum):
    """What can be wrong with a text that holds placeholders."""

    UNKNOWN = "unknown"
    AWAITED = "awaited"
    DIGIT = "digit"
    BRACE = "brace"
    MISMATCH = "mismatch"


@dataclass(frozen=True)
class Problem:
    """Something to mend in the text of ``language``; ``excerpt`` is what stands there.

    Of a mismatch, ``language`` is the one whose text does without the placeholder.
    """

    kind: ProblemKind
    language: str
    excerpt: str

    @property
    def message(self) -> str:
        """One sentence, in the active language."""
        return _sentence(self) % {"excerpt": f"\u2068{self.excerpt}\u2069"}


def _sentence(problem: Problem) -> str:
    match problem.kind:
        case ProblemKind.UNKNOWN:
            return _("%(excerpt)s is not a placeholder of this report. Choose one from the list.")
        case ProblemKind.AWAITED:
            return _("%(excerpt)s stands for something that is not known yet. Complete the record, or say it without.")
        case ProblemKind.DIGIT:
            return _(
                "%(excerpt)s is typed by hand. Put a fact placeholder in its place, so that it can never be wrong."
            )
        case ProblemKind.BRACE:
            return _("A brace stands alone. A placeholder has one on each side: %(excerpt)s.")
    if problem.language == "ar":
        return _("Only the English text has %(excerpt)s: both languages state the same facts.")
    return _("Only the Arabic text has %(excerpt)s: both languages state the same facts.")


@dataclass(frozen=True)
class _Piece:
    """A stretch of a text: words, or what stands between two braces, read as a fact and its form."""

    source: str
    fact: str = ""
    form: str = ""


def render_text(
    text: str, facts: ReportFacts | FactWords, language: str, item: ActivityFacts | None = None
) -> SafeString:
    """Return ``text`` as paragraphs, which an empty line parts, with each placeholder as its marked fact.

    One whose fact is not known yet says so in square brackets, as editors mark what is still to come; one that means
    nothing stays as it was typed. An empty text is empty.
    """
    words = _words(facts)
    blocks = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
    told = (format_html("<p data-fixed>{}</p>", _filled(block, words, language, item)) for block in blocks)
    return mark_safe("\n".join(told))  # noqa: S308 -- each was escaped


def problems(text: Bilingual, facts: ReportFacts | FactWords, item: ActivityFacts | None = None) -> list[Problem]:
    """Return what is wrong with a text: the same placeholders in both languages, no number typed by hand.

    Digits within a name that the report itself states are none. A text that is missing in a language is not judged.
    """
    words = _words(facts)
    names = words.names_with_digits
    found = [
        problem for language in ("ar", "en") for problem in _in_one(text.in_(language), language, words, names, item)
    ]
    return list(dict.fromkeys([*found, *_mismatches(text, item)]))


def offered(facts: ReportFacts | FactWords, item: ActivityFacts | None = None) -> list[tuple[str, str, str]]:
    """Return every placeholder that can be filled, with what it reads like in Arabic and in English.

    Those of ``item`` come first, in their short form.
    """
    words = _words(facts)
    own = f"{item.code}." if item else "\0"
    first = sorted(words.values, key=lambda fact: not fact.startswith(own))  # stable: otherwise as stated
    return [(f"{{{fact.removeprefix(own)}}}", words.words(fact, "ar"), words.words(fact, "en")) for fact in first]


def _words(facts: ReportFacts | FactWords) -> FactWords:
    return facts if isinstance(facts, FactWords) else FactWords(facts)


def _pieces(text: str, item: ActivityFacts | None) -> Iterator[_Piece]:
    """Part a text into words and placeholders, in order."""
    end = 0
    for found in _BRACED.finditer(text):
        if found.start() > end:
            yield _Piece(text[end : found.start()])
        name, _colon, form = _INVISIBLE.sub("", found[1]).partition(":")
        fact = name.strip()
        is_short = item is not None and "." not in fact
        yield _Piece(found[0], f"{item.code}.{fact}" if item and is_short else fact or " ", form.strip())
        end = found.end()
    if end < len(text):
        yield _Piece(text[end:])


def _filled(text: str, words: FactWords, language: str, item: ActivityFacts | None) -> SafeString:
    pieces = (_shown(piece, words, language) for piece in _pieces(text, item))
    return mark_safe("".join(pieces))  # noqa: S308 -- each was escaped


def _shown(piece: _Piece, words: FactWords, language: str) -> SafeString:
    if not piece.fact:
        return format_html("{}", piece.source)
    if piece.fact in words.values and piece.form in FORMS:
        return words.marked(piece.fact, language, piece.form)
    if words.is_awaited(piece.fact):
        awaited = _AWAITED_DAYS if piece.fact.endswith((".dates", ".year")) else _AWAITED
        return format_html('<span class="line-waiting">[{}]</span>', awaited[language])
    return format_html('<bdi class="line-waiting" dir="ltr">{}</bdi>', piece.source)


def _in_one(
    text: str, language: str, words: FactWords, names: Iterable[str], item: ActivityFacts | None
) -> Iterator[Problem]:
    for piece in _pieces(text, item):
        if not piece.fact:
            yield from _in_words(piece.source, language, names)
        elif words.is_awaited(piece.fact) and piece.form in FORMS:
            yield Problem(ProblemKind.AWAITED, language, piece.source)
        elif piece.fact not in words.values or piece.form not in FORMS:
            yield Problem(ProblemKind.UNKNOWN, language, piece.source)


def _in_words(text: str, language: str, names: Iterable[str]) -> Iterator[Problem]:
    if re.search("[{}]", text):
        yield Problem(ProblemKind.BRACE, language, "{headcount}")
    for name in names:
        text = text.replace(name, " ")
    for digits in _DIGITS.findall(text):
        yield Problem(ProblemKind.DIGIT, language, digits)


def _mismatches(text: Bilingual, item: ActivityFacts | None) -> Iterator[Problem]:
    if not (text.ar and text.en):
        return
    used = {
        language: {piece.fact: piece.source for piece in _pieces(text.in_(language), item) if piece.fact}
        for language in ("ar", "en")
    }
    for language in ("ar", "en"):
        for fact, source in used[other_language(language)].items():
            if fact not in used[language]:
                yield Problem(ProblemKind.MISMATCH, language, source)
