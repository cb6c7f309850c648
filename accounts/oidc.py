"""Signing in at one's own office (OpenID Connect), for accounts that are there already."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from requests import RequestException

from accounts.access_log import note

PROVIDER = "office"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Office:
    """What people call the place where they sign in, and the address at which that begins."""

    name: str
    address: str


def office(next_page: str = "") -> Office | None:
    """Return the way to sign in by OpenID Connect and go on to ``next_page``; None where no issuer is configured."""
    if not settings.OIDC_ISSUER:
        return None
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    address = reverse("openid_connect_login", args=[PROVIDER])
    query = f"?{urlencode({REDIRECT_FIELD_NAME: next_page})}" if next_page else ""
    return Office(app["name"], f"{address}{query}")


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let ``view`` say that the office did not answer, or not as the standard says, where that is so."""

    @wraps(view)
    def answering(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except (RequestException, LookupError, ValueError):
            log.exception("The issuer of OpenID Connect did not answer as it should: see OIDC_ISSUER.")
            note("refused", reason="office_failed")
            return render(request, "socialaccount/authentication_error.html", status=502)

    return answering


class InvitedOnly(DefaultSocialAccountAdapter):
    """Whoever signs in at the office comes into the account that has their e-mail address, and into no other.

    The office must have confirmed the address. In our accounts an administrator or an invitation vouches for it, and
    nobody changes their own; two accounts with one address open for neither.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        note("refused", reason="no_account")
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Leave it to `pre_social_login`: allauth's own way takes the password from an account it finds."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account"))  # accounts are linked by their address alone
        if sociallogin.is_existing:
            return
        user = _account_of(sociallogin)
        if user is not None:
            sociallogin.user = sociallogin.account.user = user
            sociallogin.account.save()
            note("linked", user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        note("refused", reason="office_failed")


def _account_of(sociallogin: SocialLogin) -> User | None:
    confirmed = [each.email for each in sociallogin.email_addresses if each.verified is True]
    found = list(User.objects.filter(is_active=True, email__in=[each.lower() for each in confirmed])[:2])
    return found[0] if len(found) == 1 else None
