"""The letters of a text as they should be: usual forms and digits, no unseen marks, the right way round."""

import re
import unicodedata

from bilingual.search import fold_digits

BULLET = "•"
ARABIC = "\u0621-\u064a"
ARABIC_LETTER = re.compile(f"[{ARABIC}]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\ufb00-\ufb06]")
_BULLETS = re.compile("[\uf000-\uf8ff●▪■◦‣∙·○]")
_UNSEEN = re.compile(
    "[\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_VOWELS = re.compile("[\u064b-\u0652\u0670]")


# Letters that a scanner takes digits for, beside others that it has read.
_MISREAD = re.compile(r"(?<![A-Za-z])[OlI]*\d[\dOlI,]*(?![A-Za-z])")
_DIGITS_MISREAD = str.maketrans("OlI", "011")


def clean(text: str) -> str:
    """Return ``text`` with usual letters and digits, without marks that cannot be seen; line and page ends stay."""
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = unembedded(text)
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _MISREAD.sub(lambda found: found[0].translate(_DIGITS_MISREAD), _persian_mended(text))
    text = _BULLETS.sub(BULLET, fold_digits(unicodedata.normalize("NFC", text)))
    return _VOWELS.sub("", text)


# Words that end in an alef written as a yeh without dots.
_DOTLESS = re.compile(r"\b(?:[ولف]?(?:عل|إل|ال|حت|لد|مد|سو)|(?:ال)?(?:أخر|كبر|صغر|مستو|محتو))ی\b")


def _persian_mended(text: str) -> str:
    """Yeh and kaf of a Persian keyboard, or of a font that shares them, as Arabic writes them."""
    text = text.replace("ک", "ك")
    return _DOTLESS.sub(lambda found: f"{found[0][:-1]}ى", text).replace("ی", "ي")


# What an extractor marks as left to right within Arabic begins with what a reader comes to last.
_EMBEDDED = re.compile("\u202a([^\u202a-\u202c\n]*)\u202c")


def unembedded(text: str) -> str:
    """Return ``text`` with what is marked as left to right in the order it is read in."""
    return _EMBEDDED.sub(_in_reading_order, text)


def _in_reading_order(found: re.Match) -> str:
    text = found[1]
    core = text.lstrip(' .,:;()[]،؛/«»“”"\u200e\u200f')
    if not core:
        return text[::-1]
    before = text[: len(text) - len(core)]
    return f"{core}{before[::-1]}"


def turn_letters(lines: list[str]) -> list[str]:
    """Turn lines whose Arabic letters stand in the order of the page, the last first.

    Where most lines of a document are so, those that tell nothing by themselves are turned, too. Numbers and Latin
    words keep their order, unless its years tell that they are turned with the rest.
    """
    are_numbers_turned = _are_numbers_turned(lines)
    votes = [_mirrored_vote(line) for line in lines]
    enough = 0 if sum(vote > 1 for vote in votes) > sum(vote < -1 for vote in votes) else 2
    is_arabic = [bool(ARABIC_LETTER.search(line)) for line in lines]
    return [
        (line[::-1] if are_numbers_turned else _mirrored(line)) if vote >= enough and arabic else line
        for line, vote, arabic in zip(lines, votes, is_arabic, strict=True)
    ]


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_TURNED = re.compile(r"(?<!\d)\d\d(?:91|02)(?!\d)")


def _are_numbers_turned(lines: list[str]) -> bool:
    """Whether the lines whose letters are turned hold more years that read as such from their end."""
    text = "\n".join(line for line in lines if _mirrored_vote(line) > 0)
    return len(_YEAR_TURNED.findall(text)) > len(_YEAR.findall(text))


def _mirrored_vote(line: str) -> int:
    """Words begin with an article and end in a ta marbuta, not the other way round: how many more do the latter."""
    words = re.findall(f"[{ARABIC}]{{3,}}", line)
    backwards = sum(word.endswith("لا") or word.startswith(("ة", "ى")) for word in words)
    return backwards - sum(word.startswith("ال") or word.endswith(("ة", "ى")) for word in words)


_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z0-9](?:[\w.,:/\-–’'&]*[A-Za-z0-9])?(?:\s+[A-Za-z0-9](?:[\w.,:/\-–’'&]*[A-Za-z0-9])?)*"
)
_MIRROR = str.maketrans("()[]«»“”", ")(][»«”“")


def _mirrored(line: str) -> str:
    """Return the line read from its end; numbers and Latin words keep their own order."""
    kept: list[str] = []

    def keep(found: re.Match) -> str:
        kept.append(found[0])
        return chr(0xE000 + len(kept) - 1)

    turned = _LEFT_TO_RIGHT.sub(keep, line)[::-1].translate(_MIRROR)
    return re.sub("[\ue000-\uefff]", lambda found: kept[ord(found[0]) - 0xE000], turned)
