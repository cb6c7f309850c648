"""Reads the title of an item: from its heading, and from the sentence that says it again."""

import re

from reports.former.items import Item
from reports.former.proposals import FAIR, SURE, WEAK, Reading
from reports.former.skeletons import Skeleton, bones_of, either, letters_of
from reports.former.speech import SPEECH
from reports.former.words import Words

_WHOLE_TITLE = 8  # letters


class TitleReader:
    """Reads titles in one language; ``words`` are those known, ``ends`` what a title cannot run over."""

    def __init__(self, language: str, words: Words, ends: re.Pattern[str]):
        self.speech = SPEECH[language]
        self.words = words
        self.ends = ends

    def read(self, item: Item, body: Skeleton) -> Reading | None:
        """The title of the heading; where the sentence below it repeats it, that is compared and decides."""
        heading = _unquoted(item.title)
        told = self._title_in(item, body)
        if not heading and not told:
            return None
        if not told:
            return Reading(heading, item.heading, FAIR if item.is_closed else WEAK)
        if letters_of(heading) == letters_of(told):
            return Reading(self._better(heading, told), item.heading, SURE)
        # A mark that ends one of the two is missing: it runs on into what follows.
        if len(letters_of(told)) >= _WHOLE_TITLE and letters_of(heading).startswith(letters_of(told)):
            return Reading(told, item.heading, FAIR)
        if item.is_closed and letters_of(told).startswith(letters_of(heading)):
            return Reading(heading, item.heading, FAIR)
        if item.is_closed and not _holds_kind(told, self.ends) and len(heading) < len(told) / 2:
            return Reading(told, item.heading, WEAK)
        return Reading(heading if item.is_closed else self._longer(heading, told), item.heading, FAIR)

    def _title_in(self, item: Item, body: Skeleton) -> str:
        names = either(item.kind.bones)
        modes = "|".join(self.speech.modes.values())
        opening = rf"(?:{names})(?:{modes})?(?:{self.speech.connectors})\""
        found = re.search(rf"{opening}(?P<title>[^\"]{{3,400}})\"", body.text)
        return _unquoted(body.raw(*found.span("title"))) if found else ""

    def _better(self, one: str, other: str) -> str:
        """Of two spellings of one title, that with more known words; a hyphen is lost more easily than made."""
        return max((one, other), key=lambda title: (self._known_share(title), -len(title.split()), title.count("-")))

    def _longer(self, one: str, other: str) -> str:
        return other if letters_of(one) in letters_of(other) else one

    def _known_share(self, title: str) -> float:
        words = re.split(r"[\s\-]+", title)
        return sum(self.words.knows(word.strip("،,.:()")) for word in words) / max(1, len(words))


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


def _holds_kind(text: str, ends: re.Pattern[str]) -> bool:
    return bool(ends.search(bones_of(text)))
