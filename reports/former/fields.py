"""Reads one item of a former report: each field by the sentences of its language."""

import re
from collections.abc import Iterator

from reports.former.attendance import AttendanceReader
from reports.former.items import Item
from reports.former.occasions import OccasionReader
from reports.former.partners import Names, PartnerReader
from reports.former.proposals import SURE, WEAK, Proposal, Reading
from reports.former.skeletons import Skeleton, either
from reports.former.speech import SPEECH, ordinal_pattern, ordinals
from reports.former.titles import TitleReader, without_title
from reports.former.vocabulary import Vocabulary
from reports.former.words import Words


class ItemReader:
    """Reads items by one vocabulary in one language; made once for a report."""

    def __init__(self, vocabulary: Vocabulary, language: str, words: Words):
        self.vocabulary = vocabulary
        self.language = language
        self.speech = SPEECH[language]
        kinds = {bones for kind in vocabulary.kinds for bones in kind.bones if len(bones) > 4}
        countries = Names(vocabulary.countries)
        self.partners = PartnerReader(vocabulary, language)
        self.titles = TitleReader(language, words, self.partners.ends)
        self.occasions = OccasionReader(language, f"(?:{either(kinds)})", countries)
        self.attendance = AttendanceReader(vocabulary, language, countries)

    def read(self, item: Item) -> Proposal:
        """Return what the item states. A field that it does not state, or not clearly, is not there."""
        proposal = Proposal(item.number, item.parent)
        skeleton = Skeleton.of(item.text)
        readings = proposal.readings
        readings["kind"] = Reading(item.kind.code, item.heading, SURE)
        title = self.titles.read(item, skeleton)
        if title:
            readings["title"] = title
        told = without_title(skeleton, title.value if title else "")
        for name, reading in self._fields(item, told):
            readings.setdefault(name, reading)
        proposal.partners = self.partners.read(told, item.kind.is_project)
        return proposal

    def _fields(self, item: Item, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        yield from self.occasions.read(item, told)
        yield from self._area(told)
        yield from self._call(told)
        if not item.kind.is_project:
            yield from self.attendance.read(told)

    def _area(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        found = list(re.finditer(self.speech.area, told.text))
        if found:
            number = int(found[0][1])
            known = {number for number, _ in self.vocabulary.areas}
            yield "area", Reading(number, told.passage(*found[0].span(), 12), SURE if number in known else WEAK)
            return
        opening = "".join(letter for letter in told.text[:600] if letter.isalnum())
        for number, titles in self.vocabulary.areas:
            for letters in titles:
                if len(letters) > 15 and letters in opening:
                    yield "area", Reading(number, told.passage(0, min(len(told.text), 600)), WEAK)
                    return

    def _call(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        found = ordinal_pattern(self.language).search(told.text)
        if found:
            yield "funding_call", Reading(ordinals(self.language)[found[1]], told.passage(*found.span(), 8), SURE)
