"""Lists in pages that stay where they are: a page begins after a key that never changes, whatever comes or goes."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination

from bilingual.api.refusals import Reason, UnreadableError
from bilingual.text import in_both

CODES = r"[0-9A-Za-z_-]{1,80}"
KEYS = r"[0-9]{1,18}"
_SENT = re.compile(r"[0-9A-Za-z+/=]{0,200}")  # the library passes over anything else


class PagesByKey(CursorPagination):
    """A hundred objects a page, in the order of the view's ``ordering``, a unique key of the shape ``key_shape``."""

    page_size = 100
    cursor_query_description = gettext_lazy("Where the page begins: take it from “next” or “previous”.")

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        self.key_shape = view.key_shape
        return (view.ordering,)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        pages = {
            "next": gettext_lazy("The address of the next page."),
            "previous": gettext_lazy("The address of the page before."),
        }
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": [*pages, "results"],
            "properties": {
                **{name: {**address, "description": said} for name, said in pages.items()},
                "results": schema,
            },
        }

    def decode_cursor(self, request: Any) -> Cursor | None:
        """Return what the parameter says. Raises `UnreadableError` for anything that no page of ours has offered."""
        if _SENT.fullmatch(request.query_params.get(self.cursor_query_param, "")) is None:
            raise _unreadable()
        try:
            cursor = super().decode_cursor(request)
        except (NotFound, ValueError) as error:
            raise _unreadable() from error
        if cursor and cursor.position is not None and not re.fullmatch(self.key_shape, cursor.position):
            raise _unreadable()
        return cursor


def _unreadable() -> UnreadableError:
    message = in_both(lambda: _("This is no page: take the address from “next” or “previous”, or leave it out."))
    return UnreadableError([Reason(message, "cursor")])
