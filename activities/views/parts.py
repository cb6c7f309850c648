"""The part that a country or an institution had in activities: tables whose numbers lead to lists of just those."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from activities.filters import FILTERS, NO_AREA, NO_YEAR, Option
from activities.forms import PartForm
from activities.involvement import Breakdown, Counts, in_area, in_year
from activities.models.queries import ActivityQuerySet
from activities.views.rows import LIST_LENGTH, with_row_details
from bilingual.grammar import Case, ordinal
from bilingual.languages import active_language
from bilingual.text import Bilingual
from roadmap.models import CooperationArea

COMING_PART = "coming"  # no part, and asked for like one: what is planned, the soonest first
COMING_AT = f"?part={COMING_PART}#list"
_SCOPE = ("year", "area", "period")  # what a list of a part can be narrowed by


@dataclass(frozen=True)
class Cell:
    """A number of activities, ``None`` where nobody knows it, and the query string of their list."""

    count: int | None
    query: str


@dataclass(frozen=True)
class Row:
    """A year or an area with a number for each part; ``query`` asks the catalogue for all of its activities."""

    label: Bilingual | Promise | str
    query: str
    cells: list[Cell]
    number: int | None = None  # of a cooperation area

    @property
    def html(self) -> SafeString:
        """Its name, as the catalogue's filters show it."""
        return Option("", self.label, self.number).html


@dataclass(frozen=True)
class Table:
    """Years or areas, by part."""

    heads: list[str | Promise]
    rows: list[Row]


class PartTables:
    """The tables of one page.

    ``labels`` names the parts that are shown, in order; ``filters`` is what the catalogue's address says of the
    page's country or institution; ``may_have`` tells, of a part that nothing shows among some counts, whether that is
    because nobody knows.
    """

    def __init__(
        self,
        breakdown: Breakdown,
        labels: Mapping[str, str | Promise],
        filters: Mapping[str, str],
        may_have: Callable[[str, Counts], bool] = lambda part, counts: False,
    ) -> None:
        self.breakdown = breakdown
        self.labels = labels
        self.filters = filters
        self.may_have = may_have

    @property
    def totals(self) -> dict[str, Cell]:
        """The number of each part over all years and areas."""
        return {part: self._cell(part, Counter.total, {}) for part in self.labels}

    @property
    def by_year(self) -> Table:
        """The years in which there is anything, the latest first."""
        return self._table(self._year(year) for year in self.breakdown.years)

    def by_area(self, areas: Iterable[CooperationArea]) -> Table:
        """The ``areas`` one by one, and last what names none, if anything does."""
        rows = [self._area(area) for area in areas]
        if None in self.breakdown.areas:
            rows.append(self._row(_("No area named"), {"area": NO_AREA}, partial(in_area, area=None)))
        return self._table(rows)

    def _table(self, rows: Iterable[Row]) -> Table:
        return Table(list(self.labels.values()), list(rows))

    def _year(self, year: int) -> Row:
        return self._row(str(year), {"year": str(year)}, partial(in_year, year=year))

    def _area(self, area: CooperationArea) -> Row:
        asked = {"area": area.address}
        return self._row(Bilingual.of(area, "title"), asked, partial(in_area, area=area.pk), area.number)

    def _row(
        self, label: Bilingual | Promise | str, asked: dict[str, str], counts: Counts, number: int | None = None
    ) -> Row:
        cells = [self._cell(part, counts, asked) for part in self.labels]
        return Row(label, urlencode({**self.filters, **asked}), cells, number)

    def _cell(self, part: str, counts: Counts, asked: dict[str, str]) -> Cell:
        count = counts(self.breakdown[part])
        is_unknown = not count and self.may_have(part, counts)
        return Cell(None if is_unknown else count, urlencode({"part": part, **asked}))


@dataclass(frozen=True)
class PartList:
    """The activities behind a number of a table, in pages."""

    heading: list[str | Promise]
    page: Page
    pages: list[int | str]
    query: str


class PartRequest:
    """What an address asks for: a part, perhaps of a year, an area, or with another institution."""

    def __init__(self, request: HttpRequest, parts: Mapping[str, str | Promise]) -> None:
        self.form = PartForm(request.GET)
        self.form.is_valid()
        self.parts = parts
        asked = {name: self.form.cleaned_data.get(name, "") for name in ("part", *_SCOPE, "companion")}
        self.asked = {name: value for name, value in asked.items() if value}

    @property
    def part(self) -> str:
        """The part that is asked for; ``""`` for a page as it opens."""
        return self.asked.get("part", "")

    @property
    def unread(self) -> list[str | Promise]:
        """The labels of what could not be read, a part that does not exist among them."""
        names = [name for name in self.form.errors if name != "page"]
        if self.part and self.part not in self.parts:
            names.append("part")
        return [self.form.fields[name].label or name for name in names]

    def narrowed(self, activities: ActivityQuerySet) -> ActivityQuerySet:
        """Return those of the year, the area and the reporting period that are asked for."""
        for each in FILTERS:
            if each.name in _SCOPE and each.name in self.asked:
                activities = each.narrow(activities, [self.asked[each.name]])
        return activities

    def listed(self, activities: ActivityQuerySet, heading: Iterable[str | Promise]) -> PartList:
        """Return a page of ``activities``, in their order; the last one for a number beyond it."""
        found = with_row_details(self.narrowed(activities))
        page = Paginator(found, LIST_LENGTH).get_page(self.form.cleaned_data.get("page") or 1)
        pages = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
        return PartList([*heading, *self.scope()], page, pages, urlencode(self.asked))

    def scope(self) -> list[str | Promise]:
        """Return the words for the year, the area and the period that are asked for."""
        area = self.asked.get("area", "")
        if area == NO_AREA:
            named: list[str | Promise] = [_("No area named")]
        else:
            named = [_("Cooperation area %(number)s") % {"number": area.rpartition(".")[2]}] if area else []
        if period := self.asked.get("period", ""):
            number = ordinal(int(period), active_language(), "f", Case.GENITIVE)
            named.append(_("Reporting period of the %(number)s session") % {"number": number})
        year = self.asked.get("year", "")
        return [_("No date yet") if year == NO_YEAR else year, *named] if year else named


def page_query(part_list: PartList | None) -> str:
    """Return the query string under which the page is known."""
    if part_list is None:
        return ""
    number = part_list.page.number
    return f"{part_list.query}&page={number}" if number > 1 else part_list.query
