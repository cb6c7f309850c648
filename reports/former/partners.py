"""Finds who did what: institutions of the database by their names, others by the words around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reports.former.proposals import FAIR, SURE, WEAK, Partner, Reading
from reports.former.skeletons import Skeleton, either, letters_of
from reports.former.speech import SPEECH
from reports.former.tornnames import torn_names
from reports.former.vocabulary import SHORTEST_NAME, Named, Vocabulary, words_of

LONGEST_CLAUSE = 420  # letters of a skeleton


@dataclass(frozen=True)
class Found:
    """An institution, and where its name stands in a skeleton."""

    named: Named
    start: int
    end: int


class Names:
    """Finds the named of a vocabulary in a skeleton; of names within names, the longest."""

    def __init__(self, named: tuple[Named, ...]):
        self.long: dict[str, Named] = {}
        self.short: dict[str, Named] = {}
        for each in named:
            for letters in each.bones:
                (self.long if len(letters) >= SHORTEST_NAME else self.short).setdefault(letters, each)
        # «لل» takes the place of an article.
        for letters in [letters for letters in self.long if letters.startswith("ال") and len(letters) > 9]:
            self.long.setdefault(f"ل{letters[1:]}", self.long[letters])

    @cached_property
    def pattern(self) -> re.Pattern:
        names = sorted([*self.long, *self.short], key=len, reverse=True)
        return re.compile("|".join(names) or r"(?!)")

    def find(self, skeleton: Skeleton, start: int = 0, end: int | None = None) -> list[Found]:
        """Return what is named between two places of the skeleton, in order."""
        end = len(skeleton.text) if end is None else end
        # Marks inside a name, such as brackets around its acronym, count for nothing.
        kept = [place for place in range(start, end) if skeleton.text[place].isalnum()]
        text = "".join(skeleton.text[place] for place in kept)
        found = []
        for match in self.pattern.finditer(text):
            first, last = kept[match.start()], kept[match.end() - 1] + 1
            named = self.long.get(match[0])
            if named is None:
                if not (skeleton.starts_word(first) and skeleton.ends_word(last)):
                    continue
                named = self.short[match[0]]
            elif match[0].isascii() and not skeleton.starts_word(first):
                continue
            found.append(Found(named, first, last))
        return found


class PartnerReader:
    """Reads the partners of an item in one language."""

    def __init__(self, vocabulary: Vocabulary, language: str):
        self.vocabulary = vocabulary
        self.language = language
        self.speech = SPEECH[language]
        self.names = Names(vocabulary.institutions)
        kinds = either({bones for kind in vocabulary.kinds for bones in kind.bones if len(bones) > 4})
        article = r"(?:an?)?" if language == "en" else ""
        modes = "|".join(self.speech.modes.values())
        kind = rf",?{article}(?:{modes})?(?:{kinds})"
        self.ends = re.compile(rf"{self.speech.after_names}|{kind}|\"|\.(?!\d)|:")
        others = "|".join(pattern for role, pattern in self.speech.roles.items() if role != "content_provider")
        self.ends = re.compile(rf"{self.ends.pattern}|,(?:و|and)?(?:{others})")
        self.cues = {role: re.compile(pattern) for role, pattern in self.speech.roles.items()}

    def read(self, skeleton: Skeleton, is_project: bool) -> list[tuple[Partner, Reading]]:
        """Return the partners with their roles, each once, in the order of the text."""
        found: list[tuple[Partner, Reading]] = list(self._organ(skeleton, is_project))
        for role, cue in self.cues.items():
            for match in cue.finditer(skeleton.text):
                found += self._clause(skeleton, role, match.end(), match.start(), found)
        if is_project or "funder" not in {partner.role for partner, _ in found}:
            found += self._funder_of_call(skeleton)
        return _once(found)

    def _organ(self, skeleton: Skeleton, is_project: bool) -> Iterator[tuple[Partner, Reading]]:
        """The executing organ, where it is what organised or carried the whole."""
        names = either(self.vocabulary.organ_names)
        if self.language == "ar":
            verb = r"(?:نظمت?|نفذت?|ينفذ|يعتزم|تعتزم|عقد)"
            match = re.search(rf"{verb}(?P<name>{names}|المركز)", skeleton.text)
        else:
            match = re.search(
                rf"(?P<name>{names})(?:organi[sz]ed|conducted|held|implemented|isimplementing|intendsto)",
                skeleton.text,
            )
        if match:
            organ = self.vocabulary.institution(self.vocabulary.organ)
            name = organ.name.in_(self.language) if organ else match["name"]
            role = "implementer" if is_project else "organiser"
            yield (
                Partner(role, name, self.vocabulary.organ),
                Reading(name, skeleton.passage(match.start(), match.end(), 20), SURE),
            )

    def _clause(
        self, skeleton: Skeleton, role: str, start: int, cue_start: int, known: list[tuple[Partner, Reading]]
    ) -> Iterator[tuple[Partner, Reading]]:
        """The names between a cue and what ends its clause."""
        ended = self.ends.search(skeleton.text, start)
        end = min(ended.start() if ended else len(skeleton.text), start + LONGEST_CLAUSE)
        if role == "content_provider":
            opening = re.match(self.speech.before_names, skeleton.text[start:end])
            start += opening.end() if opening else 0
        passage = skeleton.passage(cue_start, end)
        named = self.names.find(skeleton, start, end)
        torn = self._torn(skeleton, start, end, named)
        for torn_one in torn:
            name = torn_one.name.in_(self.language)
            yield Partner(role, name, torn_one.code), Reading(name, passage, FAIR)
        beside = (*torn, *(found.named for found in named if torn))
        place = start
        for each in named:
            yield from self._described(skeleton, role, place, each.start, passage, known, (each.named, *beside))
            post = self._post(skeleton, place, each.start)
            name = each.named.name.in_(self.language) or skeleton.raw(each.start, each.end)
            if not (each.named.is_organ and role in ("co_organiser", "funder")):
                yield Partner(role, name, each.named.code, post), Reading(name, passage, SURE)
            place = each.end
        beside = (*(found.named for found in named[-1:]), *beside)
        yield from self._described(skeleton, role, place, end, passage, known, beside)

    def _torn(self, skeleton: Skeleton, start: int, end: int, found: list[Found]) -> list[Named]:
        """Institutions named in halves or with a fault, beside those named as they should be."""
        whole = {each.named.code for each in found}
        others = (each for each in self.vocabulary.institutions if each.code not in whole and not each.is_organ)
        starts, ends = (start, *(each.end for each in found)), (*(each.start for each in found), end)
        return torn_names(others, [skeleton.text[a:b] for a, b in zip(starts, ends, strict=True)])

    def _post(self, skeleton: Skeleton, start: int, end: int) -> str:
        """The post of an office holder that stands before the name of an institution."""
        said = " ".join(skeleton.raw(start, end).split()).strip("،, ")
        said = re.sub(r"^(?:و|and |by |the )+", "", said)
        if not said.startswith(self.speech.posts):
            return ""
        if self.language == "ar":
            return re.sub(r"\s+(?:في|ب|ل)$", "", said)
        return re.sub(r"\s+(?:of|at)(?:\s+the)?$", "", said)

    def _described(
        self,
        skeleton: Skeleton,
        role: str,
        start: int,
        end: int,
        passage: str,
        known: list[tuple[Partner, Reading]],
        beside: tuple[Named, ...],
    ) -> Iterator[tuple[Partner, Reading]]:
        """Names that the database has not: as the report writes them, or as it wrote them before."""
        said = " ".join(skeleton.raw(start, end).split()) if start < end else ""
        for name in self._parted(said):
            again = self._mentioned_before(name, known)
            if again:
                yield Partner(role, again.name, again.code), Reading(again.name, passage, FAIR)
            elif self._is_name(name) and not self._is_part_of(name, beside):
                yield Partner(role, name), Reading(name, passage, WEAK)

    def _parted(self, said: str) -> list[str]:
        said = re.sub(r"\([A-Za-z0-9 &/\-]{2,30}\)", lambda found: found[0].replace(" ", "\u00a0"), said)
        if self.language == "ar":
            heads = "|".join(self.speech.heads)
            parts = re.split(rf"[،؛]\s*و|\s+و(?=(?:{heads})(?:\s|$))|^و(?=(?:{heads})(?:\s|$))", said)
        else:
            parts = re.split(r";\s+(?:and\s+)?(?:the\s+)?|,\s+and\s+(?:the\s+)?|,\s+the\s+|\s+and\s+the\s+", said)
        return [self._trimmed(part) for part in parts]

    def _trimmed(self, part: str) -> str:
        part = part.replace("\u00a0", " ").strip(" ،,.؛;:-")
        part = re.sub(r"^(?:و\s+|and\s+|the\s+|كل من\s+|by\s+)+", "", part)
        opening = (
            r"^(?:خبراء|متحدثون|متحدثين)(?:\s+و?(?:مختصون|أكفاء|بارزون))*،?\s*(?:من|يمثلون)?\s*"
            r"|^(?:experts|speakers)\s+from\s+(?:the\s+)?"
        )
        part = re.sub(opening, "", part).strip(" ،,.؛;:-")
        part = re.sub(r"^عددا(?=\s)", "عدد", part)  # as the object of a sentence has it
        return re.sub(r"^[()\s،,]+|[(\s]+$", "", part)

    def _mentioned_before(self, name: str, known: list[tuple[Partner, Reading]]) -> Partner | None:
        """Whom «الوزارة» means: the partner named before whose name begins so."""
        for said, beginning in self.speech.back.items():
            if letters_of(name) in (letters_of(said), letters_of(f"و{said}"), letters_of(said.removeprefix("the "))):
                for partner, _ in known:
                    if letters_of(beginning) in letters_of(partner.name):
                        return partner
        for partner, _ in known:
            if len(letters_of(name)) >= 10 and letters_of(partner.name).startswith(letters_of(name)):
                return partner
        return None

    def _is_part_of(self, name: str, beside: tuple[Named, ...]) -> bool:
        """Whether this is but a piece of the names beside it, or the post of whoever acted for one."""
        if not beside:
            return False
        if name.startswith(self.speech.posts):
            return True
        own = {word for each in beside for word in words_of(f"{each.name.ar} {each.name.en}")}
        words = words_of(name)
        return sum(word in own for word in words) * 2 >= len(words)

    def _is_name(self, name: str) -> bool:
        """Whether what is left between the known can be a name: two words or more, or a capital."""
        words = [word for word in name.split() if any(letter.isalpha() for letter in word)]
        if not 2 <= len(words) <= 24:
            return False
        if self.language == "ar":
            return words[0].lstrip("و").startswith((*self.speech.heads, *self.speech.posts, "عدد"))
        if name[:1] in "(),;" or name.split()[-1] in ("the", "and", "of"):
            return False
        return sum(word[:1].isupper() for word in words) >= 2 or words[0] in ("a", "several")

    def _funder_of_call(self, skeleton: Skeleton) -> Iterator[tuple[Partner, Reading]]:
        """Whoever is named beside a call for proposals pays for what came of it."""
        for match in re.finditer(self.speech.call, skeleton.text):
            end = skeleton.text.find(".", match.end())
            end = min(end if end > 0 else len(skeleton.text), match.end() + 160)
            for each in self.names.find(skeleton, match.start(), end):
                if not each.named.is_organ:
                    name = each.named.name.in_(self.language)
                    yield (
                        Partner("funder", name, each.named.code),
                        Reading(name, skeleton.passage(match.start(), each.end), FAIR),
                    )


def _once(found: list[tuple[Partner, Reading]]) -> list[tuple[Partner, Reading]]:
    kept: dict[tuple[str, str], tuple[Partner, Reading]] = {}
    for partner, reading in found:
        key = (partner.role, partner.code or letters_of(partner.name))
        if key not in kept or (partner.post and not kept[key][0].post):
            kept[key] = (partner, reading)
    return list(kept.values())
