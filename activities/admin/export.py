"""The export of a list of the back office: what the list shows, filtered and searched as it is, as a spreadsheet."""

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.forms import ExportForm

from activities.admin.formats import FORMATS, RESOURCES


class FormatForm(ExportForm):
    """Asks for the kind of file, and for nothing else."""

    format = forms.ChoiceField(label=_("File"), choices=(), initial="0")


class SheetExportMixin(ExportMixin):
    """For a ``ModelAdmin``, before its other bases: a link to export, for whoever may see the list.

    ``sheet_key`` names the sheet in which the rows of the list stand.
    """

    sheet_key = ""
    formats = FORMATS
    export_form_class = FormatForm
    export_template_name = "admin/sheets/export.html"
    import_export_change_list_template = "admin/sheets/change_list.html"

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_resource_classes(self, request):
        return [RESOURCES[self.sheet_key]]

    def export_action(self, request):
        """Show the form or answer with the file; an address that asks what no filter asks leads to the list."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            address = reverse("admin:{}_{}_changelist".format(*self.get_model_info()))
            return HttpResponseRedirect(f"{address}?{ERROR_FLAG}=1")

    def get_valid_export_item_pks(self, request):
        """Rows are chosen by the filters of the list, never one by one."""
        return []

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.sheet_key}-{timezone.localdate().isoformat()}.{file_format.get_extension()}"

    def init_request_context_data(self, request, form):
        context = super().init_request_context_data(request, form)
        number = self.get_export_queryset(request).count()
        return context | {"title": _("Export as a spreadsheet"), "number": number}
