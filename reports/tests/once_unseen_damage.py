"""Damage that the parser was first measured with blind, and was mended for afterwards.

It is kept apart from `damage.py` because the two were written at different times; neither is a blind measurement any
more. `unseen_damage.py` is.
"""

import re
from random import Random

LATIN = "A-Za-z"
ARABIC = "\u0621-\u064a"
RUNNING_WORDS = {"ar": "تقرير مرحلي عن التدريب المهني", "en": "Progress report on vocational training"}
FOOTNOTES = {"ar": "انظر الموقع الإلكتروني للمزيد من المعلومات.", "en": "See the website for more information."}


def hyphenated_at_line_ends(text: str, language: str, chance: Random) -> str:
    """Lines end within words: behind a hyphen in English, without a sign in Arabic."""
    lines, line = [], ""
    for word in re.split(r"[ \n]+", text):
        if len(line) + len(word) > 70:
            cut = len(word) // 2 if len(word) > 5 and word.isalpha() else 0
            sign = "-" if cut and language == "en" else ""
            lines.append(f"{line} {word[:cut]}{sign}".strip())
            line = word[cut:]
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def letters_set_apart(text: str, language: str, chance: Random) -> str:
    """One line in twelve has a space between all of its letters, and two between its words."""

    def spaced(line: str) -> str:
        return "  ".join(" ".join(word) for word in line.split()) if chance.random() < 1 / 12 else line

    return "\n".join(map(spaced, text.split("\n")))


def lines_twice(text: str, language: str, chance: Random) -> str:
    """One line in eight comes twice, as bold that was printed twice."""
    return "\n".join(
        line for line in text.split("\n") for _ in range(2 if line.strip() and chance.random() < 1 / 8 else 1)
    )


def running_words_between(text: str, language: str, chance: Random) -> str:
    """A running title and the number of the page stand within the text, every eighteen lines."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        if number % 18 == 9:
            page = f"صفحة {number // 18} من 20" if language == "ar" else f"Page {number // 18} of 20"
            lines += [RUNNING_WORDS[language], page]
        lines.append(line)
    return "\n".join(lines)


def footnotes(text: str, language: str, chance: Random) -> str:
    """One word in sixty has the number of a note against it, and the notes stand among the lines."""
    lines, count = [], 0
    for line in text.split("\n"):
        words, notes = [], []
        for word in line.split(" "):
            if word.isalpha() and chance.random() < 1 / 60:
                count += 1
                word = f"{word}{count % 9 + 1}"
                notes.append(f"{count % 9 + 1} {FOOTNOTES[language]}")
            words.append(word)
        lines += [" ".join(words), *notes]
    return "\n".join(lines)


def unknown_marks(text: str, language: str, chance: Random) -> str:
    """Quotation marks and dashes have no letter in the font: each is a sign for what is unknown."""
    return re.sub("[«»“”\u2013\u2014]", "\ufffd", text)


def invisible_letters(text: str, language: str, chance: Random) -> str:
    """Spaces of other widths, soft hyphens and joiners that nobody sees."""
    spaces = re.sub(" ", lambda found: chance.choice(" \u00a0\u2009\u202f"), text)
    return re.sub(
        r"(?<=[^\W\d_])(?=[^\W\d_])",
        lambda found: chance.choice("\u00ad\u200b\u200c\u200d\u2060") if chance.random() < 1 / 12 else "",
        spaces,
    )


def lines_change_places(text: str, language: str, chance: Random) -> str:
    """One line in twenty-five comes after the next one."""
    lines = text.split("\n")
    for place in range(len(lines) - 1):
        if chance.random() < 1 / 25:
            lines[place], lines[place + 1] = lines[place + 1], lines[place]
    return "\n".join(lines)


def letters_for_digits(text: str, language: str, chance: Random) -> str:
    """One number in twelve was read with letters in it, as by a scanner."""
    return re.sub(
        r"\d+",
        lambda found: found[0].translate(str.maketrans("01", "Ol")) if chance.random() < 1 / 12 else found[0],
        text,
    )


def letters_taken_for_others(text: str, language: str, chance: Random) -> str:
    """One letter in two hundred is one that looks like it, as a scanner has it."""
    twins = dict(zip("بتثنيجحخدذرزسشصضطظعغفقةه", "تبتينحجحذدزرشسضصظطغعقفهة", strict=True))
    twins |= dict(zip("aceilnourtvh", "oectiunnvfyb", strict=True))
    return re.sub(".", lambda found: twins.get(found[0], found[0]) if chance.random() < 1 / 200 else found[0], text)


def whole_lines_reversed(text: str, language: str, chance: Random) -> str:
    """Every line runs from its last sign to its first, numbers and Latin words included."""
    if language != "ar":
        return text
    return "\n".join(line[::-1] if re.search(f"[{ARABIC}]", line) else line for line in text.split("\n"))


def lost_ligatures(text: str, language: str, chance: Random) -> str:
    """The pairs of letters that a Latin font joins have no letter of their own any more."""
    return re.sub("ffi|fi|fl|ff|tt|ti", "\ufffd", text)


def capitals(text: str, language: str, chance: Random) -> str:
    """One line in six is set in capitals."""
    if language != "en":
        return text
    return "\n".join(line.upper() if chance.random() < 1 / 6 else line for line in text.split("\n"))


def laid_out(text: str, language: str, chance: Random) -> str:
    """Lines are justified and indented by spaces, as where the place on the page is kept."""
    return "\n".join(
        " " * chance.choice((2, 4, 11)) + re.sub(" ", lambda found: " " * chance.choice((1, 1, 2, 3)), line)
        for line in text.split("\n")
    )


def one_line(text: str, language: str, chance: Random) -> str:
    """No line ends within a page."""
    return re.sub("\n+", " ", text)


ONCE_UNSEEN = (
    hyphenated_at_line_ends,
    letters_set_apart,
    lines_twice,
    running_words_between,
    footnotes,
    unknown_marks,
    invisible_letters,
    lines_change_places,
    letters_for_digits,
    letters_taken_for_others,
    whole_lines_reversed,
    lost_ligatures,
    capitals,
    laid_out,
    one_line,
)
