"""Filters by what stands in the columns of an activity itself."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from activities.filters.base import Filter, Option
from activities.models import ActivityKind, ActivityStatus, Participation, Standing
from activities.models.queries import ActivityQuerySet
from activities.models.taking_part import LANGUAGES_OF_WORK
from bilingual.grammar import ordinal
from bilingual.languages import language_name
from bilingual.text import Bilingual
from roadmap.calendar import SessionPeriod, session_periods
from roadmap.models import CooperationArea

NO_AREA = NO_YEAR = "none"
COUNTED, UNCOUNTED = "yes", "no"
COMING, PAST = "coming", "past"
LISTED, UNLISTED = "listed", "unlisted"


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
