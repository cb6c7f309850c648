"""Where an institution is found now whose public address was another: its code was changed, or it became part of one.

The history knows both: every version has the code of its time, and the change in which two institutions were made one
ends with the one that stays and then the one that goes (`activities.joining`).
"""

from typing import Any

from bilingual.changes import REMOVED
from bilingual.history import reason_of
from partners.models import Institution


def institution_formerly_at(code: str) -> Institution | None:
    """Return the institution to which ``code`` leads; ``None`` where it never led anywhere.

    Who had the code last is meant, and of a chain of joinings its end. A few queries for each joining.
    """
    latest = Institution.versions.filter(code=code).order_by("-history_id").first()  # type: ignore[attr-defined]
    key, seen = getattr(latest, "id", None), set()
    while key is not None and key not in seen:
        seen.add(key)
        if institution := Institution.objects.filter(pk=key).first():
            return institution
        key = _joined_to(key)
    return None


def _joined_to(key: int) -> int | None:
    """Return the key of the institution of which the one that had ``key`` became part."""
    versions: Any = Institution.versions  # type: ignore[attr-defined]
    joined = versions.filter(history_type=REMOVED, history_change_reason__startswith=reason_of("merged"))
    gone = joined.filter(id=key).order_by("-history_id").first()
    if gone is None:
        return None
    together = versions.filter(change_set=gone.change_set, history_id__lt=gone.history_id).exclude(id=key)
    return together.order_by("-history_id").values_list("id", flat=True).first()
