"""The list of activities and the form of one."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from activities.admin.export import SheetExportMixin
from activities.admin.filters import MissingFilter
from activities.admin.imports import ImportMixin
from activities.admin.inlines import CountryParticipationInline, ParticipationInline, PartnershipInline
from activities.models import Activity, PublicationState
from bilingual.admin import PortalAdmin, pair
from bilingual.dates import anchored, say_range
from bilingual.languages import active_language
from bilingual.templatetags.bilingual import in_either

PUBLISH = "activities.publish_activity"
# What somebody who may not publish can still move between.
BEFORE_PUBLICATION = (PublicationState.DRAFT, PublicationState.IN_REVIEW)


@admin.register(Activity)
class ActivityAdmin(ImportMixin, SheetExportMixin, PortalAdmin):
    sheet_key = "activities"
    list_display = ("titled", "days", "status", "headcount", "area_number", "state")
    list_filter = ("state", "status", MissingFilter, "year", "kind", "area", "mode", "is_reportable")
    list_select_related = ("kind", "area", "participation")
    search_fields = ("search",)
    search_help_text = _("Words of either language, a code, or the name of a partner.")
    ordering = ("-code",)
    autocomplete_fields = ("parent", "venue_country")
    readonly_fields = ("code", "changed_at")
    inlines = (PartnershipInline, ParticipationInline, CountryParticipationInline)
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
        (_("For colleagues"), {"fields": ("note", ("code", "changed_at"))}),
    )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "state" in form.base_fields and not request.user.has_perm(PUBLISH):
            _offer_what_needs_no_editor(form.base_fields["state"], obj)
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "area" and field is not None:
            field.queryset = field.queryset.select_related("roadmap")
            field.label_from_instance = lambda area: f"{area.roadmap.code} · {area}"
        return field

    def get_inlines(self, request, obj):
        """A project is a container: it has partners, and its parts have the figures."""
        return (PartnershipInline,) if obj and obj.is_project else self.inlines

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


def _offer_what_needs_no_editor(field, activity):
    """Leave of the choices of publication those that need no editor; what an editor has published stays so."""
    present = activity.state if activity else PublicationState.DRAFT
    offered = BEFORE_PUBLICATION if present in BEFORE_PUBLICATION else (present,)
    field.choices = [(state, label) for state, label in field.choices if state in offered]
    field.help_text = _("Publishing and withdrawing are for editors.")
    field.error_messages["invalid_choice"] = _("Only an editor can publish or withdraw an activity.")
