"""What is missing or does not agree in a record: sentences for people, each with the field where it is mended."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise, lazy
from django.utils.translation import pgettext_lazy

from bilingual.dates import say_date
from bilingual.languages import active_language
from bilingual.numbers import say_number


class Severity(models.TextChoices):
    """How much a finding matters, the gravest first: a blocking one stands in the way of publishing or issuing."""

    BLOCKING = "blocking", pgettext_lazy("severity of a finding", "blocking")
    WARNING = "warning", pgettext_lazy("severity of a finding", "warning")
    NOTE = "note", pgettext_lazy("severity of a finding", "note")


@dataclass(frozen=True)
class Finding:
    """One thing to be looked at.

    ``code`` names the rule, ``subject`` what it was found in by a text that lasts (``2024-003``,
    ``section:introduction``). ``message`` is a sentence in the language of whoever reads it. The form of ``target``, a
    model instance or ``None``, holds the ``field``; ``""`` stands for the record as a whole. ``is_waivable`` says
    whether somebody may let a blocking finding pass for a reason.
    """

    code: str
    severity: Severity
    subject: str
    message: str | Promise
    target: Any = None
    field: str = ""
    is_waivable: bool = False

    @property
    def key(self) -> str:
        """What names this finding from one look to the next, and never a position."""
        return f"{self.code}:{self.subject}:{self.field}"


def _say(message: Any, facts: dict[str, Any]) -> str:
    language = active_language()
    return str(message) % {name: _worded(fact, language) for name, fact in facts.items()}


def _worded(fact: Any, language: str) -> Any:
    if isinstance(fact, date):
        return say_date(fact, language)
    return say_number(fact, language) if isinstance(fact, int) else fact


_lazily: Any = lazy(_say, str)


def said(message: str | Promise, **facts: Any) -> Promise:
    """Return a sentence filled with ``facts``: whole numbers, dates and texts, in the language of whoever reads it."""
    return _lazily(message, facts)
