"""One event, one line: what the portal writes to its log."""

import logging
import re
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Controls break lines or drive a terminal, direction marks reorder what a reader sees, half characters cannot be
# written at all.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Where the next part of an address is a secret: whoever has the link may answer for a country, open an account, or
# set its password.
_SECRETS = re.compile(r"(/confirm/|/invitation/|/password/reset/(?=[^/\s?#]*-))[^/\s?#]+", re.IGNORECASE)


class OneLineFormatter(logging.Formatter):
    """Adds the request's id and writes control characters as escapes, line breaks of a traceback included.

    Secrets in addresses are left out, whoever logs them.
    """

    def format(self, record):
        record.request_id = request_id.get()
        return _UNPRINTABLE.sub(_escape, without_secrets(super().format(record)))


def without_secrets(text: str) -> str:
    """Return ``text`` with a mark in place of the part of an address that is a secret."""
    return _SECRETS.sub(r"\1***", text)


def _escape(match):
    return "\\n" if match[0] == "\n" else f"\\u{ord(match[0]):04x}"
