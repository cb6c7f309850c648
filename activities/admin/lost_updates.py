"""The second of two people who save an activity sees what both made of it, and chooses; nothing is overwritten."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from activities.admin.merging import CHOICE, Merge, digests_of
from activities.admin.merging.rows import rows_sent
from activities.models import Activity
from bilingual.text import left_to_right


class LostUpdateMixin:
    """For the ``ModelAdmin`` of activities, before its other bases."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or save the form; a form that was read in another version than the record's asks first."""
        if request.method != "POST" or object_id is None or "_saveasnew" in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        with transaction.atomic():
            question = self._question(request, object_id)
            if question is None:
                return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        return question

    def _question(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """What to ask before anything is saved; ``None`` where nothing stands in the way."""
        activity = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if activity is None or not self.has_change_permission(request, activity):  # type: ignore[attr-defined]
            return None
        # Locked until the save ends, and read again: what is compared is what will be written over.
        list(_with_parts(activity).select_for_update().order_by("pk").values_list("pk"))
        activity = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        is_answer = any(key.startswith(CHOICE) for key in request.POST)
        versions = _versions_sent(request, activity)
        is_current = all(request.POST.get(name) == version for name, version in versions.items())
        if is_current and not is_answer:
            return None
        merge = self._merge(request, activity)
        open_ones = [found for found in merge.differences if not found.marked]
        if (is_current and not open_ones) or not merge.differences:
            _tell_of_the_gone(request, activity)
            request.POST = merge.merged  # type: ignore[assignment]
            return None
        return self._ask(request, merge, versions, is_answer=is_answer and is_current)

    def _merge(self, request: HttpRequest, activity: Activity) -> Merge:
        unbound = copy(request)
        unbound.method = "GET"
        kind = self.get_form(  # type: ignore[attr-defined]
            request,
            activity,
            change=True,
            fields=flatten_fieldsets(self.get_fieldsets(request, activity)),  # type: ignore[attr-defined]
        )
        sets, _inlines = self._create_formsets(request, activity, change=True)  # type: ignore[attr-defined]
        now, _inlines = self._create_formsets(unbound, activity, change=True)  # type: ignore[attr-defined]
        form = kind(request.POST, request.FILES, instance=activity)
        return Merge(form, sets, kind(instance=activity), now)

    def _ask(self, request: HttpRequest, merge: Merge, versions: dict[str, str], *, is_answer: bool) -> HttpResponse:
        activity = merge.current.instance
        carried = {
            key: [versions.get(key, value) for value in request.POST.getlist(key)]
            for key in request.POST
            if key not in ("csrfmiddlewaretoken", "version") and not key.startswith(CHOICE)
        }
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Somebody else saved this meanwhile"),
            "opts": Activity._meta,
            "original": activity,
            "differences": merge.differences,
            "carried": [(key, value) for key, values in carried.items() for value in values],
            "version": activity.version,
            "is_answer": is_answer,
            "changed_at": activity.changed_at,
        }
        return TemplateResponse(request, "admin/activities/activity/conflict.html", context, status=409)

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, which carries how its values were read."""
        form = context["adminform"].form
        if not form.is_bound and form.instance.pk:
            rows = [each.formset for each in context["inline_admin_formsets"]]
            form.initial["seen"] = digests_of(form, rows)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """Make the formsets, and let the form find them: publishing looks at the rows, too."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        obj.rows_entered = formsets
        return formsets, inlines


def _with_parts(activity: Activity) -> Any:
    return Activity.objects.filter(Q(pk=activity.pk) | Q(parent=activity.pk))


def _versions_sent(request: HttpRequest, activity: Activity) -> dict[str, str]:
    """The versions that a form sends, its own and those of the parts in its rows, by name, with what they are now.

    A part that is no more in this project has none, so that whatever was sent is not the right one.
    """
    versions = {"version": str(activity.version)}
    if activity.is_project:
        present = {str(pk): str(version) for pk, version in activity.parts.values_list("pk", "version")}
        for place, (pk, _row) in enumerate(rows_sent(request.POST, "parts")):
            if pk:
                versions[f"parts-{place}-version"] = present.get(pk, "")
    return versions


def _tell_of_the_gone(request: HttpRequest, activity: Activity) -> None:
    """Say of the parts in the rows of a form that they went elsewhere meanwhile; their rows are not saved."""
    sent = [pk for pk, _row in rows_sent(request.POST, "parts") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    for part in Activity.objects.filter(pk__in=sent).exclude(parent=activity.pk) if activity.is_project else ():
        sentence = _("%(code)s is no part of this project any more, so what stood in its row was not saved.")
        messages.warning(request, sentence % {"code": left_to_right(part.code)})
