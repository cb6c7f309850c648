"""Rows inside a record that choose from long tables, without a query for each row."""

import re
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

ROW_KEY = re.compile(r"[0-9]{1,18}")  # what fits a 64-bit key


class KnownAutocomplete(AutocompleteSelect):
    """An autocomplete that is told the row already chosen, and asks the database only for another."""

    known: models.Model | None = None

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> Any:
        """Return the options as Django does: the chosen one, and the empty one where nothing may be chosen.

        What is no key of a row was never offered, and the database is not asked for it.
        """
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, [key for key in value if ROW_KEY.fullmatch(str(key))], attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.known)
        return [(None, [*empty, self.create_option(name, self.known.pk, label, True, len(empty))], 0)]


class SharedLabelsMixin:
    """For a ``ModelAdmin`` or inline: its ``autocomplete_fields`` can be told what is chosen."""

    def formfield_for_foreignkey(
        self: BaseModelAdmin, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownAutocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class KnownRowsFormSet(BaseInlineFormSet):
    """Tells each row's form what its row already holds: the record it stands in, and what it has chosen.

    The inline's queryset selects the related rows, so that the labels cost nothing more. Rows that were read together
    with the record are not asked for again.
    """

    def get_queryset(self) -> Any:
        """Return the rows, as they were read with the record or as the inline's queryset finds them."""
        if not hasattr(self, "_queryset"):
            known = _read_with(self.instance, self.fk.remote_field)
            if known is None:
                return super().get_queryset()
            self._queryset = known
        return self._queryset

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        setattr(form.instance, self.fk.name, self.instance)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # the admin wraps it for its "add" link
            if isinstance(widget, KnownAutocomplete):
                widget.known = form.instance._state.fields_cache.get(name)


def _read_with(record: models.Model, relation: Any) -> list[models.Model] | None:
    """The rows of a relation that were read with its record; ``None`` where they were not."""
    name = relation.get_accessor_name()
    if relation.one_to_one:
        if name not in record._state.fields_cache:
            return None
        row = record._state.fields_cache[name]
        return [row] if row is not None else []
    rows = getattr(record, "_prefetched_objects_cache", {}).get(name)
    return None if rows is None else list(rows)
