"""How lists of activities look: rows that lead with the date."""

from datetime import date
from typing import Any

from django import template

from activities.models import Activity, Role

register = template.Library()

# The organiser is nearly always the same, and the funder stands with the project.
_NAMED_IN_ROWS = (Role.CO_ORGANISER, Role.CONTENT_PROVIDER, Role.HOST)
_SHOWN_IN_ROWS = 2


@register.inclusion_tag("components/_activity_row.html")
def activity_row(activity: Activity, today: date) -> dict[str, Any]:
    """``{% activity_row activity today %}``: a list item, its title a heading of the third level."""
    named = [row.name for row in activity.partnerships.all() if row.role in _NAMED_IN_ROWS]
    partners = list(dict.fromkeys(named))  # one body may hold several roles
    return {
        "activity": activity,
        "partners": partners[:_SHOWN_IN_ROWS],
        "others": len(partners[_SHOWN_IN_ROWS:]),
        "overdue": activity.outcome_is_unrecorded(today),
    }
