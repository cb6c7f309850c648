"""One event, one line: what the portal writes to its log."""

import logging
import re
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Controls break lines or drive a terminal, direction marks reorder what a reader sees, half characters cannot be
# written at all.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class OneLineFormatter(logging.Formatter):
    """Adds the request's id and writes control characters as escapes, line breaks of a traceback included."""

    def format(self, record):
        record.request_id = request_id.get()
        return _UNPRINTABLE.sub(_escape, super().format(record))


def _escape(match):
    return "\\n" if match[0] == "\n" else f"\\u{ord(match[0]):04x}"
