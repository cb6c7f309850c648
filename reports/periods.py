"""The periods between the sessions of COMCEC: what was done in each, and the editions that account for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from activities import summary
from activities.charts import Areas, Bar, Row, area_bars, bars, kind_bars
from activities.doors import Doors
from activities.figures import Figures
from activities.models import Activity
from activities.summary import Summary
from activities.tiles import TileMap, country_rows
from activities.views.country import grouped
from activities.views.rows import newest
from reports.models import Edition
from roadmap.calendar import SessionPeriod, session_periods


@dataclass(frozen=True)
class PeriodRow:
    """A period with what was done in it; ``most`` is the total of the busiest."""

    period: SessionPeriod
    bar: Bar


@dataclass(frozen=True)
class Change:
    """A figure of a period beside that of the period before; ``None`` where nobody can give it.

    ``pending`` and ``pending_before`` say for how many activities a sum still waits; ``now_at``, ``before_at`` and the
    like are the lists behind the figures.
    """

    label: str | Promise
    now: int | None
    before: int | None
    pending: int = 0
    pending_before: int = 0
    now_at: str = ""
    before_at: str = ""
    pending_at: str = ""
    pending_before_at: str = ""

    @cached_property
    def difference(self) -> int | None:
        """How much the figure grew; ``None`` unless both are whole."""
        if self.now is None or self.before is None or self.pending or self.pending_before:
            return None
        return self.now - self.before


def changes(now: Figures, before: Figures, doors: Doors, doors_before: Doors) -> list[Change]:
    """Compare the figures of two periods, each with the lists behind them.

    Who was a member on an activity's last day is in no list: the member countries have no door.
    """

    def change(label: Promise, of: Callable[[Figures], int | None], door: str, **pending: Any) -> Change:
        at = {"now_at": getattr(doors, door), "before_at": getattr(doors_before, door)}
        return Change(label, of(now), of(before), **pending, **at)

    waiting = {
        "pending": now.tally.pending,
        "pending_before": before.tally.pending,
        "pending_at": doors.pending,
        "pending_before_at": doors_before.pending,
    }
    return [
        change(gettext_lazy("Held activities"), lambda told: told.tally.held, "held"),
        change(gettext_lazy("Participations"), lambda told: told.tally.participations, "participations", **waiting),
        change(gettext_lazy("Partner institutions"), lambda told: told.partner_institutions, "institutions"),
        change(gettext_lazy("Providing countries"), lambda told: told.providing_countries, "providing_countries"),
        Change(gettext_lazy("Participating member countries"), now.member_countries, before.member_countries),
    ]


def doors_of(period: SessionPeriod) -> Doors:
    """Return the lists behind the figures of a period."""
    return Doors({"period": str(period.number)})


class PeriodsView(TemplateView):
    """Every period, the newest first."""

    template_name = "reports/periods.html"
    extra_context = {"section": "programme"}

    def get_context_data(self, **kwargs):
        periods = session_periods()[::-1]
        tallies = summary.tallies_of(tuple(each.period for each in periods))
        rows = bars(
            Row(str(each.number), tally, {"period": str(each.number)})
            for each, tally in zip(periods, tallies, strict=True)
        )
        return super().get_context_data(**kwargs, rows=[PeriodRow(*each) for each in zip(periods, rows, strict=True)])


class PeriodView(TemplateView):
    """One period, by the number of the session that ends it."""

    template_name = "reports/period.html"
    extra_context = {"section": "programme"}

    def get_context_data(self, number, **kwargs):
        today = timezone.localdate()
        periods = {each.number: each for each in session_periods()}
        if number not in periods:
            raise Http404(_("There is no reporting period of that number, or the sessions around it have no dates."))
        period, before = periods[number], periods.get(number - 1)
        told = summary.of_period(period.period)
        return super().get_context_data(
            **kwargs,
            **self._charts(told, period, today),
            period=period,
            before=before,
            after=periods.get(number + 1),
            figures=told.figures,
            planned=told.tally.planned,
            overdue=Activity.objects.counted().within(period.period).overdue(today).count(),
            changes=_changes_since(before, period, told),
            doors=doors_of(period),
            planned_doors=doors_of(period),
            editions=_editions(period),
            listing=newest(Activity.objects.listed().within(period.period), period=str(number)),
            today=today,
        )

    def _charts(self, told: Summary, period: SessionPeriod, today: date) -> dict[str, object]:
        last, also = min(period.period.end, today), {"period": str(period.number)}
        countries = country_rows(told.countries, last, doors_of(period).of_country)
        return {
            "areas": area_bars(told, Areas.of(told, last), **also),
            "kinds": kind_bars(told, **also),
            "map": TileMap(countries),
            "groups": grouped(countries),
        }


def _changes_since(before: SessionPeriod | None, period: SessionPeriod, told: Summary) -> list[Change]:
    """Compare with the period ``before``; there is nothing to compare with where nothing of it has been published."""
    then = summary.of_period(before.period) if before else None
    if before is None or then is None or not then.tallies:
        return []
    return changes(told.figures, then.figures, doors_of(period), doors_of(before))


def _editions(period: SessionPeriod) -> list[Edition]:
    """The editions of reports to the session that ends the period and to the committee that met in it."""
    days = (period.period.start, period.period.end)
    return list(Edition.objects.listed().filter(report__meeting__end__range=days).order_by("-issued_at"))
