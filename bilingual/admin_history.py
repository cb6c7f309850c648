"""The history of a record in the back office, and the way to bring a former state back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from bilingual.admin_deleted import DeletedMixin
from bilingual.changes import entries_of, keeps_history, say_moment
from bilingual.restoring import plan, restore, sentences

ENTRIES_A_PAGE = 20


class HistoryMixin(DeletedMixin):
    """For a ``ModelAdmin``, before its other bases: of a model that keeps its history, who changed what and when.

    The columns named in ``not_restored`` and the rows of the models ``rows_not_restored`` stay as they are when a
    former state is brought back.
    """

    not_restored: tuple[str, ...] = ("state",)
    rows_not_restored: tuple[Any, ...] = ()

    def get_urls(self) -> list[Any]:
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}_restore"  # type: ignore[attr-defined]
        page = self.admin_site.admin_view(self.restore_view)  # type: ignore[attr-defined]
        return [
            path("<path:object_id>/history/<uuid:wanted>/", page, name=name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show what was done to a record, the latest first; nothing where the reader may not see it."""
        record = self._seen(request, object_id)
        if not keeps_history(type(record)):
            return super().history_view(request, object_id, extra_context)  # type: ignore[misc,no-any-return]
        entries = entries_of(record)
        page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("p"))
        latest = entries[0].change_set if entries else None
        context = {
            **self._frame(request, record),
            "title": _("History"),
            "page": page,
            "latest": latest,
            "may_restore": self.has_change_permission(request, record),  # type: ignore[attr-defined]
            "restore_name": f"admin:{record._meta.app_label}_{record._meta.model_name}_restore",
        }
        return TemplateResponse(request, "admin/history.html", context | (extra_context or {}))

    def restore_view(self, request: HttpRequest, object_id: str, wanted: Any) -> HttpResponse:
        """Say what bringing a former state back would change; do it when that is confirmed."""
        record = self._seen(request, object_id)
        if not keeps_history(type(record)) or not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            raise Http404
        with transaction.atomic():
            if request.method == "POST":
                list(type(record)._default_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
                record = self._seen(request, object_id)
            called = str(record)  # the plan puts the former values into the record
            kept, kept_rows = self.not_restored, self.rows_not_restored
            made = plan(record, wanted, user=request.user, kept=kept, kept_rows=kept_rows)
            if made is None:
                raise Http404
            if request.method == "POST" and self._is_restored(request, record, made):
                return HttpResponseRedirect(self._page("history", record))
        context = {**self._frame(request, record), "title": _("Bring a former state back"), "plan": made}
        context["original"] = called
        return TemplateResponse(request, "admin/restore.html", context | {"moment": say_moment(made.at)})

    def blocking(self, record: Any) -> dict[str, str]:
        """Return by name what readers must not meet in ``record``; a state that adds to it is not brought back."""
        return {}

    def _is_restored(self, request: HttpRequest, record: Any, made: Any) -> bool:
        if request.POST.get("token") != made.token:
            messages.warning(request, _("Somebody changed this record meanwhile. Read again what would change."))
            return False
        if not made.can_be_done:
            return False
        try:
            with transaction.atomic():
                before = self.blocking(self._seen(request, str(record.pk)))
                restore(made, user=request.user)
                after = self.blocking(self._seen(request, str(record.pk)))
                if reasons := [sentence for name, sentence in after.items() if name not in before]:
                    raise ValidationError(reasons)
        except ValidationError as error:
            made.refusals += sentences(error, record)
            return False
        facts = {"moment": say_moment(made.at)}
        said = _("The state of %(moment)s was brought back, as a new change.") % facts
        self.log_change(request, record, said)  # type: ignore[attr-defined]
        messages.success(request, said)
        return True

    def _seen(self, request: HttpRequest, object_id: str) -> Any:
        """The record, for whoever may see it. Raises ``Http404`` for anybody and anything else."""
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if record is None or not self.has_view_or_change_permission(request, record):  # type: ignore[attr-defined]
            raise Http404
        return record

    def _page(self, page: str, record: Any) -> str:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])

    def _frame(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": record._meta,
            "original": record,
            "content_type_id": get_content_type_for_model(record).pk,
            "list_page": reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_changelist"),
            "form_page": self._page("change", record),
            "history_page": self._page("history", record),
        }
