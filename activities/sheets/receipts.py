"""Files on their way in: sent, looked at, confirmed, written; each with a receipt that says how far it has come.

A small file is looked at and written while whoever sent it waits; a large one by a worker, which tells of its
progress in a file beside it: inside the transaction nothing else could be seen from outside. A step that was cut off
has written nothing, and is told as stopped once its progress has stood still for long.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from activities.models import ImportReceipt, ImportState
from activities.models.receipts import AT_WORK
from activities.sheets.applying import ChangedMeanwhile, carry_out
from activities.sheets.importing import AS_WORKBOOK, Reading, Source, reading
from activities.sheets.kept import Progress, forget, held_back_path, keep, sent_path, stands_still, teller
from activities.sheets.limits import AT_ONCE, DEFAULT
from activities.sheets.plan import Plan
from activities.sheets.preview import preview_of
from activities.sheets.verdicts import Refused
from activities.sheets.words import sentence_of
from bilingual.files import write_to

logger = logging.getLogger(__name__)

_PIECE = 1 << 20
# Bytes of a file that is looked at while its sender waits: about a thousand activities.
SMALL = 400_000
# How long a file waits to be confirmed.
KEPT = timedelta(days=7)


class BusyError(Exception):
    """Somebody sends a file while another of theirs is at work."""


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


def send(file: BinaryIO, name: str, user: Any, source: Source = AS_WORKBOOK) -> ImportReceipt:
    """Keep ``file`` until it is imported, and return its receipt; a small one has been looked at.

    Raises `BusyError` while another file of ``user`` is at work, and `Refused` for one that is too large.
    """
    settle_abandoned()
    if hash_of(file)[1] > DEFAULT.file:
        raise Refused("file_too_large", limit=DEFAULT.file >> 20)
    try:
        with transaction.atomic():
            receipt = receipt_for(file, name, user, source)
            keep(receipt, file)
            if not is_small(receipt):
                _enqueue(receipt)
    except IntegrityError:
        raise BusyError from None
    if is_small(receipt):
        look(receipt)
    return receipt


def is_small(receipt: ImportReceipt) -> bool:
    """Whether the file is looked at and written while its sender waits."""
    return receipt.file_size <= SMALL


def look(receipt: ImportReceipt) -> None:
    """Read a file that waits, and say in its receipt what it would do, or why it is refused."""
    if not receipt.move(ImportState.READING, (ImportState.WAITING,)):
        return
    with override(receipt.spoken), _telling(receipt):
        with _opened(receipt) as read:
            if read.plan.complaints:
                with write_to(held_back_path(receipt)) as held:
                    read.write_held_back(held)
            said = {"counts": read.plan.counts, "shown": preview_of(read.plan), "plan": read.plan.digest()}
        receipt.move(ImportState.READY, (ImportState.READING,), **said)


def confirm(receipt: ImportReceipt) -> bool:
    """Write what the preview of ``receipt`` showed, now or by a worker; return whether it still was to confirm."""
    try:
        with transaction.atomic():
            if not receipt.move(ImportState.CONFIRMED, (ImportState.READY,)):
                return False
            if not is_small(receipt):
                _enqueue(receipt)
    except IntegrityError:
        raise BusyError from None
    if is_small(receipt):
        write(receipt)
    return True


def write(receipt: ImportReceipt) -> None:
    """Import a confirmed file, and say so in its receipt, in one transaction; or say why not."""
    if not receipt.move(ImportState.WRITING, (ImportState.CONFIRMED,)):
        return
    with override(receipt.spoken), _telling(receipt):
        with _opened(receipt) as read:
            import_now(receipt, read.plan, receipt.sent_by, teller(receipt))
        forget(receipt)


def cancel(receipt: ImportReceipt) -> bool:
    """Forget a file that was not written; return whether it still could be."""
    seen = (ImportState.WAITING, ImportState.READING, ImportState.READY, ImportState.CONFIRMED)
    if is_cancelled := receipt.move(ImportState.CANCELLED, seen):
        forget(receipt)
        held_back_path(receipt).unlink(missing_ok=True)
    return is_cancelled


def advance(number: int) -> None:
    """Do the next step of an import, as a worker does."""
    receipt = ImportReceipt.objects.select_related("sent_by").get(pk=number)
    if receipt.state == ImportState.WAITING:
        look(receipt)
    elif receipt.state == ImportState.CONFIRMED:
        write(receipt)


def import_now(receipt: ImportReceipt, plan: Plan, user: Any = None, progress: Progress | None = None) -> None:
    """Carry out ``plan`` and say so in ``receipt``, in one transaction: both are there, or neither.

    Raises `ChangedMeanwhile` when the plan is not the one that was confirmed, or the portal is no longer as it was
    when the plan was made.
    """
    # Worked out before the transaction: nobody else can write to SQLite while it lasts.
    said: dict[str, Any] = {"counts": plan.counts, "shown": preview_of(plan), "plan": plan.digest()}
    if receipt.plan not in ("", said["plan"]):
        raise ChangedMeanwhile
    try:
        with transaction.atomic():
            said["change_set"] = None if plan.does_nothing else carry_out(plan, user, f"import {receipt.pk}", progress)
            if not receipt.move(ImportState.DONE, (ImportState.WAITING, ImportState.WRITING), **said):
                raise ChangedMeanwhile
    except BaseException:
        receipt.refresh_from_db()
        raise


def settle_abandoned() -> None:
    """Tell as stopped what was cut off while it was read or written; forget what nobody has confirmed for a week."""
    for receipt in ImportReceipt.objects.filter(state=ImportState.READY, sent_at__lt=timezone.now() - KEPT):
        cancel(receipt)
    for receipt in ImportReceipt.objects.filter(state__in=(ImportState.READING, ImportState.WRITING)):
        if stands_still(receipt):
            with override(receipt.spoken):
                _refuse(
                    receipt, _("This was cut off before it was done. Nothing was imported: send the file once more.")
                )


@contextmanager
def _opened(receipt: ImportReceipt) -> Iterator[Reading]:
    """Read the kept file of ``receipt`` and plan it, telling of the progress."""
    with (
        sent_path(receipt).open("rb") as file,
        reading(file, _source(receipt), receipt.sent_by, teller(receipt)) as read,
    ):
        yield read


@contextmanager
def _telling(receipt: ImportReceipt) -> Iterator[None]:
    """Say in ``receipt`` what stopped the step inside; nothing of it was written."""
    try:
        yield
    except ChangedMeanwhile:
        _refuse(
            receipt,
            _("The portal was changed after you saw the preview. Nothing was imported: send the file once more."),
        )
    except Refused as refusal:
        _refuse(receipt, sentence_of(refusal))
    except Exception:
        # Whatever it was, its sender waits for this receipt, which nothing else would ever move again.
        logger.exception("Import %s stopped by a fault", receipt.pk)
        _refuse(receipt, _fault(receipt))
        if settings.DEBUG:
            raise


def _refuse(receipt: ImportReceipt, reason: str) -> None:
    if receipt.move(ImportState.REFUSED, AT_WORK, reason=reason):
        forget(receipt)


def _fault(receipt: ImportReceipt) -> str:
    return _(
        "The file could not be imported, by a fault of the portal. Its log tells more, under import %(number)s."
    ) % {"number": receipt.pk}


def _source(receipt: ImportReceipt) -> Source:
    return Source(receipt.encoding, receipt.sheet, AT_ONCE if is_small(receipt) else DEFAULT)


def _enqueue(receipt: ImportReceipt) -> None:
    from activities.tasks import advance_import

    advance_import.enqueue(receipt.pk)
