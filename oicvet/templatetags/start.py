"""What the start page of the back office shows."""

from django import template
from django.utils import timezone

from oicvet.start import what_needs

register = template.Library()


@register.simple_tag(takes_context=True)
def needs_me(context):
    """``{% needs_me as lines %}``: what needs the reader today."""
    return what_needs(context["request"].user, timezone.localdate())
