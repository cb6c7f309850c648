"""The work plan of an area as a tree, with all that pages tell of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from roadmap.models import Collaborator, CooperationArea, WorkPlanItem


@dataclass(frozen=True)
class Branch:
    """An item that stands directly below its area, and the actions below it."""

    item: WorkPlanItem
    actions: list[WorkPlanItem] = field(default_factory=list)


def branches(items: Iterable[WorkPlanItem]) -> list[Branch]:
    """Return the tree of items that stand in order; an action whose objective is not among them stands for itself."""
    found: list[Branch] = []
    for item in items:
        if found and item.parent_id and item.parent_id == found[-1].item.pk:
            found[-1].actions.append(item)
        else:
            found.append(Branch(item))
    return found


def work_plan_of(area: CooperationArea) -> list[Branch]:
    """Return the work plan below ``area``, each item with its coordinator, collaborators and indicators.

    Three queries, however long it is.
    """
    collaborators = Prefetch("collaborators", Collaborator.objects.select_related("country", "institution__seat"))
    items = area.work_plan.select_related("parent", "coordinator_country", "coordinator_institution__seat")
    return branches(items.in_order().prefetch_related(collaborators, "indicators"))
