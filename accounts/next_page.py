"""Where somebody wanted to go before they had to sign in."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest


def next_page(request: HttpRequest) -> str:
    """Return the page of ours that the request names as ``next``; ``""`` for none, and for one that is not ours."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    return wanted if wanted and get_adapter().is_safe_url(wanted) else ""
