"""The institutions that the programme works with, and one of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from activities.addresses import institution_formerly_at
from activities.country_account import areas_told
from activities.doors import Doors, catalogue_address
from activities.figures import activities_of_institutions, partner_institutions, tally
from activities.filters import COUNTED
from activities.finding import Finding
from activities.forms import FilterForm
from activities.index import current_index
from activities.involvement import companions, held, institution_breakdown, of_institution
from activities.models import Activity, Partnership, Role
from activities.selection import Selection
from activities.views.parts import COMING_AT, COMING_PART, PartRequest, PartTables, page_query
from activities.views.rows import newest, soonest
from bilingual.sorting import alphabetical
from partners.models import Institution, InstitutionKind
from roadmap.models import Collaborator, Programme, Roadmap, WorkPlanItem

COMPANIONS = 8
COMING = _("Coming")
ROLES = dict(Role.choices)

HEADINGS = {
    InstitutionKind.MINISTRY: _("Ministries"),
    InstitutionKind.AGENCY: _("National agencies and authorities"),
    InstitutionKind.UNIVERSITY: _("Universities and institutes"),
    InstitutionKind.OIC_ORGAN: _("OIC institutions"),
    InstitutionKind.UN_BODY: _("United Nations bodies"),
    InstitutionKind.CHAMBER: _("Chambers and unions of chambers"),
    InstitutionKind.OTHER: _("Other partners"),
}


@dataclass(frozen=True)
class InstitutionRow:
    """An institution, in how many activities it had a role, and where they are listed."""

    institution: Institution
    count: int
    listed_at: str


@dataclass(frozen=True)
class KindGroup:
    """Institutions of one kind."""

    label: Promise
    rows: list[InstitutionRow]


def shown_institutions():
    """Institutions that a published activity or a work plan names, what they are part of, and the executing organ.

    One that only a draft names stays out of sight.
    """
    named = [
        (Partnership.objects.filter(activity__in=Activity.objects.published().values("pk")), "institution"),
        (WorkPlanItem.objects.all(), "coordinator_institution"),
        (Collaborator.objects.all(), "institution"),
    ]
    shown = Q(pk__in=Programme.objects.values("organ"))
    for rows, link in named:
        for path in (link, f"{link}__parent", f"{link}__parent__parent"):
            shown |= Q(Exists(rows.filter(**{path: OuterRef("pk")})))
    return Institution.objects.filter(shown)


class InstitutionsView(TemplateView):
    """The partners of everything published; or those of what the filters of the catalogue leave, all counted in it.

    An address with filters is the list behind a number of institutions. Its words look for names of institutions.
    """

    template_name = "activities/partners.html"
    extra_context = {"section": "partners"}

    def get_context_data(self, **kwargs):
        form = FilterForm(self.request.GET)
        form.is_valid()
        selection = Selection.read(form.cleaned_data)
        rows = self._rows(selection)
        return super().get_context_data(
            **kwargs,
            selection=selection,
            words=selection.words,
            finding=Finding(selection, current_index()) if selection.values else None,  # for its chips
            unread=[form.fields[name].label for name in form.errors],
            canonical_query=selection.canonical_query,
            groups=self._groups(rows),
            total=len(rows),
        )

    def _rows(self, selection: Selection) -> list[InstitutionRow]:
        scope = selection.with_words("")
        activities = scope.activities() if scope else Activity.objects.counted()
        named = partner_institutions(activities if scope else Activity.objects.published())
        counts = activities_of_institutions(activities)
        filters = scope.values or {"counted": COUNTED}

        def row(institution: Institution) -> InstitutionRow:
            listed_at = "" if "partner" in filters else catalogue_address(**filters, partner=institution.code)
            return InstitutionRow(institution, counts.get(institution.code, 0), listed_at)

        found = named.matching(selection.words).select_related("country", "seat")
        return sorted(map(row, found), key=lambda each: alphabetical(each.institution))

    def _groups(self, rows: list[InstitutionRow]) -> list[KindGroup]:
        groups = [
            KindGroup(label, [row for row in rows if row.institution.kind == kind]) for kind, label in HEADINGS.items()
        ]
        return [group for group in groups if group.rows]


class InstitutionView(TemplateView):
    """An institution. An address that it had before, or that another had which became part of it, leads to it."""

    template_name = "activities/partner.html"
    extra_context = {"section": "partners"}

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            now = institution_formerly_at(kwargs["code"])
            if now is None or now.code == kwargs["code"] or not shown_institutions().filter(pk=now.pk).exists():
                raise
            return redirect("partner", now.code, permanent=True)

    def get_context_data(self, code, **kwargs):
        today = timezone.localdate()
        shown = shown_institutions()
        institution = get_object_or_404(shown.select_related("country", "seat", "parent"), code=code)
        activities = Activity.objects.with_partners(Institution.objects.filter(pk=institution.pk))
        return super().get_context_data(
            **kwargs,
            **self._tables(institution, today),
            **self._list(institution, activities, today),
            institution=institution,
            former_names=[line for line in institution.former_names.splitlines() if line.strip()],
            divisions=sorted(shown.filter(parent=institution), key=lambda each: alphabetical(each)),
            tally=tally(activities.counted()),
            doors=Doors({"partner": institution.code}),
            companions=companions(held().filter(pk__in=activities.values("pk")), institution, COMPANIONS),
            coming=soonest(activities.listed().coming(today), COMING_AT),
            today=today,
        )

    def _tables(self, institution: Institution, today: date) -> dict[str, object]:
        """Its roles, those that it has held, by year and by area, and its part in the work plan."""
        roadmap = Roadmap.objects.current_on(today)
        plan_items = WorkPlanItem.objects.of_roadmap(roadmap).of_institution(institution).in_order()
        breakdown = institution_breakdown(institution)
        labels = {role: label for role, label in ROLES.items() if breakdown[role]}
        tables = PartTables(breakdown, labels, {"partner": institution.code})
        areas = areas_told(roadmap, breakdown.areas)
        return {
            "roles": [(labels[role], cell) for role, cell in tables.totals.items()],
            "by_year": tables.by_year,
            "by_area": tables.by_area(areas),
            "plan_items": plan_items.select_related("area__roadmap", "parent"),
        }

    def _list(self, institution: Institution, activities, today: date) -> dict[str, object]:
        """The activities behind a number of the page, or else the newest ones."""
        asked = PartRequest(self.request, {**ROLES, COMING_PART: COMING})
        told = None
        if asked.part in ROLES:
            roles = of_institution(held(), institution, asked.part)
            told = asked.listed(roles.latest_first(), [ROLES[asked.part]])
        elif asked.part == COMING_PART:
            told = asked.listed(activities.listed().coming(today), [COMING])
        elif (
            other := shown_institutions().filter(code=asked.asked.get("companion", "")).select_related("seat").first()
        ):
            together = held().filter(pk__in=activities.values("pk"), partnerships__institution=other).distinct()
            told = asked.listed(together.latest_first(), [_("With %(partner)s") % {"partner": other}])
        return {
            "part_list": told,
            "listing": None if told else newest(activities.listed(), partner=institution.code),
            "unread": asked.unread,
            "canonical_query": page_query(told),
        }
