"""The order of names and titles in a list, the same on every database."""

import unicodedata

from bilingual.languages import active_language

# What the Unicode collation for Arabic (CLDR) holds to be the same letter until all else is equal. A madda counts two.
_SAME_LETTER = str.maketrans({**dict.fromkeys("ءأؤإئ", "ا"), "آ": "اا", "ة": "ت", "ى": "ي", "ـ": None})
# Letters that Persian and Urdu add stand behind the Arabic one that they resemble.
_AFTER = {"ٱ": "ا", "پ": "ب", "چ": "ج", "ژ": "ز", "ک": "ك", "گ": "ك", "ی": "ي", "ہ": "ه"}
_BEHIND = str.maketrans({letter: f"{before}\uffff" for letter, before in _AFTER.items()})
_PLAIN = _SAME_LETTER | _BEHIND
_LATIN_LAST = {chr(code): chr(0xE000 + code) for code in range(ord("a"), ord("z") + 1)}


class _Letters(dict[int, str | None]):
    """What each character weighs in a language, worked out when it is first met."""

    def __init__(self, language: str) -> None:
        self._moved = _LATIN_LAST if language == "ar" else {}

    def __missing__(self, code: int) -> str:
        self[code] = weight = "".join(map(self._weight, _unmarked(chr(code).translate(_PLAIN))))
        return weight

    def _weight(self, letter: str) -> str:
        """A space sorts before other signs, and signs before letters."""
        if letter.isalnum() or letter == "\uffff":
            return self._moved.get(letter, letter)
        return "\x01" if letter == " " else "\x02"


_LETTERS = {language: _Letters(language) for language in ("ar", "en")}


def collation_key(text: str, language: str) -> str:
    """Return what to sort ``text`` by on a page in ``language``.

    The order is that of the Unicode collation for Arabic: all seats of the hamza are one letter with alef, tāʾ
    marbūṭa is one with tāʾ and alef maqṣūra with yāʾ, vowel signs and accents decide only between equals. Arabic
    stands before Latin on an Arabic page, and after it on an English one.
    """
    return f"{text.translate(_LETTERS[language])}\x00{text.swapcase()}"


def alphabetical(name: object) -> str:
    """Return what to sort a name in the active language by: its letters, without the article it begins with.

    ``المغرب`` stands under م and "The Gambia" under G. The hamza of ``ألبانيا`` says that its first two letters are
    no article.
    """
    text = str(name)
    for article in ("ال", "The "):
        text = text.removeprefix(article)
    return collation_key(text, active_language())


def _unmarked(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join([c for c in decomposed if not unicodedata.combining(c)])
