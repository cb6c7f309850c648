"""What is edited inside an activity: who did what, how many took part, and the parts of a project."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils.translation import gettext_lazy as _

from activities.admin.choices import Choices
from activities.admin.form import fill_choices
from activities.models import Activity, Participation, Partnership, PublicationState
from bilingual.admin import PortalStackedInline, pair
from bilingual.forms import IntegerField
from bilingual.states import LANGUAGES

PARTNER_TEXTS = ("described_as", "name_then", "post")


class KnownChoicesMixin:
    """For an inline of activities: what it chooses from was read at once."""

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]  # the admin class has it
        fill_choices(formset.form, Choices.of(request))
        return formset


class PartnershipForm(forms.ModelForm):
    """A partner in a row of its activity."""

    @property
    def written(self) -> list[list[tuple[str, forms.BoundField]]]:
        """The texts that the row holds: for each of which a language is written, its fields in both."""
        pairs = [[(language, f"{name}_{language}") for language in LANGUAGES] for name in PARTNER_TEXTS]
        return [
            [(language, self[column]) for language, column in pair]
            for pair in pairs
            if any(getattr(self.instance, column) for _language, column in pair)
        ]


class PartnershipInline(PortalStackedInline):
    """The partners, who may be many: a row that is there shows what it holds, and has the rest from the empty row."""

    model = Partnership
    form = PartnershipForm
    template = "admin/activities/activity/_rows.html"
    autocomplete_fields = ("institution",)
    fieldsets = (
        (None, {"fields": (("institution", "role", "order"),)}),
        (
            _("Described partners, a former name, a post"),
            {"fields": tuple(map(pair, PARTNER_TEXTS)), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("institution", "institution__seat")

    def get_formset(self, request, obj=None, **kwargs):
        """Share among rows what all have alike, unless somebody without scripts asks for whole rows."""
        formset = super().get_formset(request, obj, **kwargs)
        has_empty_row = self.has_add_permission(request, obj) and self.has_change_permission(request, obj)
        formset.is_shared = has_empty_row and "whole" not in request.GET
        return formset


class ParticipationInline(KnownChoicesMixin, PortalStackedInline):
    model = Participation
    template = "admin/activities/activity/_rows.html"
    extra = 1
    can_delete = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("headcount", "headcount_standing", "profile"),
                    ("women", "men", "sexes_standing"),
                    ("member_countries", "countries_standing"),
                    ("source", "reported_on"),
                )
            },
        ),
    )


class PartForm(forms.ModelForm):
    """A part in the row of its project; it carries the version in which it was read."""

    version = IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    @property
    def changed_data(self) -> list[str]:
        """What differs from the record; its version is nothing of it."""
        return [name for name in super().changed_data if name != "version"]


class PartInline(KnownChoicesMixin, PortalStackedInline):
    """The parts of a project: what one looks at together. The rest of a part is in its own form."""

    model = Activity
    fk_name = "parent"
    form = PartForm
    template = "admin/activities/activity/_rows.html"
    fieldsets = ((None, {"fields": (pair("title"), ("kind", "status", "publication"), ("start_date", "end_date"))}),)
    readonly_fields = ("publication",)
    show_change_link = True
    can_delete = False
    verbose_name = _("sub-activity")
    verbose_name_plural = _("sub-activities")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("kind").order_by("start_date", "code")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Have no link to add a kind in passing."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_add_related = field.widget.can_view_related = False
        return field

    @admin.display(description=_("publication"))
    def publication(self, activity):
        return activity.get_state_display() if activity.pk else PublicationState.DRAFT.label
