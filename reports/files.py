"""The reports that have been built: a file's name carries the report, the language, and a hash of the content."""

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

# Bytes that built reports may take together. A report in both languages has about one million.
ROOM = 1 << 30
# Seconds after which a file that was never finished is what a killed process left.
FORGOTTEN = 3600


@dataclass(frozen=True)
class ReportFile:
    """A built PDF, its size in bytes, and when it was built, in seconds of the system's clock."""

    path: Path
    size: int
    built_at: float

    @property
    def built_on(self) -> date:
        """The day on which it was built, by the portal's calendar."""
        return timezone.localdate(datetime.fromtimestamp(self.built_at, UTC))


def built_files(folder: Path, name: str) -> list[ReportFile]:
    """Return the PDFs of that name (a report's code and a language) in ``folder``, the newest first."""
    found = []
    for path in folder.glob(f"{name}-????????????.pdf"):
        try:
            stat = path.stat()
        except FileNotFoundError:  # a newer one has just replaced it
            continue
        found.append(ReportFile(path, stat.st_size, stat.st_mtime))
    return sorted(found, key=lambda file: (file.built_at, file.path.name), reverse=True)


def newest_file(code: str, language: str) -> ReportFile | None:
    """Return the newest PDF of a report in a language (ar, en, or both in one file); ``None`` while none is built."""
    return next(iter(built_files(Path(settings.REPORTS_DIR), f"{code}-{language}")), None)


def write_whole(target: Path, content: bytes) -> None:
    """Write ``content`` so that readers find all of it at ``target`` or nothing. Raises ``OSError``."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as part:
        path = Path(part.name)
        try:
            part.write(content)
            part.close()
            path.chmod(0o644)
            path.replace(target)
        finally:
            path.unlink(missing_ok=True)


def make_room(folder: Path, spare: Path, room: int = ROOM) -> None:
    """Remove the PDFs built longest ago until those in ``folder`` take at most ``room`` bytes, never ``spare``.

    Parts of files that a killed process left go too.
    """
    for part in folder.glob(".*.part"):
        if _age(part) > FORGOTTEN:
            part.unlink(missing_ok=True)
    taken = 0
    for file in built_files(folder, "*"):
        taken += file.size
        if taken > room and file.path != spare:
            file.path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0
