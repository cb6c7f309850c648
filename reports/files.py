"""The reports that have been built: a file's name carries the report, the language, and a hash of the content."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class ReportFile:
    """A built PDF, its size in bytes, and the day on which it was built."""

    path: Path
    size: int
    built_on: date


def newest_file(code: str, language: str) -> ReportFile | None:
    """Return the newest PDF of a report in a language (ar, en, or both in one file); ``None`` while none is built."""
    dated = []
    for path in Path(settings.REPORTS_DIR).glob(f"{code}-{language}-*.pdf"):
        try:
            stat = path.stat()
        except FileNotFoundError:  # a newer one has just replaced it
            continue
        dated.append((stat.st_mtime, path, stat.st_size))
    if not dated:
        return None
    built_at, path, size = max(dated)
    return ReportFile(path, size, timezone.localdate(datetime.fromtimestamp(built_at, UTC)))
