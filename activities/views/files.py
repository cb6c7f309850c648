"""What the catalogue has found as a file, and an activity for one's calendar."""

from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views import View

from activities.files.writing import FORMS, Form, one_by_one
from activities.forms import CatalogueForm
from activities.models import Activity
from activities.selection import Selection
from bilingual.api.limits import FilesPerAddress, refused
from bilingual.languages import active_language
from bilingual.unchanged import sent_when_changed


class FileView(View):
    """Send activities as a file in the language of the address."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        return refused(request, FilesPerAddress()) or super().dispatch(request, *args, **kwargs)

    def send(self, form: Form, activities: Iterable[Activity], name: str) -> HttpResponseBase:
        language = active_language()
        headers = {"Content-Disposition": content_disposition_header(True, f"{name}.{form.ending}")}
        if self.request.method == "HEAD":
            return HttpResponse(content_type=form.content_type, headers=headers)
        pieces = form.pieces(activities, language)
        return StreamingHttpResponse(pieces, content_type=form.content_type, headers=headers)


@method_decorator(sent_when_changed, name="dispatch")
class SelectionFileView(FileView):
    """All that the catalogue finds for a query string, its pages aside."""

    def get(self, request, form):
        asked = CatalogueForm(request.GET)
        if not asked.is_valid() and set(asked.errors) - {"page"}:
            # A file without a filter that was asked for would mislead: the page says which one cannot be read.
            return redirect(f"{reverse('activities')}?{request.GET.urlencode()}")
        found, written = Selection.read(asked.cleaned_data).activities().latest_first(), FORMS[form]
        if written.is_too_small_for(found):
            # The page says so where it offers the files, and which of them to take instead.
            return redirect(f"{reverse('activities')}?{request.GET.urlencode()}#take-away")
        name = f"oic-vet-activities-{timezone.localdate().isoformat()}-{active_language()}"
        return self.send(written, one_by_one(found), name)


@method_decorator(sent_when_changed, name="dispatch")
class ActivityCalendarView(FileView):
    """An activity as an event; of a project, its parts."""

    def get(self, request, code):
        activity = get_object_or_404(Activity.objects.published().for_readers(), code=code)
        listed = Activity.objects.listed().filter(parent=activity).in_order()
        events = listed.for_readers() if activity.is_project else [activity]
        return self.send(FORMS["ics"], events, f"oic-vet-{code}")
