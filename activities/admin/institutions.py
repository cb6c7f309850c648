"""Institutions with what concerns their activities: making one of two, and keeping the name of the time."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from activities.admin.export import SheetExportMixin
from activities.joining import join, joining
from activities.naming import keep_former_name, past_partnerships, with_former_names
from bilingual.changes import CHANGED, RowChange
from bilingual.forms import DateField
from partners.admin import InstitutionAdmin
from partners.models import Institution

SHOWN_ROWS = 30
_NAMES = ("name_ar", "name_en", "acronym")


class PairForm(forms.Form):
    """Which institution stays and which becomes part of it; the rest of the confirmation."""

    stays = forms.ModelChoiceField(Institution.objects.select_related("seat", "parent"))
    goes = forms.ModelChoiceField(Institution.objects.select_related("seat", "parent"))
    keeps_names = forms.BooleanField(required=False)
    token = forms.CharField(required=False, max_length=64)

    def clean(self):
        chosen = super().clean()
        if chosen.get("stays") and chosen.get("stays") == chosen.get("goes"):
            raise forms.ValidationError(_("Choose two different institutions."))
        return chosen


class InstitutionForm(forms.ModelForm):
    """The form of an institution; a new name says what it means for what was done before."""

    CORRECTED, RENAMED = "corrected", "renamed"
    name_change = forms.ChoiceField(
        label=_("If the name changes"),
        required=False,
        choices=[
            ("", _("The name does not change")),
            (CORRECTED, _("It was written wrongly: past activities say the new name too")),
            (RENAMED, _("It was renamed: past activities keep the old name")),
        ],
        help_text=_("Only where a name or the acronym is changed here."),
    )
    renamed_on = DateField(
        label=_("Renamed on"),
        required=False,
        widget=AdminDateWidget({"dir": "ltr"}),
        help_text=_("Activities that ended before this day keep the old name; empty means today."),
    )

    def clean(self):
        entered = super().clean()
        is_changed = self.instance.pk and set(_NAMES) & set(self.changed_data)
        if is_changed and not entered.get("name_change") and self._has_a_past():
            self.add_error("name_change", _("The name was changed: say whether it was wrong, or was renamed."))
        return entered

    def _has_a_past(self):
        return past_partnerships(self.instance, timezone.localdate()).exists()


admin.site.unregister(Institution)


@admin.register(Institution)
class InstitutionOfActivitiesAdmin(SheetExportMixin, InstitutionAdmin):
    """Institutions, in the knowledge of what they did."""

    sheet_key = "institutions"
    form = InstitutionForm
    actions = ("merge_two",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask about a change of name where there is a name that can change."""
        sets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return sets
        asked = (_("A new name"), {"fields": (("name_change", "renamed_on"),)})
        return (sets[0], asked, *sets[1:])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the institution; one that was renamed stays findable by its old name, and past activities say it."""
        is_renamed = change and form.cleaned_data.get("name_change") == InstitutionForm.RENAMED
        old = Institution.objects.select_related("seat").get(pk=obj.pk) if is_renamed else None
        if old is not None:
            obj.former_names = with_former_names(obj, *[getattr(old, name) for name in _NAMES])
        super().save_model(request, obj, form, change)
        if old is not None:
            day = form.cleaned_data.get("renamed_on") or timezone.localdate()
            _say_kept(request, keep_former_name(obj, old.full_name, day, user=request.user))

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", page, name="partners_institution_merge"), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may make one institution of two: both change and delete them."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=_("Make one of two institutions"), permissions=["merge"])
    def merge_two(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            messages.warning(request, gettext("Choose exactly two institutions that are one."))
            return None
        page = reverse("admin:partners_institution_merge")
        return HttpResponseRedirect(f"{page}?stays={keys[0]}&goes={keys[1]}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Say what making one of two would change; do it when that is confirmed. Other readers find nothing here."""
        if not self.has_merge_permission(request):
            raise Http404
        form = PairForm(request.POST if request.method == "POST" else request.GET)
        if not form.is_valid():
            messages.warning(request, gettext("Choose exactly two institutions that are one."))
            return HttpResponseRedirect(reverse("admin:partners_institution_changelist"))
        stays, goes = form.cleaned_data["stays"], form.cleaned_data["goes"]
        with transaction.atomic():
            if request.method == "POST":
                list(Institution.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk]).order_by("pk"))
            made = joining(stays, goes)
            lacking = made.lacking(request.user)
            if request.method == "POST" and not lacking and self._is_joined(request, form, made):
                return HttpResponseRedirect(reverse("admin:partners_institution_change", args=[stays.pk]))
        return TemplateResponse(request, "admin/partners/institution/merge.html", self._told(request, made, lacking))

    def _is_joined(self, request: HttpRequest, form: PairForm, made: Any) -> bool:
        if form.cleaned_data["token"] != made.token:
            messages.warning(request, gettext("Something changed meanwhile. Read again what would change."))
            return False
        goes = str(made.goes)
        join(made, user=request.user, keeps_names=form.cleaned_data["keeps_names"])
        said = gettext("“%(goes)s” is now part of “%(stays)s”.") % {"goes": goes, "stays": made.stays}
        self.log_change(request, made.stays, said)
        messages.success(request, said)
        return True

    def _told(self, request: HttpRequest, made: Any, lacking: list[str]) -> dict[str, Any]:
        sorts = [
            {
                "name": each.model._meta.verbose_name_plural,
                "number": len(each.rows),
                "rows": [] if each.is_of_readers else each.rows[:SHOWN_ROWS],
                "more": 0 if each.is_of_readers else max(0, len(each.rows) - SHOWN_ROWS),
            }
            for each in made.moved
            if each.rows
        ]
        page = reverse("admin:partners_institution_merge")
        return {
            **self.admin_site.each_context(request),
            "title": _("Make one of two institutions"),
            "opts": self.model._meta,
            "made": made,
            "own_changes": RowChange("", CHANGED, tuple(made.changes)),
            "sorts": sorts,
            "lacking": lacking,
            "swapped": f"{page}?stays={made.goes.pk}&goes={made.stays.pk}",
            "list_page": reverse("admin:partners_institution_changelist"),
        }


def _say_kept(request: HttpRequest, number: int) -> None:
    said = ngettext(
        "%(number)d past activity keeps the old name.", "%(number)d past activities keep the old name.", number
    )
    messages.success(request, said % {"number": number})
