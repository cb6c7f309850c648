"""The export of activities from their list: what the list shows, filtered and searched as it is."""

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.forms import ExportForm

from activities.resources import ActivityResource
from activities.spreadsheets import TextTables, Workbooks


class FormatForm(ExportForm):
    """Asks for the kind of file, and for nothing else."""

    format = forms.ChoiceField(label=_("File"), choices=(), initial="0")


class ActivityExportMixin(ExportMixin):
    """For a ``ModelAdmin``: a link to export, for whoever may see the list."""

    resource_classes = (ActivityResource,)
    export_formats = (Workbooks, TextTables)
    export_form_class = FormatForm
    export_template_name = "admin/activities/activity/export.html"
    import_export_change_list_template = "admin/activities/activity/change_list.html"

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def export_action(self, request):
        """Show the form or answer with the file; an address that asks what no filter asks leads to the list."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse('admin:activities_activity_changelist')}?{ERROR_FLAG}=1")

    def get_data_for_export(self, request, queryset, **kwargs):
        """Hand over numbers and days as they are: each file writes them in its own way."""
        return super().get_data_for_export(request, queryset, **kwargs | {"force_native_type": True})

    def get_valid_export_item_pks(self, request):
        """Rows are chosen by the filters of the list, never one by one."""
        return []

    def init_request_context_data(self, request, form):
        context = super().init_request_context_data(request, form)
        chosen = self.get_export_queryset(request)
        return context | {"title": _("Export activities"), "number": chosen.count()}
