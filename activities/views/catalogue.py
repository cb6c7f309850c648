"""The catalogue: everything the programme has published, searched and narrowed."""

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.views.generic import TemplateView

from activities.forms import CatalogueForm
from activities.selection import Selection
from activities.views.rows import LIST_LENGTH, with_row_details


class CatalogueView(TemplateView):
    template_name = "activities/catalogue.html"
    extra_context = {"section": "activities"}

    def get_context_data(self, **kwargs):
        form = CatalogueForm(self.request.GET)
        form.is_valid()
        selection = Selection.read(form.cleaned_data)
        page = self._page(selection, form.cleaned_data.get("page") or 1)
        return super().get_context_data(
            **kwargs,
            selection=selection,
            page=page,
            pages=list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
            unread=[form.fields[name].label for name in form.errors if name != "page"],
            page_is_missing="page" in form.errors or page.number != (form.cleaned_data.get("page") or 1),
            canonical_query=self._canonical(selection, page),
            today=timezone.localdate(),
        )

    def _page(self, selection: Selection, number: int) -> Page:
        """Return a page of what was found, the last one for a number beyond it."""
        found = with_row_details(selection.activities().latest_first())
        return Paginator(found, LIST_LENGTH).get_page(number)

    def _canonical(self, selection: Selection, page: Page) -> str:
        return "&".join(filter(None, [selection.query, f"page={page.number}" if page.number > 1 else ""]))
