"""One activity, or a project with its parts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from activities.citing import citation, letter
from activities.figures import tally
from activities.models import Activity, CountryParticipation, Partnership, Role
from activities.partners_of import partners_of, project_of
from activities.projects import ProjectFacts, project_facts
from activities.tiles import AttendanceMap, country_rows
from activities.views.country import Group, grouped
from activities.views.rows import with_row_details
from bilingual.addresses import portal_address
from bilingual.dates import anchored, say_range
from bilingual.languages import active_language
from bilingual.sorting import alphabetical
from partners.models import Country
from roadmap.models import Programme


@dataclass(frozen=True)
class RoleRow:
    """A role, and who held it."""

    label: str
    partners: list[Partnership]


@dataclass(frozen=True)
class Attendance:
    """The countries that an activity lists: by group, and on the map of the members."""

    groups: list[Group]
    map: AttendanceMap

    @classmethod
    def of(cls, activity: Activity, day: date) -> "Attendance | None":
        """Return who took part, by their standing on the activity's last day; ``None`` without a list."""
        counts = {row.country: row.count or 0 for row in activity.country_participations.all()}
        if not counts:
            return None
        rows = country_rows({each.code: n for each, n in counts.items()}, activity.end_date or day)
        listed = [row for row in rows if row.country in counts]
        return cls(grouped(listed), AttendanceMap(rows, {each.code for each in counts}))


class ActivityView(TemplateView):
    """An activity with all that the activities themselves know of it; `reports.pages` adds what cites it."""

    template_name = "activities/activity.html"
    extra_context = {"section": "activities"}

    def get_context_data(self, code, **kwargs):
        today = timezone.localdate()
        activity = get_object_or_404(self._with_details(), code=code)
        project = project_of(activity)
        participation = getattr(activity, "participation", None)
        profile = participation.profile if participation else None
        programme = Programme.objects.first()
        facts = project_facts(activity) if activity.is_project else None
        address = portal_address(self.request.path)
        context = super().get_context_data(
            **kwargs,
            activity=activity,
            project=project,
            facts=facts,
            programme=programme,
            address=address,
            citation=citation(activity, programme, _days(facts or activity), address, today),
            letter=letter(activity, address),
            roles=self._roles(activity),
            siblings=self._siblings(activity, project),
            attendance=Attendance.of(activity, today),
            participation=participation,
            noun=profile.counted_as if profile and profile.is_complete else "participant",
            today=today,
            open_to=self._open_to(activity),
            overdue=activity.outcome_is_unrecorded(today),
            has_days=any(each.start_date and each.end_date for each in self._events(activity)),
        )
        if activity.is_project:
            context["tally"] = tally(Activity.objects.counted().filter(parent=activity))
        return context

    def _with_details(self):
        partnerships = Partnership.objects.select_related("institution__seat").order_by("order", "pk")
        countries = CountryParticipation.objects.select_related("country")
        parts = with_row_details(Activity.objects.listed().in_order())
        return (
            Activity.objects.published()
            .select_related("kind", "roadmap", "area__roadmap", "venue_country", "parent", "participation__profile")
            .prefetch_related(
                Prefetch("partnerships", partnerships),
                Prefetch("parent__partnerships", partnerships),
                Prefetch("country_participations", countries),
                Prefetch("parts", parts),
                "links",
            )
        )

    def _events(self, activity: Activity) -> list[Activity]:
        """What a calendar would show: the activity, or the parts of a project."""
        return list(activity.parts.all()) if activity.is_project else [activity]

    def _siblings(self, activity: Activity, project: Activity | None) -> list[Activity]:
        """The other parts of the project, the first one first; none of an activity that stands alone."""
        if project is None:
            return []
        parts = Activity.objects.listed().filter(parent=project).exclude(pk=activity.pk)
        return list(with_row_details(parts.in_order()))

    def _open_to(self, activity: Activity) -> list[Country]:
        """The countries whose people can register, by their names; none where all members can."""
        codes = activity.open_to.split()
        return sorted(Country.objects.filter(code__in=codes), key=alphabetical) if codes else []

    def _roles(self, activity: Activity) -> list[RoleRow]:
        rows = partners_of(activity)
        return [RoleRow(role.label, held) for role in Role if (held := [row for row in rows if row.role == role])]


def _days(facts: Activity | ProjectFacts) -> str:
    """Return when an activity or a project was, in words; ``""`` where no days are known."""
    start, end = (facts.start_date, facts.end_date) if isinstance(facts, Activity) else (facts.start, facts.end)
    language = active_language()
    return anchored(say_range(start, end, language), language) if start and end else ""
