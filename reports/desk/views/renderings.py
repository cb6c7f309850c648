"""Drafts as files: asked for, waited for, cancelled, fetched."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.desk.access import ReportView
from reports.desk.forms import RenderingForm
from reports.desk.panels import draft_of, renderings_panel
from reports.jobs import BusyError, cancel, request_rendering, settle_abandoned
from reports.models import Rendering


class RenderingsView(ReportView):
    """The panel by itself, for a page that looks again; and the request for a draft."""

    http_method_names = ["get", "head", "post"]

    def get(self, request, **kwargs):
        settle_abandoned(timezone.now())
        return self.render("desk/_renderings.html", renderings_panel(self.report, request.user))

    def post(self, request, **kwargs):
        form = RenderingForm(request.POST)
        if not form.is_valid():
            return self.back("renderings", _("Choose the language of the draft."), messages.ERROR)
        try:
            request_rendering(self.report, request.user, Rendering.Purpose.DRAFT, form.cleaned_data["language"])
        except BusyError as error:
            return self.back("renderings", str(error), messages.WARNING)
        return self.back("renderings", _("The draft is queued. You can go on working meanwhile."))


class _RenderingView(ReportView):
    def rendering(self) -> Rendering:
        return get_object_or_404(self.report.renderings, pk=self.kwargs["rendering"])


class CancelView(_RenderingView):
    """Ends a rendering that waits or runs."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        if cancel(self.rendering()):
            return self.back("renderings", _("The rendering is cancelled."))
        return self.back("renderings", _("The rendering had already ended."), messages.WARNING)


class DraftView(_RenderingView):
    """Sends a finished draft, to officers alone."""

    http_method_names = ["get", "head"]

    def get(self, request, **kwargs):
        rendering = self.rendering()
        path = draft_of(rendering)
        try:
            content = path.open("rb") if path else None
        except FileNotFoundError:  # a newer one has just replaced it
            content = None
        if content is None:
            raise Http404
        name = f"{self.report.code}-{rendering.language}-draft.pdf"
        return FileResponse(content, content_type="application/pdf", filename=name)
