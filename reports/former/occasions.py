"""Reads when, where and how people met, and whether they did."""

import re
from collections.abc import Iterator

from reports.former.days import Days, find_days
from reports.former.items import Item
from reports.former.partners import Names
from reports.former.proposals import FAIR, SURE, WEAK, Reading
from reports.former.skeletons import Skeleton, any_of
from reports.former.speech import SPEECH

_WHEN = {
    "ar": ("وذلك", "خلال", "فتره", "الفتره", "بتاريخ", "يوم", "يومي", "في", "بين", "مقرره", "مقررا"),
    "en": ("during", "period", "on", "from", "between", "heldon", "plannedfor", "in"),
}


class OccasionReader:
    """Reads days, status, mode and venue in one language; ``kind`` is a pattern of the kinds, in a skeleton."""

    def __init__(self, language: str, kind: str, countries: Names):
        self.language = language
        self.speech = SPEECH[language]
        self.kind = kind
        self.countries = countries

    def read(self, item: Item, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        """Return what the sentences say of the occasion; a project has a year, its parts have days and places."""
        if item.kind.is_project:
            yield from self._year(told)
        elif days := self._days(told):
            yield "dates", days
        yield from self._status(item, told)
        yield from self._mode(item, told)
        if not item.kind.is_project:
            yield from self._venue(told)

    def _days(self, told: Skeleton) -> Reading | None:
        found = find_days(told, self.language)
        if not found:
            return None
        cued = [days for days in found if self._is_cued(told, days)]
        chosen = (cued or found)[0]
        same = [days for days in found if (days.first, days.last) == (chosen.first, chosen.last)]
        confidence = SURE if chosen.is_regular and (cued or len(same) > 1) else FAIR
        if any((days.first, days.last) != (chosen.first, chosen.last) for days in cued or found):
            confidence = min(confidence, FAIR)
        if not chosen.is_regular and len(same) < 2:
            confidence = WEAK
        value = [chosen.first.isoformat(), chosen.last.isoformat()]
        return Reading(value, told.passage(chosen.start, chosen.end, 24), confidence)

    def _is_cued(self, told: Skeleton, days: Days) -> bool:
        before = told.text[max(0, days.start - 12) : days.start].rstrip("-. ,")
        return before.endswith(_WHEN[self.language])

    def _year(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        cue = any_of("في", "في سنة", "في عام", "خلال عام", "خلال سنة") if self.language == "ar" else "in(?:theyear)?"
        ends = r"(?![\d\-])"
        found = re.search(rf"{cue}((?:19|20)\d\d){ends}", told.text) or re.match(rf"((?:19|20)\d\d){ends}", told.text)
        if found:
            yield "year", Reading(int(found[1]), told.passage(*found.span(), 16), FAIR)

    def _status(self, item: Item, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        if item.kind.is_project:
            return
        checks = (
            ("postponed", self.speech.postponed),
            ("cancelled", self.speech.cancelled),
            ("planned", self.speech.planned),
            ("held", self.speech.held),
        )
        opening = told.text[:900]
        found = [
            (match.start(), status, match)
            for status, cue in checks
            if (match := _first_word(cue.replace("KIND", self.kind), opening, told))
        ]
        strong = [each for each in found if each[1] != "held"]
        if chosen := min(strong or found, default=None, key=lambda each: each[0]):
            yield "status", Reading(chosen[1], told.passage(*chosen[2].span(), 24), FAIR)

    def _mode(self, item: Item, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        found = {
            mode: match for mode, cue in self.speech.modes.items() if (match := re.search(cue, self._opening(told)))
        }
        if item.kind.is_project:
            if {"online", "in_person"} <= found.keys():
                yield "mode", Reading("hybrid", told.passage(*found["in_person"].span(), 40), WEAK)
            return
        if "hybrid" in found:
            yield "mode", Reading("hybrid", told.passage(*found["hybrid"].span(), 16), SURE)
        elif found:
            mode, match = min(found.items(), key=lambda each: each[1].start())
            yield "mode", Reading(mode, told.passage(*match.span(), 16), SURE if len(found) == 1 else WEAK)
        elif item.kind.implied_mode:
            yield "mode", Reading(item.kind.implied_mode, item.heading, SURE)
        elif place := self._place(told):
            yield "mode", Reading("in_person", place[1], WEAK)

    def _opening(self, told: Skeleton) -> str:
        """The sentence that says what it is, with its days; later ones use the same words of other things."""
        days = find_days(told, self.language)
        cued = [each.end for each in days if self._is_cued(told, each)]
        return told.text[: (cued[0] + 30 if cued else 500)]

    def _place(self, told: Skeleton) -> tuple[str, str] | None:
        for days in find_days(told, self.language):
            if not self._is_cued(told, days):
                continue
            cue = "في" if self.language == "ar" else "in"
            if not told.text.startswith(cue, days.end):
                continue
            start = days.end + len(cue)
            ended = re.search(r"[.\"؛;]|وذلك|,و|,with|,hosted", told.text[start : start + 90])
            if not ended:
                continue
            end = start + ended.start()
            place = " ".join(told.raw(start, end).split()).strip("،, ")
            if (
                len(place) > 2
                and not re.search(self.kind, told.text[start:end])
                and not re.search(r"\d", place)
                and self.countries.find(told, start, end)
            ):
                return place, told.passage(days.start, end)
        return None

    def _venue(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        if place := self._place(told):
            yield "venue", Reading(place[0], place[1], FAIR)


def _first_word(cue: str, text: str, told: Skeleton) -> re.Match | None:
    """Where a cue stands as a word, with «و» before it or without: «نظم» is no part of «منظمة»."""
    for found in re.finditer(cue, text):
        start = found.start()
        if told.starts_word(start) or (start and text[start - 1] == "و" and told.starts_word(start - 1)):
            return found
    return None
