"""Figures side by side: bars that are rows of a table, and matrices whose empty cells are the gaps.

Every figure is a door to the activities it counts, as the catalogue lists them (`activities.doors`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.doors import Doors, Filters
from activities.figures import Tally
from activities.filters import NO_AREA, NO_YEAR
from activities.models import ActivityKind
from activities.summary import Summary
from activities.tiles import shade_of, steps_up_to
from bilingual.text import Bilingual
from partners.models import Country, MembershipStatus, OICGroup
from roadmap.models import CooperationArea

Label = Bilingual | Promise | str
LONGEST = 20  # a bar's length is told in twentieths: a style attribute would be refused


@dataclass(frozen=True)
class Bar:
    """A row of a chart, with the lists behind its figures; ``most`` is the longest row's total."""

    label: Label
    tally: Tally
    most: int
    doors: Doors
    number: int | None = None  # of a cooperation area

    @property
    def held_share(self) -> int:
        return round(LONGEST * self.tally.held / self.most) if self.most else 0

    @property
    def planned_share(self) -> int:
        both = self.tally.held + self.tally.planned
        return round(LONGEST * both / self.most) - self.held_share if self.most else 0


@dataclass(frozen=True)
class Row:
    """What a bar is about, before it is known how long the longest is."""

    label: Label
    tally: Tally
    filters: Filters
    number: int | None = None


def bars(rows: Iterable[Row]) -> list[Bar]:
    """Compare ``rows`` by what was held and is planned."""
    rows = list(rows)
    most = max((row.tally.held + row.tally.planned for row in rows), default=0)
    return [Bar(row.label, row.tally, most, Doors(row.filters), row.number) for row in rows]


@dataclass(frozen=True)
class Areas:
    """The cooperation areas to compare, and how lists and pages address them; ``None`` stands for no area."""

    areas: list[CooperationArea]
    has_none: bool = False

    @classmethod
    def of(cls, summary: Summary, day: date) -> "Areas":
        """Those of the roadmap in force on ``day`` and all that ``summary`` counts, the newest roadmap first."""
        counted = {area for (area,) in summary.by("area")}
        stored = list(CooperationArea.objects.select_related("roadmap").order_by("-roadmap__valid_from", "number"))
        begun = [area.roadmap_id for area in stored if area.roadmap.valid_from <= day]
        current = begun[0] if begun else None
        shown = [area for area in stored if area.pk in counted or area.roadmap_id == current]
        return cls(shown, None in counted)

    def __iter__(self) -> Any:
        yield from self.areas
        if self.has_none:
            yield None

    @property
    def of_several_roadmaps(self) -> bool:
        return len({area.roadmap_id for area in self.areas}) > 1


def area_filter(area: CooperationArea | None) -> dict[str, str]:
    """Return what the catalogue calls an area, or the lack of one."""
    return {"area": area.address if area else NO_AREA}


def area_bars(summary: Summary, areas: Areas, **also: str) -> list[Bar]:
    """Compare cooperation areas; ``also`` narrows the lists behind the figures further."""
    tallies = summary.by("area")
    return bars(
        Row(
            Bilingual.of(area, "title") if area else _("No area named"),
            tallies.get((area and area.pk,), Tally()),
            area_filter(area) | also,
            area.number if area else None,
        )
        for area in areas
    )


def kind_bars(summary: Summary, **also: str) -> list[Bar]:
    """Compare the kinds of activity that occur, in the order staff gave them."""
    tallies = summary.by("kind")
    kinds = ActivityKind.objects.filter(pk__in=[kind for (kind,) in tallies])
    return bars(Row(Bilingual.of(kind, "name"), tallies[kind.pk,], {"kind": kind.code} | also) for kind in kinds)


def years_of(summary: Summary) -> list[int]:
    """Return the years from the last to the first with an activity, those without any between them too."""
    years = [year for (year,) in summary.by("year") if year is not None]
    return list(range(max(years), min(years) - 1, -1)) if years else []


def year_bars(summary: Summary, **also: str) -> list[Bar]:
    """Compare the years, the newest first; what has no year comes last."""
    tallies = summary.by("year")
    rows = [Row(str(year), tallies.get((year,), Tally()), {"year": str(year)} | also) for year in years_of(summary)]
    if undated := tallies.get((None,)):
        rows.append(Row(_("No date yet"), undated, {"year": NO_YEAR} | also))
    return bars(rows)


@dataclass(frozen=True)
class Cell:
    """A figure of a matrix, and where it leads; an empty one that could have a figure is a gap."""

    held: int = 0
    planned: int = 0
    shade: int = 0
    is_due: bool = True
    doors: Doors = field(default_factory=Doors)

    @property
    def is_gap(self) -> bool:
        return self.is_due and not self.held


@dataclass(frozen=True)
class MatrixRow:
    """A row of a matrix: a year, or a country with its ``code``."""

    label: Label
    cells: list[Cell]
    code: str = ""


@dataclass(frozen=True)
class Matrix:
    """Rows compared by area. ``label`` is the heading of the first column, or of the group the rows are."""

    label: Label
    areas: Areas
    rows: list[MatrixRow]

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for row in self.rows for cell in row.cells)

    @property
    def due(self) -> int:
        """How many cells could have a figure."""
        return sum(cell.is_due for row in self.rows for cell in row.cells)


def years_by_area(summary: Summary, areas: Areas, day: date) -> Matrix:
    """Return what was held and is planned in each year and area.

    Nothing is due in a year that has not come on ``day`` or in which an area's roadmap is not in force, nor without
    an area.
    """
    tallies = summary.by("year", "area")
    steps = steps_up_to(max((tally.held for tally in tallies.values()), default=0))

    def cell(year: int, area: CooperationArea | None) -> Cell:
        tally = tallies.get((year, area and area.pk), Tally())
        due = area is not None and area.roadmap.valid_from.year <= year <= min(area.roadmap.valid_to.year, day.year)
        filters = {"year": str(year)} | area_filter(area)
        return Cell(tally.held, tally.planned, shade_of(tally.held, steps), due, Doors(filters))

    years = years_of(summary)
    return Matrix(_("Year"), areas, [MatrixRow(str(year), [cell(year, area) for area in areas]) for year in years])


def countries_by_area(summary: Summary, areas: Areas, countries: Sequence[Country]) -> list[Matrix]:
    """Return in how many held activities of each area each of ``countries`` had a part, one matrix for each group."""
    counts = summary.countries_by_area
    steps = steps_up_to(max(counts.values(), default=0))

    def row(country: Country) -> MatrixRow:
        cells = []
        for area in areas:
            held, doors = counts[country.code, area and area.pk], Doors({"country": country.code} | area_filter(area))
            cells.append(Cell(held, 0, shade_of(held, steps), area is not None, doors))
        return MatrixRow(country.name, cells, country.code)

    groups = [(group.label, [each for each in countries if each.oic_group == group]) for group in OICGroup]
    return [Matrix(label, areas, [row(each) for each in members]) for label, members in groups if members]


def is_of_the_oic(standing: str) -> bool:
    """Whether a country with this standing is counted among the members, suspended or not."""
    return standing in (MembershipStatus.MEMBER, MembershipStatus.SUSPENDED)
