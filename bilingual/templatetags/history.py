"""What pages about changes need."""

from datetime import datetime

from django import template

from bilingual.changes import say_moment

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """``{{ entry.at|moment }}``: a day and the time on it."""
    return say_moment(at)
