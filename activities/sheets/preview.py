"""A plan as a reader sees it: figures, and the first of its differences and reasons; plain data of bounded size."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from activities.sheets.columns import Column
from activities.sheets.plan import Complaint, Draft, Plan
from activities.sheets.planning import ORDER
from activities.sheets.shape import BY_KEY, Sheet
from activities.sheets.values import shown_value
from bilingual.languages import active_language

# What a preview shows at most, of rows, of differences in a row, and of characters in a value.
ROWS, FIELDS, LENGTH = 100, 12, 160
# Bytes of a page that each of the three lists may fill, and what stands around a row, or a difference, by itself.
BYTES, AROUND = 100_000, 400


def preview_of(plan: Plan) -> dict[str, Any]:
    """Return what a preview shows, in the active language, as JSON holds it; below 300 kB whatever the plan."""
    told: dict[str, Any] = {}
    for name, new in (("changed", False), ("added", True)):
        drafts = _drafts(plan, new=new)
        told[name] = _first(_row(plan, *draft) for draft in drafts[:ROWS])
        told[f"{name}_more"] = len(drafts) - len(told[name])
    told["complaints"] = _first(complaint_row(complaint) for complaint in plan.complaints[:ROWS])
    told["complaints_more"] = len(plan.complaints) - len(told["complaints"])
    return told


def _first(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return as many of ``rows`` as a list on the page has room for, at least one if there is one."""
    found: list[dict[str, Any]] = []
    left = BYTES
    for row in rows:
        left -= _weight(row)
        if found and left < 0:
            break
        found.append(row)
    return found


def _weight(told: Any) -> int:
    """Return about how many bytes of a page ``told`` becomes."""
    if isinstance(told, dict):
        return AROUND + sum(_weight(value) for value in told.values())
    if isinstance(told, list):
        return sum(_weight(value) for value in told)
    return len(escape(told).encode())


def _drafts(plan: Plan, *, new: bool) -> list[tuple[Sheet, Draft]]:
    return [(sheet, draft) for sheet in ORDER for draft in plan.moving(sheet) if draft.is_new is new]


def _row(plan: Plan, sheet: Sheet, draft: Draft) -> dict[str, Any]:
    fields = [(sheet.told[n], draft.before[n], draft.values[n]) for n in draft.changed] if draft.before else []
    return {
        "sheet": plan.names.get(sheet.key, sheet.key),
        "row": draft.row,
        "name": name_of(sheet, draft),
        "fields": [_difference(*field) for field in fields[:FIELDS]],
        "fields_more": max(0, len(fields) - FIELDS),
    }


def _difference(column: Column, before: Any, after: Any) -> dict[str, str]:
    old, new = shown_value(before), shown_value(after)
    start = _first_difference(old, new) if max(len(old), len(new)) > LENGTH else 0
    return {"heading": column.heading.in_(active_language()), "old": _cut(old, start), "new": _cut(new, start)}


def _first_difference(old: str, new: str) -> int:
    """Return where to begin showing two long texts, so that what differs is seen."""
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return max(0, same - 40)


def _cut(text: str, start: int = 0) -> str:
    shown = text[start : start + LENGTH]
    return f"{'…' if start else ''}{shown}{'…' if start + LENGTH < len(text) else ''}"


def name_of(sheet: Sheet, draft: Draft) -> str:
    """Return how a row is called: its code and title, or what it is found by."""
    position = {column.key: n for n, column in enumerate(sheet.told)}
    language = active_language()
    keys = [key for key in sheet.identity[-1] if key in position][:3]
    for text in ("title", "name"):
        if f"{text}_{language}" in position:
            both = (f"{text}_{language}", f"{text}_en", f"{text}_ar")
            keys.append(next((key for key in both if draft.values[position[key]]), both[0]))
    said = dict.fromkeys(shown_value(draft.values[position[key]]) for key in keys)
    return _cut(" · ".join(text for text in said if text)) or _("without a code")


def complaint_row(complaint: Complaint) -> dict[str, Any]:
    """Return a complaint as plain data."""
    return {
        "sheet": complaint.page,
        "row": complaint.row,
        "heading": complaint.heading(active_language()),
        "value": _cut(complaint.value),
        "sentence": complaint.sentence,
        "conflict": complaint.is_conflict,
    }


def sheet_name(key: str) -> str:
    """What the sheet ``key`` is called in the active language."""
    return BY_KEY[key].name(active_language())
