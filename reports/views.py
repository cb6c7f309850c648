"""The reports as readers find them: each with its PDFs, which are drafts until editions are issued."""

from dataclasses import dataclass

from django.db.models import OuterRef
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from reports.files import ReportFile, newest_file
from reports.models import Report
from roadmap.models import Meeting, MeetingKind, Period

LANGUAGES = (("ar", _("Arabic")), ("en", _("English")), ("both", _("Arabic and English in one file")))


@dataclass(frozen=True)
class Download:
    """A report in one language; ``file`` is ``None`` while it is not built."""

    language: str
    label: str | Promise
    file: ReportFile | None

    @property
    def kilobytes(self) -> int | None:
        return max(1, round(self.file.size / 1000)) if self.file else None


@dataclass(frozen=True)
class ReportRow:
    """A report, the days it accounts for where they are known, and its files."""

    report: Report
    period: Period | None
    downloads: list[Download]


class ReportsView(TemplateView):
    template_name = "reports/index.html"
    extra_context = {"section": "reports"}

    def get_context_data(self, **kwargs):
        before = Meeting.objects.filter(kind=MeetingKind.SESSION, number=OuterRef("meeting__number") - 1)
        reports = Report.objects.select_related("meeting").annotate(session_before_ended=before.values("end")[:1])
        rows = [self._row(report) for report in reports.order_by("-as_of", "-pk")]
        return super().get_context_data(**kwargs, rows=rows)

    def _row(self, report: Report) -> ReportRow:
        downloads = [Download(language, label, newest_file(report.code, language)) for language, label in LANGUAGES]
        return ReportRow(report, self._period(report), downloads)

    def _period(self, report: Report) -> Period | None:
        """The report's period, read with the list instead of with a query for each report."""
        return Period.after(report.session_before_ended, report.meeting.end)


class ReportFileView(View):
    """Send the newest PDF of a report; nothing is built while a reader waits."""

    def get(self, request, code, language):
        try:
            meeting = Meeting.objects.by_code(code)
        except Meeting.DoesNotExist as error:
            raise Http404 from error
        report = get_object_or_404(Report.objects.select_related("meeting"), meeting=meeting)
        file = newest_file(report.code, language)
        if file is None:
            raise Http404
        try:
            content = file.path.open("rb")
        except FileNotFoundError as error:  # replaced by a newer one at this very moment
            raise Http404 from error
        return FileResponse(content, content_type="application/pdf", filename=f"{report.code}-{language}.pdf")
