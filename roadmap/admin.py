"""The back office of the programme, its roadmaps and areas, and the meetings it reports to."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bilingual.admin import PortalAdmin, PortalStackedInline, pair
from bilingual.dates import anchored, say_range
from bilingual.languages import active_language
from bilingual.text import Bilingual, left_to_right
from roadmap.models import Abbreviation, CooperationArea, Meeting, Programme, Roadmap


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
