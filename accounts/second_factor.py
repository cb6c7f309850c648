"""Staff sign in with a second factor: until they have one, they are nobody outside their own account's pages."""

import re
import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

_OWN_ACCOUNT = re.compile(r"/(ar|en)/account/")


class SecondFactorMiddleware:
    """Let staff without a second factor pass for nobody, where `STAFF_SECOND_FACTOR` asks for one.

    So every page that asks who its reader is sends them to the gate, a page that is written next year too, and the
    gate leads them to set a second factor up. Public pages ask nobody and stay as they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR:
            request.session_user = request.user  # type: ignore[attr-defined]
            if not _OWN_ACCOUNT.match(request.path_info):
                request.user = SimpleLazyObject(lambda: _whole(request))  # type: ignore[assignment]
        return self.get_response(request)


def _whole(request: HttpRequest) -> Any:
    return AnonymousUser() if awaits_second_factor(request) else request.session_user  # type: ignore[attr-defined]


def awaits_second_factor(request: HttpRequest) -> bool:
    """Whether somebody signed in whose work needs a second factor, and who has none or did not give it."""
    user = getattr(request, "session_user", None)
    return user is not None and needs_second_factor(user) and not _gave_second_factor(request, user)


def needs_second_factor(user: Any) -> bool:
    """Whether the portal asks for a second factor of ``user``."""
    return settings.STAFF_SECOND_FACTOR and user.is_authenticated and (user.is_staff or user.is_superuser)


def has_second_factor(user: Any) -> bool:
    """Whether ``user`` has set one up; codes for emergencies alone are none."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def _gave_second_factor(request: HttpRequest, user: Any) -> bool:
    """Whether this session was opened with a second factor that ``user`` still has.

    A session that a stolen password opened stays outside on the day its owner sets a second factor up.
    """
    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records) and has_second_factor(user)


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether the reader proved who they are within the time after which they would be asked again."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
