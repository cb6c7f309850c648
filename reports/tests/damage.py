"""What happens to the text of a report on its way out of a PDF, one kind of damage at a time.

Each function takes the text of a page or of a whole report, its language and a source of chance, and returns it
damaged. They know nothing of the parser, and the parser was first written without them.
"""

import re
import unicodedata
from collections.abc import Callable
from random import Random

ARABIC = "\u0621-\u064a"
RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-–.,/]*[A-Za-z0-9]|[A-Za-z0-9]")


def _lines(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(change(line) if line.strip() else line for line in text.split("\n"))


def _is_arabic(line: str) -> bool:
    return bool(re.search(f"[{ARABIC}]", line))


def split_letters(text: str, language: str, chance: Random) -> str:
    """One long word in fifteen has a space inside."""

    def split(found: re.Match) -> str:
        word = found[0]
        if chance.random() > 1 / 15:
            return word
        place = chance.randrange(1, len(word))
        return f"{word[:place]} {word[place:]}"

    return re.sub(r"[^\W\d_]{4,}", split, text)


def joined_words(text: str, language: str, chance: Random) -> str:
    """One space in fifteen is missing."""
    return re.sub(r"(?<=\S) (?=\S)", lambda found: "" if chance.random() < 1 / 15 else " ", text)


def dropped_spaces_at_numbers(text: str, language: str, chance: Random) -> str:
    """Numbers stand against the words beside them."""
    return re.sub(r"(?<=[^\W\d_]) (?=\d)|(?<=\d) (?=[^\W\d_])", "", text)


def reversed_words(text: str, language: str, chance: Random) -> str:
    """Each full line holds its words in the order of the page, the last first, as justified Arabic comes out."""
    if language != "ar":
        return text
    return _lines(text, lambda line: " ".join(reversed(line.split())) if len(line.split()) > 6 else line)


def reversed_letters(text: str, language: str, chance: Random) -> str:
    """Each line holds its letters from left to right, numbers and Latin words apart."""
    if language != "ar":
        return text

    def turn(line: str) -> str:
        if not _is_arabic(line):
            return line
        return re.sub(RUN, lambda found: found[0][::-1], line)[::-1]

    return _lines(text, turn)


def runs_from_left_to_right(text: str, language: str, chance: Random) -> str:
    """The pieces of a line stand in the order of the page, and numbers against the next word."""
    if language != "ar":
        return text

    def turn(line: str) -> str:
        if not _is_arabic(line) or not RUN.search(line):
            return line
        pieces, last = [], 0
        for found in RUN.finditer(line):
            pieces += [line[last : found.start()], f" {found[0]}"]
            last = found.end()
        pieces.append(line[last:])
        return "".join(piece if piece.strip() else " " for piece in reversed(pieces))

    return _lines(text, turn)


def mirrored_brackets(text: str, language: str, chance: Random) -> str:
    """Brackets and quotation marks are mirrored."""
    return text.translate(str.maketrans("()[]«»“”", ")(][»«”“"))


def shifted_latin(text: str, language: str, chance: Random) -> str:
    """Latin words of an Arabic line stand at its end."""
    if language != "ar":
        return text

    def shift(line: str) -> str:
        found = re.findall(r"\(?[A-Za-z][A-Za-z\-]+\)?", line)
        rest = re.sub(r"\(?[A-Za-z][A-Za-z\-]+\)?", "", line)
        return f"{rest} {' '.join(found)}" if found and _is_arabic(line) else line

    return _lines(text, shift)


def displaced_first_letters(text: str, language: str, chance: Random) -> str:
    """The first letter of one line in four stands at its end."""
    if language != "ar":
        return text

    def displace(line: str) -> str:
        stripped = line.strip()
        if chance.random() > 0.25 or len(stripped.split()) < 6 or not re.match(f"[{ARABIC}]{{4}}", stripped):
            return line
        return f"{stripped[1:]} {stripped[0]}"

    return _lines(text, displace)


def turned_ligatures(text: str, language: str, chance: Random) -> str:
    """Lam and alef, one glyph, come out the other way round."""
    return re.sub("ل([اأإآ])", r"\1ل", text)


def presentation_forms(text: str, language: str, chance: Random) -> str:
    """Arabic letters come as the forms they have within a word."""
    return re.sub(f"[{ARABIC}]+", lambda found: _shaped(found[0]), text)


_NOT_JOINING = "اأإآدذرزوؤةىء"


def _shaped(word: str) -> str:
    shaped = []
    for place, letter in enumerate(word):
        joins_before = place > 0 and word[place - 1] not in _NOT_JOINING
        joins_after = place < len(word) - 1 and letter not in _NOT_JOINING
        form = ("ISOLATED", "INITIAL", "FINAL", "MEDIAL")[joins_after + 2 * joins_before]
        try:
            shaped.append(unicodedata.lookup(f"{unicodedata.name(letter)} {form} FORM"))
        except KeyError:
            shaped.append(letter)
    return "".join(shaped)


def other_digits(text: str, language: str, chance: Random) -> str:
    """Arabic-Indic digits, stretched words and vowel signs."""
    if language != "ar":
        return text
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    stretched = re.sub(
        f"([بتسفقكلمن])(?=[{ARABIC}]{{2}})", lambda f: f[1] + ("ـ" if chance.random() < 0.1 else ""), text
    )
    return stretched.translate(digits)


def persian_letters(text: str, language: str, chance: Random) -> str:
    """Yeh and kaf as a Persian keyboard writes them."""
    return text.translate(str.maketrans("يك", "یک"))


def reversed_ranges(text: str, language: str, chance: Random) -> str:
    """The two days of a range change places."""
    return re.sub(r"\b(\d{1,2})([-–])(\d{1,2})\b", r"\3\2\1", text)


def wrapped_anew(text: str, language: str, chance: Random) -> str:
    """Lines end elsewhere, inside dates and names too, with empty lines between and page numbers among them."""
    found = []
    for page in text.split("\f"):
        for line in page.split("\n"):
            words = line.split()
            while words:
                taken = chance.randint(5, 9)
                found += [" ".join(words[:taken]), ""]
                words = words[taken:]
        found.append("\f")
    return "\n".join(found)


def missing_quotes(text: str, language: str, chance: Random) -> str:
    """Half of the quotation marks that open or close are gone."""
    return re.sub('[«»“”"]', lambda found: "" if chance.random() < 0.5 else found[0], text)


def lost_letters(text: str, language: str, chance: Random) -> str:
    """One letter in three hundred is gone."""
    return re.sub(r"[^\W\d_]", lambda found: "" if chance.random() < 1 / 300 else found[0], text)


def several(text: str, language: str, chance: Random) -> str:
    """Split letters, mirrored brackets, reversed ranges and displaced letters together."""
    for damage in (displaced_first_letters, split_letters, mirrored_brackets, reversed_ranges):
        text = damage(text, language, chance)
    return text


DAMAGES = (
    split_letters,
    joined_words,
    dropped_spaces_at_numbers,
    reversed_words,
    reversed_letters,
    runs_from_left_to_right,
    mirrored_brackets,
    shifted_latin,
    displaced_first_letters,
    turned_ligatures,
    presentation_forms,
    other_digits,
    persian_letters,
    reversed_ranges,
    wrapped_anew,
    missing_quotes,
    lost_letters,
    several,
)
