"""The lists of other apps that can be exported, with the link that their own apps know nothing of."""

from django.contrib import admin

from activities.admin.export import SheetExportMixin
from partners.admin import NationalFocalPointAdmin
from partners.models import NationalFocalPoint
from roadmap.admin import CooperationAreaAdmin
from roadmap.models import CooperationArea

admin.site.unregister([NationalFocalPoint, CooperationArea])


@admin.register(NationalFocalPoint)
class FocalPointSheetAdmin(SheetExportMixin, NationalFocalPointAdmin):
    sheet_key = "focal_points"


@admin.register(CooperationArea)
class AreaSheetAdmin(SheetExportMixin, CooperationAreaAdmin):
    sheet_key = "areas"
