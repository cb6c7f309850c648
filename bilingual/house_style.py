"""House style of texts in both languages: findings to look at, never a refusal.

`house_style` judges one field. What it should know of the programme's names and abbreviations it is given
(`HouseWords`), so that any number of texts costs no query.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bilingual.fields import ProseField
from bilingual.findings import Finding, Severity, said
from bilingual.house_words import NO_WORDS, HouseWords
from bilingual.languages import other_language
from bilingual.text import Bilingual
from bilingual.text_findings import Text, unprintable

# A finding quotes this many places of a text, each cut to this length.
MOST_EXCERPTS, LONGEST_EXCERPT = 3, 60
# Shorter texts differ in length by accident.
COMPARABLE_LENGTH = 60
SHORTEST_RATIO, LONGEST_RATIO = 0.4, 2.5
# So many words of the other script in a row are a sentence and no name.
PASTED_WORDS = {"ar": 6, "en": 4}
MOST_FOREIGN = 0.6
FEWEST_FOREIGN_LETTERS = 12

_ARABIC = "\u0621-\u064a"
_MARKS = "\u064b-\u0652\u0670"
# A sentence's own mark stands at a word; inside a number (1,284) the Latin comma is right.
_LATIN_MARK = re.compile(rf"[{_ARABIC}][{_MARKS}]*[)\]»”\"']*\s?[,;?]|[,;?](?=\s*[{_ARABIC}])")
_ARABIC_MARK = re.compile(r"[،؛؟]")
_ARABIC_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]+(?:[\u066b\u066c.,/][\u0660-\u0669\u06f0-\u06f9]+)*")
_PREFIX = rf"(?<![{_ARABIC}])(?:[وف]?[بلك]?)"
_MONTHS = re.compile(
    rf"{_PREFIX}((?:كانون|تشرين)\s+(?:ال[أا]ول|الثاني)|شباط|[آا]ذار|نيسان|[أا]يار|حزيران|تموز|[أا]يلول)(?![{_ARABIC}])"
)
# A word of its own as well, so it needs a day or a year beside it.
_AUGUST = re.compile(r"(?:[0-9]\s+|شهر\s+)(آب)\b|\b(آب)(?=\s*(?:/\s*أغسطس|[0-9]{4}))")
_LETTERS = {"ar": re.compile(rf"[{_ARABIC}]"), "en": re.compile(r"[^\W\d_\u0590-\u08ff]")}
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
# What stands in Latin letters in either language: placeholders, addresses, acronyms.
_SET_ASIDE = re.compile(r"\{[^{}\s]*\}|https?://\S+|[\w.+\-]{1,64}@\S+|\b[A-Z0-9][A-Z0-9&/\-]+\b")

_LATIN_MARKS = _("%(text)s: the Arabic text has Latin punctuation: %(excerpts)s. Arabic writes ، ؛ ؟.")
_ARABIC_MARKS = _("%(text)s: the English text has Arabic punctuation: %(excerpts)s.")
_DIGITS = {
    "ar": _("%(text)s: the Arabic text writes %(excerpts)s; our texts write the digits 0 to 9 in both languages."),
    "en": _("%(text)s: the English text writes %(excerpts)s; our texts write the digits 0 to 9 in both languages."),
}
_LEVANTINE = _("%(text)s: our texts name the months يناير to ديسمبر. The Arabic text says %(excerpts)s.")
_FOREIGN = {
    "ar": _("%(text)s: English stands in the Arabic text: %(excerpts)s."),
    "en": _("%(text)s: Arabic stands in the English text: %(excerpts)s."),
}
_SHORT = {
    "ar": _("%(text)s: the Arabic text is far shorter than the English one. See whether something is missing."),
    "en": _("%(text)s: the English text is far shorter than the Arabic one. See whether something is missing."),
}
_ACRONYM = {
    "ar": _("%(text)s: the Arabic text uses these without their full names: %(excerpts)s."),
    "en": _("%(text)s: the English text uses these without their full names: %(excerpts)s."),
}
_NAME = {
    "ar": _("%(text)s: the Arabic text names a body otherwise than officially (as in brackets): %(excerpts)s."),
    "en": _("%(text)s: the English text names a body otherwise than officially (as in brackets): %(excerpts)s."),
}


def house_style(text: Text, words: HouseWords = NO_WORDS) -> Iterator[Finding]:
    """Find where a text departs from the house style, in each language by itself and in comparison: all are notes.

    A text that cannot be printed is not read any further.
    """
    return house_style_of([text], words)


def house_style_of(texts: Iterable[Text], words: HouseWords = NO_WORDS) -> Iterator[Finding]:
    """Find the same in the texts of one record, in the order in which they are read: an acronym counts once."""
    known: dict[str, set[str]] = {"ar": set(), "en": set()}
    for text in texts:
        if any(unprintable(text)):
            continue
        for language in ("ar", "en"):
            if written := text.texts.in_(language):
                for rule in _RULES:
                    yield from rule(text, written, language, words)
                yield from _acronyms(text, written, language, words, known[language])
        yield from _lengths(text, words)


def _found(text: Text, code: str, message: Promise, language: str, excerpts: list[str]) -> Finding:
    sentence = said(message, text=text.name, excerpts=_quoted(excerpts))
    return text.found(code, Severity.NOTE, sentence, language)


def _punctuation(text: Text, written: str, language: str, words: HouseWords) -> Iterator[Finding]:
    pattern, message = (_LATIN_MARK, _LATIN_MARKS) if language == "ar" else (_ARABIC_MARK, _ARABIC_MARKS)
    if found := [_around(written, place) for place in pattern.finditer(written)]:
        yield _found(text, "style-punctuation", message, language, found)


def _digits(text: Text, written: str, language: str, words: HouseWords) -> Iterator[Finding]:
    if found := [place[0] for place in _ARABIC_DIGITS.finditer(written)]:
        yield _found(text, "style-digits", _DIGITS[language], language, found)


def _months(text: Text, written: str, language: str, words: HouseWords) -> Iterator[Finding]:
    if language != "ar":
        return
    found = [place[1] for place in _MONTHS.finditer(written)]
    found += [place[1] or place[2] for place in _AUGUST.finditer(written)]
    if found:
        yield _found(text, "style-months", _LEVANTINE, language, list(dict.fromkeys(found)))


def _foreign(text: Text, written: str, language: str, words: HouseWords) -> Iterator[Finding]:
    """Find the other language in a text: a sentence of it, or more of it than of its own; names are set aside."""
    other = other_language(language)
    rest = _SET_ASIDE.sub(" ", words.without_names(written, other))
    found = [_cut(run) for run in _runs(rest, other) if len(run.split()) >= PASTED_WORDS[language]]
    theirs, own = len(_LETTERS[other].findall(rest)), len(_LETTERS[language].findall(rest))
    if not found and theirs >= FEWEST_FOREIGN_LETTERS and theirs > (theirs + own) * MOST_FOREIGN:
        found = [_cut(rest.strip())]
    if found:
        yield _found(text, "style-language", _FOREIGN[language], language, found)


def _runs(written: str, language: str) -> Iterator[str]:
    """Yield the stretches of words in the letters of ``language``."""
    run: list[str] = []
    for word in _WORD.findall(written):
        if _LETTERS[language].match(word):
            run.append(word)
        elif run:
            yield " ".join(run)
            run = []
    if run:
        yield " ".join(run)


def _acronyms(text: Text, written: str, language: str, words: HouseWords, known: set[str]) -> Iterator[Finding]:
    """Find acronyms without their full names in running text: a title has no room for them."""
    if isinstance(text.target._meta.get_field(text.field), ProseField):
        first = islice(words.unexplained(written, language, known), MOST_EXCERPTS + 1)
        found = [f"{acronym} ({_cut(name)})" for acronym, name in first]
        if found:
            yield _found(text, "style-acronym", _ACRONYM[language], language, found)


def _names(text: Text, written: str, language: str, words: HouseWords) -> Iterator[Finding]:
    if found := [f"{_cut(said_as)} ({_cut(name)})" for said_as, name in words.departures(written, language)]:
        yield _found(text, "style-name", _NAME[language], language, found)


def _lengths(text: Text, words: HouseWords) -> Iterator[Finding]:
    """Find that one language says far less, be its acronyms taken as they stand or for their full names."""
    plain = text.texts
    full = Bilingual(ar=words.spelled_out(plain.ar, "ar"), en=words.spelled_out(plain.en, "en"))
    shorter = {_shorter(plain), _shorter(full)}
    if len(shorter) == 1 and (language := shorter.pop()):
        message = said(_SHORT[language], text=text.name)
        yield text.found("style-length", Severity.NOTE, message, language)


def _shorter(texts: Bilingual) -> str:
    """The language that is far shorter than the other; ``""`` for none, and where there is nothing to compare."""
    lengths = (len(texts.ar), len(texts.en))
    if not all(lengths) or max(lengths) < COMPARABLE_LENGTH:
        return ""
    ratio = lengths[0] / lengths[1]
    if SHORTEST_RATIO <= ratio <= LONGEST_RATIO:
        return ""
    return "ar" if ratio < SHORTEST_RATIO else "en"


_RULES: tuple[Callable[[Text, str, str, HouseWords], Iterator[Finding]], ...] = (
    _punctuation,
    _digits,
    _months,
    _foreign,
    _names,
)


def _around(written: str, place: "re.Match[str]") -> str:
    """The word at which something stands, on one line and cut."""
    start = max(written.rfind(" ", 0, place.start()) + 1, place.start() - LONGEST_EXCERPT // 2)
    end = written.find(" ", place.end())
    return _cut(" ".join(written[start : end if end >= 0 else len(written)].split()))


def _quoted(excerpts: list[str]) -> Bilingual:
    """The excerpts, each once and kept whole in a line of either direction; of many, the first."""
    each_once = list(dict.fromkeys(excerpts))
    shown = [f"\u2068{excerpt}\u2069" for excerpt in each_once[:MOST_EXCERPTS]]
    joined = {mark: mark.join([*shown, "…"] if len(each_once) > MOST_EXCERPTS else shown) for mark in ("، ", ", ")}
    return Bilingual(ar=joined["، "], en=joined[", "])


def _cut(excerpt: str) -> str:
    return excerpt if len(excerpt) <= LONGEST_EXCERPT else f"{excerpt[:LONGEST_EXCERPT]}…"
