"""The catalogue: everything the programme has published, searched and narrowed."""

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.views.generic import TemplateView

from activities.finding import Finding
from activities.forms import CatalogueForm
from activities.index import current_index
from activities.models import Activity
from activities.selection import Selection
from activities.views.rows import LIST_LENGTH, with_row_details
from bilingual.marking import forms_of


class CatalogueView(TemplateView):
    template_name = "activities/catalogue.html"
    extra_context = {"section": "activities"}

    def get_context_data(self, **kwargs):
        form = CatalogueForm(self.request.GET)
        form.is_valid()
        selection = Selection.read(form.cleaned_data)
        finding = Finding(selection, current_index())
        page = Paginator(finding, LIST_LENGTH).get_page(form.cleaned_data.get("page") or 1)
        return super().get_context_data(
            **kwargs,
            selection=selection,
            finding=finding,
            page=page,
            activities=self._activities(page.object_list),
            marked=forms_of(selection.words),
            pages=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
            unread=[form.fields[name].label for name in form.errors if name != "page"],
            page_is_missing="page" in form.errors or page.number != (form.cleaned_data.get("page") or 1),
            canonical_query=self._canonical(selection, page),
            today=timezone.localdate(),
        )

    def _activities(self, keys: list[int]) -> list[Activity]:
        """Return the activities with those keys, in that order."""
        found = with_row_details(Activity.objects.listed()).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _canonical(self, selection: Selection, page: Page) -> str:
        return "&".join(filter(None, [selection.canonical_query, f"page={page.number}" if page.number > 1 else ""]))
