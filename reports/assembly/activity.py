"""What a report states of one activity, from its row and those that belong to it."""

from dataclasses import replace

from django.db.models import Prefetch

from activities.models import Activity, ActivityKind, Partnership, Role
from activities.models.queries import ActivityQuerySet
from bilingual.grammar import NOUNS
from bilingual.text import Bilingual
from reports.facts import (
    UNWRITTEN,
    ActivityFacts,
    KindFacts,
    ParticipationFacts,
    PartnerFacts,
    PartnersByRole,
    RoadmapFacts,
)
from roadmap.models import Programme, Roadmap

_ROLES = {
    "organisers": Role.ORGANISER,
    "co_organisers": Role.CO_ORGANISER,
    "providers": Role.CONTENT_PROVIDER,
    "hosts": Role.HOST,
    "funders": Role.FUNDER,
    "implementers": Role.IMPLEMENTER,
    "facilitators": Role.FACILITATOR,
}
_TEXTS = ("audience", "objective", "topics")


def facts_of_activity(activity: Activity, programme: Programme) -> ActivityFacts:
    """Return what a report would state of ``activity``, as of a saved one or one that is being entered.

    A part comes within its project, as a report tells it; a project with its published parts.
    """
    if activity.parent:
        project = activity_facts(activity.parent, programme)
        return replace(project, parts=(activity_facts(activity, programme),)).numbered("1")
    if activity.is_project and activity.pk:
        activity.told_parts = list(with_details(activity.parts.published().reportable().in_order()))  # type: ignore[attr-defined]  # as a report reads it
    return activity_facts(activity, programme).numbered("1")


def with_details(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Return ``activities`` so that `activity_facts` queries for none of them again."""
    partnerships = Partnership.objects.select_related("institution__seat").order_by("order", "pk")
    return activities.select_related("kind", "roadmap", "area", "participation__profile").prefetch_related(
        Prefetch("partnerships", partnerships)
    )


def parts_of(activity: Activity) -> list[Activity]:
    """The parts of a project that were read with it; a part has none."""
    return getattr(activity, "told_parts", [])


def activity_facts(activity: Activity, programme: Programme, override: Bilingual = UNWRITTEN) -> ActivityFacts:
    """Return what is stated of ``activity`` and its parts; its number is given where items are put in order."""
    return ActivityFacts(
        code=activity.code,
        number="",
        kind=kind_facts(activity.kind),
        title=activity.titles,
        status=activity.status or "",
        status_reason=Bilingual.of(activity, "status_reason"),
        mode=activity.mode,
        venue=Bilingual.of(activity, "venue"),
        start=activity.start_date,
        end=activity.end_date,
        year=activity.year if activity.is_project else None,
        roadmap=roadmap_facts(activity.roadmap) if activity.roadmap else None,
        area=activity.area.number if activity.area else None,
        funding_call=activity.funding_call,
        partners=_partners(activity, programme),
        participation=_participation(activity),
        **{field: Bilingual.of(activity, field) for field in _TEXTS},
        override=override,
        group=activity.cooperation_group,
        parts=tuple(activity_facts(part, programme) for part in parts_of(activity)),
    )


def kind_facts(kind: ActivityKind) -> KindFacts:
    """Return how sentences name activities of ``kind``."""
    return KindFacts(
        code=kind.code,
        name=Bilingual.of(kind, "name"),
        noun=kind.noun,
        connector=kind.connector,
        implied_mode=kind.implied_mode,
    )


def _partners(activity: Activity, programme: Programme) -> PartnersByRole:
    rows = list(activity.partnerships.all())
    return PartnersByRole(
        **{name: tuple(_partner(row, programme) for row in rows if row.role == role) for name, role in _ROLES.items()}
    )


def _partner(row: Partnership, programme: Programme) -> PartnerFacts:
    is_organ = row.institution_id == programme.organ_id
    return PartnerFacts(
        name=Bilingual.of(programme, "organ_short_name") if is_organ else row.name,
        post=Bilingual.of(row, "post"),
        is_organ=is_organ,
        is_described=row.institution is None,
        takes_the=bool(row.institution and row.institution.takes_the and not is_organ),
    )


def _participation(activity: Activity) -> ParticipationFacts | None:
    """The counts of an activity; a project has none, and a missing row means that nothing is known yet."""
    if activity.is_project:
        return None
    row = getattr(activity, "participation", None)
    if row is None:
        return ParticipationFacts(NOUNS["participant"], None, "pending", None, None, "pending")
    return ParticipationFacts(
        people=row.profile.counted_as if row.profile else NOUNS["participant"],
        headcount=row.headcount,
        headcount_standing=row.headcount_standing,
        women=row.women,
        countries=row.member_countries,
        countries_standing=row.countries_standing,
    )


def roadmap_facts(roadmap: Roadmap) -> RoadmapFacts:
    """Return how sentences name ``roadmap``: in full, and in short where it has a short title."""
    title, short = Bilingual.of(roadmap, "title"), Bilingual.of(roadmap, "short_title")
    return RoadmapFacts(roadmap.code, title, Bilingual(ar=short.ar or title.ar, en=short.en or title.en))
