"""Public pages are made once: one decorator keeps them, and lets browsers ask whether theirs is still right.

A page is kept under all that it depends on: its address, the language, the day, and `data_version`, which every
change of a record moves; so nothing has to be thrown away. Who comes with a session is served anew, and nothing of it
is kept. Browsers are told to ask every time, and what they hold is confirmed without being sent again.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from bilingual.data_version import data_version

LONGEST_QUERY = 1000  # characters; what is longer than people write is answered and not kept
KEPT_FOR = 24 * 3600


@dataclass(frozen=True)
class KeptPage:
    """A page, packed as nearly every browser takes it, with the tag by which a browser asks for it."""

    packed: bytes
    content_type: str
    tag: str

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        tag = blake2b(response.content, digest_size=12).hexdigest()
        packed = gzip.compress(response.content, compresslevel=6, mtime=0)
        return cls(packed, response["Content-Type"], f'W/"{tag}"')

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Send the page, or say that the browser's own is still right."""
        if self.tag in parse_etags(request.headers.get("If-None-Match", "")):
            response: HttpResponse = HttpResponseNotModified()
        elif takes_packed(request):
            response = HttpResponse(self.packed, content_type=self.content_type)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(gzip.decompress(self.packed), content_type=self.content_type)
        response["ETag"] = self.tag
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep what ``view`` answers for readers without a session.

    The view must depend on nothing but the address, the records and the day: no form with a token, nothing of a
    reader. That is also why it may be packed: there is no secret in it to be guessed from its length.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_for_everybody(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        page = caches["pages"].get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            if response.status_code != 200 or response.streaming or response.cookies:
                return response
            page = KeptPage.of(response)
            caches["pages"].set(key, page, KEPT_FOR)
        return page.answer(request)

    return kept


def _is_for_everybody(request: HttpRequest) -> bool:
    is_read = request.method in ("GET", "HEAD") and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    return is_read and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _key(request: HttpRequest) -> str:
    """Everything that a public page depends on; hashed, since an address may hold what a cache cannot."""
    parts = (request.get_full_path(), get_language(), data_version(), timezone.localdate().isoformat())
    return "page-" + blake2b("\n".join(map(str, parts)).encode(), digest_size=20).hexdigest()


def takes_packed(request: HttpRequest) -> bool:
    """Whether to pack what is sent: the browser says that it unpacks gzip, and brings nothing of its own.

    One that says so with a weight is served plainly. What is packed tells by its length what stands in it (BREACH), so
    readers with any cookie get it plain.
    """
    if request.COOKIES:
        return False
    accepted = request.headers.get("Accept-Encoding", "").lower().split(",")
    return "gzip" in (each.strip() for each in accepted)
