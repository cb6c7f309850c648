"""How often one address may ask."""

import logging
from hashlib import sha256
from typing import Any

from rest_framework.throttling import SimpleRateThrottle

log = logging.getLogger(__name__)


class PerAddress(SimpleRateThrottle):
    """So many requests of one network address in a time; counted in the cache that all processes share."""

    scope = "api"

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
