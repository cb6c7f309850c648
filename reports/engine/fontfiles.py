"""Our fonts, unpacked once: they are compressed for the web, and the engine unpacks them anew for each report."""

import hashlib
import io
from importlib.metadata import version

from reports.engine.kept import kept


def unpacked(font: bytes) -> bytes:
    """Return a WOFF2 font as the plain font file that the engine makes of it."""
    key = hashlib.sha256(f"{version('fonttools')} ".encode() + font).hexdigest()
    return kept(f"font-{key[:16]}.ttf", lambda: _unpack(font))


def _unpack(font: bytes) -> bytes:
    from fontTools.ttLib import woff2

    plain = io.BytesIO()
    woff2.decompress(io.BytesIO(font), plain)
    return plain.getvalue()
