"""How lists of activities look: rows that lead with the date."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import template

from activities.models import Activity
from activities.rows import Row, rows_of

register = template.Library()


@register.simple_tag
def rows(activities: Iterable[Activity], today: date, marked: Sequence[str] = ()) -> list[Row]:
    """``{% rows activities today as rows %}``: what a list shows of activities (from ``with_row_details``)."""
    return rows_of(activities, today, marked or ())
