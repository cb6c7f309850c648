"""Whether the words of a page are in its language."""

import re

from check_messages import LATIN_WORDS

ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]+")
# Names, addresses and files are the same in every language, and so are acronyms: OIC, IsDB.
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\b\w[\w-]*(?:\.[\w-]+)+\b")
NAMES = LATIN_WORDS | {"Excel", "LibreOffice", "Windows", "Word", "xlsx", "csv"}
NAMES |= {"alpha"}  # of the standard: ISO 3166-1 alpha-3
NAMES |= {"Alt", "Ctrl", "Enter", "Esc", "Shift", "Tab"}  # on the keys themselves
# A help text may quote how a sentence goes in the other language, and what is isolated stands as in a `<bdi>`.
QUOTED = re.compile("“[^”]*”|«[^»]*»|\u2068[^\u2069]*\u2069")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")


def untranslated(text, language):
    """Return what of ``text``, which is said to be in ``language`` (``ar``, ``en``), is not; nothing where all is."""
    words = QUOTED.sub(" ", " ".join(text.split()))
    if language == "en":
        return " ".join(ARABIC.findall(words))
    return " ".join(filter(_is_english, LATIN.findall(ADDRESS.sub(" ", words))))


def _is_english(word):
    return len(word) > 1 and word not in NAMES and sum(map(str.isupper, word)) < 2
