"""Lines whose beginning came to stand behind the rest."""

from dataclasses import dataclass

from bilingual.search import fold
from reports.former.formulas import BEFORE_NUMBER, OPENERS
from reports.former.glyphs import ARABIC_LETTER
from reports.former.runs import RUN
from reports.former.vocabulary import Vocabulary, words_of
from reports.former.words import Words, bare

_ENDS = (".", ":", '"', "»", "”")


def unroll(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Put the beginning of an Arabic line back to its place where it came to stand behind the rest.

    Nothing in the line shows where: but its first word then completes its last («والتد» … «ريب»), or follows it in
    other texts, and what follows the line before begins somewhere inside.
    """
    links = _Links(Words.of(lines, vocabulary))
    found: list[str] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else ""
        found.append(_unrolled(line, found[-1] if found else "", after, links))
    return found


@dataclass(frozen=True)
class _Links:
    """How well one word follows another."""

    words: Words

    def between(self, first: str, second: str) -> float:
        a, b = words_of(first)[-1:], words_of(second)[:1]
        if not a or not b:
            return 0.0
        if a == b:
            return -1.0
        return float(any((x, y) in self.words.pairs for x in (a[0], a[0].removeprefix("و")) for y in (b[0],)))

    def glue(self, first: str, second: str) -> float:
        """Two halves of a word are worth more than two words."""
        if not first[-1:].isalpha() or not second[:1].isalpha():
            return 0.0
        if self.words.knows(bare(first + second)) and not (
            self.words.knows(bare(first)) and self.words.knows(bare(second))
        ):
            return 2.0
        return 0.0


def _unrolled(line: str, before: str, after: str, links: _Links) -> str:
    """Turn the first Arabic piece of a line, up to its first number or Latin word, where that mends two links."""
    found = RUN.search(line)
    head, rest = (line[: found.start()], line[found.start() :]) if found else (line, "")
    words = head.split()
    if len(words) < 4 or len(words) > 60 or not ARABIC_LETTER.search(head):
        return line
    previous = before.split()[-1] if before else ""
    following = rest.split()[0] if rest.strip() else (after.split() or [""])[0]
    now = links.between(previous, words[0]) + _leads_to(words[-1], following, links)
    wrapped = max(links.between(words[-1], words[0]), links.glue(words[-1], words[0]))
    best, cut = 0.0, 0
    for place in range(1, len(words)):
        broken = links.between(words[place - 1], words[place])
        opens = previous.endswith(_ENDS) and fold(" ".join(words[place : place + 2])).startswith(OPENERS)
        gain = links.between(previous, words[place]) + wrapped + _leads_to(words[place - 1], following, links) + opens
        if words[place - 1].endswith((".", ":")):
            broken += 1
        if gain - now - broken > best:
            best, cut = gain - now - broken, place
    if best < 2:
        return line
    joined = links.glue(words[-1], words[0])
    first = " ".join(words[cut:]) + ("" if joined else " ")
    return f"{first}{' '.join(words[:cut])} {rest}".strip()


def _leads_to(word: str, following: str, links: _Links) -> float:
    if following[:1].isdigit() or following[:1] == "-":
        return float(bool(words_of(word)) and words_of(word)[-1] in BEFORE_NUMBER | {"التعاون"})
    return links.between(word, following)
