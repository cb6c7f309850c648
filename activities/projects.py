"""What a project owes to its parts: it has no dates, mode or status of its own."""

from dataclasses import dataclass
from datetime import date

from activities.models import Activity, Mode


@dataclass(frozen=True)
class ProjectFacts:
    """When a project runs, how people take part, and what became of it, as its parts tell."""

    start: date | None
    end: date | None
    modes: tuple[Mode, ...]
    status: str


def project_facts(project: Activity) -> ProjectFacts:
    """Work out the facts of ``project`` from ``project.parts``, prefetched with those that readers may see.

    A part whose mode is not stated adds none; no mode at all says that none is stated.
    """
    parts = list(project.parts.all())
    stated = {part.mode for part in parts} - {Mode.NOT_STATED}
    return ProjectFacts(
        start=min((part.start_date for part in parts if part.start_date), default=None),
        end=max((part.end_date for part in parts if part.end_date), default=None),
        modes=tuple(mode for mode in Mode if mode in stated),
        status=project.project_status,
    )
