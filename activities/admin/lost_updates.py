"""The second of two people who save an activity sees what both made of it, and chooses; nothing is overwritten."""

from copy import copy
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from activities.admin.merging import CHOICE, Merge, digests_of
from activities.models import Activity


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
        list(Activity.objects.select_for_update().filter(pk=activity.pk).values_list("pk"))
        activity = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        is_answer = any(key.startswith(CHOICE) for key in request.POST)
        is_current = request.POST.get("version") == str(activity.version)
        if is_current and not is_answer:
            return None
        merge = self._merge(request, activity)
        open_ones = [found for found in merge.differences if not found.marked]
        if (is_current and not open_ones) or not merge.differences:
            request.POST = merge.merged  # type: ignore[assignment]
            return None
        return self._ask(request, activity, merge, is_answer=is_answer and is_current)

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

    def _ask(self, request: HttpRequest, activity: Activity, merge: Merge, *, is_answer: bool) -> HttpResponse:
        current = digests_of(merge.current, list(merge.current_sets.values()))
        carried = {
            key: request.POST.getlist(key)
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
            "seen_now": current,
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
