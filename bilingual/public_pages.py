"""Public pages are made once: what a decorator marks is kept, and browsers ask whether theirs is still right.

A page is kept under its address, with what else it depends on: the day, and `data_version`, which every change of a
record moves. Who comes with a session is served anew, and nothing of it is kept. Browsers are told to ask every time,
and what they hold is confirmed without being sent again.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any, cast

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from bilingual.data_version import data_version

LONGEST_QUERY = 1000  # characters; what is longer than people write is answered and not kept
KEPT_FOR = 24 * 3600

# A version of the data and a day: what public pages depend on besides their address.
Moment = tuple[str, str]


@dataclass(frozen=True)
class KeptPage:
    """A page, packed as nearly every browser takes it, with its headers and the ``moment`` at which it is right."""

    moment: Moment
    packed: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse, moment: Moment) -> "KeptPage":
        response["ETag"] = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ["Accept-Encoding"])
        del response["Content-Length"]
        return cls(moment, gzip.compress(response.content, compresslevel=6, mtime=0), dict(response.items()))

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Send the page, or say that the browser's own is still right."""
        if self.headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified(headers=self.headers)
        if takes_packed(request):
            response = HttpResponse(self.packed, headers=self.headers)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(gzip.decompress(self.packed), headers=self.headers)
        response["Content-Length"] = str(len(response.content))
        return response


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let `KeptPages` keep what ``view`` answers to readers without a session.

    The view must depend on nothing but the address, the records and the day: no form with a token, nothing of a
    reader. That is also why it may be packed: there is no secret in it to be guessed from its length.
    """

    @wraps(view)
    def public(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_for_everybody(request):
            request.is_public = True  # type: ignore[attr-defined]
            _moment_of(request)  # before any record is read: what is read may be newer than it says, and never older
        return view(request, *args, **kwargs)

    return public


class KeptPages:
    """Middleware that answers with the page it has kept, or keeps what a public view answers.

    It stands above all that finds out which view is asked, in which language and by whom: a kept page needs none of
    that. Where nothing is kept under an address it asks the database nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_for_everybody(request):
            return self.get_response(request)
        key = _key(request)
        page = caches["pages"].get(key)
        if page is None or page.moment != _moment_of(request):
            response = self.get_response(request)
            if (
                not hasattr(request, "is_public")
                or response.status_code != 200
                or response.streaming
                or response.cookies
            ):
                return response
            page = KeptPage.of(response, _moment_of(request))
            caches["pages"].set(key, page, KEPT_FOR)
        request.get_host()  # refuses a host that is not ours, as `CommonMiddleware` does for the pages it sees
        return page.answer(request)


def _moment_of(request: HttpRequest) -> Moment:
    """Return when a request was answered, the same each time: the database is asked once."""
    if not hasattr(request, "moment"):
        request.moment = (data_version(), timezone.localdate().isoformat())  # type: ignore[attr-defined]
    return cast(Moment, request.moment)  # type: ignore[attr-defined]


def _is_for_everybody(request: HttpRequest) -> bool:
    is_read = request.method in ("GET", "HEAD") and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    return is_read and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _key(request: HttpRequest) -> str:
    """The address, which has the language in it; hashed, since it may hold what a cache cannot."""
    return "page-" + blake2b(request.get_full_path().encode(), digest_size=20).hexdigest()


def takes_packed(request: HttpRequest) -> bool:
    """Whether to pack what is sent: the browser says that it unpacks gzip, and brings nothing of its own.

    One that says so with a weight is served plainly. What is packed tells by its length what stands in it (BREACH), so
    readers with any cookie get it plain.
    """
    if request.COOKIES:
        return False
    accepted = request.headers.get("Accept-Encoding", "").lower().split(",")
    return "gzip" in (each.strip() for each in accepted)
