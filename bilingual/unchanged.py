"""Answers that a client may keep and ask about again: what has not changed is not sent twice."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from bilingual.data_version import data_version
from bilingual.release import release

# Anybody may keep the answer, and asks each time whether it still holds.
KEPT_AND_CHECKED = "public, no-cache"

View = Callable[..., HttpResponseBase]


def etag_of(request: HttpRequest) -> str:
    """Return the tag of an answer that depends on its address, on what is stored, on the day, and on our release."""
    said = f"{release()} {data_version()} {timezone.localdate()} {request.build_absolute_uri()}"
    return quote_etag(sha256(said.encode()).hexdigest()[:32])


def unless_unchanged(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return 304 where the client has the present answer; otherwise make it, with the tag to ask about it again."""
    etag = etag_of(request)  # before anything is read, so that a change meanwhile is told with the next request
    response = get_conditional_response(request, etag=etag) or answer()
    if response.status_code in (200, 304):
        response["ETag"] = etag
        response["Cache-Control"] = KEPT_AND_CHECKED
    return response


def sent_when_changed(view: View) -> View:
    """Decorate a view whose answer depends on nothing but its address, what is stored, and the day."""

    @wraps(view)
    def conditional(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return unless_unchanged(request, lambda: view(request, *args, **kwargs))

    return conditional
