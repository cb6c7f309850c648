"""What is edited inside an activity: who did what, how many took part, and from where."""

from django.utils.translation import gettext_lazy as _

from activities.models import CountryParticipation, Participation, Partnership
from bilingual.admin import PortalStackedInline, PortalTabularInline, pair


class PartnershipInline(PortalStackedInline):
    model = Partnership
    autocomplete_fields = ("institution",)
    fieldsets = (
        (None, {"fields": (("role", "institution", "order"),)}),
        (
            _("Described partners, a former name, a post"),
            {"fields": (pair("described_as"), pair("name_then"), pair("post")), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("institution", "institution__seat")


class ParticipationInline(PortalStackedInline):
    model = Participation
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


class CountryParticipationInline(PortalTabularInline):
    model = CountryParticipation
    autocomplete_fields = ("country",)
    fields = ("country", "count")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country")
