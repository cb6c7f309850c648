"""Which member countries took part, as far as lists tell, in one language: a map of tiles and the table behind it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from activities.tiles import Step, shade_of, steps_up_to
from bilingual.grammar import NOUNS, Case, counted
from bilingual.sorting import alphabetical
from partners.tiles import tile_rows
from reports.facts import CountryFacts, ReportFacts
from reports.phrases.marks import mark_fact, mark_name

# As many countries stand in one column.
_ONE_COLUMN = 8


@dataclass(frozen=True)
class Tile:
    """A country's place on the map; shade 0 is the lightest."""

    code: str
    shade: int


@dataclass(frozen=True)
class CountryLine:
    """A country that took part, and in how many activities."""

    name: SafeString
    activities: SafeString


class CountryPhrases:
    """What the section on countries says."""

    def __init__(self, facts: ReportFacts, language: str) -> None:
        self.facts = facts.attendance
        self.language = language
        self._stated = facts.stated()

    @property
    def is_complete(self) -> bool:
        """Whether every activity held has its list."""
        return self.facts.listed == self.facts.held

    @property
    def listed(self) -> SafeString:
        words = counted(self.facts.listed, NOUNS["activity"], self.language, case=Case.GENITIVE)
        return mark_fact("report.listed", words)

    @property
    def held(self) -> SafeString:
        words = counted(self.facts.held, NOUNS["held_activity"], self.language, case=Case.GENITIVE)
        return mark_fact("report.held", words)

    @property
    def member_countries(self) -> SafeString:
        """How many distinct countries took part; empty where lists are missing."""
        total = self._stated.get("report.member_countries")
        if not total:
            return SafeString()
        return mark_fact("report.member_countries", counted(int(total), NOUNS["member_country"], self.language))

    @cached_property
    def lines(self) -> list[CountryLine]:
        """The countries that took part, those with the most activities first."""
        rows = sorted((row for row in self.facts.countries if row.activities), key=self._order)
        return [
            CountryLine(
                mark_name(row.name, self.language),
                mark_fact(f"country.{row.code}.activities", f"{row.activities:,}"),
            )
            for row in rows
        ]

    @property
    def table_lines(self) -> list[list[CountryLine]]:
        """The countries as the table sets them: one below the other, and where they are many, in two columns."""
        height = len(self.lines) if len(self.lines) <= _ONE_COLUMN else (len(self.lines) + 1) // 2
        return [self.lines[place::height] for place in range(height)]

    @property
    def columns(self) -> range:
        return range(len(self.table_lines[0]))

    def _order(self, row: CountryFacts) -> tuple[int, str]:
        return -row.activities, alphabetical(row.name.in_(self.language) or row.code)

    @cached_property
    def steps(self) -> list[Step]:
        """The shades in use and what each means."""
        return steps_up_to(max((row.activities for row in self.facts.countries), default=0))

    @property
    def map_lines(self) -> list[list[Tile | None]]:
        """The tiles from north to south and from west to east; no place for who was no member."""
        counts = {row.code: row.activities for row in self.facts.countries}
        return [
            [Tile(code, shade_of(counts[code], self.steps)) if code in counts else None for code in line]
            for line in tile_rows()
        ]
