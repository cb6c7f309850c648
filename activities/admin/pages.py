"""What belongs to the form of an activity beside the form: what is said of it while one types, and a copy."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.admin.checks import Line, days_of, sums_of
from activities.admin.countries import Counts, Typed
from activities.admin.entered import as_entered
from activities.admin.places import places_of_findings
from activities.copying import copy_for_next_year
from activities.duplicates import similar_to
from activities.findings import findings_of
from activities.models import Activity, Participation
from bilingual.findings import Severity

OF = "of"  # in the address of a check: the key of the record that the form is of


@dataclass(frozen=True)
class InForm:
    """A form that somebody is filling in: what it would save, and its parts."""

    activity: Activity
    form: Any
    formsets: list[Any]
    counts: Counts

    @property
    def has_kind(self) -> bool:
        """Whether the kind is chosen, without which there is nothing to tell."""
        return self.activity.kind_id is not None


class FormPagesMixin:
    """For the ``ModelAdmin`` of activities."""

    def get_urls(self) -> list[Any]:
        own = [
            path("check/", self.admin_site.admin_view(self.check_view), name="activities_activity_check"),  # type: ignore[attr-defined]
            path(
                "<int:pk>/copy/",
                self.admin_site.admin_view(self.copy_view),  # type: ignore[attr-defined]
                name="activities_activity_copy",
            ),
        ]
        urls: list[Any] = [*own, *super().get_urls()]  # type: ignore[misc]
        return urls

    def in_form(self, request: HttpRequest) -> InForm:
        """Return the activity as it stands in the form that ``request`` sends; nothing is saved.

        Raises ``Http404`` where there is no such activity, or none that this person could save.
        """
        activity = self._record(request)
        kind = self.get_form(  # type: ignore[attr-defined]
            request,
            activity if activity.pk else None,
            change=bool(activity.pk),
            fields=flatten_fieldsets(self.get_fieldsets(request, activity if activity.pk else None)),  # type: ignore[attr-defined]
        )
        form = kind(request.POST, instance=activity)
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(activity.pk))  # type: ignore[attr-defined]
        form.is_valid()
        for formset in formsets:
            formset.is_valid()
        counts = form.cleaned_data.get("countries")
        if counts is None:
            is_sent = form["countries"].data is not None and not form.fields["countries"].disabled
            counts = form.fields["countries"].read if is_sent else form.counts_before
        return InForm(as_entered(form.instance, formsets, counts), form, list(formsets), counts)

    def _record(self, request: HttpRequest) -> Activity:
        key = request.GET.get(OF, "")
        if not key:
            if not self.has_add_permission(request):  # type: ignore[attr-defined]
                raise Http404
            return Activity()
        activity: Activity | None = self.get_object(request, key)  # type: ignore[attr-defined]
        if activity is None or not self.has_change_permission(request, activity):  # type: ignore[attr-defined]
            raise Http404
        return activity

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with all that is to be said of a form that somebody is filling in, as pieces of a page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return render(request, "admin/activities/activity/_live.html", self._checked(request, self.in_form(request)))

    def _checked(self, request: HttpRequest, entered: InForm) -> dict[str, Any]:
        participation = next((each for each in entered.formsets if each.model is Participation), None)
        found = findings_of(entered.activity, timezone.localdate()) if entered.has_kind else []
        standing = [each for each in found if each.severity == Severity.BLOCKING]
        lines: list[Line] = [days_of(entered.activity)] if days_of(entered.activity) else []  # type: ignore[list-item]
        return {
            "lines": [*lines, *sums_of(entered.activity, participation, entered.counts)],
            "similar": similar_to(entered.activity),
            "blocking": places_of_findings(standing, entered.form, entered.formsets, request),
            "told": entered.activity if entered.has_kind else None,
            **_unread(entered.form),
        }

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, and then make a draft for the next year of an activity."""
        activity = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if activity is None or not self.has_view_permission(request, activity):  # type: ignore[attr-defined]
            raise Http404
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method == "POST":
            draft = copy_for_next_year(activity, request.user)
            self.log_addition(request, draft, _("Copied from %(code)s.") % {"code": activity.code})  # type: ignore[attr-defined]
            messages.success(request, _("This is the new draft. Give its days once they are known."))
            return HttpResponseRedirect(reverse("admin:activities_activity_change", args=[draft.pk]))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Copy as a draft for the next year"),
            "opts": Activity._meta,
            "original": activity,
            "year": (activity.year or timezone.localdate().year) + 1,
        }
        return TemplateResponse(request, "admin/activities/activity/copy.html", context)


def _unread(form: Any) -> dict[str, Any]:
    """What could not be read of the list of countries, for the same template as in the form."""
    widget, typed = form.fields["countries"].widget, form["countries"].data
    return widget.get_context("countries", typed, {}) if isinstance(typed, Typed) and typed.text.strip() else {}
