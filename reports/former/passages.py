"""Lines as a report has them, where a text has none: headings found within its lines get lines of their own."""

import re

from django.utils.translation import override

from reports.former.skeletons import Skeleton, any_of, either
from reports.former.speech import SPEECH
from reports.former.vocabulary import Vocabulary
from reports.models.sections import SectionKind

LONGEST_LINE = 300  # letters, beyond which a line ends with a sentence
LONGEST_TITLE = 400
MARGIN = 8  # spaces and bullets that may stand between a heading and an end of its line
_SENTENCE_END = re.compile(r"(?<=[^\W\d_][.؟!]) (?=\S)|(?<=[^\W\d_][»”\"][.؟!]) (?=\S)")


def part_lines(lines: list[str], vocabulary: Vocabulary, language: str) -> list[str]:
    """Return the lines with each numbered heading, a kind and a title in quotation marks, from the start of a line.

    Headings that stand so already stay as they are, those cut within their kind become whole. What is left of a line
    that nobody would print ends with its sentences.
    """
    skeleton = Skeleton.of("\n".join(lines))
    source, parts, last = skeleton.source, [], 0
    for found in _heading(vocabulary, language).finditer(skeleton.text):
        start, title = skeleton.places[found.start()], skeleton.places[found.start("title")]
        end = _behind_mark(source, skeleton.places[found.end() - 1] + 1)
        if source[start - 1 : start].strip(" \n•") or _stands_alone(source, start, title, end):
            continue
        opening = f"{found['number']}. {' '.join(skeleton.raw(found.start('kind'), found.start('title')).split())}"
        parts += [source[last:start], f"\n{opening} ", source[title:end], "\n"]
        last = end
    parts.append(source[last:])
    return [piece for line in "".join(parts).split("\n") for piece in _sentences(line.strip()) if piece]


def _heading(vocabulary: Vocabulary, language: str) -> re.Pattern[str]:
    """A number, a kind and a title in quotation marks; the title of a section may have come between."""
    kinds = either(bones for kind in vocabulary.kinds for bones in kind.bones if len(bones) > 4)
    speech = SPEECH[language]
    modes = "|".join(speech.modes.values())
    return re.compile(
        rf"(?<![\d,/\-])(?P<number>\d{{1,2}}(?:\.\d{{1,2}})?)[.)\-]{{0,2}}•?(?:{_sections()})?"
        rf"(?P<kind>{kinds})(?:{modes})?(?:{speech.connectors})"
        rf"(?P<title>\"[^\"]{{3,{LONGEST_TITLE}}}\")"
    )


def _sections() -> str:
    titles = []
    for language in ("ar", "en"):
        with override(language):
            titles += [str(label) for value, label in SectionKind.choices if value in ("activities", "planned")]
    return any_of(*titles)


def _behind_mark(source: str, end: int) -> int:
    return end + 1 if source[end : end + 1] in (".", ":") else end


def _stands_alone(source: str, start: int, title: int, end: int) -> bool:
    """Whether a heading begins a line and ends one, and no line ends within its kind."""
    opening = source[start:title]
    before, behind = source[max(0, start - MARGIN) : start].rstrip(" •"), source[end : end + MARGIN].lstrip(" ")
    is_first, is_last = not before or before.endswith("\n"), not behind or behind.startswith("\n")
    return is_first and is_last and "\n" not in re.sub(r"^[\d.\s]*\n", "", opening).rstrip()


def _sentences(line: str) -> list[str]:
    return _SENTENCE_END.split(line) if len(line) > LONGEST_LINE else [line]
