"""What the pages of the gate need besides their view's own context."""

from django import template
from django.template import Context
from django.urls import reverse

from accounts import next_page as following
from accounts import oidc
from accounts.group_names import group_label
from accounts.models import Invitation

register = template.Library()


@register.simple_tag(takes_context=True)
def next_page(context: Context) -> str:
    """``{% next_page as wanted %}``: where the reader wanted to go before they were stopped; else their account."""
    return following.next_page(context["request"]) or reverse("account")


@register.simple_tag(takes_context=True)
def office(context: Context) -> oidc.Office | None:
    """``{% office as office %}``: the way to sign in at the reader's own office, where there is one."""
    return oidc.office(following.next_page(context["request"]))


@register.simple_tag
def role_names(invitation: Invitation) -> list[str]:
    """``{% role_names invitation as roles %}``: what the roles are called to which somebody is invited."""
    return [group_label(group) for group in invitation.roles.all()]
