"""Search that finds a word however it was typed: one stored column of folded text, and the filter that asks it.

The column is filled by ``search_document`` and asked by ``search_filter``, the same on every database. Folding
removes what writers of Arabic leave out or vary (hamza, ta marbuta, alef maqsura, vowel signs, tatweel) and the
accents of Latin letters. Stemming takes off an article or a suffix, so that a word is found with or without it.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

from django.db.models import Q

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 12

_DIGITS = str.maketrans(
    {
        **{chr(0x0660 + n): str(n) for n in range(10)},  # Arabic-Indic
        **{chr(0x06F0 + n): str(n) for n in range(10)},  # Persian and Urdu
    }
)

# Hamza on a carrier and accents fall away with the combining marks; these letters have no decomposition.
_LETTERS = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ء": None,
        # What a Persian or Urdu keyboard types for ي, ك and ه.
        "ی": "ي",
        "ک": "ك",
        "ہ": "ه",
        "ھ": "ه",
        "ı": "i",  # Turkish
        "ə": "a",  # Azerbaijani
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        # Within a word an apostrophe is often left out: d'Ivoire, Qur'an.
        "'": None,
        "’": None,
        "‘": None,
        "ʼ": None,
        "ʿ": None,
        "ʾ": None,
        "`": None,
    }
)

# Tatweel, and marks that cannot be seen: of joining, direction, isolation, and the soft hyphen.
_INVISIBLE = re.compile("[\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_TOKEN = re.compile(r"[^\W_]+")

# The longest comes first. A particle alone is left to the query: وزارة and بلد begin with letters of their own.
_ARTICLES = ("وبال", "وكال", "فبال", "وال", "بال", "كال", "فال", "ولل", "فلل", "لل", "ال")
_SUFFIXES = ("يات", "تان", "تين", "ات", "ون", "ين", "ان", "تا", "تي", "يه", "ها", "هم", "ه", "ي", "ا")
_STEM_LENGTH = 3
_REMEMBERED = 40  # characters: longer ones are no words of a language
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "لبك"


def fold_digits(text: str) -> str:
    """Return ``text`` with Arabic-Indic and Persian digits written as 0 to 9."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """Return ``text`` as search compares it: lower case, without marks, one letter for all forms of a letter.

    Compatibility forms are resolved first (NFKD), which also repairs Arabic pasted from a PDF.
    """
    text = _without_marks(_INVISIBLE.sub("", fold_digits(text)))
    text = _without_marks(text.casefold())  # some capitals leave a mark behind: İ
    return text.translate(_LETTERS)


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))


def stem(token: str) -> str:
    """Return a folded word without its article and one suffix, as long as three letters remain.

    English words lose the s of a plural (Harman's S-stemmer).
    """
    if not "\u0600" <= token[:1] <= "\u06ff":
        return _english_stem(token)
    for article in _ARTICLES:
        if token.startswith(article) and len(token) - len(article) >= _STEM_LENGTH:
            token = token.removeprefix(article)
            break
    for suffix in _SUFFIXES:
        if token.endswith(suffix) and len(token) - len(suffix) >= _STEM_LENGTH:
            return token.removesuffix(suffix)
    return token


def _english_stem(token: str) -> str:
    if len(token) <= _STEM_LENGTH or token.endswith(("us", "ss")):
        return token
    if token.endswith("ies") and not token.endswith(("aies", "eies")) and len(token) > _STEM_LENGTH + 1:
        return f"{token.removesuffix('ies')}y"
    return token.removesuffix("s")


def search_document(*texts: str | None) -> str:
    """Return what to store so that ``texts``, in either language, can be found: folded words and stems, each once.

    A space stands before and after every word. Missing texts are passed over.
    """
    words: dict[str, None] = {}
    for text in texts:
        for word in (text or "").split():
            words.update(_remembered(word) if len(word) <= _REMEMBERED else _words_of(word))
    return f" {' '.join(words)} " if words else ""


def search_filter(query: str, field: str = "search") -> Q:
    """Return the condition that every word of ``query`` is found in ``field``, a column of ``search_document``.

    An empty query asks for nothing and matches every row; one without a letter or digit matches none. At most 200
    characters and 12 words are considered. The lookup is a case-sensitive ``contains``, on text that is folded
    already: ``icontains`` would keep PostgreSQL from using its index.
    """
    condition = Q()
    for word in query_words(query):
        condition &= word_filter(word, field)
    return condition


def query_words(query: str) -> list[str]:
    """Return the folded words of what somebody typed, to be asked one by one; nothing typed gives no words.

    Something typed without a letter or digit gives one empty word, which ``word_filter`` finds nowhere.
    """
    query = query.strip()[:MAX_QUERY_LENGTH]
    return (_tokens(query)[:MAX_QUERY_WORDS] or [""]) if query else []


def word_filter(word: str, field: str = "search") -> Q:
    """Return the condition that ``field`` holds ``word`` (one of ``query_words``) in one of its forms."""
    if not word:
        return Q(pk__in=[])
    condition = Q()
    for form in word_forms(word):
        condition |= Q(**{f"{field}__contains": form})
    return condition


def holds(document: str, query: str) -> bool:
    """Whether every word of ``query`` is in ``document``, as ``search_filter`` asks the database."""
    words = query_words(query)
    return all(word and any(form in document for form in word_forms(word)) for word in words)


def _words_of(word: str) -> dict[str, None]:
    """Return what a word between two spaces is found by: its tokens, each with its stem."""
    return dict.fromkeys(form for token in _tokens(word) for form in (token, stem(token)))


# The words of a profession are few, and each costs a hundred times more to fold than to remember.
_remembered = lru_cache(maxsize=20_000)(_words_of)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(fold(text))


def word_forms(token: str) -> list[str]:
    """Return what to look for in a ``search_document`` for a folded word, any of which will do; none for ``""``.

    The stem, and stems of what may follow a conjunction, a preposition, or both. The length is that of the typed word:
    كفاءة is found from بكفاءة, though little of either is left as a stem.
    """
    if not token:
        return []
    if len(token) < _STEM_LENGTH:
        return [f" {token}"]  # the start of a word; anywhere else two letters mean nothing
    rests = [token]
    if len(token) >= 5 and token[0] in _CONJUNCTIONS + _PREPOSITIONS:
        rests.append(token[1:])
        if len(token) >= 6 and token[0] in _CONJUNCTIONS and token[1] in _PREPOSITIONS:
            rests.append(token[2:])
    stems = (stem(rest) for rest in rests)
    return list(dict.fromkeys(found for found in stems if len(found) >= _STEM_LENGTH))
