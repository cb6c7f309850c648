"""Reads who took part: how many, who they were, from how many countries and from which."""

import re
from collections.abc import Iterator
from functools import cached_property

from reports.former.partners import Found, Names
from reports.former.proposals import FAIR, SURE, WEAK, Reading
from reports.former.skeletons import Skeleton, either
from reports.former.speech import SPEECH
from reports.former.vocabulary import Vocabulary, stems_of

LARGEST_HEADCOUNT = 100_000
MOST_COUNTRIES = 250


class AttendanceReader:
    """Reads headcounts, profiles and countries in one language."""

    def __init__(self, vocabulary: Vocabulary, language: str, countries: Names):
        self.vocabulary = vocabulary
        self.language = language
        self.speech = SPEECH[language]
        self.countries = countries

    def read(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        """Return what the sentences say of those who took part."""
        yield from self._people(told)
        yield from self._countries(told)
        yield from self._country_list(told)

    @cached_property
    def _people_words(self) -> str:
        stems = {forms[0] for profile in self.vocabulary.profiles for forms in profile.stems if forms}
        stems |= (
            {"متدرب", "مدرب", "موظف", "شخص", "مستفيد", "خبرا"}
            if self.language == "ar"
            else {"people", "person", "trainer", "delegate"}
        )
        script = [stem for stem in stems if (stem[0] > "\u0600") == (self.language == "ar")]
        return f"(?:{either(script)})"

    def _people(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        number = r"(?<![\d.\-])(\d{1,3}(?:,\d{3})+|\d{1,6})"
        found = [
            match
            for match in re.finditer(rf"{number}(?={self._people_words})", told.text)
            if 1 <= int(match[1].replace(",", "")) <= LARGEST_HEADCOUNT
        ]
        people = re.search(rf"{self.speech.people}(?:{number})?(?={self._people_words})", told.text)
        if found:
            # The line of facts says “participants”; the sentence says who they were, and is the surer of the two.
            said = [
                each
                for each in found
                if re.search(f"{self.speech.people}(?:{self.speech.about})?$", told.text[: each.start()])
            ]
            chosen = (said or found)[-1]
            count = int(chosen[1].replace(",", ""))
            agree = {int(match[1].replace(",", "")) for match in found} == {count}
            before = told.text[max(0, chosen.start() - 14) : chosen.start()]
            yield "headcount", Reading(count, told.passage(*chosen.span(), 24), SURE if agree else FAIR)
            if re.search(rf"{self.speech.about}$", before):
                yield "is_estimate", Reading(True, told.passage(chosen.start(), chosen.end(), 12), SURE)
            yield from self._profile(told, chosen.end())
        elif one_or_two := self._spoken(told):
            yield "headcount", one_or_two
        elif people:
            yield from self._profile(told, people.end())

    def _spoken(self, told: Skeleton) -> Reading | None:
        """Arabic says one and two without a number: «لصالح خبيرين»."""
        if self.language != "ar":
            return None
        found = re.search(rf"{self.speech.people}(?:\w{{3,9}}?(?:ان|ين)(?=من|\W)|\w{{4,12}}واحد)", told.text)
        if not found:
            return None
        said = found[0]
        if said.endswith("واحد"):
            return Reading(1, told.passage(*found.span()), FAIR)
        pairs = ("خبيرين", "خبيران", "مشاركين", "مشاركان")
        is_dual = said.endswith("ان") or said.endswith("خبيرين")
        return Reading(2, told.passage(*found.span()), FAIR) if is_dual and said.endswith(pairs) else None

    def _profile(self, told: Skeleton, place: int) -> Iterator[tuple[str, Reading]]:
        """Whom a headcount counts: the profile whose words are all there, the longest."""
        said = told.raw(place, min(len(told.text), place + 90))
        stop = re.search(r"[\d.]|\b(?:من|from|ممثلين|representing|في)\b", said)
        words = stems_of(said[: stop.start()] if stop else said)
        fitting = [
            (len(forms), profile.code)
            for profile in self.vocabulary.profiles
            for forms in profile.stems
            if words[: len(forms)] == forms
        ]
        if not fitting:
            return
        longest, code = max(fitting)
        is_alone = len({each for length, each in fitting if length == longest}) == 1
        label = " ".join(said.split()[: _with_conjunctions(said, longest)]).strip(",، ")
        passage = told.passage(place, min(len(told.text), place + 40))
        yield "profile", Reading(code, passage, SURE if is_alone and longest == len(words) else WEAK)
        yield "label", Reading(label, passage, FAIR)

    def _countries(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        nouns = (
            "(?:بلد|دول|لدا)"
            if self.language == "ar"
            else r"(?:oic)?(?:african|arab|asian)?(?:oic)?(?:member)?(?:countr|states)"
        )
        found = [
            m for m in re.finditer(rf"(?<![\d.\-])(\d{{1,3}}){nouns}", told.text) if 1 <= int(m[1]) <= MOST_COUNTRIES
        ]
        if found:
            counts = {int(match[1]) for match in found}
            yield (
                "countries",
                Reading(int(found[0][1]), told.passage(*found[0].span(), 16), SURE if len(counts) == 1 else FAIR),
            )
            return
        if self.language == "ar" and (pair := re.search(r"من(بلدينعضوين|بلدعضوواحد)", told.text)):
            yield "countries", Reading(2 if pair[1].startswith("بلدين") else 1, told.passage(*pair.span()), FAIR)

    def _country_list(self, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        """Countries named one after the other: three or more with nothing but commas and “and” between them."""
        run: list[Found] = []
        best: list[Found] = []
        for found in self.countries.find(told):
            between = told.text[run[-1].end : found.start] if run else ""
            if run and not re.fullmatch(r"[,،;]?(?:و|and)?(?:the)?(?:ال)?", between):
                best, run = max(best, run, key=len), []
            run.append(found)
        best = max(best, run, key=len)
        codes = list(dict.fromkeys(found.named.code for found in best))
        if len(codes) >= 3:
            yield "country_list", Reading(codes, told.passage(best[0].start, best[-1].end), FAIR)


def _with_conjunctions(said: str, number: int) -> int:
    """How many words of ``said`` hold ``number`` words besides “and”."""
    taken = 0
    for place, word in enumerate(said.split(), start=1):
        taken += word.strip(",،") not in ("and", "و")
        if taken == number:
            return place
    return number
