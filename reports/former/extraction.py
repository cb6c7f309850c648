"""From the bytes of a former report to its text and to proposals, in a limited child process."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.former import reader
from reports.former.proposals import Proposal
from reports.former.vocabulary import Vocabulary
from reports.printer import OUT_OF_MEMORY

LARGEST_FILE = 20 << 20  # bytes
# How the child process ends beyond its processor time, and what stands for the end of its time on the clock.
_TIME_IS_OVER = (-signal.SIGXCPU, -signal.SIGALRM)


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: seconds of processor time and on the clock, bytes of memory, and its length."""

    processor: int = 20
    clock: int = 25
    memory: int = 1 << 30
    size: int = LARGEST_FILE
    pages: int = 300
    characters: int = 1_000_000


class ReadingError(ValueError):
    """A file was not read; the message says why and what to do, in the active language."""


class TooSlowError(ReadingError):
    """A file was not read within its time."""


_REASONS = {
    reader.ENCRYPTED: gettext_lazy("This PDF is locked with a password. Save it without one and send it again."),
    reader.BROKEN: gettext_lazy("This PDF is damaged and cannot be read. Save it again from the original."),
    reader.NOT_TEXT: gettext_lazy("This is neither a PDF nor a text in UTF-8. Save the report as one of these."),
    reader.NO_TEXT: gettext_lazy("This file holds no text: its pages may be pictures. Ask for the original file."),
    reader.TOO_LONG: gettext_lazy("This file holds more text than a report does. Send the pages of the report only."),
}


def extract(content: bytes, limits: Limits = Limits()) -> list[str]:
    """Return the text of each page of a PDF or of a text file. Raises `ReadingError` for anything else.

    Whatever the file holds, this process neither parses it nor keeps more of it than ``limits`` allow.
    """
    return [str(page) for page in _answer(content, {}, limits)["pages"]]


def read_file(content: bytes, language: str, vocabulary: Vocabulary, limits: Limits = Limits()) -> list[Proposal]:
    """Return what a PDF or text file in ``language`` proposes. Raises `ReadingError` as `extract` does."""
    task = {"language": language, "vocabulary": vocabulary.to_row()}
    return [Proposal.from_row(row) for row in _answer(content, task, limits)["proposals"]]


def _answer(content: bytes, task: dict, limits: Limits) -> dict:
    """Return what the child process made of a file. Raises `ReadingError` where it refuses it."""
    if len(content) > limits.size:
        raise ReadingError(too_large())
    if not content.strip():
        raise ReadingError(_("This file is empty."))
    answer = _ask(content, task, "pdf" if b"%PDF-" in content[:1024] else "text", limits)
    refused = answer.get("refused")
    if refused == reader.TOO_MANY_PAGES:
        sentence = _("This file has more than %(pages)d pages. Send the pages of the report only.")
        raise ReadingError(sentence % {"pages": limits.pages})
    if refused:
        raise ReadingError(str(_REASONS[refused]))
    return answer


def too_large() -> str:
    """The sentence about a file that is larger than what is read."""
    return _("This file is larger than %(size)d MB. Send the pages of the report only.") % {"size": LARGEST_FILE >> 20}


def _ask(content: bytes, task: dict, kind: str, limits: Limits) -> dict:
    """Return the answer of the child process, which is gone when this returns."""
    numbers = map(str, (limits.processor, limits.memory, limits.pages, limits.characters))
    # Files, not pipes: the kernel holds them to the child's limits, and they vanish with this process.
    with tempfile.TemporaryFile() as document, tempfile.TemporaryFile() as said:
        document.write(json.dumps(task).encode() + b"\n")
        document.write(content)
        document.seek(0)
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            [sys.executable, "-m", "reports.former.reader", kind, *numbers],
            stdin=document,
            stdout=said,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        try:
            status = process.wait(limits.clock)
        except subprocess.TimeoutExpired:
            status = -signal.SIGALRM
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        said.seek(0)
        answer = said.read()
    if status == 0:
        return json.loads(answer)
    if status in _TIME_IS_OVER:
        raise TooSlowError(_("This file needs more time than a report does. Send the pages of the report only."))
    if status == OUT_OF_MEMORY:
        raise ReadingError(_("This file needs more memory than a report does. Send the pages of the report only."))
    raise ReadingError(_("This file is damaged and cannot be read. Save it again from the original."))
