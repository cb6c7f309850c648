"""Kinds of activity and profiles of participants, with the forms that sentences need."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityKind, ParticipantProfile
from bilingual.admin import PortalAdmin, pair

FORMS = (
    _("Forms in sentences"),
    {
        "fields": (
            ("singular_ar", "singular_en"),
            ("plural_ar", "plural_en"),
            ("dual_ar", "definite_ar", "gender"),
        ),
        "description": _("Reports count with these. Until all are there, nothing of this sort can be published."),
    },
)


class CountedNounAdmin(PortalAdmin):
    """What kinds and profiles have in common: a name in both languages, and the forms of a noun."""

    list_display = ("name_ar", "name_en", "code", "order", "has_all_forms")
    list_display_links = ("name_ar", "name_en")
    search_fields = ("code", "name_ar", "name_en", "singular_ar", "plural_ar")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The forms stand in columns of their own, and have no translation: their names tell their language."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for language, direction in (("ar", "rtl"), ("en", "ltr")):
            if field is not None and db_field.name in self.model.FORMS and db_field.name.endswith(f"_{language}"):
                field.widget.attrs.update({"dir": direction, "lang": language})
        return field

    @admin.display(description=_("forms complete"), boolean=True)
    def has_all_forms(self, noun):
        return noun.is_complete


@admin.register(ActivityKind)
class ActivityKindAdmin(CountedNounAdmin):
    fieldsets = (
        (None, {"fields": (pair("name"), ("code", "order"), "is_project")}),
        (_("In headings and sentences"), {"fields": (("connector", "implied_mode"),)}),
        FORMS,
    )


@admin.register(ParticipantProfile)
class ParticipantProfileAdmin(CountedNounAdmin):
    fieldsets = ((None, {"fields": (pair("name"), ("code", "order"), "is_compound")}), FORMS)
