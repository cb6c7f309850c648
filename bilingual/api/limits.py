"""How often one address may ask."""

import logging
from hashlib import sha256
from math import ceil
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.connection import ConnectionProxy
from django.utils.translation import ngettext
from rest_framework.throttling import SimpleRateThrottle

log = logging.getLogger(__name__)


class PerAddress(SimpleRateThrottle):
    """So many requests of one network address in a time; counted in the cache that all processes share."""

    scope = "api"
    cache = ConnectionProxy(caches, "requests")

    def allow_request(self, request: Any, view: Any) -> bool:
        """Whether the address may ask now. Where nothing can be counted, everybody may: readers come first."""
        try:
            return super().allow_request(request, view)
        except OSError:
            log.exception("The cache cannot be used, so requests are not limited: see CACHE_URL.")
            return True

    def get_cache_key(self, request: Any, view: Any) -> str:
        # Hashed: the address is personal, and what a proxy reports as one may be no good as a key.
        ident = sha256(self.get_ident(request).encode("utf-8", "replace")).hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": ident}


class FilesPerAddress(PerAddress):
    """The same for files of whole lists, which take longer to write."""

    scope = "files"


def refused(request: HttpRequest, limit: PerAddress) -> HttpResponse | None:
    """Return the answer to an address that asks a page of ours too often, or ``None`` where it may ask."""
    if limit.allow_request(request, None):
        return None
    seconds = ceil(limit.wait() or 1)
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(f"{wait(seconds)}\n", status=429, content_type="text/plain; charset=utf-8", headers=headers)


def wait(seconds: int) -> str:
    """Say in the active language how long an address that asked too often has to wait."""
    said = ngettext(
        "Too many requests came from your address. Go on in %(seconds)d second.",
        "Too many requests came from your address. Go on in %(seconds)d seconds.",
        seconds,
    )
    return said % {"seconds": seconds}
