"""One activity, or a project with its parts."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from activities.figures import tally
from activities.models import Activity, CountryParticipation, Partnership, Role
from activities.partners_of import partners_of, project_of
from activities.projects import project_facts
from activities.views.rows import with_row_details
from bilingual.sorting import alphabetical
from partners.models import Country
from roadmap.models import Programme


@dataclass(frozen=True)
class RoleRow:
    """A role, and who held it."""

    label: str
    partners: list[Partnership]


class ActivityView(TemplateView):
    template_name = "activities/activity.html"
    extra_context = {"section": "activities"}

    def get_context_data(self, code, **kwargs):
        today = timezone.localdate()
        activity = get_object_or_404(self._with_details(), code=code)
        project = project_of(activity)
        participation = getattr(activity, "participation", None)
        profile = participation.profile if participation else None
        context = super().get_context_data(
            **kwargs,
            activity=activity,
            project=project,
            programme=Programme.objects.first(),
            roles=self._roles(activity),
            participation=participation,
            noun=profile.counted_as if profile and profile.is_complete else "participant",
            today=today,
            open_to=self._open_to(activity),
            overdue=activity.outcome_is_unrecorded(today),
        )
        if activity.is_project:
            context["facts"] = project_facts(activity)
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

    def _open_to(self, activity: Activity) -> list[Country]:
        """The countries whose people can register, by their names; none where all members can."""
        codes = activity.open_to.split()
        return sorted(Country.objects.filter(code__in=codes), key=alphabetical) if codes else []

    def _roles(self, activity: Activity) -> list[RoleRow]:
        rows = partners_of(activity)
        return [RoleRow(role.label, held) for role in Role if (held := [row for row in rows if row.role == role])]
