"""How the back office shows fields in two languages: each input in the direction and language of its own text."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models
from django.http import HttpRequest

from bilingual.forms import DateField, IntegerField, NumberInput
from bilingual.languages import direction_of


class TranslatedFieldsMixin:
    """For a ``ModelAdmin`` or inline, before its other bases: directions, languages, and digits of any keyboard.

    A translated field's input gets its own ``dir`` and ``lang``, whatever the language of the page, so that a full
    stop stays at the end of its sentence. Addresses and the fields named in ``left_to_right`` are left to right;
    other text follows what is typed.
    """

    left_to_right: tuple[str, ...] = ("code",)

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return the form field, as ``ModelAdmin.formfield_for_dbfield`` does."""
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]  # the admin class has it
            db_field, request, **(_any_digits(db_field) | kwargs)
        )
        if field is not None:
            field.widget.attrs.update(self._direction(db_field))
        return field

    def _direction(self, db_field: "models.Field[Any, Any]") -> dict[str, str]:
        language = getattr(db_field, "language", None)  # set by modeltranslation on each language's own field
        if language:
            return {"dir": direction_of(language), "lang": language}
        if isinstance(db_field, models.URLField | models.EmailField | models.SlugField):
            return {"dir": "ltr"}
        if db_field.name in self.left_to_right:
            return {"dir": "ltr"}
        if isinstance(db_field, models.CharField | models.TextField) and not db_field.choices:
            return {"dir": "auto"}
        return {}


def _any_digits(db_field: "models.Field[Any, Any]") -> dict[str, Any]:
    """Return what makes Django build our own form field for a date or a whole number."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return {"form_class": DateField, "widget": AdminDateWidget({"dir": "ltr"})}
    if isinstance(db_field, models.IntegerField) and not db_field.choices:
        return {"form_class": IntegerField, "widget": NumberInput({"class": "vIntegerField"})}
    return {}
