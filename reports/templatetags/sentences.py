"""What the form of an activity shows of the reports to come."""

from typing import Any

from django import template
from django.utils import timezone

from activities.models import Activity
from bilingual.languages import direction_of
from reports.sentences import sentences_of
from roadmap.models import Programme

register = template.Library()


@register.inclusion_tag("admin/activities/activity/_sentence.html")
def activity_sentences(activity: Activity | None) -> dict[str, Any]:
    """``{% activity_sentences activity %}``: what a report will say of it, in both languages.

    Nothing of no activity, and before the programme itself is entered.
    """
    try:
        said = sentences_of(activity, timezone.localdate()) if activity else {}
    except Programme.DoesNotExist:
        said = {}
    return {"told": [(language, direction_of(language), html) for language, html in said.items()]}
