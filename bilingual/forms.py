"""Form fields that read what people type in either language: digits of any keyboard, dates with the day first."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bilingual.grammar import join
from bilingual.languages import active_language
from bilingual.search import fold_digits

# What PostgreSQL keeps in an integer column; SQLite would take more and the two would differ.
LARGEST_INTEGER = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200

_LONGEST_INPUT = 40  # no date and no number anybody means is longer
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # pasted along from Arabic text
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,\u066c]\d{3})+")  # 1,284, with the comma or the Arabic separator


class NumberInput(forms.TextInput):
    """An input for a whole number that takes Arabic-Indic digits: browsers refuse them in ``type=number``."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "dir": "ltr", **(attrs or {})})


class CodesChoiceField(forms.MultipleChoiceField):
    """Check boxes for the codes of a `bilingual.fields.CodesField`: takes and gives them as its column holds them."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def to_python(self, value: Any) -> list[str]:
        """Return the codes that were sent, one by one or as a column holds them."""
        return [code for each in super().to_python(value) for code in each.split()]

    def clean(self, value: Any) -> Any:
        """Return the codes in the order of the boxes. Raises ``ValidationError`` for one that has no box."""
        ticked = set(super().clean(value))
        return " ".join(code for code, _label in self.choices if code in ticked)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and set((initial or "").split()) != set(self.to_python(data))

    def worded(self, value: str) -> str:
        """Return what the boxes are called that ``value`` ticks."""
        return join([str(label) for code, label in self.choices if code in value.split()], active_language())


class DateField(forms.DateField):
    """A date in ISO form or with the day first, in digits of any keyboard; years from 1900 to 2200."""

    widget = forms.DateInput(attrs={"dir": "ltr"})
    default_error_messages = {"invalid": _("Enter a date such as 2024-06-30 or 30/6/2024.")}

    def to_python(self, value: Any) -> date | None:
        """Return the date, or ``None`` for an empty field. Raises ``ValidationError`` for anything else."""
        day = super().to_python(_typed(value, str(self.error_messages["invalid"])))
        if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise ValidationError(
                _("The year lies between %(first)s and %(last)s."),
                code="year",
                params={"first": EARLIEST_YEAR, "last": LATEST_YEAR},
            )
        return day


class IntegerField(forms.IntegerField):
    """A whole number in digits of any keyboard, with or without thousands separators; 2,147,483,647 at most."""

    widget = NumberInput

    def __init__(self, *, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_value=LARGEST_INTEGER if max_value is None else max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Return the number, or ``None`` for an empty field. Raises ``ValidationError`` for anything else."""
        value = _typed(value, str(self.error_messages["invalid"]))
        if isinstance(value, str) and _GROUPED.fullmatch(value):
            value = re.sub(r"[,\u066c]", "", value)
        return super().to_python(value)


def _typed(value: Any, message: str) -> Any:
    """Return typed text with Western digits and without invisible marks; refuse what is far too long to be meant."""
    if not isinstance(value, str):
        return value
    if len(value) > _LONGEST_INPUT:
        raise ValidationError(message, code="invalid")
    return _MARKS.sub("", fold_digits(value)).strip()
