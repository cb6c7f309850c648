"""Reads one item of a former report: each field by the sentences of its language."""

import re
from collections.abc import Iterator
from functools import cached_property

from reports.former.days import Days, find_days
from reports.former.items import Item
from reports.former.partners import Names, PartnerReader
from reports.former.proposals import FAIR, SURE, WEAK, Proposal, Reading
from reports.former.skeletons import Skeleton, any_of, bones_of, either, letters_of
from reports.former.speech import SPEECH, ordinal_pattern, ordinals
from reports.former.vocabulary import Vocabulary, stems_of
from reports.former.words import Words

LARGEST_HEADCOUNT = 100_000
MOST_COUNTRIES = 250
_WHOLE_TITLE = 8  # letters
_WHEN = {
    "ar": ("وذلك", "خلال", "فتره", "الفتره", "بتاريخ", "يوم", "يومي", "في", "بين", "مقرره", "مقررا"),
    "en": ("during", "period", "on", "from", "between", "heldon", "plannedfor", "in"),
}


class ItemReader:
    """Reads items by one vocabulary in one language; made once for a report."""

    def __init__(self, vocabulary: Vocabulary, language: str, words: Words):
        self.vocabulary = vocabulary
        self.language = language
        self.speech = SPEECH[language]
        self.words = words
        self.partners = PartnerReader(vocabulary, language)
        self.countries = Names(vocabulary.countries)
        kinds = {bones for kind in vocabulary.kinds for bones in kind.bones if len(bones) > 4}
        self.kind = f"(?:{either(kinds)})"

    def read(self, item: Item) -> Proposal:
        """Return what the item states. A field that it does not state, or not clearly, is not there."""
        proposal = Proposal(item.number, item.parent)
        skeleton = Skeleton.of(item.text)
        readings = proposal.readings
        readings["kind"] = Reading(item.kind.code, item.heading, SURE)
        title = self._title(item, skeleton)
        if title:
            readings["title"] = title
        told = self._without_title(skeleton, title.value if title else "")
        for name, reading in self._fields(item, told):
            readings.setdefault(name, reading)
        proposal.partners = self.partners.read(told, item.kind.is_project)
        return proposal

    # The title.

    def _title(self, item: Item, body: Skeleton) -> Reading | None:
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
        if item.is_closed and not _holds_kind(told, self.partners.ends) and len(heading) < len(told) / 2:
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

    def _without_title(self, skeleton: Skeleton, title: str) -> Skeleton:
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

    # Everything else.

    def _fields(self, item: Item, told: Skeleton) -> Iterator[tuple[str, Reading]]:
        days = self._days(told) if not item.kind.is_project else None
        if days:
            yield "dates", days
        elif item.kind.is_project:
            yield from self._year(told)
        yield from self._status(item, told)
        yield from self._mode(item, told)
        yield from self._area(told)
        yield from self._call(told)
        if not item.kind.is_project:
            yield from self._people(told)
            yield from self._countries(told)
            yield from self._country_list(told)
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

    # Who took part.

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
        run: list = []
        best: list = []
        for found in self.countries.find(told):
            between = told.text[run[-1].end : found.start] if run else ""
            if run and not re.fullmatch(r"[,،;]?(?:و|and)?(?:the)?(?:ال)?", between):
                best, run = max(best, run, key=len), []
            run.append(found)
        best = max(best, run, key=len)
        codes = list(dict.fromkeys(found.named.code for found in best))
        if len(codes) >= 3:
            yield "country_list", Reading(codes, told.passage(best[0].start, best[-1].end), FAIR)


def _first_word(cue: str, text: str, told: Skeleton) -> re.Match | None:
    """Where a cue stands as a word, with «و» before it or without: «نظم» is no part of «منظمة»."""
    for found in re.finditer(cue, text):
        start = found.start()
        if told.starts_word(start) or (start and text[start - 1] == "و" and told.starts_word(start - 1)):
            return found
    return None


def _with_conjunctions(said: str, number: int) -> int:
    """How many words of ``said`` hold ``number`` words besides “and”."""
    taken = 0
    for place, word in enumerate(said.split(), start=1):
        taken += word.strip(",،") not in ("and", "و")
        if taken == number:
            return place
    return number


def _unquoted(text: str) -> str:
    """A title without its quotation marks, brackets it does not close, and full stop."""
    inner = re.split(r"[\"«»“”„‟]", text)
    parts = [part for part in inner if letters_of(part)]
    said = max(parts, key=len, default="") if len(parts) > 1 and text.lstrip()[:1] in '"«»“”„‟' else " ".join(parts)
    return " ".join(said.split()).strip(" .:،,;-•")


def _holds_kind(text: str, ends: re.Pattern) -> bool:
    return bool(ends.search(bones_of(text)))
