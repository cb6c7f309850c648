"""The deleted records of a kind in the back office, and the way to bring one back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from bilingual.changes import Words, keeps_history, say_reason
from bilingual.restoring import restore, sentences
from bilingual.returning import called, deleted, plan_return

DELETED_A_PAGE = 50


class DeletedMixin:
    """For a ``ModelAdmin``, before its other bases: what was deleted, for whoever may look at it and add such records.

    The columns named in ``not_restored`` begin anew when a record is brought back.
    """

    not_restored: tuple[str, ...] = ()
    model: Any
    admin_site: Any

    def get_urls(self) -> list[Any]:
        pages = ((self.deleted_view, "deleted", ""), (self.return_view, "return", "<path:object_id>/"))
        return [
            *(
                path(f"deleted/{rest}", self.admin_site.admin_view(view), name=self._name(name))
                for view, name, rest in pages
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, with the way to what was deleted from it."""
        page = self._list_of_deleted() if self.may_bring_back(request) else ""
        return super().changelist_view(request, {"deleted_page": page} | (extra_context or {}))  # type: ignore[misc,no-any-return]

    def may_bring_back(self, request: HttpRequest) -> bool:
        """Whether somebody may see deleted records of the kind: bringing one back adds it."""
        return bool(
            keeps_history(self.model)
            and self.has_view_permission(request)  # type: ignore[attr-defined]
            and self.has_add_permission(request)  # type: ignore[attr-defined]
        )

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Show what was deleted, by whom and when, the latest first."""
        if not self.may_bring_back(request):
            raise Http404
        page = Paginator(deleted(self.model), DELETED_A_PAGE).get_page(request.GET.get("p"))
        versions = list(page.object_list)
        words = Words(versions)
        rows = [
            {
                "name": called(version, words),
                "code": getattr(version, "code", ""),
                "at": version.history_date,
                "by": words.person(version.history_user_id),
                "reason": say_reason(version.history_change_reason),
                "page": reverse(f"admin:{self._name('return')}", args=[version.id]),
            }
            for version in versions
        ]
        context = {**self._deleted_frame(request), "title": _("Deleted records"), "page": page, "rows": rows}
        return TemplateResponse(request, "admin/deleted.html", context)

    def return_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a deleted record as it would come back; bring it back when that is confirmed."""
        if not self.may_bring_back(request):
            raise Http404
        with transaction.atomic():
            last = self._last_version(object_id)
            words = Words([last])
            name, made = called(last, words), plan_return(last, user=request.user, kept=self.not_restored)
            if request.method == "POST" and self._is_back(request, made):
                return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[made.record.pk]))
        context = {
            **self._deleted_frame(request),
            "title": _("Bring a deleted record back"),
            "name": name,
            "plan": made,
            "at": last.history_date,
            "by": words.person(last.history_user_id),
            "deleted_page": self._list_of_deleted(),
        }
        return TemplateResponse(request, "admin/return.html", context)

    def _is_back(self, request: HttpRequest, made: Any) -> bool:
        if request.POST.get("token") != made.token:
            messages.warning(request, _("Somebody changed this record meanwhile. Read again what would change."))
            return False
        if not made.can_be_done:
            return False
        try:
            with transaction.atomic():
                restore(made, user=request.user)
                if reasons := list(self.blocking(made.record).values()):  # type: ignore[attr-defined]
                    raise ValidationError(reasons)
        except ValidationError as error:
            made.refusals += sentences(error, made.record)
            return False
        except IntegrityError:  # somebody else was faster
            messages.warning(request, _("Somebody changed this record meanwhile. Read again what would change."))
            return False
        said = _("“%(name)s” was brought back, as a new change.") % {"name": made.record}
        self.log_addition(request, made.record, said)  # type: ignore[attr-defined]
        messages.success(request, said)
        return True

    def _last_version(self, object_id: str) -> Any:
        """The last version of a deleted record. Raises ``Http404`` for anything else."""
        try:
            key = self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404 from error
        last = deleted(self.model).filter(id=key).first() if 0 < key < 2**63 else None
        if last is None:
            raise Http404
        return last

    def _name(self, page: str) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_{page}"

    def _list_of_deleted(self) -> str:
        return reverse(f"admin:{self._name('deleted')}")

    def _deleted_frame(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "list_page": reverse(f"admin:{self._name('changelist')}"),
        }
