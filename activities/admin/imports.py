"""The way in for spreadsheets: sending a file, seeing what it would do, confirming it; and the receipts of all."""

from io import BytesIO

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.forms import ImportForm

from activities.admin.export import SheetExportMixin
from activities.admin.formats import RESOURCES, WORKBOOK_TYPE
from activities.models import ImportReceipt, ImportState
from activities.sheets import kept, receipts
from activities.sheets.importing import WORKBOOK, Source
from activities.sheets.preview import sheet_name
from activities.sheets.shape import SHEETS
from activities.sheets.template import write_template
from activities.sheets.verdicts import Refused
from activities.sheets.words import sentence_of
from bilingual.admin import PortalAdmin
from bilingual.languages import active_language


class UploadForm(ImportForm):
    """A file, and how it is to be read: nothing about it is guessed."""

    import_file = forms.FileField(label=_("File"), allow_empty_file=True)
    format = forms.ChoiceField(label=_("Kind of file"), choices=(), initial="0")
    resource = forms.ChoiceField(
        label=_("Rows of a CSV file"),
        choices=(),
        required=False,
        help_text=_("A workbook names its sheets itself."),
    )
    field_order = ("import_file", "format", "resource")


def may_import(request) -> bool:
    """Whether the user may send files at all; what a file may do is asked row by row."""
    return request.user.has_perm("activities.add_activity") or request.user.has_perm("activities.change_activity")


class SheetImportExportMixin(SheetExportMixin, ImportExportMixin):
    """For the ``ModelAdmin`` of activities: also the page on which a file is sent, and the template for it.

    The package asks for the file. What becomes of it is seen and confirmed on its receipt.
    """

    import_form_class = UploadForm
    import_template_name = "admin/sheets/import.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.template_view)
        return [path("template/", view, name="activities_activity_template"), *super().get_urls()]

    def has_import_permission(self, request):
        return may_import(request)

    def get_import_resource_classes(self, request):
        return list(RESOURCES.values())

    def template_view(self, request):
        """Answer with the empty template, in the language and direction of the page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        language = active_language()
        file = BytesIO()
        write_template(file, language)
        file.seek(0)
        name = f"oic-vet-{language}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)

    def import_action(self, request):
        """Show the form, or take a file and lead to what it would do."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_import_form(request)
        if request.method == "POST" and form.is_valid() and (receipt := self._sent(request, form)):
            return HttpResponseRedirect(reverse("admin:activities_importreceipt_change", args=[receipt.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import a spreadsheet"),
            "opts": self.model._meta,
            "form": form,
        }
        return TemplateResponse(request, self.import_template_name, context)

    def process_import(self, request, **kwargs):
        """Lead nowhere: the package would write here, without a plan and without a receipt."""
        raise Http404

    def _sent(self, request, form) -> ImportReceipt | None:
        """Return the receipt of the file that was sent; ``None`` if it was not taken, which the form then says."""
        file = form.cleaned_data["import_file"]
        encoding = self.get_import_formats()[int(form.cleaned_data["format"])].encoding
        sheet = self.choose_import_resource_class(form, request).sheet
        source = Source(encoding, "" if encoding == WORKBOOK else sheet.key)
        try:
            return receipts.send(file, file.name, request.user, source)
        except receipts.BusyError:
            form.add_error(
                None, gettext("Another file of yours is still at work: wait for it, or cancel it under Imports.")
            )
        except Refused as refusal:
            form.add_error("import_file", sentence_of(refusal))
        return None


@admin.register(ImportReceipt)
class ImportReceiptAdmin(PortalAdmin):
    """The receipts of imports: each page shows what a file would do, or did."""

    list_display = ("file_name", "sent_by", "sent_at", "state", "in_figures")
    list_filter = ("state",)
    list_select_related = ("sent_by",)
    search_fields = ("file_name", "file_hash")
    ordering = ("-sent_at",)

    def get_urls(self):
        def page(route, view):
            return path(
                f"<int:number>/{route}/", self.admin_site.admin_view(view), name=f"activities_importreceipt_{route}"
            )

        own = [
            page("confirm", self.confirm_view),
            page("cancel", self.cancel_view),
            page("held-back", self.held_back_view),
        ]
        return [*own, *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("rows"))
    def in_figures(self, receipt):
        """How many rows were added, changed and held back."""
        counts = receipt.counts
        if not counts:
            return None
        added, changed = sum(counts["added"].values()), sum(counts["changed"].values())
        held = counts["refused"] + counts["conflicts"]
        return gettext("%(added)d added, %(changed)d changed, %(held)d held back") % {
            "added": added,
            "changed": changed,
            "held": held,
        }

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the preview of a file, or its receipt."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        receipts.settle_abandoned()
        receipt = self._receipt(request, object_id)
        done, total = kept.progress_of(receipt)
        context = {
            **self.admin_site.each_context(request),
            "title": receipt.file_name,
            "opts": self.model._meta,
            "receipt": receipt,
            "counts": _rows_of(receipt.counts),
            "shown": receipt.shown,
            "done": done,
            "total": total,
            "is_ready": receipt.state == ImportState.READY,
            "is_done": receipt.state == ImportState.DONE,
            "does_nothing": receipt.counts and not (receipt.counts["added"] or receipt.counts["changed"]),
            "has_held_back": kept.held_back_path(receipt).exists(),
            "is_own": self._is_own(request, receipt),
        }
        headers = {"Refresh": "3"} if receipt.is_at_work else None
        return TemplateResponse(request, "admin/sheets/receipt.html", context, headers=headers)

    def confirm_view(self, request, number):
        receipt = self._own(request, number)
        try:
            if not receipts.confirm(receipt):
                messages.warning(request, gettext("This file is no longer to be confirmed."))
        except receipts.BusyError:
            messages.error(request, gettext("Another file of yours is still at work: wait for it, or cancel it."))
        return self._back(receipt)

    def cancel_view(self, request, number):
        receipt = self._own(request, number)
        if not receipts.cancel(receipt):
            messages.warning(request, gettext("This import has ended already."))
        return self._back(receipt)

    def held_back_view(self, request, number):
        """Answer with the rows that were held back, each with its reasons."""
        receipt = self._receipt(request, number)
        file = kept.held_back_path(receipt)
        if not file.exists():
            raise Http404
        return FileResponse(
            file.open("rb"), as_attachment=True, filename=f"held-back-{receipt.pk}.xlsx", content_type=WORKBOOK_TYPE
        )

    def _receipt(self, request, number) -> ImportReceipt:
        """Return the receipt for whoever may see it: its rows tell what the records themselves would."""
        if not self.has_view_permission(request) or not str(number).isdigit() or len(str(number)) > 18:
            raise PermissionDenied if not self.has_view_permission(request) else Http404
        receipt = ImportReceipt.objects.select_related("sent_by").filter(pk=number).first()
        if receipt is None:
            raise Http404
        return receipt

    def _own(self, request, number) -> ImportReceipt:
        receipt = self._receipt(request, number)
        if request.method != "POST" or not self._is_own(request, receipt):
            raise PermissionDenied
        return receipt

    @staticmethod
    def _is_own(request, receipt) -> bool:
        return receipt.sent_by_id == request.user.pk and may_import(request)

    @staticmethod
    def _back(receipt) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:activities_importreceipt_change", args=[receipt.pk]))


def _rows_of(counts):
    """Return the counts of a receipt as a table: for each sheet how many rows are added and changed."""
    if not counts:
        return []
    keys = [sheet.key for sheet in SHEETS if sheet.key in counts["added"] or sheet.key in counts["changed"]]
    return [(sheet_name(key), counts["added"].get(key, 0), counts["changed"].get(key, 0)) for key in keys]
