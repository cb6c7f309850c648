"""The back office of reports and their items."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bilingual.admin import PortalAdmin, PortalTabularInline
from bilingual.dates import anchored, say_date
from bilingual.languages import active_language
from bilingual.text import Bilingual
from reports.models import Edition, Report, ReportItem, Waiver
from roadmap.models import PeriodUnknownError

# What the back office shows where there is nothing.
NOTHING = "-"


class ReportItemInline(PortalTabularInline):
    model = ReportItem
    fields = ("position", "activity", "is_included", "reason_left_out")
    autocomplete_fields = ("activity",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("activity")


@admin.register(Report)
class ReportAdmin(PortalAdmin):
    list_display = ("__str__", "speaks_as_of", "document_code", "original_language", "item_count")
    list_filter = ("original_language", "meeting__kind")
    list_select_related = ("meeting",)
    search_fields = ("document_code", "meeting.code", "meeting.name.ar", "meeting.name.en")
    left_to_right = ("document_code",)
    autocomplete_fields = ("meeting",)
    inlines = (ReportItemInline,)
    rows_not_restored = (Waiver,)  # somebody's judgement of what was found then: it is made anew
    actions = ("propose_missing_items",)
    fieldsets = (
        (None, {"fields": ("meeting", "as_of", "roadmaps")}),
        (_("Title page"), {"fields": (("document_code", "original_language"),)}),
        (_("Period"), {"fields": (("period_start", "period_end"), "period_reason"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("meeting").annotate(number_of_items=Count("items"))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Roadmaps are few: each is a box to tick."""
        return super().formfield_for_manytomany(db_field, request, **{"widget": forms.CheckboxSelectMultiple} | kwargs)

    def save_related(self, request, form, formsets, change):
        """Fill a new report that has no items yet with what it can tell, and say how many that is."""
        super().save_related(request, form, formsets, change)
        if not change and not form.instance.items.exists():
            _say_proposed(request, form.instance)

    @admin.action(description=_("Add activities that can be reported and are not items yet"), permissions=["change"])
    def propose_missing_items(self, request, queryset):
        for report in queryset:
            _say_proposed(request, report)

    @admin.display(description=_("as of"), ordering="as_of")
    def speaks_as_of(self, report):
        language = active_language()
        return anchored(say_date(report.as_of, language), language)

    @admin.display(description=_("items"), ordering="number_of_items")
    def item_count(self, report):
        return report.number_of_items


@admin.register(Edition)
class EditionAdmin(PortalAdmin):
    """Editions as they were issued: to be read, and nothing else."""

    list_display = ("__str__", "shown_code", "issued_day", "issued_by", "corrects")
    list_select_related = ("report__meeting", "issued_by", "corrects__report__meeting")
    list_display_links = ("__str__",)
    actions = None
    fields = (
        "report",
        "number",
        "public_page",
        ("issued_at", "issued_by", "proposed_by"),
        "corrects",
        "list_of_changes",
        "list_of_waivers",
        "list_of_files",
        "list_of_versions",
    )
    readonly_fields = ("public_page", "list_of_changes", "list_of_waivers", "list_of_files", "list_of_versions")
    search_fields = ("code", "report.code", "report.meeting.name.ar", "report.meeting.name.en")

    def get_queryset(self, request):
        return Edition.objects.listed("changes", "waivers", "versions").select_related("issued_by", "proposed_by")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("code"), ordering="code")
    def shown_code(self, edition):
        return format_html('<bdi dir="ltr">{}</bdi>', edition.shown_code)

    @admin.display(description=_("issued"), ordering="issued_at")
    def issued_day(self, edition):
        return say_date(edition.issued_on, active_language())

    @admin.display(description=_("code"))
    def public_page(self, edition):
        return format_html(
            '<a href="{}"><bdi dir="ltr">{}</bdi></a>', reverse("edition", args=[edition.code]), edition.shown_code
        )

    @admin.display(description=_("changes"))
    def list_of_changes(self, edition):
        return (
            format_html_join("", "<div>{}</div>", ((str(Bilingual(**each)),) for each in edition.changes)) or NOTHING
        )

    @admin.display(description=_("waivers"))
    def list_of_waivers(self, edition):
        rows = ((each["sentence"], each["reason"], each["by"]) for each in edition.waivers)
        return format_html_join("", '<div>{} <span class="row-facts">{} · {}</span></div>', rows) or NOTHING

    @admin.display(description=_("files of an edition"))
    def list_of_files(self, edition):
        rows = (
            (reverse("edition_file", args=[edition.code, file.name]), file.name, file.sha256)
            for file in edition.files.all()
        )
        line = '<div><a href="{}"><bdi dir="ltr">{}</bdi></a> <span class="row-facts">{}</span></div>'
        return format_html_join("", line, rows)

    @admin.display(description=_("versions"))
    def list_of_versions(self, edition):
        return (
            format_html_join("", '<div><bdi dir="ltr">{} {}</bdi></div>', sorted(edition.versions.items())) or NOTHING
        )


def _say_proposed(request, report):
    """Propose items and say what came of it."""
    try:
        number = report.propose_items()
    except PeriodUnknownError as error:
        messages.error(request, str(error))
        return
    if number:
        sentence = ngettext(
            "%(report)s: %(number)d activity was added as an item.",
            "%(report)s: %(number)d activities were added as items.",
            number,
        )
        messages.success(request, sentence % {"report": report, "number": number})
    else:
        sentence = gettext("%(report)s: there is no published, reportable activity to add.")
        messages.warning(request, sentence % {"report": report})
