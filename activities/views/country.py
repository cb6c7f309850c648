"""The countries of the OIC on a map of tiles and in a list, and one country."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from activities.country_account import CountryAccount
from activities.figures import partner_institutions
from activities.involvement import CountryPart, counts_by_country, held, of_country
from activities.models import Activity
from activities.models.queries import ActivityQuerySet
from activities.tiles import CountryRow, TileMap, country_rows
from activities.views.parts import COMING_AT, COMING_PART, PartRequest, PartTables, page_query
from activities.views.rows import newest, soonest
from bilingual.sorting import alphabetical
from partners.models import Country, MembershipStatus, OICGroup

PARTS = dict(CountryPart.choices)
COMING = _("Coming, and open to it")


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


def rows_of_part(activities: ActivityQuerySet, part: str, day: date, **scope: str) -> list[CountryRow]:
    """Return the countries with the number of ``activities``, held and of that ``scope``, in which each had a part.

    Behind each number stands the list on the country's own page.
    """
    query = urlencode({"part": part, **scope})
    counts = counts_by_country(activities, part)
    return country_rows(counts, day, lambda code: f"{reverse('country', args=[code])}?{query}#list")


class CountriesView(TemplateView):
    """All countries, by the activities held with their institutions; or those that had a part, perhaps in a year.

    An address that asks for a part is the list behind a number of countries.
    """

    template_name = "activities/countries.html"
    extra_context = {"section": "countries"}

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        asked = PartRequest(self.request, PARTS)
        part = asked.part if asked.part in PARTS else ""
        scope = {name: value for name, value in asked.asked.items() if name != "part"}
        rows = rows_of_part(asked.narrowed(held()), part or CountryPart.PARTNERED, today, **scope)
        found = [row for row in rows if row.count] if part else rows
        return super().get_context_data(
            **kwargs,
            map=TileMap(rows),
            groups=grouped(found),
            members=sum(row.standing == MembershipStatus.MEMBER for row in rows),
            found=len(found),
            heading=[PARTS[part], *asked.scope()] if part else [],
            unread=asked.unread,
            canonical_query=urlencode(asked.asked) if part else "",
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
            **self._list(country, account),
            country=country,
            standing=country.standing_on(today),
            account=account,
            totals=tables.totals,
            by_year=tables.by_year,
            by_area=tables.by_area(account.areas),
            coming=soonest(account.coming, COMING_AT),
            institutions=sorted(institutions, key=lambda each: alphabetical(each)),
            today=today,
        )

    def _list(self, country: Country, account: CountryAccount) -> dict[str, object]:
        """The activities behind a number of the page, or else the newest ones."""
        asked = PartRequest(self.request, {**PARTS, COMING_PART: COMING})
        told = None
        if asked.part in PARTS:
            told = asked.listed(of_country(held(), country, asked.part).latest_first(), [PARTS[asked.part]])
        elif asked.part == COMING_PART:
            told = asked.listed(account.coming, [COMING])
        every = Activity.objects.involving(Country.objects.filter(pk=country.pk)).listed()
        return {
            "part_list": told,
            "listing": None if told else newest(every, country=country.code),
            "unread": asked.unread,
            "canonical_query": page_query(told),
        }
