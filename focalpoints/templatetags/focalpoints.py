"""What pages elsewhere tell of focal points and of what countries said."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone

from activities.models import Activity
from focalpoints.models import Answer
from partners.models import NationalFocalPoint

register = template.Library()


@register.filter
def date_of(moment: datetime | None) -> date | None:
    """``{{ answer.answered_at|date_of|day }}``: the day of a moment, where the programme sits."""
    return timezone.localtime(moment).date() if moment else None


@register.simple_tag(takes_context=True)
def speaks_for_a_country(context: Context) -> bool:
    """``{% speaks_for_a_country as is_focal_point %}``: whether the reader is a focal point in office.

    Nobody without a session is asked who they are, so that a public page stays the same for all readers. Staff are not
    asked: the back office shows them all countries.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES or request.user.is_staff:
        return False
    return NationalFocalPoint.objects.in_office_of(request.user, timezone.localdate()).exists()


@register.simple_tag
def confirmations(activity: Activity | None) -> Any:
    """``{% confirmations activity as confirmed %}``: the countries that confirmed an entry, and when."""
    return Answer.objects.confirmations_of(activity) if activity else []
