"""Findings about bilingual texts: missing, in one language only, left behind, not reviewed, not fit for print."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bilingual.findings import Finding, Severity, said
from bilingual.printable import LONGEST_WORD, MOST_MARKS, Obstacle, obstacle
from bilingual.states import LANGUAGES, MISSING, Progress, TextState
from bilingual.text import Bilingual

# For each language, what is said of a text in it, or of one that lacks it.
_MISSING = {
    "ar": _("%(text)s: the text is in English only."),
    "en": _("%(text)s: the text is in Arabic only."),
}
_STALE = {
    "ar": _("%(text)s: the English text changed after the Arabic one. See whether the Arabic one still agrees."),
    "en": _("%(text)s: the Arabic text changed after the English one. See whether the English one still agrees."),
}
_DRAFT = {
    "ar": _("%(text)s: the Arabic text is a draft that nobody has reviewed."),
    "en": _("%(text)s: the English text is a draft that nobody has reviewed."),
}
_UNPRINTABLE = {
    (Obstacle.LENGTH, "ar"): _("%(text)s: the Arabic text is longer than %(limit)s characters and cannot be printed."),
    (Obstacle.LENGTH, "en"): _(
        "%(text)s: the English text is longer than %(limit)s characters and cannot be printed."
    ),
    (Obstacle.WORD, "ar"): _(
        "%(text)s: a word of the Arabic text is longer than %(limit)s characters and cannot be printed."
    ),
    (Obstacle.WORD, "en"): _(
        "%(text)s: a word of the English text is longer than %(limit)s characters and cannot be printed."
    ),
    (Obstacle.MARKS, "ar"): _(
        "%(text)s: a letter of the Arabic text carries more than %(limit)s marks and cannot be printed."
    ),
    (Obstacle.MARKS, "en"): _(
        "%(text)s: a letter of the English text carries more than %(limit)s marks and cannot be printed."
    ),
}


@dataclass(frozen=True)
class Text:
    """A field in both languages: what it belongs to, how a sentence names it, and whose form holds it."""

    subject: str
    name: str | Promise
    target: Any
    field: str

    @property
    def texts(self) -> Bilingual:
        """What is written."""
        return Bilingual.of(self.target, self.field)

    def found(
        self, code: str, severity: Severity, message: str | Promise, language: str = "ar", *, is_waivable: bool = False
    ) -> Finding:
        """Return a finding at the field in ``language``."""
        return Finding(
            code, severity, self.subject, message, self.target, f"{self.field}_{language}", is_waivable=is_waivable
        )


def field_of(subject: str, record: str | Promise, target: Any, field: str) -> Text:
    """Return a field of ``target``; sentences name it after the ``record`` and what forms call it."""
    label = type(target)._meta.get_field(field).verbose_name
    # Translators: names a text of a record, such as "2024-003, objective".
    return Text(subject, said(_("%(record)s, %(field)s"), record=record, field=label), target, field)


def in_one_language(
    text: Text, severity: Severity, code: str = "text-in-one-language", *, is_waivable: bool = False
) -> Iterator[Finding]:
    """Find that a text lacks the language in which the other one is not missing."""
    written = text.texts
    for language in LANGUAGES:
        if written and not written.in_(language):
            message = said(_MISSING[language], text=text.name)
            yield text.found(code, severity, message, language, is_waivable=is_waivable)


def missing(text: Text, severity: Severity, code: str = "text-missing") -> Iterator[Finding]:
    """Find that a text is written in neither language."""
    if not text.texts:
        yield text.found(code, severity, said(_("%(text)s: nothing is written in either language."), text=text.name))


def left_behind(text: Text, states: dict[tuple[str, str], TextState]) -> Iterator[Finding]:
    """Find that a text did not follow the other language, or waits for its review.

    ``states`` are those of the record (`bilingual.states.states_of`).
    """
    for language in LANGUAGES:
        state = states.get((text.field, language), TextState(MISSING))
        if state.is_stale:
            yield text.found("text-stale", Severity.WARNING, said(_STALE[language], text=text.name), language)
        if state.progress == Progress.DRAFT:
            yield text.found("text-draft", Severity.NOTE, said(_DRAFT[language], text=text.name), language)


def unprintable(text: Text) -> Iterator[Finding]:
    """Find that a text cannot be printed: a blocking finding that nobody can waive."""
    longest = type(text.target)._meta.get_field(text.field).max_length
    limits = {Obstacle.LENGTH: longest, Obstacle.WORD: LONGEST_WORD, Obstacle.MARKS: MOST_MARKS}
    for language in LANGUAGES:
        if reason := obstacle(text.texts.in_(language), longest):
            message = said(_UNPRINTABLE[reason, language], text=text.name, limit=limits[reason])
            yield text.found(f"unprintable-{reason}", Severity.BLOCKING, message, language)
