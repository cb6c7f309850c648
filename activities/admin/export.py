"""The export of a list of the back office: what the list shows, filtered and searched as it is, as a spreadsheet."""

import tempfile
from collections.abc import Callable
from typing import IO, Any

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.sheets.export import of_activities, of_sheet, write_table, write_workbook
from activities.sheets.shape import BY_KEY
from bilingual.languages import active_language

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FormatForm(forms.Form):
    """Asks for the kind of file, and for nothing else."""

    format = forms.ChoiceField(
        label=_("File"),
        choices=[("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("CSV, this list alone"))],
        initial="xlsx",
    )


class SheetExportMixin:
    """For a ``ModelAdmin``, before its other bases: a link to export, for whoever may see the list.

    ``sheet_key`` names the sheet in which the rows of the list stand.
    """

    sheet_key = ""
    change_list_template = "admin/sheets/change_list.html"

    def get_urls(self):
        meta = self.model._meta
        name = f"{meta.app_label}_{meta.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_view), name=name), *super().get_urls()]

    def export_view(self, request):
        """Show the form or answer with the file; an address that asks what no filter asks leads to the list."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            meta = self.model._meta
            return HttpResponseRedirect(
                f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?{ERROR_FLAG}=1"
            )
        form = FormatForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self.exported(rows, form.cleaned_data["format"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Export as a spreadsheet"),
            "opts": self.model._meta,
            "form": form,
            "number": rows.count(),
        }
        return TemplateResponse(request, "admin/sheets/export.html", context)

    def exported(self, rows, kind):
        """Return the file of ``kind`` with ``rows``."""
        sheet = BY_KEY[self.sheet_key]
        rows = sheet.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
        name = f"{self.sheet_key}-{timezone.localdate().isoformat()}"
        if kind == "csv":
            response = StreamingHttpResponse(write_table(sheet, rows), content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
            return response
        content = of_activities(rows) if self.sheet_key == "activities" else of_sheet(self.sheet_key, rows)
        return workbook_response(f"{name}.xlsx", lambda file: write_workbook(file, content, active_language()))


def workbook_response(name: str, write: Callable[[IO[bytes]], Any]) -> FileResponse:
    """Return the workbook that ``write`` writes as a download called ``name``."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)
