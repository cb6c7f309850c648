"""The gate for stored text: what may be kept, and in which form.

Text arrives from forms, spreadsheets and commands. It is kept in Unicode normal form C, so that equal words are
equal bytes, and without characters that hide or reorder what a reader sees.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

# Less than this explains nothing to whoever reads it a year later: “ok”, “.”, “as agreed”.
_FEWEST_WORDS = 2
_FEWEST_LETTERS = 10

# Line breaks and tabs are the only controls a text may hold; a lone surrogate cannot be stored as UTF-8.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")


@dataclass(frozen=True)
class Bilingual:
    """A text in Arabic and English; as a string, it speaks the active language. A missing text is ``""``."""

    ar: str = ""
    en: str = ""

    @classmethod
    def of(cls, instance: object, field: str) -> "Bilingual":
        """Read both languages of ``field`` from a model instance, without any fallback between them."""
        return cls(ar=getattr(instance, f"{field}_ar") or "", en=getattr(instance, f"{field}_en") or "")

    def in_(self, language: str) -> str:
        """Return the text in ``language`` (``ar`` or ``en``), or ``""`` when there is none."""
        return self.ar if language == "ar" else self.en

    def __str__(self) -> str:
        return self.in_(get_language() or "ar")

    def __bool__(self) -> bool:
        return bool(self.ar or self.en)


def in_both(say: Callable[[], object]) -> Bilingual:
    """Return what ``say`` says in each language: for answers that do not know which one their reader speaks."""
    with override("ar"):
        arabic = str(say())
    with override("en"):
        return Bilingual(ar=arabic, en=str(say()))


def normalise(text: str) -> str:
    """Return ``text`` in normal form C, with line ends as ``\\n`` and no space at either end."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def left_to_right(text: str) -> str:
    """Return ``text``, a code or an address, so that it stays whole inside a line of either direction.

    After an Arabic letter the two numbers of ``2024-007`` would change places (UAX #9, rules W2 and W4).
    """
    return f"\u2066{text}\u2069"


def validate_prose(value: str) -> None:
    """Refuse what no text may hold: control characters, half characters, and direction overrides.

    Ordinary marks of direction and joining (U+200E, U+200F, U+061C, ZWNJ, ZWJ) are part of running Arabic and stay.
    """
    if _UNSTORABLE.search(value):
        raise ValidationError(_("This text holds a control character that cannot be stored. Retype it here."))
    if _OVERRIDES.search(value):
        raise ValidationError(
            _("This text holds an invisible character that reorders what a reader sees. Retype it here.")
        )
    if not _isolates_are_balanced(value):
        raise ValidationError(_("This text opens or closes an invisible isolate on its own. Retype it here."))


def validate_name(value: str) -> None:
    """Refuse, besides what no text may hold, a line break or tab in a name or title."""
    validate_prose(value)
    if re.search(r"[\n\r\t\u2028\u2029]", value):
        raise ValidationError(_("A name or title is a single line."))


def validate_reason_at(field: str, value: str) -> None:
    """Refuse at ``field`` a reason of fewer than two words or ten letters: it is kept for those who read it later."""
    words = [word for word in value.split() if any(map(str.isalpha, word))]
    if len(words) < _FEWEST_WORDS or sum(map(str.isalpha, value)) < _FEWEST_LETTERS:
        message = _(
            "This reason is too short to be understood later. Say why in at least two words, ten letters in all."
        )
        raise ValidationError({field: message})


def _isolates_are_balanced(value: str) -> bool:
    depth = 0
    for mark in _ISOLATES.findall(value):
        depth += -1 if mark == "\u2069" else 1
        if depth < 0:
            return False
    return depth == 0
