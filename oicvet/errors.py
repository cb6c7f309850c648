"""What a reader sees when something is wrong. These pages need neither the database nor the cache."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.access_log import note
from bilingual.api.refusals import Reason, told
from bilingual.languages import direction_of
from bilingual.text import in_both

log = logging.getLogger(__name__)

_TITLES = {
    400: _("This request could not be read"),
    403: _("This is not open to you"),
    404: _("There is no such page"),
    405: _("This page does not take what was sent"),
    413: _("This is more than a form takes"),
    429: _("Too many attempts"),
    500: _("Something went wrong"),
    503: _("The portal cannot answer just now"),
}
_AWAY = (OperationalError, InterfaceError)
_LAST_WORDS = (
    "حدث خطأ لدينا، وقد سُجّل. يُرجى المحاولة بعد قليل.\n"
    "Something went wrong on our side, and was recorded. Please try again later."
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what could not be read; what is too large for a form, as that."""
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Answer a refusal, that of a form from elsewhere (CSRF) too, which gives its ``reason``."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer an address or an account that tried more often than the gate allows (`ACCOUNT_RATE_LIMITS`)."""
    note("refused", reason="too_many_requests")
    response = _page(request, 429)
    response["Retry-After"] = "60"
    return response


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer a method that is not among the ``allowed`` ones of an address."""
    response = _page(request, 405)
    response["Allow"] = allowed
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer while the database cannot be asked: it is away, locked or full, and will be back."""
    response = _page(request, 503)
    response["Retry-After"] = "60"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours; should the page fail as well, in plain words."""
    try:
        return unavailable(request) if isinstance(sys.exc_info()[1], _AWAY) else _page(request, 500)
    except Exception:  # whatever broke first may break this too, and the reader still gets an answer
        log.exception("The page that says something failed has failed too.")
        return HttpResponse(f"{_LAST_WORDS}\n", status=500, content_type="text/plain; charset=utf-8")


def _page(request: HttpRequest, status: int) -> HttpResponse:
    """Say it in the language of the address, or in both where the address names none; to programs as an object."""
    if request.path_info.startswith("/api/"):
        told_in_both = told([Reason(in_both(lambda: _TITLES[status]))])
        return JsonResponse(told_in_both, status=status, headers={"Content-Language": "ar, en"})
    spoken = translation.get_language_from_path(request.path_info)
    languages = [spoken] if spoken else ["ar", "en"]
    parts = [_part(language, status) for language in languages]
    with translation.override(languages[0]):
        page = loader.render_to_string("errors/page.html", {"parts": parts, "both": len(parts) > 1})
    return HttpResponse(page, status=status, headers={"Content-Language": ", ".join(languages)})


def _part(language: str, status: int) -> dict[str, str]:
    with translation.override(language):
        title = str(_TITLES[status])
        words = loader.render_to_string("errors/_words.html", {"title": title, "status": status})
    return {"language": language, "direction": direction_of(language), "title": title, "words": words}
