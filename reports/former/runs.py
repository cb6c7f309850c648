"""The pieces of a right-to-left line: its numbers, its Latin words with their brackets, the Arabic between them."""

import re

from reports.former.formulas import BEFORE_NUMBER, COUNTED, month_words
from reports.former.glyphs import ARABIC, ARABIC_LETTER
from reports.former.vocabulary import words_of

_ACRONYM = re.compile(r"[()]\s*([A-Za-z][A-Za-z0-9&/\- ]{0,40})\s*[()]")


def mirror_brackets(line: str) -> str:
    """Put brackets around an acronym the right way: «)OIC-VET(» and «)OIC-VET)» are both «(OIC-VET)»."""
    mended = _ACRONYM.sub(lambda found: f" ({found[1].strip()})", line)
    return re.sub(r"(\([A-Za-z][A-Za-z0-9&/\- ]{0,40}\))(?=\w)", r"\1 ", mended)


# A number with what belongs to it, or Latin words with their brackets.
RUN = re.compile(
    r"\(?[A-Za-z][A-Za-z0-9&/\-.’' ]*[A-Za-z0-9]\)?|[.\-–/]*\d[\d.,/\-–]*\d[.]?|[.\-–/]*\d[.\-–]?|\(?[A-Za-z]\)?"
)
# Where two pieces meet without a space between them, or a mark opens what it should close.
_SEAM = re.compile(
    rf"(?<=[{ARABIC}][.،:؛])(?=[{ARABIC}])"
    rf"|(?<=[{ARABIC}]\"[:.،])(?=[{ARABIC}])"
    rf"|(?<=[{ARABIC}][\"»])(?=[{ARABIC}]{{2}})"
    rf"|(?<=[{ARABIC}]) (?=[،.] )"
)
# Against the next word and away from the one before: the space went with the order.
_GLUED = re.compile(rf"(?:^|\s)[\-.(]?[A-Za-z0-9][A-Za-z0-9.\-]*[{ARABIC}]")


def order_runs(lines: list[str]) -> list[str]:
    """Put the pieces of right-to-left lines in order where a document holds them from left to right.

    Its pieces are the numbers, the Latin words and the Arabic between them. Which order is right shows in numbers
    glued to the next word, and in the words that usually stand before and after a number. Where most lines of a
    document are in order, a single one needs more to be turned.
    """
    gains = [_gain_of_turning(line) for line in lines]
    turned, kept = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    enough = 1 if turned > kept else 4
    return [_turned(line) if gain >= enough else line for line, gain in zip(lines, gains, strict=True)]


def _gain_of_turning(line: str) -> float:
    """How much better the pieces of a line stand the other way round."""
    pieces = _pieces(line) if ARABIC_LETTER.search(line) else []
    if len(pieces) < 2:
        return 0
    turned = [piece for piece in reversed(pieces) if piece.strip()]
    return _score(turned) - _score(pieces) + (2 if _GLUED.search(line) else 0)


def _turned(line: str) -> str:
    return " ".join(piece.strip() for piece in reversed(_pieces(line)) if piece.strip())


def _pieces(line: str) -> list[str]:
    """Part a line into its numbers and Latin words, and the Arabic between them, parted again at its seams."""
    pieces: list[str] = []
    last = 0
    for found in RUN.finditer(line):
        pieces += _SEAM.split(line[last : found.start()])
        pieces.append(found[0])
        last = found.end()
    pieces += _SEAM.split(line[last:])
    return [piece for piece in pieces if piece]


def _score(pieces: list[str]) -> float:
    """How well the words beside each number stand there."""
    score = 0.0
    kept = [piece.strip() for piece in pieces if piece.strip()]
    for index, piece in enumerate(kept):
        if not piece[:1].isdigit() and not piece[-1:].isdigit():
            continue
        before = words_of(kept[index - 1])[-1:] if index else []
        after = words_of(kept[index + 1])[:1] if index + 1 < len(kept) else []
        score += 2 * (bool(before) and (before[0] in BEFORE_NUMBER or before[0] in month_words()))
        score += 2 * (bool(after) and (after[0] in month_words() or after[0].startswith(COUNTED)))
    if kept and kept[0][:1] in "،.؛":
        score -= 1
    if kept and re.fullmatch(rf"[{ARABIC}]", kept[0].split()[0]):
        score -= 0.5
    return score
