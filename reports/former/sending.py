"""Former reports on their way in: read while whoever sends one waits, or by a worker where that takes longer."""

import logging
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reports.former.extraction import Limits, ReadingError, TooSlowError, read_file
from reports.former.vocabulary import load_vocabulary
from reports.models import FormerReading
from reports.models.former import UNFINISHED, ReadingState

logger = logging.getLogger(__name__)
# What a page may take of its web server; a report of usual length takes two or three seconds.
AT_ONCE = replace(Limits(), processor=5, clock=5)


def send(content: bytes, name: str, language: str, user: Any) -> FormerReading:
    """Read a former report and return what it proposes; one that takes long waits for a worker and says so.

    Raises `ReadingError` for what cannot be read, and while another report of ``user`` is being read.
    """
    settle()
    reading = FormerReading(
        file_name=name,
        sha256=sha256(content).hexdigest(),
        language=language,
        read_by=user,
        spoken=(get_language() or "ar")[:2],
    )
    try:
        reading.proposals = _proposed(content, language, AT_ONCE)
    except TooSlowError:
        _put_in_line(reading, content)
    else:
        reading.save()
    return reading


def _put_in_line(reading: FormerReading, content: bytes) -> None:
    from reports.tasks import read_former_report  # the task reads by this module

    reading.state, reading.content = ReadingState.WAITING, content
    try:
        with transaction.atomic():
            reading.save()
            read_former_report.enqueue(reading.pk)
    except IntegrityError:
        raise ReadingError(_("Another report that you sent is still being read: wait for it, or forget it.")) from None


def carry_out(number: int) -> None:
    """Read the report of that key for which a worker was asked, unless it was forgotten. Its row tells how it went."""
    reading = FormerReading.objects.filter(pk=number).first()
    if reading and reading.move(ReadingState.RUNNING, (ReadingState.WAITING,), started_at=timezone.now()):
        with override(reading.spoken):
            _read(reading)


def _read(reading: FormerReading) -> None:
    try:
        proposals = _proposed(bytes(reading.content), reading.language, Limits())
    except ReadingError as error:
        _fail(reading, str(error))
    except Exception:
        logger.exception("Former report %s could not be read", reading.pk)
        _fail(reading, _("It was not read, because of a fault in the portal."))
    else:
        reading.move(ReadingState.DONE, (ReadingState.RUNNING,), proposals=proposals, content=b"")


def _fail(reading: FormerReading, reason: str) -> None:
    reading.move(ReadingState.FAILED, UNFINISHED, reason=reason, content=b"")


def settle() -> None:
    """Forget what nobody has needed for long, and tell as not read what a worker left that is gone."""
    FormerReading.objects.outdated().delete()
    for reading in FormerReading.objects.cut_off().defer("content"):
        with override(reading.spoken):
            _fail(reading, _("The worker stopped before this was read: send it once more."))


def _proposed(content: bytes, language: str, limits: Limits) -> list[dict]:
    proposals = read_file(content, language, load_vocabulary(), limits)
    if not proposals:
        raise ReadingError(
            _("No activity was recognised in this file. Is it a progress report, and in the language you chose?")
        )
    return [proposal.to_row() for proposal in proposals]
