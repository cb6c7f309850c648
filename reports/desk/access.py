"""Who may enter the desk, and what every page of it has in common."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View

from reports.models import Report
from roadmap.models import Meeting

MAY_WORK = "reports.change_report"
MAY_ISSUE = "reports.issue_report"


class DeskView(View):
    """A page for those who write reports. For anybody else who is signed in there is no such page.

    Whoever is not signed in is led to the login, whether the page exists or not. Nothing of the desk stays in a cache.
    """

    permission = MAY_WORK

    def dispatch(self, request, *args, **kwargs):
        response = self._answer(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def _answer(self, request, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.has_perms({MAY_WORK, self.permission}):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def render(self, template: str, context: dict, status: int = 200) -> HttpResponse:
        """Return the page, as a part of the desk."""
        return render(self.request, template, {"section": "desk", **context}, status=status)


class ReportView(DeskView):
    """A page or an action of one report, which its address names."""

    @cached_property
    def report(self) -> Report:
        """The report of the address; 404 where there is none."""
        try:
            meeting = Meeting.objects.by_code(self.kwargs["code"])
        except Meeting.DoesNotExist as error:
            raise Http404 from error
        return get_object_or_404(Report.objects.select_related("meeting"), meeting=meeting)

    def back(self, anchor: str = "", said: str = "", level: int = messages.SUCCESS) -> HttpResponse:
        """Lead back to the place on the report's page, with a sentence about what was done."""
        if said:
            messages.add_message(self.request, level, said)
        address = reverse("desk_report", args=[self.report.code])
        return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)

    def render(self, template: str, context: dict, status: int = 200) -> HttpResponse:
        return super().render(template, {"report": self.report, **context}, status=status)
