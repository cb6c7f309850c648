"""Damage that the parser was not written against: `bench/former_reports.py` measures it apart from the other kinds.

Written before the rules of the parser were read and never run while they were changed, so that what it shows was not
mended afterwards. Whoever mends the parser for one of these moves it to `once_unseen_damage.py` and writes another
here.
"""

import html
import re
from random import Random

ARABIC = "\u0621-\u064a"
STAMPS = {"ar": "مسودة غير نهائية", "en": "DRAFT – NOT FINAL"}


def numbered_lines(text: str, language: str, chance: Random) -> str:
    """Every fifth line begins with its number, as drafts for discussion have it in the margin."""
    lines = text.split("\n")
    return "\n".join(f"{n} {line}" if n % 5 == 0 else line for n, line in enumerate(lines, start=1))


def quoted_lines(text: str, language: str, chance: Random) -> str:
    """Every line is marked as quoted, as in the answer to a letter."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def marks_of_markup(text: str, language: str, chance: Random) -> str:
    """Signs come as a page writes them in its source, and some words with the marks of bold print."""
    named = re.sub("[«»“”‘’–—]", lambda found: f"&#{ord(found[0])};", html.escape(text))
    spaced = re.sub(" ", lambda found: "&nbsp;" if chance.random() < 1 / 20 else " ", named)
    return re.sub(
        r"(?<![&#\w])[^\W\d_]{4,}(?!\w|;)",
        lambda found: f"<b>{found[0]}</b>" if chance.random() < 1 / 30 else found[0],
        spaced,
    )


def marks_of_another_encoding(text: str, language: str, chance: Random) -> str:
    """Quotation marks and dashes were read in an encoding that is not theirs."""
    return re.sub("[«»“”‘’–—]", lambda found: found[0].encode().decode("cp1252", "replace"), text)


def doubled_letters(text: str, language: str, chance: Random) -> str:
    """One line in ten has every letter and digit twice, as bold that was printed twice a hair apart."""

    def doubled(line: str) -> str:
        return re.sub(r"\w", lambda found: found[0] * 2, line) if chance.random() < 1 / 10 else line

    return "\n".join(map(doubled, text.split("\n")))


def split_numbers(text: str, language: str, chance: Random) -> str:
    """One number in ten has a space between two of its digits."""

    def split(found: re.Match) -> str:
        if chance.random() > 1 / 10:
            return found[0]
        place = chance.randrange(1, len(found[0]))
        return f"{found[0][:place]} {found[0][place:]}"

    return re.sub(r"\d{2,}", split, text)


def stamped(text: str, language: str, chance: Random) -> str:
    """The words of a stamp across the page stand among the words of one line in fifteen."""

    def stamp(line: str) -> str:
        words = line.split(" ")
        if len(words) < 4 or chance.random() > 1 / 15:
            return line
        place = chance.randrange(1, len(words))
        return " ".join([*words[:place], STAMPS[language], *words[place:]])

    return "\n".join(map(stamp, text.split("\n")))


def letters_without_hamza(text: str, language: str, chance: Random) -> str:
    """Letters are plain: alef has no hamza, and what ends in teh marbuta or alef maksura ends in heh or yeh."""
    if language != "ar":
        return text
    return text.translate(str.maketrans("أإآةىؤئ", "اااهيوي"))


def small_letters(text: str, language: str, chance: Random) -> str:
    """Half of the lines have no capital letter."""
    if language != "en":
        return text
    return "\n".join(line.lower() if chance.random() < 1 / 2 else line for line in text.split("\n"))


def words_one_by_one(text: str, language: str, chance: Random) -> str:
    """One line in eight comes with a line for each of its words."""
    return "\n".join(
        "\n".join(line.split()) if line.strip() and chance.random() < 1 / 8 else line for line in text.split("\n")
    )


def cropped(text: str, language: str, chance: Random) -> str:
    """The last two signs of one line in thirty lie beyond the edge of the page."""
    return "\n".join(line[:-2] if len(line) > 40 and chance.random() < 1 / 30 else line for line in text.split("\n"))


def lines_without_spaces(text: str, language: str, chance: Random) -> str:
    """One line in fifteen has no space."""
    return "\n".join(line.replace(" ", "") if chance.random() < 1 / 15 else line for line in text.split("\n"))


def lines_run_together(text: str, language: str, chance: Random) -> str:
    """One line in six goes on with the next one, without a space."""
    return re.sub("\n+", lambda found: "" if chance.random() < 1 / 6 else found[0], text)


UNSEEN = (
    numbered_lines,
    quoted_lines,
    marks_of_markup,
    marks_of_another_encoding,
    doubled_letters,
    split_numbers,
    stamped,
    letters_without_hamza,
    small_letters,
    words_one_by_one,
    cropped,
    lines_without_spaces,
    lines_run_together,
)
