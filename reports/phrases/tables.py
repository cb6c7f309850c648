"""Rows of figures, and the bars that show how they compare, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from activities.figures import Tally
from bilingual.grammar import NOUNS, counted, join
from reports.facts import MonthRow, ReportFacts
from reports.phrases.marks import mark_fact, mark_name
from reports.phrases.said import FactWords

# A bar is drawn in steps of one twentieth of the longest.
_STEPS = 20
_OUTSIDE = {
    "ar": {"earlier": "قبل هذه الفترة", "later": "بعد هذه الفترة", "none": "بلا موعد محدد"},
    "en": {"earlier": "Before this period", "later": "After this period", "none": "No dates set"},
}


@dataclass(frozen=True)
class Longest:
    """What the longest bars of a table stand for: activities held and planned together, and participations."""

    activities: int
    participations: int

    @classmethod
    def of(cls, tallies: Sequence[Tally]) -> "Longest":
        return cls(
            max((tally.held + tally.planned for tally in tallies), default=0),
            max((tally.participations or 0 for tally in tallies), default=0),
        )


@dataclass(frozen=True)
class TallyRow:
    """A row of a table: what was held and planned under one heading, and how that compares with the most."""

    fact: str
    name: SafeString
    tally: Tally
    longest: Longest
    number: str = ""
    reason: str = ""

    @property
    def held(self) -> SafeString:
        return self._digits("held", self.tally.held)

    @property
    def planned(self) -> SafeString:
        return self._digits("planned", self.tally.planned)

    @property
    def participations(self) -> SafeString:
        """The sum of the known headcounts; empty when none is known."""
        return self._digits("participations", self.tally.participations)

    def _digits(self, name: str, n: int | None) -> SafeString:
        return SafeString() if n is None else mark_fact(f"{self.fact}.{name}", f"{n:,}")

    @property
    def is_empty(self) -> bool:
        return not (self.tally.held or self.tally.planned)

    @property
    def held_share(self) -> int:
        return _share(self.tally.held, self.longest.activities)

    @property
    def planned_share(self) -> int:
        """What is left of the row's bar after the activities held: both together never pass its end."""
        return _share(self.tally.held + self.tally.planned, self.longest.activities) - self.held_share

    @property
    def participations_share(self) -> int:
        return _share(self.tally.participations or 0, self.longest.participations)


def _share(n: int, most: int) -> int:
    """The length of a bar; whatever there is can be seen."""
    return max(1, round(_STEPS * n / most)) if n else 0


@dataclass(frozen=True)
class Peak:
    """The rows with the most activities held, in one phrase, and how many those are."""

    names: SafeString
    count: SafeString
    size: int


@dataclass(frozen=True)
class Table:
    """A table of tallies. ``peak`` is what a sentence can say of it; ``None`` where no row stands out."""

    title: SafeString
    rows: list[TallyRow]
    peak: Peak | None

    @property
    def empty_rows(self) -> list[TallyRow]:
        return [row for row in self.rows if row.is_empty]


def area_tables(facts: ReportFacts, language: str) -> list[Table]:
    """Return one table for each roadmap, whose areas are numbered by themselves."""
    longest = _longest_of_areas(facts)
    titles = {roadmap.code: roadmap.short_title for roadmap in facts.roadmaps}
    tables = []
    for roadmap, areas in groupby(facts.areas, key=lambda area: area.roadmap):
        rows = [
            TallyRow(
                f"area.{roadmap}.{area.number}",
                mark_name(area.title, language),
                area.tally,
                longest,
                number=mark_fact(f"area.{roadmap}.{area.number}.number", str(area.number)),
                reason=mark_name(area.reason, language) if area.reason else "",
            )
            for area in areas
        ]
        title = mark_name(titles[roadmap], language) if roadmap in titles else SafeString()
        tables.append(Table(title, rows, _peak(rows, language)))
    return tables


def row_without_area(facts: ReportFacts) -> TallyRow:
    """Return the row of the activities that name no area."""
    return TallyRow("area.none", SafeString(), facts.without_area, _longest_of_areas(facts))


def _longest_of_areas(facts: ReportFacts) -> Longest:
    return Longest.of([*(area.tally for area in facts.areas), facts.without_area])


def kind_table(facts: ReportFacts, language: str) -> Table:
    """Return the table of the kinds that occur."""
    longest = Longest.of([row.tally for row in facts.kinds])
    rows = [
        TallyRow(f"kind.{row.kind.code}", mark_name(row.kind.name, language), row.tally, longest)
        for row in facts.kinds
    ]
    return Table(SafeString(), rows, _peak(rows, language))


def month_table(facts: ReportFacts, words: FactWords, language: str) -> Table:
    """Return the table of the months of the period, in order."""
    longest = Longest.of([row.tally for row in facts.months])
    rows = [TallyRow(f"month.{row.month}", _month(row, words, language), row.tally, longest) for row in facts.months]
    return Table(SafeString(), rows, _peak([row for row in rows if f"{row.fact}.month" in words.values], language))


def _month(row: MonthRow, words: FactWords, language: str) -> SafeString:
    outside = _OUTSIDE[language].get(row.month)
    return SafeString(outside) if outside else words.marked(f"month.{row.month}.month", language)


def _peak(rows: list[TallyRow], language: str) -> Peak | None:
    """What stands out: the rows that share the most, where they are few and others have less."""
    most = max((row.tally.held for row in rows), default=0)
    first = [row for row in rows if row.tally.held == most]
    others = [row for row in rows if 0 < row.tally.held < most]
    if not (most and others and len(first) <= 3):
        return None
    count = mark_fact(f"{first[0].fact}.held", counted(most, NOUNS["activity"], language))
    return Peak(SafeString(join([row.name for row in first], language)), count, len(first))
