"""The way out to a translator without an account, and back: a workbook, its preview, and its confirmation."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.sheets.verdicts import Refused
from activities.sheets.words import sentence_of
from bilingual.languages import active_language
from bilingual.numbers import say_number
from bilingual.translating import TextsChangedError
from reports.translating.access import TranslationView
from reports.translating.forms import ConfirmationForm, LanguageForm, SelectionForm, WorkbookForm
from reports.translating.incoming import Plan, carry_out, plan_of
from reports.translating.selection import Selection
from reports.translating.uploads import forget, keep, path_of
from reports.translating.workbook import MOST_TEXTS, texts_for, to_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a preview shows of each kind of row; the rest is counted.
SHOWN = 100


class ExportView(TranslationView):
    """The texts of a list as a workbook to be translated into one language."""

    def get(self, request):
        asked = LanguageForm(request.GET)
        if not asked.is_valid():
            raise Http404
        language = asked.cleaned_data["to"]
        selection = SelectionForm(request.GET, self.kinds).selection()
        records = list(selection.records()[: MOST_TEXTS + 1])
        is_short = len(records) <= MOST_TEXTS  # each of them has a text at least
        texts = list(texts_for(selection.kind, records, language, selection.condition)) if is_short else []
        if not is_short or len(texts) > MOST_TEXTS:
            return self._too_many(selection)
        response = HttpResponse(to_workbook(texts, language), content_type=XLSX)
        name = f"{selection.kind.code}-to-{language}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _too_many(self, selection: Selection) -> HttpResponse:
        sentence = _("A workbook holds %(limit)s texts at most. Narrow the list, and make several workbooks.")
        messages.warning(self.request, sentence % {"limit": say_number(MOST_TEXTS, active_language())})
        return HttpResponseRedirect(f"{reverse('translations')}?{selection.query}")


class ImportView(TranslationView):
    """A translated workbook: sent, and shown with all that it would do."""

    http_method_names = ["get", "head", "post"]

    def get(self, request):
        return self.render("translation/import.html", {"form": WorkbookForm()})

    def post(self, request):
        form = WorkbookForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render("translation/import.html", {"form": form}, status=422)
        try:
            plan = plan_of(form.cleaned_data["workbook"], self.kinds)
            digest = keep(form.cleaned_data["workbook"], request.user)
        except Refused as refusal:
            form.add_error("workbook", sentence_of(refusal))
            return self.render("translation/import.html", {"form": form}, status=422)
        return self.preview(plan, digest)

    def preview(self, plan: Plan, digest: str, status: int = 200) -> HttpResponse:
        """Show what the workbook would do."""
        context = {
            "plan": plan,
            "workbook": digest,
            "ready": plan.ready[:SHOWN],
            "conflicts": plan.conflicts[:SHOWN],
            "complaints": plan.complaints[:SHOWN],
        }
        return self.render("translation/preview.html", context, status)


class ConfirmView(ImportView):
    """Writes what was previewed, if it still is what was previewed."""

    http_method_names = ["post"]

    def post(self, request):
        form = ConfirmationForm(request.POST)
        if not form.is_valid():
            raise Http404
        digest = form.cleaned_data["workbook"]
        try:
            with path_of(request.user, digest).open("rb") as file:
                plan = plan_of(file, self.kinds)
        except FileNotFoundError:
            return self._back(_("The workbook is no longer kept here. Send it once more."), messages.WARNING)
        except Refused as refusal:
            return self._back(sentence_of(refusal), messages.WARNING)
        if plan.digest() != form.cleaned_data["plan"]:
            return self._again(plan, digest)
        try:
            count = carry_out(plan, request.POST.getlist("take")[: len(plan.changes)], request.user)
        except TextsChangedError:
            with path_of(request.user, digest).open("rb") as file:
                return self._again(plan_of(file, self.kinds), digest)
        forget(request.user, digest)
        return self._back(_written(count), messages.SUCCESS)

    def _again(self, plan: Plan, digest: str) -> HttpResponse:
        messages.warning(
            self.request, _("Nothing was written: texts changed since the preview. Look at it again, then confirm.")
        )
        return self.preview(plan, digest, status=409)

    def _back(self, said: str, level: int) -> HttpResponse:
        messages.add_message(self.request, level, said)
        name = "translations" if level == messages.SUCCESS else "translations_import"
        return HttpResponseRedirect(reverse(name))


def _written(count: int) -> str:
    sentence = ngettext(
        "%(count)d text was written. It is a draft until somebody reviews it.",
        "%(count)d texts were written. They are drafts until somebody reviews them.",
        count,
    )
    return sentence % {"count": count}
