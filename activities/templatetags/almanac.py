"""How lists of activities look: rows that lead with the date."""

from collections.abc import Iterable, Sequence
from datetime import date

from django import template
from django.utils.safestring import SafeString

from activities.models import Activity
from activities.rows import RowFacts, rows_of

register = template.Library()


@register.simple_tag
def rows(activities: Iterable[Activity | RowFacts], today: date, marked: Sequence[str] = ()) -> SafeString:
    """``{% rows activities today %}``: the list items of activities (from ``with_row_details``)."""
    facts = (each if isinstance(each, RowFacts) else RowFacts.of(each) for each in activities)
    return SafeString("".join(rows_of(facts, today, marked or ())))
