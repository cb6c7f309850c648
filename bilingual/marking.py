"""Words of a search where they stand in a text, found as search finds them and shown as they were written."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bilingual.search import query_words, search_document, word_forms

# A letter or digit, and what search passes over inside a word: vowel signs, accents, marks of direction, apostrophes.
_WRITTEN = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
    r"|[\u00ad\u061c\u200b-\u200f\u2060\u2066-\u2069\ufeff]|['’‘ʼʿʾ`](?=[^\W_]))*"
)


def written_words(text: str) -> list[str]:
    """Return the words of ``text`` as they are written, without what stands between them."""
    return _WRITTEN.findall(text)


def forms_of(query: str) -> tuple[str, ...]:
    """Return every form of every word of a query, to be marked in many texts."""
    return tuple({form: None for word in query_words(query) for form in word_forms(word)})


def mark(text: str, forms: Sequence[str]) -> SafeString:
    """Return ``text`` escaped, the words that hold one of ``forms`` (`forms_of` a query) inside ``<mark>``.

    Whole words are marked: a mark that begins inside an Arabic word would part letters that are joined.
    """
    shown, end = [], 0
    for found in _WRITTEN.finditer(text) if forms else ():
        if any(form in _document(found[0]) for form in forms):
            shown += [conditional_escape(text[end : found.start()]), format_html("<mark>{}</mark>", found[0])]
            end = found.end()
    return mark_safe("".join([*shown, conditional_escape(text[end:])]))  # noqa: S308 -- every part is escaped


@lru_cache(maxsize=4096)
def _document(word: str) -> str:
    return search_document(word)
