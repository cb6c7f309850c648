"""The programme as a whole: its figures from every side, and where nothing has been done."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.views.generic import TemplateView

from activities import summary
from activities.charts import (
    LONGEST,
    Areas,
    area_bars,
    countries_by_area,
    is_of_the_oic,
    kind_bars,
    year_bars,
    years_by_area,
)
from activities.doors import Doors, catalogue_address
from activities.filters import UNCOUNTED
from activities.summary import GroupFigures, Summary
from bilingual.sorting import alphabetical
from partners.models import Country, OICGroup


@dataclass(frozen=True)
class GroupRow:
    """An OIC group with its part in held activities; ``most`` is that of the busiest group."""

    label: str | Promise
    figures: GroupFigures
    most: int
    held_at: str

    @property
    def share(self) -> int:
        return round(LONGEST * self.figures.held / self.most) if self.most else 0


def group_rows(of: Summary, countries: list[Country]) -> list[GroupRow]:
    """Compare the OIC groups; behind each figure stands the list of what its countries had to do with."""
    most = max((figures.held for figures in of.groups.values()), default=0)
    codes = {group: [each.code for each in countries if each.oic_group == group] for group in OICGroup}
    return [
        GroupRow(
            group.label,
            of.groups[group],
            most,
            Doors({"country": codes[group]}).held if codes[group] else "",
        )
        for group in OICGroup
    ]


class ProgrammeView(TemplateView):
    template_name = "activities/programme.html"
    extra_context = {"section": "programme"}

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        whole = summary.of_programme()
        areas = Areas.of(whole, today)
        countries = sorted(Country.objects.prefetch_related("memberships"), key=lambda each: alphabetical(each.name))
        members = [each for each in countries if is_of_the_oic(each.standing_on(today))]
        return super().get_context_data(
            **kwargs,
            summary=whole,
            doors=Doors(),
            not_reported_at=catalogue_address(counted=UNCOUNTED),
            years=year_bars(whole),
            areas=area_bars(whole, areas),
            kinds=kind_bars(whole),
            groups=group_rows(whole, countries),
            by_year=years_by_area(whole, areas, today),
            by_country=countries_by_area(whole, areas, members),
            without_part=sum(each.code not in whole.countries for each in members),
            members=len(members),
        )
