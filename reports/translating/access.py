"""Who may enter the translation desk: whoever may change records of a kind sees that kind, and no other."""

from functools import cached_property

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views import View

from reports.translating.kind import Kind
from reports.translating.kinds import BY_CODE, kinds_for


class TranslationView(View):
    """A page for staff who may change what it shows. For anybody else who is signed in there is no such page.

    Whoever is not signed in is led to the login, whether the page exists or not. Nothing of it stays in a cache.
    """

    def dispatch(self, request, *args, **kwargs):
        response = self._answer(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def _answer(self, request, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not (request.user.is_staff and self.kinds):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds of records that the user may change."""
        return kinds_for(self.request.user)

    def render(self, template: str, context: dict, status: int = 200) -> HttpResponse:
        """Return the page, as a part of the site."""
        return render(self.request, template, {"section": "translations", **context}, status=status)


class RecordView(TranslationView):
    """A page of one record, which its address names by kind and code."""

    @cached_property
    def kind(self) -> Kind:
        """The kind of the address; 404 where the user may not change it."""
        kind = BY_CODE.get(self.kwargs["kind"])
        if kind is None or kind not in self.kinds:
            raise Http404
        return kind

    @cached_property
    def record(self):
        """The record of the address; 404 where there is none."""
        found = self.kind.by_key([self.kwargs["key"]])
        if self.kwargs["key"] not in found:
            raise Http404
        return found[self.kwargs["key"]]
