"""Workbooks between their preview and their confirmation: one of each sender, under its own hash, for a day."""

import hashlib
import os
import time
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from activities.sheets.verdicts import Refused
from bilingual.files import write_to
from reports.translating.incoming import LIMITS

KEPT_SECONDS = 24 * 3600
_PIECE = 1 << 16


def keep(file: BinaryIO, user: object) -> str:
    """Keep what ``user`` sent in place of what they sent before, and return its SHA-256."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        size += len(piece)
        if size > LIMITS.file:
            raise Refused("file_too_large", limit=LIMITS.file >> 20)
        digest.update(piece)
    file.seek(0)
    _tidy(user)
    path = path_of(user, digest.hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_to(path) as kept:
        while piece := file.read(_PIECE):
            kept.write(piece)
    return digest.hexdigest()


def path_of(user: object, digest: str) -> Path:
    """Where the workbook with that hash is kept for ``user``; it may be gone."""
    return _folder() / f"{user.pk}-{digest}.xlsx"


def forget(user: object, digest: str) -> None:
    path_of(user, digest).unlink(missing_ok=True)


def _tidy(user: object) -> None:
    """Remove what ``user`` sent before, and what anybody left lying for a day."""
    for path in _folder().glob("*.xlsx"):
        try:
            is_old = time.time() - path.stat().st_mtime > KEPT_SECONDS
        except FileNotFoundError:
            continue
        if is_old or path.name.startswith(f"{user.pk}-"):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(os.fspath(settings.MEDIA_ROOT)) / "translations"
