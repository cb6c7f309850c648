"""The reports that have been built: a file's name carries the report, the language, and a hash of the content."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


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
