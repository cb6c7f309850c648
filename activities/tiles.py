"""The member countries as a map of tiles: shaded by a count of activities, or by who took part in one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import Country
from partners.tiles import tile_rows

SHADES = 3


@dataclass(frozen=True)
class CountryRow:
    """A country, what it is to the OIC, and a count: of activities, with their list, or of people that it sent."""

    country: Country
    standing: str
    count: int
    listed_at: str = ""


@dataclass(frozen=True)
class Tile:
    """A country's place on the map; shade 0 is the lightest, and ``label`` says it where there is no count."""

    row: CountryRow
    shade: int
    label: Promise | str = ""


@dataclass(frozen=True)
class Step:
    """What a shade means: from ``low`` to ``high`` activities, or what its ``label`` says."""

    shade: int
    low: int = 0
    high: int = 0
    label: Promise | str = ""


def country_rows(
    counts: Mapping[str, int], day: date, list_of: Callable[[str], str] = lambda code: ""
) -> list[CountryRow]:
    """Return every country that is or was something to the OIC or has a count, with both; its standing is of ``day``.

    ``list_of`` says where the list behind the count of a country, by its code, is.
    """
    wanted = Q(memberships__isnull=False) | Q(code__in=list(counts))
    countries = Country.objects.filter(wanted).distinct().prefetch_related("memberships")
    return [
        CountryRow(each, each.standing_on(day), counts.get(each.code, 0), list_of(each.code)) for each in countries
    ]


def steps_up_to(most: int) -> list[Step]:
    """Return the shades for counts from none to ``most``, lightest first; none of them is empty."""
    shades = min(most, SHADES)
    bounds = [round(most * each / shades) for each in range(shades + 1)] if shades else [0]
    return [Step(0, 0, 0)] + [
        Step(SHADES - shades + each, bounds[each - 1] + 1, bounds[each]) for each in range(1, shades + 1)
    ]


def shade_of(count: int, steps: list[Step]) -> int:
    """Return the shade of a count that the steps reach up to."""
    return next(step.shade for step in steps if step.low <= count <= step.high)


class TileMap:
    """The tiles, row by row; the shades divide the highest count evenly, in whole activities."""

    def __init__(self, rows: list[CountryRow]) -> None:
        self.rows = {row.country.code: row for row in rows}

    @cached_property
    def steps(self) -> list[Step]:
        """The shades in use, lightest first; none of them is empty."""
        return steps_up_to(max((row.count for code, row in self.rows.items() if code in self._codes), default=0))

    @property
    def lines(self) -> list[list[Tile | None]]:
        """The rows of the map from north to south; a place without a country, or one we do not know, is ``None``."""
        return [[self._tile(code) for code in line] for line in tile_rows()]

    @cached_property
    def _codes(self) -> set[str]:
        return {code for line in tile_rows() for code in line if code}

    def _tile(self, code: str) -> Tile | None:
        row = self.rows.get(code)
        return Tile(row, shade_of(row.count, self.steps)) if row else None


class AttendanceMap(TileMap):
    """The members that took part in one activity beside those that its list does not name."""

    def __init__(self, members: list[CountryRow], attended: set[str]) -> None:
        super().__init__(members)
        self.attended = attended

    @cached_property
    def steps(self) -> list[Step]:
        return [Step(SHADES, label=_("took part")), Step(0, label=_("not named"))]

    def _tile(self, code: str) -> Tile | None:
        row = self.rows.get(code)
        if row is None:
            return None
        return Tile(row, SHADES, _("took part")) if code in self.attended else Tile(row, 0)
