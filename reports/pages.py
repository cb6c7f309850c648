"""Pages of the catalogue that show what reports know too: they live here, the highest app they show."""

from activities.views import ActivityView
from reports.models import Edition


class ActivityPage(ActivityView):
    """An activity with the editions that tell it: what has been issued is public for good."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        editions = Edition.objects.listed().prefetch_related(None).filter(citations__activity=context["activity"])
        return {**context, "editions": editions.order_by("-issued_at", "-pk")}
