"""What pages outside the desk need of it."""

from django import template
from django.conf import settings
from django.template import Context

from reports.desk.access import MAY_WORK

register = template.Library()


@register.simple_tag(takes_context=True)
def may_enter_desk(context: Context) -> bool:
    """``{% may_enter_desk as may_enter %}``: whether the reader works on the desk.

    Nobody without a session is asked who they are, so that a public page stays the same for all readers.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm(MAY_WORK)
