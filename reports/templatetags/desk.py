"""What pages outside the desk need of it."""

from django import template
from django.conf import settings
from django.template import Context

from reports.desk.access import MAY_WORK
from reports.translating.kinds import kinds_for

register = template.Library()


@register.simple_tag(takes_context=True)
def may_enter_desk(context: Context) -> bool:
    """``{% may_enter_desk as may_enter %}``: whether the reader works on the desk.

    Nobody without a session is asked who they are, so that a public page stays the same for all readers.
    """
    request = _of_somebody(context)
    return request is not None and request.user.has_perm(MAY_WORK)


@register.simple_tag(takes_context=True)
def may_translate(context: Context) -> bool:
    """``{% may_translate as may %}``: whether there is something for the reader at the translation desk."""
    request = _of_somebody(context)
    return request is not None and request.user.is_staff and bool(kinds_for(request.user))


def _of_somebody(context: Context):
    """The request, if it comes with a session."""
    request = context.get("request")
    return request if request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES else None
