"""The list of activities and the form of one."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.admin.choices import Choices
from activities.admin.countries import save_countries
from activities.admin.filters import AttentionFilter, MissingFilter
from activities.admin.form import PUBLISH, ActivityForm, fill_choices
from activities.admin.imports import SheetImportExportMixin
from activities.admin.inlines import ParticipationInline, PartInline, PartnershipInline
from activities.admin.listing import CappedPaginator, YearFilter
from activities.admin.lost_updates import LostUpdateMixin
from activities.admin.pages import FormPagesMixin
from activities.admin.places import places_of_errors
from activities.admin.restoring import CleanRestoringMixin
from activities.admin.taking_part import FIELDSET as TAKING_PART
from activities.admin.taking_part import LinkInline, name_countries
from activities.admin.workflow import WorkflowMixin
from activities.duplicates import similar_to
from activities.models import Activity, PublicationState
from bilingual.admin import PortalAdmin, pair
from bilingual.dates import anchored, say_range
from bilingual.languages import active_language
from bilingual.templatetags.bilingual import in_either, listed

# What somebody who may not publish can still move between.
BEFORE_PUBLICATION = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
ROWS_OF_COUNTRIES = tuple(f"activities.{action}_countryparticipation" for action in ("add", "change", "delete"))


@admin.register(Activity)
class ActivityAdmin(
    LostUpdateMixin,
    FormPagesMixin,
    WorkflowMixin,
    CleanRestoringMixin,
    SheetImportExportMixin,
    PortalAdmin,
):
    form = ActivityForm
    sheet_key = "activities"
    list_display = ("titled", "days", "status", "headcount", "area_number", "state")
    list_filter = (
        "state",
        "status",
        AttentionFilter,
        MissingFilter,
        YearFilter,
        "kind",
        "area",
        "mode",
        "is_reportable",
    )
    list_select_related = ("kind", "area", "participation")
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER  # they count the whole table, once for each choice
    actions = ("send_to_review", "publish", "back_to_draft", "withdraw")
    search_fields = ("search",)
    search_help_text = _("Words of either language, a code, or the name of a partner.")
    ordering = ("-code",)
    autocomplete_fields = ("parent", "venue_country")
    readonly_fields = ("code", "changed_at")
    inlines = (PartnershipInline, ParticipationInline, LinkInline)
    save_on_top = True
    fieldsets = (
        (
            None,
            {
                "fields": (
                    pair("title"),
                    ("title_ar_is_official", "title_en_is_official"),
                    ("kind", "state", "is_reportable", "cooperation_group"),
                )
            },
        ),
        (
            _("When and where"),
            {
                "fields": (
                    ("start_date", "end_date", "year"),
                    ("status", "mode", "venue_country"),
                    pair("venue"),
                    pair("status_reason"),
                )
            },
        ),
        (_("Roadmap and project"), {"fields": (("roadmap", "area"), ("parent", "funding_call"))}),
        (
            _("What readers are told"),
            {"fields": (pair("audience"), pair("objective"), pair("topics"), pair("summary"))},
        ),
        TAKING_PART,
        # Below the rows: the countries belong to the counts.
        (_("Participating countries"), {"fields": ("countries",), "classes": ("below-rows",)}),
        (_("For colleagues"), {"fields": ("note", ("code", "changed_at")), "classes": ("below-rows",)}),
    )

    class Media:
        js = ("js/admin/rows.js", "js/admin/activity.js")

    def get_object(self, request, object_id, from_field=None):
        """Return the activity with all that its form shows."""
        if from_field is not None:
            return super().get_object(request, object_id, from_field)
        try:
            return self.get_queryset(request).for_form().get(pk=self.opts.pk.to_python(object_id))
        except (Activity.DoesNotExist, ValidationError):
            return None

    def get_fieldsets(self, request, obj=None):
        """A project has no countries of its own, and nobody registers for it: one takes part in its parts."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_project:
            return fieldsets
        return [row for row in fieldsets if row is not TAKING_PART and "countries" not in row[1]["fields"]]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        fill_choices(form, Choices.of(request))
        name_countries(form, Choices.of(request))
        form.base_fields["countries"].disabled = not request.user.has_perms(ROWS_OF_COUNTRIES)
        if "state" in form.base_fields and not request.user.has_perm(PUBLISH):
            _offer_what_needs_no_editor(form.base_fields["state"], obj)
        return form

    def get_inlines(self, request, obj):
        """A project is a container: it has partners and links, and its parts have the figures."""
        return (PartnershipInline, PartInline, LinkInline) if obj and obj.is_project else self.inlines

    def get_search_results(self, request, queryset, search_term):
        """Offer only projects where a project is asked for, and no parts where a report asks for items."""
        asked_for = request.GET.get("field_name"), request.GET.get("model_name")
        if asked_for == ("parent", "activity"):
            queryset = queryset.filter(kind__is_project=True)
        elif asked_for == ("activity", "reportitem"):
            queryset = queryset.filter(parent=None)
        return super().get_search_results(request, queryset, search_term)

    def has_delete_permission(self, request, obj=None):
        """What was published is withdrawn; only a draft is deleted."""
        is_draft = obj is None or obj.state == PublicationState.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Save the record where its own form changed it; each saved state has a version of its own."""
        if not change:
            super().save_model(request, obj, form, change)
        elif _own_changes(form):
            obj.version += 1
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save the rows and the countries; a record whose rows changed is another version of itself."""
        super().save_related(request, form, formsets, change)
        activity, counts = form.instance, form.cleaned_data.get("countries")
        has_other_rows = any(formset.has_changed() for formset in formsets)
        if counts is not None and not activity.is_project and not form.fields["countries"].disabled:
            has_other_rows |= save_countries(activity, counts, request.user)
        if change and has_other_rows and not _own_changes(form):
            activity.version += 1
            super().save_model(request, activity, form, change)
        if {"title_ar", "title_en", "start_date", "end_date"} & set(form.changed_data):
            _warn_of_similar(request, activity)

    def save_formset(self, request, form, formset, change):
        """Save rows; a part of a project is a record with a version, and remembers who saved it."""
        if formset.model is not Activity:
            return super().save_formset(request, form, formset, change)
        for part in formset.save(commit=False):
            part.saved_by = request.user
            part.version += 0 if part._state.adding else 1
            part.save()
        return formset.save_m2m()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Show the form; on top, what is wrong with it, with the way to each place."""
        context["errors_at"] = places_of_errors(context["adminform"].form, context["inline_admin_formsets"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("title"), ordering="title")
    def titled(self, activity):
        """The title, and below it the code and the kind."""
        facts = (activity.code, activity.kind)
        return format_html(
            '{} <span class="row-facts"><bdi dir="ltr">{}</bdi> · {}</span>', in_either(activity, "title"), *facts
        )

    @admin.display(description=_("dates"), ordering="start_date")
    def days(self, activity):
        if not activity.start_date:
            return activity.year
        language = active_language()
        return anchored(say_range(activity.start_date, activity.end_date, language), language)

    @admin.display(description=_("participants"), ordering="participation__headcount")
    def headcount(self, activity):
        participation = getattr(activity, "participation", None)
        if participation is None:
            return None
        return participation.headcount or participation.get_headcount_standing_display()

    @admin.display(description=_("area"), ordering="area__number")
    def area_number(self, activity):
        return activity.area.number if activity.area else None

    @admin.display(description=_("participating countries"))
    def countries(self, activity):
        """The countries, for whoever only looks: each with its number where one is known."""
        rows = activity.country_participations.all()
        named = (f"{row.country} ({row.count})" if row.count else str(row.country) for row in rows)
        return listed(sorted(named)) or None


def _own_changes(form: Any) -> list[str]:
    return [name for name in form.changed_data if name != "countries"]


def _warn_of_similar(request: Any, activity: Activity) -> None:
    """Say which activities look like the one that was saved."""
    similar = similar_to(activity)
    if similar:
        links = format_html_join(", ", '<a href="{}">{}</a>', ((_address(row), str(row)) for row in similar))
        sentence = gettext("This looks like an activity that is already here: see %(activities)s.")
        messages.warning(request, format_html(SafeString(sentence.replace("%(activities)s", "{}")), links))


def _address(activity: Activity) -> str:
    return reverse("admin:activities_activity_change", args=[activity.pk])


def _offer_what_needs_no_editor(field, activity):
    """Leave of the choices of publication those that need no editor; what an editor has published stays so."""
    present = activity.state if activity else PublicationState.DRAFT
    offered = BEFORE_PUBLICATION if present in BEFORE_PUBLICATION else (present,)
    field.choices = [(state, label) for state, label in field.choices if state in offered]
    field.help_text = _("Publishing and withdrawing are for editors.")
    field.error_messages["invalid_choice"] = _("Only an editor can publish or withdraw an activity.")
