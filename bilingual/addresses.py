"""Where readers find a page, in full and in both languages, whatever host a request came to."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from bilingual.text import Bilingual


def portal_address(path: str) -> str:
    """Return ``path`` below the address that readers know (`PORTAL_URL`)."""
    return f"{settings.PORTAL_URL}{path}"


def page_addresses(name: str, *args: object) -> Bilingual:
    """Return the address of the page called ``name`` in both languages; only its first part tells which."""
    with override("ar"):
        path = reverse(name, args=args)
    return Bilingual(ar=portal_address(path), en=portal_address(path.replace("/ar/", "/en/", 1)))
