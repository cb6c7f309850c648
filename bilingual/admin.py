"""How the back office shows fields in two languages: each input in the direction and language of its own text."""

from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bilingual.admin_history import HistoryMixin
from bilingual.admin_queries import CarefulQueriesMixin
from bilingual.admin_rows import KnownRowsFormSet, SharedLabelsMixin
from bilingual.fields import CodesField, NameField
from bilingual.forms import DateField, IntegerField, NumberInput
from bilingual.languages import direction_of
from bilingual.search import holds, search_document, search_filter
from bilingual.states import TranslationState

PROSE_ROWS = 4
LONG_NAME = 200  # a title of this length does not fit one line of half a form
# Shown in an empty input; the stylesheet finds empty inputs by it.
NOTHING_WRITTEN = {"ar": _("Not written in Arabic"), "en": _("Not written in English")}


class OneLine(forms.Textarea):
    """An input that shows a long title whole; a line break typed or pasted into it is a space."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.split()) if isinstance(value, str) and len(value) < LONG_NAME * 5 else value


class TranslatedFieldsMixin:
    """For a ``ModelAdmin`` or inline, before its other bases: directions, languages, and digits of any keyboard.

    A translated field's input gets its own ``dir`` and ``lang``, whatever the language of the page, so that a full
    stop stays at the end of its sentence; while it is empty, it says so. Where the model asks for a text, it is
    asked for in both languages. Addresses and the fields named in ``left_to_right`` are left to right; other text
    follows what is typed.
    """

    left_to_right: tuple[str, ...] = ("code",)

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return the form field, as ``ModelAdmin.formfield_for_dbfield`` does."""
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]  # the admin class has it
            db_field, request, **(_any_digits(db_field) | _whole_titles(db_field) | kwargs)
        )
        if field is not None:
            field.widget.attrs.update(self._direction(db_field))
            _keep_to_the_record(field.widget)
            if language := _language_of(db_field):
                field.widget.attrs.update({"placeholder": NOTHING_WRITTEN[language], "data-translated": language})
                field.required = _is_asked_for(getattr(db_field, "translated_field", db_field))
        return field

    def _direction(self, db_field: "models.Field[Any, Any]") -> dict[str, str]:
        if language := _language_of(db_field):
            return {"dir": direction_of(language), "lang": language}
        if isinstance(db_field, models.URLField | models.EmailField | models.SlugField):
            return {"dir": "ltr"}
        if db_field.name in self.left_to_right:
            return {"dir": "ltr"}
        if isinstance(db_field, CodesField):
            return {}  # no text: its own form field knows how it is written
        if isinstance(db_field, models.CharField | models.TextField) and not db_field.choices:
            return {"dir": "auto"}
        return {}


class FoldedSearchMixin:
    """Search that finds a word however it was typed, from the list's search box and from autocomplete alike.

    A queryset that knows how to search is asked (``matching``), else the column ``search``. A small table has
    neither: the texts that ``search_fields`` names (``country.short_name_ar``) are folded and compared row by row.
    """

    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> "tuple[models.QuerySet[Any], bool]":
        """Return the rows that hold every word, and whether some may stand there twice (never)."""
        if not search_term.strip():
            return queryset, False
        if hasattr(queryset, "matching"):
            return queryset.matching(search_term), False
        if tuple(self.search_fields) == ("search",):  # type: ignore[attr-defined]  # the admin class has it
            return queryset.filter(search_filter(search_term)), False
        found = [row.pk for row in queryset if holds(search_document(*self.searched_texts(row)), search_term)]
        return queryset.filter(pk__in=found), False

    def searched_texts(self, row: models.Model) -> list[str]:
        """Return the texts by which a row of a small table is found."""
        return [str(attrgetter(path)(row) or "") for path in self.search_fields]  # type: ignore[attr-defined]


class PortalAdmin(
    HistoryMixin, CarefulQueriesMixin, FoldedSearchMixin, TranslatedFieldsMixin, SharedLabelsMixin, admin.ModelAdmin
):
    """What every list and form of the back office stands on."""

    show_full_result_count = False
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the record; one that remembers its texts writes down by whom."""
        obj.saved_by = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save rows of the record, which remember their texts as it does."""
        for each in formset.forms:
            each.instance.saved_by = request.user
        super().save_formset(request, form, formset, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """List what goes with a record; that the states of its texts go too concerns nobody."""
        listed, counts, lacking, protected = super().get_deleted_objects(objs, request)
        counts.pop(TranslationState._meta.verbose_name_plural, None)
        return _without_states(listed), counts, lacking, protected


class PortalStackedInline(TranslatedFieldsMixin, SharedLabelsMixin, admin.StackedInline):
    """Rows edited inside another record, each as a small form."""

    formset = KnownRowsFormSet
    extra = 0


class PortalTabularInline(TranslatedFieldsMixin, SharedLabelsMixin, admin.TabularInline):
    """Rows edited inside another record, as a table."""

    formset = KnownRowsFormSet
    extra = 0


def pair(field: str) -> tuple[str, str]:
    """Return a row of a form with both languages of ``field`` side by side, for ``fieldsets``."""
    return f"{field}_ar", f"{field}_en"


def _without_states(listed: list[Any]) -> list[Any]:
    """The nested list of what is deleted, without the lines in which Django names the state of a text."""
    begins = f"{capfirst(TranslationState._meta.verbose_name)}: "
    kept = [_without_states(row) if isinstance(row, list) else row for row in listed]
    return [row for row in kept if row and not (isinstance(row, str) and row.startswith(begins))]


def _language_of(db_field: "models.Field[Any, Any]") -> str:
    return getattr(db_field, "language", "")  # set by modeltranslation on each language's own field


def _is_asked_for(db_field: "models.Field[Any, Any]") -> bool:
    return not db_field.blank and not db_field.null


def _whole_titles(db_field: "models.Field[Any, Any]") -> dict[str, Any]:
    if isinstance(db_field, NameField) and _language_of(db_field) and (db_field.max_length or 0) >= LONG_NAME:
        return {"widget": OneLine({"rows": 2, "class": "vTextField"})}
    if isinstance(db_field, models.TextField):
        return {"widget": forms.Textarea({"rows": PROSE_ROWS, "class": "vLargeTextField"})}
    return {}


def _keep_to_the_record(widget: forms.Widget) -> None:
    """Offer to add and to look at a related record, but not to change or delete it in passing."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget.can_change_related = widget.can_delete_related = False


def _any_digits(db_field: "models.Field[Any, Any]") -> dict[str, Any]:
    """Return what makes Django build our own form field for a date or a whole number."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return {"form_class": DateField, "widget": AdminDateWidget({"dir": "ltr"})}
    if isinstance(db_field, models.IntegerField) and not db_field.choices:
        return {"form_class": IntegerField, "widget": NumberInput({"class": "vIntegerField"})}
    return {}
