"""The institutions that the programme works with, and one of them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from activities.addresses import institution_formerly_at
from activities.figures import activities_of_institutions, partner_institutions, roles_of, tally
from activities.forms import SearchForm
from activities.models import Activity, Partnership, Role
from activities.views.rows import newest
from bilingual.sorting import alphabetical
from partners.models import Institution, InstitutionKind
from roadmap.models import Programme

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
    """An institution, and in how many activities it had a role."""

    institution: Institution
    count: int


@dataclass(frozen=True)
class KindGroup:
    """Institutions of one kind."""

    label: Promise
    rows: list[InstitutionRow]


@dataclass(frozen=True)
class RoleCount:
    """A role, and how often an institution held it."""

    label: str
    count: int


def shown_institutions():
    """Institutions that a published activity names, the bodies they are part of, and the executing organ.

    One that only a draft names stays out of sight.
    """
    roles = Partnership.objects.filter(activity__in=Activity.objects.published().values("pk"))
    named = Q(Exists(roles.filter(institution=OuterRef("pk"))))
    divisions = Q(Exists(roles.filter(institution__parent=OuterRef("pk"))))
    below = Q(Exists(roles.filter(institution__parent__parent=OuterRef("pk"))))
    return Institution.objects.filter(named | divisions | below | Q(pk__in=Programme.objects.values("organ")))


class InstitutionsView(TemplateView):
    template_name = "activities/partners.html"
    extra_context = {"section": "partners"}

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET)
        form.is_valid()
        words = form.cleaned_data.get("q", "")
        rows = self._rows(words)
        return super().get_context_data(
            **kwargs,
            words=words,
            unread=[form.fields[name].label for name in form.errors],
            groups=self._groups(rows),
            total=len(rows),
        )

    def _rows(self, words: str) -> list[InstitutionRow]:
        counts = activities_of_institutions(Activity.objects.counted())
        found = partner_institutions(Activity.objects.published()).matching(words).select_related("country", "seat")
        rows = [InstitutionRow(institution, counts.get(institution.code, 0)) for institution in found]
        return sorted(rows, key=lambda row: alphabetical(row.institution))

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
        shown = shown_institutions()
        institution = get_object_or_404(shown.select_related("country", "seat", "parent"), code=code)
        activities = Activity.objects.with_partners(Institution.objects.filter(pk=institution.pk))
        roles = roles_of(institution, Activity.objects.counted())
        return super().get_context_data(
            **kwargs,
            institution=institution,
            divisions=sorted(shown.filter(parent=institution), key=lambda each: alphabetical(each)),
            roles=[RoleCount(role.label, roles[role]) for role in Role if role in roles],
            tally=tally(activities.counted()),
            listing=newest(activities.listed(), partner=institution.code),
            today=timezone.localdate(),
        )
