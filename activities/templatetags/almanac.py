"""How lists of activities look: rows that lead with the date."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, Role
from bilingual.templatetags.bilingual import in_either

register = template.Library()

# The organiser is nearly always the same, and the funder stands with the project.
_NAMED_IN_ROWS = (Role.CO_ORGANISER, Role.CONTENT_PROVIDER, Role.HOST)
_NAMED_AT_MOST = 2


@register.inclusion_tag("components/_activity_row.html")
def activity_row(activity: Activity, today: date) -> dict[str, Any]:
    """``{% activity_row activity today %}``: a list item, its title a heading of the third level."""
    return {
        "activity": activity,
        "facts": [in_either(activity.kind, "name"), _area(activity), *_partners(activity)],
        "overdue": activity.outcome_is_unrecorded(today),
    }


def _area(activity: Activity) -> str:
    if activity.area is None:
        return _("no area named")
    return _("Cooperation area %(number)s") % {"number": activity.area.number}


def _partners(activity: Activity) -> list[str]:
    """The first partners by name, and how many more there are; one body may hold several roles."""
    named = [row.name for row in activity.partnerships.all() if row.role in _NAMED_IN_ROWS]
    partners = list(dict.fromkeys(named))
    others = len(partners[_NAMED_AT_MOST:])
    words = [in_either(partner) for partner in partners[:_NAMED_AT_MOST]]
    if others:
        more = ngettext("and %(total)s other partner", "and %(total)s other partners", others)
        words.append(more % {"total": others})
    return words
