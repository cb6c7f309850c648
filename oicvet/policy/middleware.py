"""The policy is asked before a view runs: by whom, at which route, by which method."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from oicvet import errors
from oicvet.policy import rule_of
from oicvet.policy.who import Rule

log = logging.getLogger(__name__)

READING = ("GET", "HEAD")
GATE = "account_login"
# Tells whoever is signed in, and no member of the staff, that the back office is not theirs.
DOOR_OF_STAFF = "admin:login"


class PolicyMiddleware:
    """Answer nothing that the policy does not allow. The views have guards of their own, and stay behind this one.

    What somebody may neither read nor send is not there for them (404); whoever is not signed in is led to the login,
    whether there is something or not. Nothing has been looked up by then, so a refusal tells nothing about a record.
    Where everybody may, nobody is asked who they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        route = request.resolver_match.view_name  # type: ignore[union-attr]  # a view was found
        rule = rule_of(route)
        if rule is None:
            log.error("The route %s is not in the policy, so it is not answered.", route)
            raise Http404
        if not any(who.lets(request.user) for who in rule.methods.values()):
            return _refuse(request, route, rule)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_allow(rule))
        who = rule.methods.get(request.method or "")
        if who is None:
            return errors.not_allowed(request, _allow(rule)["Allow"])
        if not who.lets(request.user):
            _note(request, route)
            raise PermissionDenied
        return None


def _refuse(request: HttpRequest, route: str, rule: Rule) -> HttpResponse:
    """Lead to the login whoever could come in there; for anybody else there is nothing."""
    user = request.user
    is_at_the_door = rule.methods and (not user.is_authenticated or (_is_of_staff(route) and not user.is_staff))
    if not is_at_the_door:
        _note(request, route)
        raise Http404
    door = reverse(DOOR_OF_STAFF if user.is_authenticated else GATE)
    # What was sent is not sent again after signing in, and its address may have nothing to read.
    response = redirect_to_login(request.get_full_path(), door) if request.method in READING else redirect(door)
    response["Cache-Control"] = "private, no-store"
    return response


def _is_of_staff(route: str) -> bool:
    """Whether a route belongs to the back office, whose own login tells whoever has no place there."""
    return route.startswith(("admin:", "admin_"))


def _allow(rule: Rule) -> dict[str, str]:
    return {"Allow": ", ".join([*rule.methods, "OPTIONS"])}


def _note(request: HttpRequest, route: str) -> None:
    """Write down a refusal: which account by its number, and where, without a word of the address."""
    log.info("refused user=%s %s %s", request.user.pk or "-", request.method, route)
