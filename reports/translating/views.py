"""The pages of the translation desk: the list of records, and the texts of one side by side."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.house_words import programme_words
from bilingual.findings import Finding
from bilingual.house_style import house_style_of
from bilingual.states import states_of
from bilingual.text_findings import Text, unprintable
from bilingual.translating import TextsChangedError
from reports.translating.access import RecordView, TranslationView
from reports.translating.forms import SelectionForm, TextsForm
from reports.translating.saving import Saved, overtaken, save_texts
from reports.translating.selection import rows_of

LIST_LENGTH = 25


class TranslationsView(TranslationView):
    """Records by the state of their texts, in as many queries for one as for a page of them."""

    http_method_names = ["get", "head"]

    def get(self, request):
        form = SelectionForm(request.GET, self.kinds)
        selection = form.selection()
        # Put in order by their keys alone: of all that is found, only one page is read.
        keys = selection.records().values_list("pk", flat=True)
        page = Paginator(keys, LIST_LENGTH).get_page(form.cleaned_data.get("page") or 1)
        records = selection.kind.records().filter(pk__in=list(page.object_list))
        context = {
            "form": form,
            "kinds": self.kinds,
            "selection": selection,
            "rows": rows_of(selection.kind, list(records)),
            "page": page,
            "pages": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
            "unread": [form.fields[name].label for name in form.errors if name != "page"],
        }
        return self.render("translation/index.html", context)


class TextsView(RecordView):
    """The texts of one record, in both languages side by side."""

    http_method_names = ["get", "head", "post"]

    def get(self, request, **kwargs):
        return self.page(TextsForm(self.kind, self.record, self._states()))

    def post(self, request, **kwargs):
        form = TextsForm(self.kind, self.record, self._states(), request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            saved = save_texts(form, request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form, status=422)
        except TextsChangedError as error:
            conflicts = overtaken(form, error)
            form.renew(error.record)
            return self.page(form, conflicts, status=409)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        self._say(saved)
        return HttpResponseRedirect(reverse("translation", args=[self.kind.code, self.kwargs["key"]]))

    def page(self, form: TextsForm, conflicts: list = (), status: int = 200) -> HttpResponse:
        """Return the page with the form as it is; ``conflicts`` are texts that somebody else changed."""
        pairs = form.pairs()
        not_begun = [pair for pair in pairs if pair.is_not_begun]
        inside = [cell.input for pair in not_begun for cell in pair.cells]
        context = {
            "kind": self.kind,
            "name": self.kind.name(self.record),
            "key": self.kwargs["key"],
            "form": form,
            "begun": [pair for pair in pairs if not pair.is_not_begun],
            "not_begun": not_begun,
            "not_begun_is_open": any(field.errors or field.value() for field in inside),
            "findings": self._findings(),
            "conflicts": conflicts,
        }
        return self.render("translation/texts.html", context, status)

    def _states(self):
        return states_of([self.record])[self.record]

    def _findings(self) -> dict[str, list[Finding]]:
        """What is found in each text as it is stored."""
        texts = [
            Text(self.kwargs["key"], capfirst(self.kind.label_of(field)), self.record, field)
            for field in self.kind.fields
        ]
        found: dict[str, list[Finding]] = {}
        for finding in [*(f for text in texts for f in unprintable(text)), *house_style_of(texts, programme_words())]:
            found.setdefault(finding.field[: -len("_ar")], []).append(finding)
        return found

    def _say(self, saved: Saved) -> None:
        if saved.unread:
            sentence = ngettext(
                "%(count)d text was not marked as reviewed: it changed while you were reading. Read it again.",
                "%(count)d texts were not marked as reviewed: they changed while you were reading. Read them again.",
                saved.unread,
            )
            messages.warning(self.request, sentence % {"count": saved.unread})
        if saved.written or saved.reviewed:
            messages.success(self.request, _("Saved."))
        elif not saved.unread:
            messages.info(self.request, _("Nothing was changed."))
