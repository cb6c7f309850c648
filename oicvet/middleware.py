"""What every request and response passes through, files and errors included."""

import logging
import re
import time
import uuid

from django.conf import settings
from django.middleware.gzip import GZipMiddleware

from bilingual.public_pages import takes_packed
from oicvet.logs import request_id, without_secrets

access_log = logging.getLogger("oicvet.access")

_PROXY_ID = re.compile(r"[0-9A-Za-z-]{8,64}", re.ASCII)
_PERSONAL = re.compile(r"/(ar|en)/(admin|account)/")
# Here nobody is asked who they are, and both languages are told at once: an answer depends on its address alone.
_SAME_FOR_ALL = "/api/v"
_TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml")


class RequestIdMiddleware:
    """Give each request an id, for the log and the response, and write one line of log when it is answered.

    The line holds neither the query string nor an address of the reader: both can be personal. Nor does it hold what
    is secret in an address.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # It stays set until the next request of this thread: Django still logs failures after this returns.
        request_id.set(_id_of(request))
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id.get()
        spent = (time.perf_counter() - started) * 1000
        access_log.info("%s %s %d %d ms", request.method, without_secrets(request.path), response.status_code, spent)
        return response


class ResponseHeadersMiddleware:
    """Keep answers to this site, and what was made for one reader out of every cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path_info.startswith(_SAME_FOR_ALL):
            response.headers.pop("Vary", None)
        elif _is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
        return response


class CompressPublicPages(GZipMiddleware):
    """Compress what is the same for everybody, to a fifth of its size.

    A compressed answer that holds a secret beside something a stranger chose (a search, an address) gives the secret
    away by its length (BREACH). So nothing is compressed for a reader who sent a cookie or is sent one: session and
    form tokens live there. Files (already compressed, or made to be saved) are left as they are.
    """

    def process_response(self, request, response):
        """Compress ``response`` unless something of one reader may be in it or compressing gains nothing."""
        if not takes_packed(request) or _is_personal(request, response) or not _is_page(response):
            return response
        return super().process_response(request, response)


def _is_page(response):
    is_saved = response.streaming or "Content-Disposition" in response
    return not is_saved and response.get("Content-Type", "").startswith(_TEXTS)


def _id_of(request):
    """The proxy's id when there is a proxy to trust and it sent a sane one; else a new one."""
    sent = request.headers.get("X-Request-ID", "")
    if getattr(settings, "BEHIND_TLS_PROXY", False) and _PROXY_ID.fullmatch(sent):
        return sent
    return uuid.uuid4().hex


def _is_personal(request, response):
    """Whether the answer may hold something of one reader: there is a session, or the page is staff's or an account's.

    The cookie is looked at, and not the user, so that a public page costs no query and varies on its address alone.
    """
    if request.path_info.startswith(settings.STATIC_URL):
        return False
    has_cookies = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
    return bool(has_cookies or _PERSONAL.match(request.path_info))
