"""Parts a former report into its items: numbered headings, and the sub-activities of projects below them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import override

from reports.former.days import find_days
from reports.former.skeletons import Skeleton, any_of, bones_of, either
from reports.former.speech import SPEECH
from reports.former.vocabulary import KindWords, Vocabulary
from reports.models.sections import SectionKind

LONGEST_TITLE = 5  # lines
LONGEST_ITEM = 120  # lines
MOST_ITEMS = 300
MOST_CANDIDATES = 1500
_LEAD = re.compile(r"(?P<bullet>[•(\-]?)(?P<number>\d{1,2}(?:\.\d{1,2})?)?[.)\-:]*(?P<late>•?)")
_TAIL = re.compile(r"(?P<title>.*?)(?P<mark>[.\-(])?(?<!\d)(?P<number>\d{1,2}(?:\.\d{1,2})?)(?P<close>[.)\-])?")
_ALONE = re.compile(r"[.(\-]?(\d{1,2}(?:\.\d{1,2})?)[.)\-]?")


@dataclass
class Item:
    """A part of the report about one activity: its number, its kind, the text of its title, and its sentences.

    The title keeps its line ends: where its marks are lost, one of them ends it.
    """

    number: str
    kind: KindWords
    title: str
    heading: str
    is_closed: bool
    body: list[str] = field(default_factory=list)
    parent: str = ""

    @property
    def text(self) -> str:
        """The sentences in one line, each line kept apart by a space."""
        return " ".join(self.body)


@dataclass(frozen=True)
class _Heading:
    """A line that opens an item."""

    number: str
    kind: KindWords
    rest: str  # of the line, from the title on
    is_bulleted: bool


class Headings:
    """Recognises headings: a kind, a connector and a title, with a number or a bullet before or behind."""

    def __init__(self, vocabulary: Vocabulary, language: str):
        self.kinds = {bones: kind for kind in vocabulary.kinds for bones in kind.bones if len(bones) > 4}
        self.language = language
        speech = SPEECH[language]
        names = either(self.kinds)
        modes = "|".join(speech.modes.values())
        self.pattern = re.compile(rf"(?P<kind>{names})(?:{modes})?(?P<connector>{speech.connectors})")
        self.frame = re.compile(speech.frame)

    def find(self, line: str, before: list[str]) -> _Heading | None:
        """Return the heading that ``line`` may open after the lines ``before`` it."""
        skeleton = Skeleton.of(line)
        found = self.pattern.search(skeleton.text)
        if not found:
            return None
        kind = self.kinds[found["kind"]]
        lead, tail = skeleton.text[: found.start()], skeleton.text[found.end() :]
        rest = skeleton.raw(found.end(), len(skeleton.text))
        opened = _LEAD.fullmatch(lead)
        if opened:
            number, rest = self._number(opened, tail, rest, before)
            is_bulleted = bool(opened["bullet"] or opened["late"] or (before and before[-1].strip() == "•"))
            if number or is_bulleted or self._may_begin(before, tail):
                return _Heading(number, kind, rest, is_bulleted)
            return None
        return self._turned(skeleton, found, kind)

    def _number(self, opened: re.Match, tail: str, rest: str, before: list[str]) -> tuple[str, str]:
        if opened["number"]:
            return opened["number"], rest
        closed = _TAIL.fullmatch(tail)
        if closed and closed["mark"] != "-" and (closed["mark"] or closed["close"] or closed["title"].endswith('"')):
            return closed["number"], re.sub(r"[\s.(\-]*[\d.]+[\s.)\-]*$", "", rest)
        for line in reversed(before[-2:]):
            alone = _ALONE.fullmatch(bones_of(line))
            if alone:
                return alone[1], rest
            if len(line.split()) > 4:
                break
        return "", rest

    def _may_begin(self, before: list[str], tail: str) -> bool:
        """Whether a heading without number can stand here: what comes before it has ended, and a title is quoted."""
        previous = bones_of(before[-1]) if before else "."
        return tail.startswith('"') and previous.endswith((".", ":"))

    def _turned(self, skeleton: Skeleton, found: re.Match, kind: KindWords) -> _Heading | None:
        """A heading whose end came to stand before its beginning; only its number tells that it is one."""
        closed = re.fullmatch(r"(.*?)[.(](\d{1,2})[.)]?|(.*?)(?<!\d)(\d{1,2})[.)]", skeleton.text[found.end() :])
        opened = re.match(r"[.(]?(\d{1,2})[.)]", skeleton.text)
        if closed:
            number = closed[2] or closed[4]
        elif opened:
            number = opened[1]
        else:
            return None
        if self.frame.match(skeleton.text) or find_days(skeleton, self.language):
            return None
        first = skeleton.raw(found.end(), len(skeleton.text))
        end = skeleton.raw(0, found.start())
        first = re.sub(r"[\s.(]*\d{1,2}[\s.)]*$", "", first)
        end = re.sub(r"^[\s.(]*\d{1,2}[\s.)]+", "", end) if opened and not closed else end
        return _Heading(number, kind, f"{first} {end}", is_bulleted=False)


def part_into_items(lines: list[str], vocabulary: Vocabulary, language: str) -> list[Item]:
    """Return the items of a report, in its order; what stands before the first and after the last is left out."""
    headings = Headings(vocabulary, language)
    found = {}
    for index, line in enumerate(lines):
        if heading := headings.find(line, lines[max(0, index - 2) : index]):
            found[index] = heading
    counted = _counted_up(found)
    ends, opens_section = _closing(language), _opening_section(language)
    items: list[Item] = []
    is_open = False
    index = 0
    while index < len(lines):
        number = _number_of(found[index], index in counted, items) if index in found else ""
        if number and len(items) < MOST_ITEMS:
            item, index = _opened(found[index], number, lines, index, headings)
            _withdraw_number(items)
            items.append(item)
            is_open = True
            continue
        is_ended = bones_of(lines[index - 1])[-1:] in (".", "") if index else True
        if ends.fullmatch(_without_number(lines[index])) or (is_ended and opens_section.match(lines[index])):
            is_open = False
        if is_open and len(items[-1].body) < LONGEST_ITEM:
            items[-1].body.append(lines[index])
        index += 1
    return _without_contents(items)


def _counted_up(found: dict[int, _Heading]) -> set[int]:
    """Return the lines of the headings whose numbers count up: the longest such row, with the fewest gaps.

    A number that stands at the edge of some sentence by chance does not fit into it, and a heading that was not
    recognised leaves a gap only.
    """
    rows = [(index, int(each.number)) for index, each in found.items() if each.number.isdigit()][:MOST_CANDIDATES]
    best: list[tuple[float, int]] = []  # the worth of the best row that ends here, and its place before
    for place, (index, number) in enumerate(rows):
        following = rows[place + 1][0] if place + 1 < len(rows) else index + LONGEST_ITEM
        own = 1 + 0.2 * (following - index > LONGEST_TITLE)  # a table of contents has no sentences
        worth, before = own, -1
        for earlier in range(place):
            gap = number - rows[earlier][1]
            if gap > 0 and best[earlier][0] + own + 0.5 * (gap == 1) > worth:
                worth, before = best[earlier][0] + own + 0.5 * (gap == 1), earlier
        best.append((worth, before))
    chosen: set[int] = set()
    place = max(range(len(best)), key=lambda each: best[each][0], default=-1)
    while place >= 0:
        chosen.add(rows[place][0])
        place = best[place][1]
    return chosen


def _without_number(line: str) -> str:
    return re.sub(r"^[\d.•\-]+|[\d.]+$", "", bones_of(line))


def _closing(language: str) -> re.Pattern:
    """Headings of what may follow the activities: our own sections, and what reports usually end with."""
    titles = []
    for each in ("ar", "en"):
        with override(each):
            titles += [str(label) for value, label in SectionKind.choices if value not in ("activities", "planned")]
    return re.compile(f"(?:{any_of(*titles)}|{SPEECH[language].closing})[.:]?")


def _opening_section(language: str) -> re.Pattern:
    """Titles of our own sections, of two words or more, where a line begins with one and goes on with another."""
    with override(language):
        titles = [str(label) for value, label in SectionKind.choices if value not in ("activities", "planned")]
    titles = [title for title in titles if " " in title]
    return re.compile(rf"(?:{either(titles)})\s+(?=[^a-z])")


def _number_of(found: _Heading, is_counted: bool, items: list[Item]) -> str:
    """The number under which a heading opens an item, ``""`` where it cannot."""
    last = items[-1] if items else None
    project = last.parent or (last.number if last.kind.is_project else "") if last else ""
    top = int(last.number.split(".")[0]) if last else 0
    if found.number.isdigit():
        return found.number if is_counted else ""
    if found.number:
        parent, _, part = found.number.partition(".")
        return found.number if parent == project else (part if int(part) == top + 1 else "")
    if project and not found.kind.is_project:
        return f"{project}.{sum(item.parent == project for item in items) + 1}"
    return str(top + 1)


def _withdraw_number(items: list[Item]) -> None:
    """A number that stood alone before its heading is no sentence of the item before."""
    while items and items[-1].body and _ALONE.fullmatch(bones_of(items[-1].body[-1]) or "-"):
        items[-1].body.pop()


def _opened(found: _Heading, number: str, lines: list[str], index: int, headings: Headings) -> tuple[Item, int]:
    """Return the item that a heading opens and the index of the line after its title."""
    title, is_quoted = found.rest, bones_of(found.rest).startswith('"')
    used = index + 1
    while used < len(lines) and used - index < LONGEST_TITLE and not _is_whole(title, is_quoted):
        following = lines[used]
        if headings.frame.match(bones_of(following)) or headings.pattern.search(bones_of(following)):
            break
        if not is_quoted and _reads_as_facts(following):
            break
        title = f"{title}\n{_before_seam(following)}"
        used += 1
    heading = f"{lines[index]} {' '.join(lines[index + 1 : used])}".strip()
    parent = number.split(".")[0] if "." in number else ""
    item = Item(number, found.kind, title.strip(), heading, _is_whole(title, is_quoted), parent=parent)
    return item, used


def _before_seam(line: str) -> str:
    """A line whose end came to stand before its beginning: «التعاون الإسلامي":في منظمة»."""
    seam = re.fullmatch(r"(.*?[\"»”][:.]?)(\w.*)", line)
    return f"{seam[2]} {seam[1]}" if seam else line


def _is_whole(title: str, is_quoted: bool) -> bool:
    quotes = bones_of(title).count('"')
    return quotes >= 2 if is_quoted else quotes == 1 and bones_of(title).rstrip(".:").endswith('"')


def _reads_as_facts(line: str) -> bool:
    """A line of facts below a heading begins with a date."""
    return bool(re.match(r"\d{1,2}\D", bones_of(line))) or bool(re.fullmatch(r"\d{4}", bones_of(line)))


def _without_contents(items: Iterable[Item]) -> list[Item]:
    """Leave out what a table of contents lists: the same number comes again, with sentences."""
    kept: dict[str, Item] = {}
    for item in items:
        other = kept.get(item.number)
        if other is None or len(item.text) > len(other.text):
            kept[item.number] = item
    return list(kept.values())
