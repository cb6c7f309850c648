"""The way from a sentence about a form to the field it is about: of errors, and of what stands in the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from activities.models import Activity
from bilingual.findings import Finding


@dataclass(frozen=True)
class Place:
    """A sentence, and where it leads: an address, which in the form itself is ``#`` and a field, and its name.

    ``address`` is ``""`` where there is nothing to open, ``is_elsewhere`` says that it is the form of another record.
    """

    address: str
    label: str
    message: str
    is_elsewhere: bool = False

    @property
    def anchor(self) -> str:
        """The field of this form to which it leads."""
        return "" if self.is_elsewhere else self.address.removeprefix("#")


def places_of_errors(form: Any, inlines: Any) -> list[Place]:
    """Return every error of a form and its rows, with the way to its field."""
    errors = [*_errors(form, "")]
    for inline in inlines:
        for place, row in enumerate(inline.formset.forms, start=1):
            errors += _errors(row, _row_name(inline.formset, inline.opts.verbose_name, place)) if row.errors else ()
    return errors


def places_of_findings(
    found: Iterable[Finding], form: Any, formsets: Iterable[Any], request: HttpRequest
) -> list[Place]:
    """Return what was found in a form that somebody fills in, each with the way to its field, or to another record."""
    formsets = list(formsets)
    return [_place(each, form, formsets, request) for each in found]


def _errors(form: Any, row: str) -> Iterator[Place]:
    for name, sentences in form.errors.items():
        if name in form.fields:
            yield from (_at_field(form, name, row, sentence) for sentence in sentences)


def _at_field(form: Any, name: str, row: str, sentence: Any) -> Place:
    field = form[name]
    label = capfirst(str(field.label))
    anchor = field.id_for_label or field.auto_id  # a group of boxes has no input of its own
    return Place(f"#{anchor}", f"{row} · {label}" if row else label, str(sentence))


def _place(found: Finding, form: Any, formsets: list[Any], request: HttpRequest) -> Place:
    entered_in = form if isinstance(found.target, Activity) else getattr(found.target, "entered_in", None)
    if entered_in is None:
        return _elsewhere(found, request)
    if found.field in entered_in.fields:
        return _at_field(entered_in, found.field, _row_of(entered_in, formsets), found.message)
    return Place("", "", str(found.message))


def _row_of(form: Any, formsets: list[Any]) -> str:
    """What the row of ``form`` is called; ``""`` for the form of the record itself."""
    for formset in formsets:
        if form in formset.forms:
            return _row_name(formset, formset.model._meta.verbose_name, formset.forms.index(form) + 1)
    return ""


def _row_name(formset: Any, verbose_name: Any, place: int) -> str:
    name = capfirst(str(verbose_name))
    return name if formset.max_num == 1 else f"{name} {place}"


def _elsewhere(found: Finding, request: HttpRequest) -> Place:
    """The way to a record of its own, for whoever may open it: a kind, a profile of participants, an institution."""
    target, message = found.target, str(found.message)
    meta = target._meta
    may_open = any(request.user.has_perm(f"{meta.app_label}.{what}_{meta.model_name}") for what in ("view", "change"))
    try:
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[target.pk]) if may_open else ""
    except NoReverseMatch:
        page = ""
    label = f"{capfirst(str(meta.verbose_name))} · {target}" if page else ""
    return Place(f"{page}#id_{found.field}" if page else "", label, message, is_elsewhere=True)
