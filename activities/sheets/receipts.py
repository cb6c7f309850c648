"""Files on their way in: what was sent, planned, confirmed and written, each with its receipt."""

import hashlib
from collections.abc import Callable
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import get_language

from activities.models import ImportReceipt, ImportState
from activities.sheets.applying import ChangedMeanwhile, carry_out
from activities.sheets.importing import AS_WORKBOOK, Source
from activities.sheets.plan import Plan
from activities.sheets.preview import preview_of

Progress = Callable[[int, int], None]
_PIECE = 1 << 20


def hash_of(file: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 of ``file`` and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size


def receipt_for(file: BinaryIO, name: str, user: Any = None, source: Source = AS_WORKBOOK) -> ImportReceipt:
    """Write down that ``file`` was sent by ``user``, and return the receipt, which waits."""
    digest, size = hash_of(file)
    return ImportReceipt.objects.create(
        file_name=name[-200:],
        file_hash=digest,
        file_size=size,
        encoding=source.encoding,
        sheet=source.sheet,
        sent_by=user,
        spoken=(get_language() or "ar")[:2],
    )


def import_now(receipt: ImportReceipt, plan: Plan, user: Any = None, progress: Progress | None = None) -> None:
    """Carry out ``plan`` and say so in ``receipt``, in one transaction: both are there, or neither.

    Raises `ChangedMeanwhile` when the portal is no longer as it was when the plan was made.
    """
    try:
        with transaction.atomic():
            group = None if plan.does_nothing else carry_out(plan, user, f"import {receipt.pk}", progress)
            seen = (ImportState.WAITING, ImportState.CONFIRMED, ImportState.WRITING)
            said = {"counts": plan.counts, "shown": preview_of(plan), "plan": plan.digest(), "change_set": group}
            if not receipt.move(ImportState.DONE, seen, **said):
                raise ChangedMeanwhile  # somebody cancelled it
    except ChangedMeanwhile:
        receipt.refresh_from_db()
        raise
