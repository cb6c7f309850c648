"""The calendar: a month with its activities, the months around it, and what has no date."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.views.generic import TemplateView

from activities import summary
from activities.doors import catalogue_address
from activities.models import Activity, ActivityStatus
from activities.months import period_of, weeks_of
from activities.views.rows import with_row_details
from bilingual.dates import name_of_month, weekdays
from bilingual.languages import active_language

MOST_LISTED = 100  # of a month; the catalogue has them all


@dataclass(frozen=True)
class MonthOfStrip:
    """A month in the strip of its year, and how many activities it has."""

    month: date
    name: str
    count: int


class CalendarView(TemplateView):
    """A month, or without one the month a reader comes for: this one, or the nearest that has something."""

    template_name = "activities/calendar.html"
    extra_context = {"section": "activities"}

    def get_context_data(self, month=None, **kwargs):
        today, language, counts = timezone.localdate(), active_language(), summary.months()
        busy = sorted(counts)
        month = month or _nearest(busy, today.replace(day=1))
        listed = list(with_row_details(self._of_month(month).in_order())[: MOST_LISTED + 1])
        return super().get_context_data(
            **kwargs,
            month=month,
            weekdays=weekdays(language),
            weeks=weeks_of(month, [each for each in listed if each.status != ActivityStatus.CANCELLED], language),
            listed=listed[:MOST_LISTED],
            all_at=catalogue_address(year=str(month.year)) if len(listed) > MOST_LISTED else "",
            before=max((each for each in busy if each < month), default=None),
            after=min((each for each in busy if each > month), default=None),
            strip=[_of_strip(month.replace(month=number), counts, language) for number in range(1, 13)],
            year_before=max((each for each in busy if each.year < month.year), default=None),
            year_after=min((each for each in busy if each.year > month.year), default=None),
            announced=with_row_details(Activity.objects.announced().in_order())[:MOST_LISTED],
            today=today,
        )

    def _of_month(self, month: date):
        days = period_of(month)
        return Activity.objects.in_calendar().filter(start_date__lte=days.end, end_date__gte=days.start)


def _nearest(busy: list[date], month: date) -> date:
    """Return ``month`` or the next that has something; behind the last one, the last one."""
    coming = [each for each in busy if each >= month]
    return coming[0] if coming else busy[-1] if busy else month


def _of_strip(month: date, counts, language: str) -> MonthOfStrip:
    return MonthOfStrip(month, name_of_month(month.month, language), counts[month])
