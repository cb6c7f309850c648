"""The work plan of an area as a tree, with all that pages tell of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from roadmap.models import Collaborator, CooperationArea, WorkPlanItem
from roadmap.models.work_plan import WorkPlanQuerySet


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


def in_full(items: WorkPlanQuerySet) -> WorkPlanQuerySet:
    """Return ``items`` in order, each with its coordinator, collaborators and indicators: three queries."""
    collaborators = Prefetch("collaborators", Collaborator.objects.select_related("country", "institution__seat"))
    found = items.select_related("area", "parent", "coordinator_country", "coordinator_institution__seat")
    return found.in_order().prefetch_related(collaborators, "indicators")


def work_plan_of(area: CooperationArea) -> list[Branch]:
    """Return the work plan below ``area`` with all that pages tell of it."""
    return branches(in_full(area.work_plan.all()))
