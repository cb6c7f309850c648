"""A few entries that show what a work plan looks like; each of them says that it is a sample."""

from typing import Any

from bilingual.history import change_set
from oicvet.loading.rows import add, by_code, read
from partners.models import Country, Institution
from roadmap.models import Collaborator, CooperationArea, Indicator, ItemKind, WorkPlanItem


def add_sample_work_plan() -> int:
    """Add the sample below each area that has no work plan; return how many items there are now that were not."""
    bodies = by_code(Country) | by_code(Institution)
    added = 0
    for row in read("demo/work_plan"):
        area = CooperationArea.objects.get(roadmap__code=row.pop("roadmap"), number=row.pop("area"))
        if not area.work_plan.exists():
            actions = row.pop("actions")
            objective = _add(bodies, row, area=area)
            for each in actions:
                _add(bodies, each, area=area, kind=ItemKind.ACTION, parent=objective)
            added += 1 + len(actions)
    return added


def _add(bodies: dict[str, Any], row: dict[str, Any], **place: Any) -> WorkPlanItem:
    collaborators, indicators = row.pop("collaborators"), row.pop("indicators")
    coordinator = _named(bodies, row.pop("coordinator"), "coordinator_")
    with change_set():
        item = add(WorkPlanItem(is_sample=True, **place, **row, **coordinator))
        for code in collaborators:
            add(Collaborator(item=item, **_named(bodies, code)))
        for order, texts in enumerate(indicators, start=1):
            add(Indicator(item=item, order=order, **texts))
    return item


def _named(bodies: dict[str, Any], code: str | None, prefix: str = "") -> dict[str, Any]:
    """Return the field that names the country or the institution with ``code``."""
    body = bodies[code]
    return {f"{prefix}{type(body)._meta.model_name}": body} if body else {}
