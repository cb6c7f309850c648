"""The two languages of the portal: which one is active, which one is the other, which way each is written."""

import unicodedata

from babel import Locale
from django.urls import get_script_prefix
from django.utils.translation import get_language, gettext


def active_language() -> str:
    """Return the language being spoken now, ``ar`` or ``en``; Arabic where translation is switched off."""
    return "en" if (get_language() or "ar").startswith("en") else "ar"


def other_language(language: str) -> str:
    """Return ``en`` for ``ar`` and ``ar`` for ``en``."""
    return "en" if language == "ar" else "ar"


def language_name(code: str, language: str) -> str:
    """Return what the language ``code`` (ISO 639-1) is called in ``language``; ``code`` where it has no name."""
    return str(Locale.parse(language).languages.get(code, code))


def address_in(language: str, address: str) -> str:
    """Return an address of the portal as it is in ``language``: addresses differ in their first part alone.

    One that names no language stays as it is.
    """
    prefix = get_script_prefix()
    other = f"{prefix}{other_language(language)}/"
    return f"{prefix}{language}/{address.removeprefix(other)}" if address.startswith(other) else address


def direction_of(language: str) -> str:
    """Return how ``language`` is written, as HTML's ``dir`` says it: ``rtl`` or ``ltr``."""
    return "rtl" if language == "ar" else "ltr"


def field_in_language(name: str, language: str) -> str:
    """Return what forms call the field ``name`` (a verbose name) that holds its text in ``language``."""
    # Translators: a field of a form, such as "title in Arabic".
    pattern = gettext("%(field)s in Arabic") if language == "ar" else gettext("%(field)s in English")
    return pattern % {"field": name}


def text_direction(text: str) -> str:
    """Return ``rtl`` or ``ltr`` after the first letter of ``text`` that has a direction (UAX #9, rules P2 and P3).

    Text without any such letter (a code, a number) is left to right.
    """
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"
