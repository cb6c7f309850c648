"""What pages about changes need."""

from datetime import datetime

from django import template

from bilingual.changes import say_moment, say_reason

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """``{{ entry.at|moment }}``: a day and the time on it."""
    return say_moment(at)


@register.filter
def told_reason(kept: str) -> str:
    """``{{ activity.published_for|told_reason }}``: a kept reason, as the history tells it."""
    return say_reason(kept)
