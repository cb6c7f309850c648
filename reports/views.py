"""The reports as readers find them: issued editions with their files, and whether a file is one of them."""

from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from bilingual.text import Bilingual
from reports.codes import read_code
from reports.facts import ReportFacts
from reports.files import ReportFile, newest_file
from reports.models import Edition, EditionFile, Report
from reports.sheets import XLSX
from reports.verification import LARGEST, genuine_files, hash_what_is_sent
from roadmap.models import Meeting

LANGUAGES = (("ar", _("Arabic")), ("en", _("English")), ("both", _("Arabic and English in one file")))
MAY_SEE_DRAFTS = "reports.view_report"
# What an edition says never changes, so whoever has a file may keep it.
FOR_GOOD = "public, max-age=31536000, immutable"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX,
    "json": "application/json",
}


@dataclass(frozen=True)
class DraftRow:
    """A draft that colleagues may read, in one language."""

    report: Report
    language: str
    label: str | Promise
    file: ReportFile

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.file.size / 1000))


@dataclass(frozen=True)
class ReportRow:
    """The editions of one report, the latest first."""

    report: Report
    editions: list[Edition]

    @property
    def latest(self) -> Edition:
        return self.editions[0]


class ReportsView(TemplateView):
    """All editions, the newest report first; for colleagues, the drafts that are built as well."""

    template_name = "reports/index.html"
    extra_context = {"section": "reports"}

    def get_context_data(self, **kwargs):
        editions = Edition.objects.listed().order_by("-report__as_of", "-report_id", "-number")
        rows = [ReportRow(report, list(group)) for report, group in groupby(editions, key=lambda each: each.report)]
        drafts = list(_drafts()) if _may_see_drafts(self.request) else []
        return super().get_context_data(**kwargs, rows=rows, drafts=drafts)


class EditionView(TemplateView):
    """What an edition is, by its code: its checksums, its files, what it corrects and what corrects it."""

    template_name = "reports/edition.html"
    extra_context = {"section": "reports"}

    def get(self, request, *args, **kwargs):
        if request.path != reverse("edition", args=[kwargs["code"]]):
            return redirect("edition", kwargs["code"], permanent=True)  # typed in small letters, or with a hyphen
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *, code, **kwargs):
        edition = get_object_or_404(Edition.objects.listed("facts", "changes"), code=code)
        return super().get_context_data(
            **kwargs,
            edition=edition,
            facts=ReportFacts.from_json(edition.facts),
            changes=[Bilingual(**each) for each in edition.changes],
            largest=LARGEST >> 20,
        )


class EditionFileView(View):
    """Send one file of an edition; its content never changes, and neither does its address."""

    def get(self, request, code, name):
        file = get_object_or_404(EditionFile.objects.listed(), edition__code=code, name=name)
        etag = quote_etag(file.sha256)
        response = get_conditional_response(request, etag=etag) or self._send(file)
        response["ETag"] = etag
        response["Cache-Control"] = FOR_GOOD
        return response

    def _send(self, file: EditionFile) -> HttpResponse:
        is_download = file.format != "pdf"
        disposition = content_disposition_header(is_download, file.name)
        return HttpResponse(
            bytes(file.content),
            content_type=CONTENT_TYPES[file.format],
            headers={"Content-Disposition": disposition, "Content-Length": str(file.size)},
        )


class LatestFileView(View):
    """Lead to the PDF of the latest edition: of one report, or of the newest report that has any."""

    def get(self, request, language, code=None):
        editions = Edition.objects.order_by("-report__as_of", "-report_id", "-number")
        if code is not None:
            editions = editions.filter(report=_report_of(code))
        file = get_object_or_404(
            EditionFile.objects.listed().select_related("edition"),
            edition__in=editions.values("pk")[:1],
            format="pdf",
            language=language,
        )
        return redirect("edition_file", file.edition.code, file.name)


class DraftFileView(View):
    """Send the newest draft of a report to a colleague; nothing is built while a reader waits."""

    def get(self, request, code, language):
        if not _may_see_drafts(request):
            raise Http404
        file = newest_file(_report_of(code).code, language)
        if file is None:
            raise Http404
        try:
            content = file.path.open("rb")
        except FileNotFoundError as error:  # replaced by a newer one at this very moment
            raise Http404 from error
        return FileResponse(content, content_type="application/pdf", filename=f"{code}-{language}-draft.pdf")


class CodeForm(forms.Form):
    """The short code of an edition, as somebody copied it from paper."""

    code = forms.CharField(max_length=40)

    def clean_code(self):
        try:
            code = read_code(self.cleaned_data["code"])
        except ValueError:
            code = ""
        if not Edition.objects.filter(code=code).exists():
            raise forms.ValidationError(
                _("No edition has this code. It is eight letters and digits, printed with the QR code.")
            )
        return code


# Nothing is changed by asking, so no token is needed and no cookie set; and whatever read the form to find a token
# would keep the file before our handler is asked.
@method_decorator(csrf_exempt, name="dispatch")
class VerifyView(TemplateView):
    """Say which edition has a code, and whether a file is genuine; what is sent is hashed and not kept."""

    template_name = "reports/verify.html"
    extra_context = {"section": "reports"}

    def get(self, request, *args, **kwargs):
        form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
        if form.is_valid():
            return redirect("edition", form.cleaned_data["code"])
        return self.render_to_response(self.get_context_data(form=form), status=200)

    def post(self, request, *args, **kwargs):
        handler = hash_what_is_sent(request)
        sent = request.FILES.get("file")
        files = genuine_files(sent.sha256) if sent else []
        is_missing = sent is None and not handler.is_too_large
        context = self.get_context_data(
            form=CodeForm(), sent=sent, files=files, is_missing=is_missing, is_too_large=handler.is_too_large
        )
        status = 413 if handler.is_too_large else 400 if is_missing else 200
        response = self.render_to_response(context, status=status)
        response["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, largest=LARGEST >> 20)


def _may_see_drafts(request: HttpRequest) -> bool:
    """Whether drafts are shown. The cookie is looked at first: a page for everybody asks nobody who they are."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm(MAY_SEE_DRAFTS)


def _report_of(code: str) -> Report:
    """Return the report to the meeting of that code, or answer that there is no such page."""
    try:
        meeting = Meeting.objects.by_code(code)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    return get_object_or_404(Report.objects.select_related("meeting"), meeting=meeting)


def _drafts():
    for report in Report.objects.select_related("meeting").order_by("-as_of", "-pk"):
        for language, label in LANGUAGES:
            if file := newest_file(report.code, language):
                yield DraftRow(report, language, label, file)
