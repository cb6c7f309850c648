"""The files of an import on disk: what was sent, how far it has come, and the rows that were held back."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings

from activities.models import ImportReceipt
from bilingual.files import write_to

Progress = Callable[[int, int], None]
_PIECE = 1 << 20
# Seconds without progress after which a step is taken to have been cut off.
STILL = 120


def keep(receipt: ImportReceipt, file: IO[bytes]) -> None:
    """Keep ``file`` until it is imported."""
    _folder().mkdir(parents=True, exist_ok=True)
    with write_to(sent_path(receipt)) as kept:
        while piece := file.read(_PIECE):
            kept.write(piece)


def forget(receipt: ImportReceipt) -> None:
    """Remove the file itself; its hash stays."""
    for path in (sent_path(receipt), _progress_path(receipt)):
        path.unlink(missing_ok=True)


def progress_of(receipt: ImportReceipt) -> tuple[int, int]:
    """Return how many rows of how many the present step has dealt with; zeros when it has not begun."""
    try:
        done, total = json.loads(_progress_path(receipt).read_text())
    except (OSError, ValueError):
        return 0, 0
    return int(done), int(total)


def teller(receipt: ImportReceipt) -> Progress:
    """Return what writes down how far a step has come; the file is replaced whole, so that nobody reads half of it."""
    path = _progress_path(receipt)

    def tell(done: int, total: int) -> None:
        part = path.with_suffix(".part")
        part.write_text(json.dumps([done, total]))
        part.replace(path)

    tell(0, 0)
    return tell


def stands_still(receipt: ImportReceipt) -> bool:
    """Whether nothing was heard of the present step for so long that it must have been cut off."""
    try:
        seen = max(path.stat().st_mtime for path in (sent_path(receipt), _progress_path(receipt)) if path.exists())
    except ValueError:
        return True
    return time.time() - seen > STILL


def held_back_path(receipt: ImportReceipt) -> Path:
    """Where the rows that were held back stand, as a workbook with their reasons."""
    return _folder() / f"{receipt.pk}-held-back.xlsx"


def sent_path(receipt: ImportReceipt) -> Path:
    """Where the file stands as it was sent."""
    return _folder() / f"{receipt.pk}.upload"


def _progress_path(receipt: ImportReceipt) -> Path:
    return _folder() / f"{receipt.pk}.progress"


def _folder() -> Path:
    return Path(os.fspath(settings.MEDIA_ROOT)) / "imports"
