"""Who did what in an activity, as readers are told: its own partners, and the funder of its project."""

from activities.models import Activity, Partnership, PublicationState, Role


def project_of(activity: Activity) -> Activity | None:
    """Return the project that ``activity`` is part of, if readers may see it."""
    project = activity.parent
    return project if project and project.state == PublicationState.PUBLISHED else None


def partners_of(activity: Activity) -> list[Partnership]:
    """Return the roles in ``activity`` by role and order; the funder of a project has funded its parts.

    Reads ``partnerships`` of both as prefetched.
    """
    rows = list(activity.partnerships.all())
    if project := project_of(activity):
        named = {row.institution_id for row in rows if row.role == Role.FUNDER and row.institution_id}
        funders = [row for row in project.partnerships.all() if row.role == Role.FUNDER]
        rows += [row for row in funders if row.institution_id not in named]
    order = {role: place for place, role in enumerate(Role)}
    return sorted(rows, key=lambda row: order[Role(row.role)])
