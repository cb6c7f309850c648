"""The back office of the programme, its roadmaps with their areas and work plans, and the meetings it reports to."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bilingual.admin import PortalAdmin, PortalStackedInline, PortalTabularInline, pair
from bilingual.dates import anchored, say_range
from bilingual.languages import active_language
from bilingual.text import Bilingual, left_to_right
from roadmap.models import (
    Abbreviation,
    Collaborator,
    CooperationArea,
    Indicator,
    ItemKind,
    Meeting,
    Programme,
    Roadmap,
    WorkPlanItem,
)
from roadmap.models.work_plan import IN_ORDER


@admin.register(Programme)
class ProgrammeAdmin(PortalAdmin):
    list_display = ("__str__", "acronym", "organ")
    list_select_related = ("organ", "organ__seat")
    autocomplete_fields = ("organ",)
    fieldsets = (
        (None, {"fields": (pair("name"), "acronym")}),
        (_("Executing organ"), {"fields": ("organ", pair("organ_short_name"), pair("address"))}),
        (_("Texts of every report"), {"fields": (pair("aim"), pair("history"), pair("mandate"))}),
    )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Programme.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class CooperationAreaInline(PortalStackedInline):
    model = CooperationArea
    fieldsets = ((None, {"fields": (("number", "title_ar_is_official"), pair("title"))}),)
    show_change_link = True


@admin.register(Roadmap)
class RoadmapAdmin(PortalAdmin):
    list_display = ("__str__", "code", "validity")
    search_fields = ("code", "title_ar", "title_en", "short_title_ar", "short_title_en")
    inlines = (CooperationAreaInline,)
    fieldsets = ((None, {"fields": (pair("title"), pair("short_title"), "code", ("valid_from", "valid_to"))}),)

    @admin.display(description=_("valid"), ordering="valid_from")
    def validity(self, roadmap):
        return _days(roadmap.valid_from, roadmap.valid_to)


@admin.register(CooperationArea)
class CooperationAreaAdmin(PortalAdmin):
    list_display = ("__str__", "title_ar", "title_en", "title_ar_is_official", "roadmap")
    list_filter = ("roadmap", "title_ar_is_official")
    list_select_related = ("roadmap",)
    search_fields = ("title_ar", "title_en")
    fieldsets = ((None, {"fields": (("roadmap", "number"), pair("title"), "title_ar_is_official", pair("summary"))}),)


class CollaboratorInline(PortalTabularInline):
    model = Collaborator
    fields = ("country", "institution")
    autocomplete_fields = ("country", "institution")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country", "institution__seat")


class IndicatorInline(PortalStackedInline):
    model = Indicator
    fieldsets = ((None, {"fields": (pair("title"), pair("target"), "order")}),)


@admin.register(WorkPlanItem)
class WorkPlanItemAdmin(PortalAdmin):
    list_display = ("__str__", "kind", "coordinated_by", "timeline", "status", "is_sample")
    list_filter = ("area__roadmap", "area", "kind", "status", "is_sample")
    search_fields = ("title_ar", "title_en")
    search_help_text = _("Title in either language, or number such as 2.1.3.")
    autocomplete_fields = ("parent", "coordinator_country", "coordinator_institution")
    readonly_fields = ("actions_below", "new_action")
    inlines = (CollaboratorInline, IndicatorInline)
    fieldsets = (
        (
            None,
            {
                "fields": (("area", "kind"), ("parent", "number"), pair("title"), pair("description")),
                "description": _("Readers see at once what is saved here: the work plan has no drafts."),
            },
        ),
        (_("Timeline"), {"fields": (("start", "end"), "status")}),
        (_("Coordinator"), {"fields": (("coordinator_country", "coordinator_institution"),)}),
        (None, {"fields": ("is_sample",)}),
    )

    def get_ordering(self, request):
        return IN_ORDER

    def get_queryset(self, request):
        coordinator = ("coordinator_country", "coordinator_institution__seat")
        return super().get_queryset(request).select_related("area", "parent", *coordinator)

    def get_fieldsets(self, request, obj=None):
        """Of an objective, list the actions below it."""
        if obj is None or obj.kind != ItemKind.OBJECTIVE:
            return self.fieldsets
        listed = ("actions_below", "new_action") if self.has_add_permission(request) else ("actions_below",)
        return (self.fieldsets[0], (_("Actions below this objective"), {"fields": listed}), *self.fieldsets[1:])

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Name the roadmap with each area: two roadmaps may each have an area with that number and title."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "area":
            field.queryset = CooperationArea.objects.select_related("roadmap").order_by(
                "-roadmap__valid_from", "number"
            )
            field.label_from_instance = lambda area: f"{area.roadmap} · {area}"
        return field

    def searched_texts(self, item):
        return [item.full_number, *super().searched_texts(item)]

    @admin.display(description=_("coordinator"))
    def coordinated_by(self, item):
        return item.coordinator

    @admin.display(description=_("timeline"), ordering="start")
    def timeline(self, item):
        return item.timeline or None

    @admin.display(description=pgettext_lazy("work plan", "actions"))
    def actions_below(self, objective):
        below = objective.actions.select_related("area", "parent").order_by("number")
        page = "admin:roadmap_workplanitem_change"
        listed = ((reverse(page, args=[each.pk]), each) for each in below)
        return format_html_join("", '<div><a href="{}">{}</a></div>', listed) or None

    @admin.display(description=pgettext_lazy("work plan", "new action"))
    def new_action(self, objective):
        asked = {"area": objective.area_id, "kind": ItemKind.ACTION, "parent": objective.pk}
        page = reverse("admin:roadmap_workplanitem_add")
        return format_html('<a href="{}?{}">{}</a>', page, urlencode(asked), _("Add an action below this objective"))


@admin.register(Meeting)
class MeetingAdmin(PortalAdmin):
    list_display = ("__str__", "short_code", "days", "dates_confirmed", "where")
    list_filter = ("kind", "dates_confirmed", "is_online")
    search_fields = ("number",)
    search_help_text = _("Number, code such as COMCEC-40, or place.")
    fieldsets = (
        (None, {"fields": (("kind", "number"), ("start", "end"), "dates_confirmed")}),
        (_("Place"), {"fields": ("is_online", pair("place"))}),
    )

    def searched_texts(self, meeting):
        return [meeting.code, meeting.name.ar, meeting.name.en, meeting.place_ar or "", meeting.place_en or ""]

    @admin.display(description=_("code"), ordering="number")
    def short_code(self, meeting):
        return left_to_right(meeting.code)

    @admin.display(description=_("dates"), ordering="start")
    def days(self, meeting):
        return _days(meeting.start, meeting.end)

    @admin.display(description=_("place"))
    def where(self, meeting):
        return _("online") if meeting.is_online else str(Bilingual.of(meeting, "place")) or None


@admin.register(Abbreviation)
class AbbreviationAdmin(PortalAdmin):
    list_display = ("short", "meaning_ar", "meaning_en")
    search_fields = ("short", "meaning_ar", "meaning_en")
    left_to_right = ("short",)
    fieldsets = ((None, {"fields": ("short", pair("meaning"))}),)


def _days(start, end):
    language = active_language()
    return anchored(say_range(start, end, language), language) if start else None
