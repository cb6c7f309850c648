"""From the HTML of a report to its PDF, in a limited child process, and to a file that carries its content's hash."""

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from reports.facts import ReportFacts
from reports.files import built_files, make_room, write_whole
from reports.printer import OUT_OF_MEMORY

# Called while a document is printed, twice a second; what it raises ends the printing.
Progress = Callable[[], None]
PAUSE = 0.5
HERE = Path(__file__).parent
STATIC_DIR = Path(settings.BASE_DIR) / "static"
STYLES = ("css/fonts.css", "css/tokens.css", "css/report.css")
ENGINE = ("weasyprint", "pydyf", "fonttools", "pillow", "tinycss2", "tinyhtml5", "cssselect2", "pyphen")


@dataclass(frozen=True)
class Limits:
    """What one rendering may take: seconds of processor time, seconds on the clock, bytes of memory.

    A report of 500 records in both languages took 85 seconds and 0.9 GB.
    """

    processor: int = 240
    clock: int = 300
    memory: int = 2 << 30

    @classmethod
    def of_settings(cls) -> "Limits":
        """Return what this installation allows; a fifth of the time may pass in waiting for a busy machine."""
        seconds = settings.PRINTING_SECONDS
        return cls(processor=max(1, seconds * 4 // 5), clock=seconds, memory=settings.PRINTING_MEMORY << 20)


class Attached(Protocol):
    """Facts that travel in a PDF, dated by the report's day: `ReportFacts`, or their text as an edition keeps it."""

    @property
    def as_of(self) -> date: ...

    def to_json(self) -> str: ...


class RenderingError(RuntimeError):
    """A document could not be printed; the message says why, in the active language."""


def assets(static_dir: Path = STATIC_DIR, styles: Sequence[str] = STYLES) -> list[str]:
    """Return the names of the static files a document may load, in order: its ``styles``, and the fonts."""
    fonts = (path.relative_to(static_dir).as_posix() for path in static_dir.glob("fonts/*.woff2"))
    return [*styles, *sorted(fonts)]


def render_pdf(
    html: str,
    facts: Attached | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    static_dir: Path = STATIC_DIR,
    styles: Sequence[str] = STYLES,
) -> bytes:
    """Return ``html`` as PDF/A-3a and PDF/UA-1, with ``facts`` attached as JSON and the assets of ``static_dir``.

    Of its stylesheets the document may load ``styles``, unless given those of a report.

    The same HTML, facts, assets and library versions give the same bytes. Whatever happens, the printer and what it
    started are gone when this returns, and no file is left behind.

    Raises `RenderingError` when the document asks for anything but our assets, or for more time or memory than
    ``limits`` allow (unless given, those of the settings); and what ``progress`` raises.
    """
    limits = limits or Limits.of_settings()
    # Files, not pipes: the kernel holds them to the printer's limits, and they vanish with this process. The engine
    # unpacks fonts into a folder, which it is ended too soon to clear away.
    with (
        tempfile.TemporaryFile() as job,
        tempfile.TemporaryFile() as printed,
        tempfile.TemporaryFile() as remarks,
        tempfile.TemporaryDirectory() as folder,
    ):
        job.write(print_job(html, facts))
        job.seek(0)
        # A session of its own, so that one signal reaches all of it.
        process = subprocess.Popen(  # noqa: S603 -- our own module, with names of our own files
            printer_command(limits, static_dir, styles),
            stdin=job,
            stdout=printed,
            stderr=remarks,
            cwd=settings.BASE_DIR,
            env=os.environ | {"TMPDIR": folder},
            start_new_session=True,
        )
        try:
            status = _wait_for(process, limits.clock, progress)
        finally:
            _end(process)
        printed.seek(0)
        pdf = printed.read()
        remarks.seek(0)
        if status or not pdf.startswith(b"%PDF"):
            raise RenderingError(_why_not(status, remarks.read()))
        return pdf


def _wait_for(process: subprocess.Popen, seconds: float, progress: Progress | None) -> int:
    """Return how the printer ended. Raises `RenderingError` after ``seconds``, and what ``progress`` raises."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return process.wait(max(0.0, min(PAUSE, deadline - time.monotonic())))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= deadline:
                raise RenderingError(_("The report was not printed: it took longer than a report may.")) from None
            if progress:
                progress()


def _end(process: subprocess.Popen) -> None:
    """End the printer and whatever it started, if it still runs."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _why_not(status: int, remarks: bytes) -> str:
    """Return the sentence for a printer that ended with ``status`` after these remarks, in the active language."""
    reason = remarks.decode(errors="replace").strip().rpartition("\n")[2]
    if status < 0 or status == OUT_OF_MEMORY:
        return _("The report was not printed: it needed more time or memory than a report may.")
    return _("The report was not printed: %(reason)s") % {"reason": reason[:300]}


# Marks serve readers of the HTML. On paper they only part lines into pieces: printing without them takes a fifth less.
_MARK = re.compile(r'<span data-(?:fact="[^"]*"|name|fixed)>([^<]*)</span>')


def without_marks(html: str) -> str:
    """Return ``html`` as the printer gets it: the same words, without the marks around facts, names and texts."""
    return _MARK.sub(r"\1", html)


def print_job(html: str, facts: Attached | None = None) -> bytes:
    """Return what the printer reads: the document and, if given, the facts to attach, dated by the report's day."""
    job = {"html": without_marks(html), "facts": facts and facts.to_json(), "as_of": facts and facts.as_of.isoformat()}
    return json.dumps(job).encode()


def printer_command(
    limits: Limits = Limits(), static_dir: Path = STATIC_DIR, styles: Sequence[str] = STYLES
) -> list[str]:
    """Return the command that prints a document from its standard input, with the assets of ``static_dir``."""
    allowance = (str(limits.processor), str(limits.memory))
    return [sys.executable, "-m", "reports.printer", *allowance, str(static_dir), *assets(static_dir, styles)]


def content_hash(html: str, facts: ReportFacts | None = None) -> str:
    """Return the SHA-256 of everything that shapes a PDF: text, attachment, assets, printer and versions."""
    digest = hashlib.sha256(print_job(html, facts))
    for name in assets():
        digest.update((STATIC_DIR / name).read_bytes())
    for module in (HERE / "printer.py", *sorted(HERE.glob("engine/*.py"))):
        digest.update(module.read_bytes())
    digest.update(" ".join(f"{name}={version(name)}" for name in ENGINE).encode())
    return digest.hexdigest()


def build(
    html: str,
    folder: Path,
    name: str,
    facts: ReportFacts | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> tuple[Path, bool]:
    """Print ``html`` into ``folder`` as ``name-HASH.pdf``; return the file and whether it was built now.

    The file appears whole or not at all. An unchanged one is left as it is, and nothing is printed; older ones of
    the same name go once the new one stands. Raises what `render_pdf` does, and ``OSError`` when the folder cannot
    be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}-{content_hash(html, facts)[:12]}.pdf"
    if target.exists():
        return target, False
    write_whole(target, render_pdf(html, facts, limits, progress))
    for older in built_files(folder, name):
        if older.path != target:
            older.path.unlink(missing_ok=True)
    make_room(folder, spare=target)
    return target, True
