"""What the catalogue can be narrowed by: how the database narrows, what an activity's values are, and their names.

A filter says the same thing twice, since `activities.selection` asks the database and `activities.index` counts
without it; a test compares the two.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityKind, ActivityStatus, Mode, Participation, Standing
from activities.models.links import TO_COUNTRIES, TO_INSTITUTIONS, Way, linked
from activities.models.queries import ActivityQuerySet
from activities.models.taking_part import LANGUAGES_OF_WORK
from bilingual.grammar import ordinal
from bilingual.languages import language_name
from bilingual.sorting import alphabetical
from bilingual.templatetags.bilingual import in_either
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.calendar import SessionPeriod, session_periods
from roadmap.models import CooperationArea

NO_AREA = NO_YEAR = "none"
COUNTED, UNCOUNTED = "yes", "no"
COMING, PAST = "coming", "past"
LISTED, UNLISTED = "listed", "unlisted"


@dataclass(frozen=True)
class Option:
    """A value that a filter offers, and its name."""

    value: str
    label: Bilingual | Promise | str
    number: int | None = None  # of a cooperation area

    @property
    def html(self) -> SafeString:
        """The name as pages of the active language show it."""
        named = isinstance(self.label, Bilingual)
        name = in_either(self.label) if named else format_html("<bdi>{}</bdi>", capfirst(self.label))
        return format_html('<span class="option-number">{}</span> {}', self.number, name) if self.number else name


class Filter:
    """A filter by the values of some columns."""

    is_long = False  # a long one is folded away until a reader opens it

    def __init__(self, name: str, label: Promise, *columns: str) -> None:
        self.name = name
        self.label = label
        self.columns = columns or (name,)

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        """Return the activities that have one of ``values``, by the database."""
        return activities.filter(**{f"{self.columns[0]}__in": values})

    def reader(self) -> Callable[..., Iterable[str]]:
        """Return how what stands in the columns of an activity is read as its values."""
        return lambda cell: () if cell is None else (str(cell),)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        """Yield the values with their names, in the order readers expect: those ``present``, or more."""
        return (Option(value, value) for value in sorted(present, reverse=True))

    def in_order(self, options: Sequence[Option]) -> Sequence[Option]:
        """Return the options as readers of the active language expect them to stand."""
        return options


class YearFilter(Filter):
    """A filter by year, or by there being none yet."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        wanted = Q(year__in=[int(value) for value in values if value != NO_YEAR])
        return activities.filter(wanted | Q(year=None) if NO_YEAR in values else wanted)

    def reader(self) -> Callable[..., Iterable[str]]:
        return lambda year: (str(year) if year else NO_YEAR,)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        yield from super().options([value for value in present if value != NO_YEAR])
        if NO_YEAR in present:
            yield Option(NO_YEAR, _("No date yet"))


class ChoiceFilter(Filter):
    """A filter whose values are the choices of a field."""

    def __init__(self, name: str, label: Promise, choices: Any) -> None:
        super().__init__(name, label)
        self.choices = choices

    def options(self, present: Collection[str]) -> Iterator[Option]:
        return (Option(value, label) for value, label in self.choices.choices)


class KindFilter(Filter):
    """A filter by the kinds that staff keep."""

    def options(self, present: Collection[str]) -> Iterator[Option]:
        return (
            Option(kind.code, Bilingual.of(kind, "name")) for kind in ActivityKind.objects.filter(is_project=False)
        )


class AreaFilter(Filter):
    """A filter by cooperation area, written like 2020-2025.2, or by there being none."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        addresses = [value.rpartition(".") for value in values if value != NO_AREA]
        return activities.in_areas(
            [(roadmap, int(number)) for roadmap, _dot, number in addresses], or_in_none=NO_AREA in values
        )

    def reader(self) -> Callable[..., Iterable[str]]:
        return lambda roadmap, number: (f"{roadmap}.{number}" if roadmap else NO_AREA,)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        areas = CooperationArea.objects.select_related("roadmap").order_by("-roadmap__valid_from", "number")
        for area in areas:
            yield Option(area.address, Bilingual.of(area, "title"), area.number)
        yield Option(NO_AREA, _("No area named"))


class PeriodFilter(Filter):
    """A filter by the period between two sessions of COMCEC in which an activity ends, named by the later one."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        wanted = Q(pk__in=[])
        for each in session_periods():
            if str(each.number) in values:
                wanted |= Q(end_date__range=(each.period.start, each.period.end))
        return activities.filter(wanted)

    def reader(self) -> Callable[..., Iterable[str]]:
        periods = session_periods()
        ends = [each.period.end for each in periods]

        def read(end: Any) -> Iterable[str]:
            at = bisect_left(ends, end) if end else len(ends)
            return (str(periods[at].number),) if at < len(ends) and periods[at].period.holds(end) else ()

        return read

    def options(self, present: Collection[str]) -> Iterator[Option]:
        return (Option(str(each.number), self._label(each)) for each in reversed(session_periods()))

    def _label(self, period: SessionPeriod) -> Bilingual:
        return Bilingual(*(self._said(period, language) for language in ("ar", "en")))

    def _said(self, period: SessionPeriod, language: str) -> str:
        numbers = {
            "first": _numbered(period.number - 1, language),
            "last": _numbered(period.number, language),
        }
        with override(language):
            if period.after is None:
                return gettext("since the %(first)s session") % numbers
            return gettext("%(first)s to %(last)s session") % numbers


def _numbered(number: int, language: str) -> str:
    """A session's number in a narrow column; Arabic ordinals of two words would not fit there."""
    return str(number) if language == "ar" else ordinal(number, language)


class LanguageFilter(Filter):
    """A filter by the languages in which people worked."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        wanted = Q(pk__in=[])
        for value in values:  # two letters, and a space between: none begins in another
            wanted |= Q(**{f"{self.columns[0]}__contains": value})
        return activities.filter(wanted)

    def reader(self) -> Callable[..., Iterable[str]]:
        return str.split

    def options(self, present: Collection[str]) -> Iterator[Option]:
        codes = (code for code in LANGUAGES_OF_WORK if code in present)
        return (
            Option(code, Bilingual(*(language_name(code, language) for language in ("ar", "en")))) for code in codes
        )


class CountedFilter(Filter):
    """A filter by whether figures count an activity: what is not reported stands in lists alone."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        return activities.filter(is_reportable__in=[value == COUNTED for value in {COUNTED, UNCOUNTED} & {*values}])

    def reader(self) -> Callable[..., Iterable[str]]:
        return lambda is_reportable: (COUNTED if is_reportable else UNCOUNTED,)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        yield Option(COUNTED, _("counted in figures"))
        yield Option(UNCOUNTED, _("not counted in figures"))


class HeadcountFilter(Filter):
    """A filter by how sure the number of participants is, or why there is none (`Participation.told_of`)."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        wanted, unopened = Q(participation__headcount_standing__in=values), Q(participation=None)
        if Standing.PENDING in values:
            wanted |= unopened & Q(status=ActivityStatus.HELD)
        if Standing.NOT_DUE in values:
            wanted |= unopened & ~Q(status=ActivityStatus.HELD)
        return activities.filter(wanted)

    def reader(self) -> Callable[..., Iterable[str]]:
        return lambda standing, status: (standing or Participation.standing_unopened(status),)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        yield Option(Standing.REPORTED, _("figures reported"))
        yield Option(Standing.ESTIMATED, _("figures estimated"))
        yield Option(Standing.PENDING, _("figures pending"))
        yield Option(Standing.NOT_COLLECTED, _("figures not collected"))
        yield Option(Standing.NOT_DUE, _("figures not due yet"))


class WhenFilter(Filter):
    """A filter by whether the last day is over: today is not, and what has no dates is neither."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        today, wanted = timezone.localdate(), Q(pk__in=[])
        if COMING in values:
            wanted |= Q(end_date__gte=today)
        if PAST in values:
            wanted |= Q(end_date__lt=today)
        return activities.filter(wanted)

    def reader(self) -> Callable[..., Iterable[str]]:
        today = timezone.localdate()
        return lambda end: (COMING if end >= today else PAST,) if end else ()

    def options(self, present: Collection[str]) -> Iterator[Option]:
        yield Option(COMING, _("running or to come"))
        yield Option(PAST, _("over"))


class ListsFilter(Filter):
    """A filter by whether an activity lists the countries that took part; otherwise nobody knows which did."""

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        wanted = [value == LISTED for value in {LISTED, UNLISTED} & {*values}]
        return activities.with_country_lists().filter(lists_countries__in=wanted)

    def reader(self) -> Callable[..., Iterable[str]]:
        return lambda lists_countries: (LISTED if lists_countries else UNLISTED,)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        yield Option(LISTED, _("countries listed"))
        yield Option(UNLISTED, _("countries not listed"))


class LinkFilter(Filter):
    """A filter by rows of a model to which several ways lead: an activity counts once, by whichever way."""

    is_long = True

    def __init__(self, name: str, label: Promise, model: Any, names: str, ways: Sequence[Way]) -> None:
        super().__init__(name, label)
        self.columns = ()
        self.model = model
        self.names = names
        self.ways = ways

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        return linked(activities, self.ways, self.model.objects.filter(code__in=values))

    def options(self, present: Collection[str]) -> Iterator[Option]:
        rows = self.model.objects.rewrite(False).order_by()
        for code, arabic, english in rows.values_list("code", f"{self.names}_ar", f"{self.names}_en"):
            if self.is_named(code, present):
                yield Option(code, Bilingual(arabic or "", english or ""))

    def in_order(self, options: Sequence[Option]) -> Sequence[Option]:
        return sorted(options, key=lambda option: alphabetical(option.label))

    def is_named(self, code: str, present: Collection[str]) -> bool:
        """Whether readers may know of a row; of institutions only those that something published names."""
        return self.model is Country or code in present


FILTERS = (
    AreaFilter("area", _("Cooperation area"), "area__roadmap__code", "area__number"),
    KindFilter("kind", _("Kind"), "kind__code"),
    PeriodFilter("period", _("Reporting period"), "end_date"),
    YearFilter("year", _("Year")),
    WhenFilter("when", _("When"), "end_date"),
    ChoiceFilter("status", _("Status"), ActivityStatus),
    ChoiceFilter("mode", _("Mode"), Mode),
    HeadcountFilter("figures", _("Number of participants"), "participation__headcount_standing", "status"),
    ListsFilter("lists", _("Countries that took part"), "lists_countries"),
    CountedFilter("counted", _("Figures of the programme"), "is_reportable"),
    LanguageFilter("language", _("Language of work"), "working_languages"),
    LinkFilter("country", _("Country"), Country, "short_name", TO_COUNTRIES),
    LinkFilter("partner", _("Partner"), Institution, "name", TO_INSTITUTIONS),
)
