"""The countries of the OIC on a map of tiles and in a list, and one country."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from activities.country_account import CountryAccount
from activities.figures import partner_activities, partner_institutions
from activities.involvement import CountryPart, held, of_country
from activities.models import Activity
from activities.tiles import CountryRow, TileMap, country_rows
from activities.views.parts import PartRequest, PartTables, page_query
from activities.views.rows import newest, with_row_details
from bilingual.sorting import alphabetical
from partners.models import Country, MembershipStatus, OICGroup

PARTS = dict(CountryPart.choices)
COMING = 12


@dataclass(frozen=True)
class Group:
    """Countries listed under one heading."""

    label: str | Promise
    rows: list[CountryRow]


def grouped(rows: list[CountryRow]) -> list[Group]:
    """List the members by group, after them the observers, and then all others, each in alphabetical order."""
    rows = sorted(rows, key=lambda row: alphabetical(row.country.name))
    observers = [row for row in rows if row.standing == MembershipStatus.OBSERVER]
    groups = [
        Group(group.label, [row for row in rows if row.country.oic_group == group and row not in observers])
        for group in OICGroup
    ]
    others = [row for row in rows if row not in observers and not row.country.oic_group]
    groups += [Group(_("Observers"), observers), Group(_("Other countries"), others)]
    return [group for group in groups if group.rows]


class CountriesView(TemplateView):
    template_name = "activities/countries.html"
    extra_context = {"section": "countries"}

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        rows = country_rows(partner_activities(Activity.objects.counted()), today)
        return super().get_context_data(
            **kwargs,
            map=TileMap(rows),
            groups=grouped(rows),
            members=sum(row.standing == MembershipStatus.MEMBER for row in rows),
            today=today,
        )


class CountryView(TemplateView):
    template_name = "activities/country.html"
    extra_context = {"section": "countries"}

    def get_context_data(self, code, **kwargs):
        today = timezone.localdate()
        country = get_object_or_404(Country.objects.prefetch_related("memberships"), code=code)
        account = CountryAccount(country, today)
        tables = PartTables(account.breakdown, PARTS, {"country": country.code}, account.may_have)
        institutions = partner_institutions(Activity.objects.published()).filter(country=country)
        return super().get_context_data(
            **kwargs,
            **self._list(country),
            country=country,
            standing=country.standing_on(today),
            account=account,
            totals=tables.totals,
            by_year=tables.by_year,
            by_area=tables.by_area(account.areas),
            coming=with_row_details(account.coming)[:COMING],
            institutions=sorted(institutions, key=lambda each: alphabetical(each)),
            today=today,
        )

    def _list(self, country: Country) -> dict[str, object]:
        """The activities behind a number of the page, or else the newest ones."""
        asked = PartRequest(self.request, PARTS)
        told = None
        if asked.part in PARTS:
            told = asked.listed(of_country(held(), country, asked.part), [PARTS[asked.part]])
        every = Activity.objects.involving(Country.objects.filter(pk=country.pk)).listed()
        return {
            "part_list": told,
            "listing": None if told else newest(every, country=country.code),
            "unread": asked.unread,
            "canonical_query": page_query(told),
        }
