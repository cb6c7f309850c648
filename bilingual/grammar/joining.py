"""Joining words: lists with "and", and the one-letter Arabic particles that are written onto the next word.

How we write a particle before something that is not an Arabic word:

- before a Latin name ``و`` and the particles stand apart, with a no-break space, so that a lone letter never ends a
  line: ``و KOBIA``, ``لـ KOBIA``;
- before digits, quotation marks and brackets they stand close, as in ``الـ82``: ``و5 ورش عمل``, ``لـ82 خبيرا``;
- the particles that join to the left show it with a tatweel (``لـ``, ``بـ``, ``كـ``, ``فـ``); ``و`` joins to nothing.
"""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

NO_BREAK_SPACE = "\u00a0"
_TATWEEL = "\u0640"

# Marks of direction and isolation, which a name may open with and which are not its first letter.
_INVISIBLE = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"

# Words whose alef and lam are their own, not the article: verbal nouns of form VIII on roots that begin with lam.
_OWN_ALEF_LAM = re.compile(r"الت(?:زام|حاق|قاء|ماس|هاب|باس|ئام|فات|فاف|قاط|واء|هام|حام|جاء)(?:ات|ها|هم|ه|نا|ا)?(?!\w)")


def join(items: Sequence[str], language: str) -> str:
    """Return ``items`` as one list: ``أ وب وج``, ``a, b and c``. Nothing gives ``""``.

    Three or more items that contain an "and" or a comma themselves (names of ministries do) are set apart by commas,
    or in English by semicolons, so that a reader sees where each one ends; in English a comma of the first
    of two is closed by another. If an item is HTML marked safe, the others are escaped and the list is marked safe.
    """
    if any(isinstance(item, SafeString) for item in items):
        escaped = [str(conditional_escape(item)) for item in items]
        return mark_safe(_join(escaped, language))  # noqa: S308 -- every item was escaped or marked safe before
    return _join(list(items), language)


def _join(items: list[str], language: str) -> str:
    if not items:
        return ""
    if language == "ar":
        apart = "، " if len(items) > 2 and any(re.search(r" و|،", _shown(item)) for item in items) else " "
        return apart.join([items[0], *(_prefixed("و", item) for item in items[1:])])
    *first, last = items
    if not first:
        return last
    separator, final = _english_separators(items)
    return f"{separator.join(first)}{final}{last}"


def _english_separators(items: list[str]) -> tuple[str, str]:
    shown = [_shown(item) for item in items]
    if len(items) > 2 and any("," in item for item in shown):
        return "; ", "; and "
    if len(items) > 2 and any(" and " in item for item in shown):
        return ", ", ", and "
    if len(items) == 2 and "," in shown[0]:
        return "", ", and "
    return ", ", " and "


def attach(particle: str, name: str) -> str:
    """Return the Arabic ``particle`` (ل, ب, ك, و or ف) written onto ``name``, which is plain text, not HTML.

    After ل the article loses its alef (``للجامعة``), and its lam too before a third one (``للجنة``). Raises
    ``ValueError`` for any other particle.
    """
    if particle not in ("ل", "ب", "ك", "و", "ف"):
        raise ValueError(f"not a particle of one letter: {particle!r}")
    word = name.lstrip(_INVISIBLE)
    marks = name[: len(name) - len(word)]
    if particle == "ل" and word.startswith("الل"):
        return f"{marks}ل{word.removeprefix('ال')}"
    if particle == "ل" and word.startswith("ال") and not _OWN_ALEF_LAM.match(word):
        return f"{marks}ل{word.removeprefix('ا')}"
    # Inside an isolate the particle can still join the letter after it.
    return f"{marks}{particle}{word}" if _first_is_arabic(word) else _prefixed(particle, name)


def _prefixed(particle: str, item: str) -> str:
    joined = particle if particle == "و" else f"{particle}{_TATWEEL}"
    shown = _shown(item)
    if not shown or _first_is_arabic(shown):
        return f"{particle}{item}"
    apart = NO_BREAK_SPACE if unicodedata.bidirectional(shown[0]) == "L" else ""
    return f"{joined}{apart}{item}"


def _first_is_arabic(text: str) -> bool:
    return bool(text) and unicodedata.bidirectional(text[0]) == "AL"


def _shown(item: str) -> str:
    """Return what a reader sees of an item, from its first visible character on."""
    return (strip_tags(item) if isinstance(item, SafeString) or "<" in item else item).lstrip(_INVISIBLE)
