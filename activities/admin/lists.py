"""The lists of other apps that can be exported, with the link that their own apps know nothing of."""

from django.contrib import admin

from activities.admin.export import SheetExportMixin
from partners.admin import CountryAdmin, NationalFocalPointAdmin
from partners.models import Country, Membership, NationalFocalPoint
from roadmap.admin import CooperationAreaAdmin
from roadmap.models import CooperationArea

admin.site.unregister([Country, NationalFocalPoint, CooperationArea])


@admin.register(Country)
class CountrySheetAdmin(SheetExportMixin, CountryAdmin):
    """Of a list of countries goes out what a sheet has of them: their membership, one row a period."""

    sheet_key = "membership"

    def has_export_permission(self, request):
        return super().has_export_permission(request) and request.user.has_perm("partners.view_membership")

    def get_export_queryset(self, request):
        return Membership.objects.filter(country__in=super().get_export_queryset(request).order_by().values("pk"))


@admin.register(NationalFocalPoint)
class FocalPointSheetAdmin(SheetExportMixin, NationalFocalPointAdmin):
    sheet_key = "focal_points"


@admin.register(CooperationArea)
class AreaSheetAdmin(SheetExportMixin, CooperationAreaAdmin):
    sheet_key = "areas"
