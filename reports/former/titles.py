"""Reads the title of an item: from its heading, and from the sentence that says it again."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from reports.former.items import Item
from reports.former.likeness import Likeness
from reports.former.proposals import FAIR, SURE, WEAK, Reading
from reports.former.skeletons import Skeleton, bones_of, either, letters_of
from reports.former.speech import SPEECH
from reports.former.words import Words

_WHOLE_TITLE = 8  # letters
_LONGEST = 400  # letters
_MOST_REPETITIONS = 12


class TitleReader:
    """Reads titles in one language; ``words`` are those known, ``ends`` what a title cannot run over."""

    def __init__(self, language: str, words: Words, ends: re.Pattern[str]):
        self.speech = SPEECH[language]
        self.words = words
        self.ends = ends

    def read(self, item: Item, body: Skeleton) -> Reading | None:
        """The title of the heading; where the sentence below it repeats it, that is compared and decides."""
        heading, told = _unquoted(item.title), self._title_in(item, body)
        repeated, is_marked = self._repeated(item, body)
        if repeated and (is_marked or not (item.is_closed or told)):
            return repeated
        if not heading and not told:
            return None
        if not told:
            return Reading(heading, item.heading, FAIR if item.is_closed else WEAK)
        if item.is_closed and not self.ends.search(bones_of(told)) and len(heading) < len(told) / 2:
            return Reading(told, item.heading, WEAK)
        return Reading(heading if item.is_closed else self._longer(heading, told), item.heading, FAIR)

    # Said twice.

    def _repeated(self, item: Item, body: Skeleton) -> tuple[Reading | None, bool]:
        """What heading and sentence both say, whatever marks either has lost, and whether a mark ends it."""
        heading = Skeleton.of(item.title)
        found = [Likeness.between(heading, told) for told in self._repetitions(item, heading, body)]
        longest = max(found, key=len, default=None)
        if longest is None or len(longest) < min(_WHOLE_TITLE, len(letters_of(item.title))) or not len(longest):
            return None, False
        number, is_marked = _end_of_both(longest)
        if not number:
            return None, False
        one, other = (_said(longest, side, number) for side in (0, 1))
        if letters_of(one) == letters_of(other):
            return Reading(self._better(one, other), item.heading, SURE if is_marked else FAIR), is_marked
        return Reading(self._merged(one, other), item.heading, FAIR if is_marked else WEAK), is_marked

    def _repetitions(self, item: Item, heading: Skeleton, body: Skeleton) -> Iterator[Skeleton]:
        """Where the sentences may say the title again: behind its kind, or wherever some of its letters stand."""
        names = either(item.kind.bones)
        modes = "|".join(self.speech.modes.values())
        starts = [
            found.end() for found in re.finditer(rf"(?:{names})(?:{modes})?(?:{self.speech.connectors})", body.text)
        ]
        letters = [bone for bone in heading.text if bone.isalnum()]
        for skipped in (0, 6, 12):
            sample = letters[skipped : skipped + _WHOLE_TITLE]
            if len(sample) == _WHOLE_TITLE:
                found = re.search(r"\W?".join(map(re.escape, sample)), body.text)
                starts += [max(0, found.start() - skipped)] if found else []
        for start in dict.fromkeys(starts[:_MOST_REPETITIONS]):
            yield Skeleton.of(body.raw(start, min(len(body.text), start + _LONGEST)))

    def _merged(self, one: str, other: str) -> str:
        """Of two that lost letters in different places, word by word that which is known, or has more letters."""
        ours, theirs = one.split(), other.split()
        keys = [[letters_of(word) for word in words] for words in (ours, theirs)]
        merged: list[str] = []
        for _, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
            merged += max((ours[a:b], theirs[c:d]), key=self._worth)
        return " ".join(merged)

    def _worth(self, words: Iterable[str]) -> tuple[float, int]:
        said = " ".join(words)
        return self._known_share(said), sum(letter.isalpha() for letter in said)

    def _better(self, one: str, other: str) -> str:
        """Of two spellings of one title, that with more known words; a hyphen is lost more easily than made."""
        return max((one, other), key=lambda title: (self._known_share(title), -len(title.split()), title.count("-")))

    def _known_share(self, title: str) -> float:
        words = re.split(r"[\s\-]+", title)
        return sum(self.words.knows(word.strip("،,.:()")) for word in words) / max(1, len(words))

    # Said once.

    def _title_in(self, item: Item, body: Skeleton) -> str:
        names = either(item.kind.bones)
        modes = "|".join(self.speech.modes.values())
        opening = rf"(?:{names})(?:{modes})?(?:{self.speech.connectors})\""
        found = re.search(rf"{opening}(?P<title>[^\"]{{3,400}})\"", body.text)
        return _unquoted(body.raw(*found.span("title"))) if found else ""

    def _longer(self, one: str, other: str) -> str:
        return other if letters_of(one) in letters_of(other) else one


def _end_of_both(likeness: Likeness) -> tuple[int, bool]:
    """Return how many pairs the title has, and whether a mark says so; 0 where nothing does.

    What follows a title differs in the two, so the last mark or line end up to which they agree is its end.
    """
    ends = [
        (likeness.before(side, place), True)
        for side, skeleton in enumerate((likeness.one, likeness.other))
        for place, bone in enumerate(skeleton.text)
        if bone == '"' and likeness.reaches(side, place)
    ]
    heading = likeness.one
    for found in re.finditer("\n", heading.source):
        place = heading.place_of(found.start())
        if likeness.reaches(0, place):
            ends.append((likeness.before(0, place), False))
    if likeness.reaches(0, len(heading.text)):
        ends.append((len(likeness), False))
    ends = [end for end in ends if end[0] > 2]
    return max(ends, default=(0, False))


def _said(likeness: Likeness, side: int, number: int) -> str:
    """The first ``number`` pairs as one side says them, up to the end of its word."""
    skeleton = (likeness.one, likeness.other)[side]
    end = likeness.end(side, number)
    while end < len(skeleton.text) and skeleton.text[end].isalnum() and not skeleton.ends_word(end):
        end += 1
    return _unquoted(skeleton.raw(likeness.pairs[0][side], end))


def without_title(skeleton: Skeleton, title: str) -> Skeleton:
    """The sentences without the title, whose words say nothing about mode, days or partners."""
    letters = [re.escape(letter) for letter in letters_of(title)]
    if len(letters) < 6:
        return skeleton
    pattern = r"[^\w\"]*".join(letters)
    source = skeleton.source
    for found in reversed(list(re.finditer(pattern, skeleton.text))):
        first, last = skeleton.places[found.start()], skeleton.places[found.end() - 1] + 1
        source = f"{source[:first]} … {source[last:]}"
    return Skeleton.of(source)


def _unquoted(text: str) -> str:
    """A title without its quotation marks, brackets it does not close, and full stop."""
    inner = re.split(r"[\"«»“”„‟]", text)
    parts = [part for part in inner if letters_of(part)]
    said = max(parts, key=len, default="") if len(parts) > 1 and text.lstrip()[:1] in '"«»“”„‟' else " ".join(parts)
    return " ".join(said.split()).strip(" .:،,;-•")
