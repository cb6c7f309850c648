"""The pages of the site as a whole: the door, which asks for the language, and the home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from activities.doors import Doors
from activities.figures import figures, tally
from activities.involvement import CountryPart, held
from activities.models import Activity
from activities.tiles import TileMap
from activities.views.country import grouped, rows_of_part
from activities.views.roadmap import area_rows
from activities.views.rows import with_row_details
from reports.models import Edition
from roadmap.calendar import SessionPeriod, session_period
from roadmap.models import Programme, Roadmap

COMING, LATEST = 3, 5


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language the browser prefers, to the Arabic one when it prefers neither."""
    return _in_their_language(request, "home")


@require_safe
def edition_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the address printed on an edition to its page, in the language the browser prefers."""
    get_object_or_404(Edition.objects.values("pk"), code=code)
    return _in_their_language(request, "edition", code)


def _in_their_language(request: HttpRequest, page: str, *args: str) -> HttpResponse:
    with override(_preferred_language(request.headers.get("Accept-Language", ""))):
        response = redirect(page, *args)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _preferred_language(header: str) -> str:
    for wanted, weight in parse_accept_lang_header(header):
        try:
            found = get_supported_language_variant(wanted)
        except LookupError:
            continue
        if weight:
            return found
    return "ar"


class HomeView(TemplateView):
    template_name = "home.html"
    extra_context = {"section": "home"}

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        counted = Activity.objects.counted()
        period = self._newest_period(today)
        told = counted.within(period.period) if period else counted
        scope = {"period": str(period.number)} if period else {}
        countries = rows_of_part(held(), CountryPart.PARTNERED, today)
        return super().get_context_data(
            **kwargs,
            **self._lists(today),
            today=today,
            programme=Programme.objects.first(),
            period=period,
            figures=figures(told.held()),
            planned=tally(counted.planned()).planned,
            overdue=tally(counted.overdue(today)).planned,
            doors=Doors(scope),
            planned_doors=Doors(),
            area_rows=self._areas(told, today, **scope),
            map=TileMap(countries),
            groups=grouped(countries),
        )

    def _newest_period(self, today) -> SessionPeriod | None:
        """The period between two sessions in which the newest activity was held."""
        held = Activity.objects.counted().held().filter(end_date__isnull=False).latest_first().first()
        return session_period(held.end_date, today=today) if held else None

    def _lists(self, today) -> dict[str, object]:
        """What comes next, the soonest first; and the newest of all the rest."""
        listed = Activity.objects.listed()
        coming = listed.coming(today)
        rest = listed.exclude(pk__in=coming.order_by().values("pk")).latest_first()
        return {"coming": with_row_details(coming)[:COMING], "latest": with_row_details(rest)[:LATEST]}

    def _areas(self, told, today, **scope):
        roadmap = Roadmap.objects.current_on(today)
        return area_rows(told, roadmap.areas.select_related("roadmap"), **scope) if roadmap else []
