"""The back office of countries, institutions and focal points."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilingual.admin import PortalAdmin, PortalTabularInline, pair
from bilingual.dates import anchored, say_date
from bilingual.languages import active_language
from partners.models import Country, Institution, Membership, MembershipStatus, NationalFocalPoint


class MembershipInline(PortalTabularInline):
    model = Membership
    fields = ("status", "start", "start_precision", "until", "until_precision")


@admin.register(Country)
class CountryAdmin(PortalAdmin):
    list_display = ("code", "short_name_ar", "short_name_en", "oic_group", "standing")
    list_display_links = ("code", "short_name_ar", "short_name_en")
    list_filter = ("oic_group",)
    list_per_page = 100
    search_fields = ("search",)
    inlines = (MembershipInline,)
    fieldsets = ((None, {"fields": (("code", "oic_group"), pair("short_name"), pair("formal_name"), "spellings")}),)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships")

    @admin.display(description=_("in the OIC today"))
    def standing(self, country):
        standing = country.standing_on(timezone.localdate())
        return MembershipStatus(standing).label if standing else None


@admin.register(Institution)
class InstitutionAdmin(PortalAdmin):
    list_display = ("__str__", "kind", "country", "is_named_in_both")
    list_filter = ("kind", ("country", admin.RelatedOnlyFieldListFilter))
    search_fields = ("search",)
    search_help_text = _("Names, former names and acronyms, in either language.")
    autocomplete_fields = ("parent", "country", "seat")
    fieldsets = (
        (None, {"fields": (pair("name"), ("acronym", "takes_the"), "former_names", "spellings")}),
        (_("Place"), {"fields": ("kind", "parent", ("country", "seat"))}),
        (_("On the web"), {"fields": ("website", "code")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country", "seat")

    @admin.display(description=_("named in both languages"), boolean=True)
    def is_named_in_both(self, institution):
        return bool(institution.name_ar and institution.name_en)


@admin.register(NationalFocalPoint)
class NationalFocalPointAdmin(PortalAdmin):
    list_display = ("__str__", "institution", "email", "is_public", "language", "begins", "ends")
    list_filter = ("is_public", "language", ("country", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("country", "institution", "institution__seat")
    search_fields = ("name_ar", "name_en", "email", "country.short_name_ar", "country.short_name_en")
    autocomplete_fields = ("country", "institution", "user")
    fieldsets = (
        (None, {"fields": ("country", "institution", pair("name"), pair("post"))}),
        (_("Reaching the focal point"), {"fields": (("email", "language"), "is_public", "user")}),
        (_("Term"), {"fields": (("start", "end"),)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """Accounts are given by whoever may see them."""
        return () if request.user.has_perm("auth.view_user") else ("user",)

    @admin.display(description=_("from"), ordering="start")
    def begins(self, focal_point):
        return _day(focal_point.start)

    @admin.display(description=_("to"), ordering="end")
    def ends(self, focal_point):
        return _day(focal_point.end)


def _day(day):
    language = active_language()
    return anchored(say_date(day, language), language) if day else None
