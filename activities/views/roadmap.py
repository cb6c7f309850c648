"""The roadmap with its cooperation areas, and one area."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from activities import summary
from activities.charts import area_filter, kind_bars, year_bars
from activities.doors import Doors, catalogue_address
from activities.figures import Tally, tallies_by
from activities.models import Activity, ActivityStatus
from activities.summary import Summary
from activities.tiles import TileMap, country_rows
from activities.views.country import grouped
from activities.views.rows import LIST_LENGTH, newest, with_row_details
from bilingual.sorting import alphabetical
from partners.models import Institution
from roadmap.models import CooperationArea, Roadmap
from roadmap.work_plan import work_plan_of

MOST_INSTITUTIONS = 12


@dataclass(frozen=True)
class AreaRow:
    """An area, or the lack of one; ``most`` is the total of the busiest area."""

    area: CooperationArea | None
    tally: Tally
    most: int
    listed_at: str

    @property
    def total(self) -> int:
        return self.tally.held + self.tally.planned

    @property
    def share(self) -> int:
        """The length of the row's bar in twentieths of the longest."""
        return round(20 * self.total / self.most) if self.most else 0


@dataclass(frozen=True)
class InstitutionRow:
    """An institution, in how many held activities it had a role, and where the catalogue lists them."""

    institution: Institution
    count: int
    held_at: str


def busiest_institutions(told: Summary, **also: str) -> list[InstitutionRow]:
    """List the institutions with a role in the most activities; ``also`` narrows the lists behind them."""
    doors = Doors(also)
    found = Institution.objects.select_related("seat").filter(pk__in=told.institutions)
    found = sorted(found, key=lambda each: (-told.institutions[each.pk], alphabetical(each)))[:MOST_INSTITUTIONS]
    return [InstitutionRow(each, told.institutions[each.pk], doors.of_institution(each.code)) for each in found]


def area_rows(activities, areas, **also: str) -> list[AreaRow]:
    """Compare ``areas`` by their share of ``activities``, which are those that the catalogue finds under ``also``.

    What names no area comes last, if there is any.
    """
    tallies = tallies_by(activities, "area")
    rows = [(area, tallies.get(area.pk, Tally())) for area in areas]
    most = max((each.held + each.planned for _area, each in rows), default=0)
    rows += [(None, tallies[None])] if None in tallies else []
    return [AreaRow(area, each, most, Doors(area_filter(area) | also).held_or_planned) for area, each in rows]


class RoadmapView(TemplateView):
    template_name = "activities/roadmap.html"
    extra_context = {"section": "roadmap"}

    def get_context_data(self, code=None, **kwargs):
        today = timezone.localdate()
        roadmap = get_object_or_404(Roadmap, code=code) if code else Roadmap.objects.current_on(today)
        areas = roadmap.areas.select_related("roadmap") if roadmap else ()
        rows = area_rows(Activity.objects.counted().filter(roadmap=roadmap), areas) if roadmap else []
        return super().get_context_data(
            **kwargs,
            roadmap=roadmap,
            is_expired=bool(roadmap and roadmap.is_expired_on(today)),
            rows=rows,
            others=Roadmap.objects.exclude(pk=roadmap.pk) if roadmap else (),
        )


class AreaView(TemplateView):
    template_name = "activities/area.html"
    extra_context = {"section": "roadmap"}

    def get_context_data(self, roadmap, number, **kwargs):
        areas = CooperationArea.objects.select_related("roadmap").filter(roadmap__code=roadmap)
        area = next((each for each in areas if each.number == number), None)
        if area is None:
            raise Http404(_("This roadmap has no area with that number."))
        today = timezone.localdate()
        told, address = summary.of_area(area.pk), area_filter(area)
        doors = Doors(address)
        countries = country_rows(told.countries, today, doors.of_country)
        listed = Activity.objects.listed().filter(area=area)
        return super().get_context_data(
            **kwargs,
            area=area,
            areas=areas,
            tally=told.tally,
            doors=doors,
            years=year_bars(told, **address),
            kinds=kind_bars(told, **address),
            map=TileMap(countries),
            groups=grouped(countries),
            institutions=busiest_institutions(told, **address),
            coming=with_row_details(listed.coming(today))[:LIST_LENGTH],
            work_plan=work_plan_of(area),
            announced=with_row_details((listed.announced() | listed.overdue(today)).in_order())[:LIST_LENGTH],
            planned_at=catalogue_address(**address, status=ActivityStatus.PLANNED),
            listing=newest(listed, **address),
            today=today,
        )
