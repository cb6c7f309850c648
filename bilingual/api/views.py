"""Read-only views that answer everybody alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override
from rest_framework import generics, mixins
from rest_framework.response import Response

from bilingual.api.refusals import Reason, UnreadableError
from bilingual.text import in_both
from bilingual.unchanged import unless_unchanged


class OpenView(generics.GenericAPIView):
    """A view for everybody.

    Its ``form_class`` reads the address. What the form does not name is refused: ignored, a mistyped filter would
    look as if everything matched.
    """

    form_class: type[forms.Form] = forms.Form
    pagination_class = None

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.asked = self.read()
        with override("en"):  # whatever the reader prefers: both languages are told
            response = unless_unchanged(request._request, lambda: self.answer(request, *args, **kwargs))
        response["Content-Language"] = "ar, en"
        return response

    def answer(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise NotImplementedError

    def read(self) -> dict[str, Any]:
        """Return what the address asks for. Raises `UnreadableError` naming each parameter that cannot be read."""
        form = self.form_class(self.request.query_params)
        known = {*form.fields, *([self.paginator.cursor_query_param] if self.paginator else [])}
        reasons = [_unknown(name, known) for name in self.request.query_params if name not in known]
        if not form.is_valid():
            reasons += [_unread(form, name) for name in form.errors]
        if reasons:
            raise UnreadableError(reasons)
        return form.cleaned_data


class ListView(mixins.ListModelMixin, OpenView):
    """A list in pages. Subclasses give ``ordering``, a unique key, and ``key_shape``, its shape."""

    ordering = "code"
    key_shape = ""

    def answer(self, request, *args, **kwargs):
        return self.list(request, *args, **kwargs)


class RecordView(mixins.RetrieveModelMixin, OpenView):
    """One record by its code."""

    lookup_field = "code"

    def answer(self, request, *args, **kwargs):
        return self.retrieve(request, *args, **kwargs)


def _unknown(name: str, known: set[str]) -> Reason:
    shown = "".join(each if each.isprintable() else "\ufffd" for each in name[:80])
    if not known:
        return Reason(in_both(lambda: _("This address knows no parameters: leave it out.")), shown)
    names = {"known": ", ".join(sorted(known))}
    return Reason(in_both(lambda: _("There is no such parameter. There are: %(known)s.") % names), shown)


def _unread(form: forms.Form, name: str) -> Reason:
    """Say what is wrong with a parameter; where its field has an example, how to write it."""
    example = getattr(form.fields[name], "example", "")
    if not example:
        return Reason(in_both(lambda: " ".join(form.errors.as_data()[name][0].messages)), name)
    remedy = {"example": example, "most": form.fields[name].most}
    return Reason(in_both(lambda: _how_to_write() % remedy), name)


def _how_to_write() -> str:
    return _(
        "This could not be read. Write a value like %(example)s; repeat the parameter for each further value, "
        "%(most)d in all."
    )
