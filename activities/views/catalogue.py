"""The catalogue: everything the programme has published, searched and narrowed."""

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.views.generic import TemplateView

from activities.files.writing import FORMS
from activities.finding import Finding
from activities.forms import CatalogueForm
from activities.index import current_index
from activities.row_facts import facts_of
from activities.selection import Selection
from activities.views.rows import LIST_LENGTH
from bilingual.marking import forms_of


class CatalogueView(TemplateView):
    template_name = "activities/catalogue.html"
    extra_context = {"section": "activities"}

    def get_context_data(self, **kwargs):
        form = self._form()
        selection = Selection.read(form.cleaned_data)
        index = current_index()
        finding = Finding(selection, index)
        page = Paginator(finding, LIST_LENGTH).get_page(form.cleaned_data.get("page") or 1)
        return super().get_context_data(
            **kwargs,
            selection=selection,
            finding=finding,
            page=page,
            activities=facts_of(page.object_list, index.names, searched=bool(selection.words)),
            marked=forms_of(selection.words),
            pages=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
            unread=[form.fields[name].label for name in form.errors if name != "page"],
            page_is_missing="page" in form.errors or page.number != (form.cleaned_data.get("page") or 1),
            canonical_query=self._canonical(selection, page),
            most_rows=FORMS["xlsx"].most,
            today=timezone.localdate(),
        )

    def _form(self) -> CatalogueForm:
        form = CatalogueForm(self.request.GET)
        form.full_clean()
        return form

    def _canonical(self, selection: Selection, page: Page) -> str:
        return "&".join(filter(None, [selection.canonical_query, f"page={page.number}" if page.number > 1 else ""]))
