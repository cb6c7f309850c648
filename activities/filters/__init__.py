"""What the catalogue can be narrowed by, in the order in which it is offered."""

from django.utils.translation import gettext_lazy as _

from activities.filters.base import Filter, Option
from activities.filters.columns import (
    COUNTED,
    NO_AREA,
    NO_YEAR,
    PAST,
    UNCOUNTED,
    UNLISTED,
    AreaFilter,
    ChoiceFilter,
    CountedFilter,
    HeadcountFilter,
    KindFilter,
    LanguageFilter,
    ListsFilter,
    PeriodFilter,
    WhenFilter,
    YearFilter,
)
from activities.filters.ways import LinkFilter
from activities.models import ActivityStatus, Mode
from activities.models.links import TO_COUNTRIES, TO_INSTITUTIONS
from partners.models import Country, Institution

FILTERS: tuple[Filter, ...] = (
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

__all__ = [
    "COUNTED",
    "FILTERS",
    "NO_AREA",
    "NO_YEAR",
    "PAST",
    "UNCOUNTED",
    "UNLISTED",
    "Filter",
    "LinkFilter",
    "Option",
]
