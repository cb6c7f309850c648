"""The values of a form: as they were sent and as the record has them, to be compared and to be shown."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from bilingual.dates import say_date
from bilingual.languages import active_language
from bilingual.text import normalise

LONGEST = 2_000  # characters shown of something that could not be read
_CARRIED = ("version", "seen", "publish_reason", "countries", "DELETE")


def plain(value: Any) -> str:
    """Return a value of a form as text, the same whether it was typed or read from the database."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, str):
        return normalise(value)
    return "on" if value is True else str(value)


def fields_of(form: Any) -> list[str]:
    """Return the names of the fields in which a record says something."""
    return [name for name, field in form.fields.items() if name not in _CARRIED and not field.widget.is_hidden]


def value_of(form: Any, name: str) -> str:
    """Return what the record of an unbound form has."""
    return plain(form.get_initial_for_field(form.fields[name], name))


def sent_in(form: Any, name: str) -> str:
    """Return what was sent in a bound form."""
    try:
        return plain(form.fields[name].clean(form[name].data))
    except ValidationError:
        return f"? {form[name].data}"[:LONGEST]  # whatever it is, it was typed on purpose


def shown_as_sent(form: Any, name: str) -> str:
    """Return what was sent as people read it."""
    field = form.fields[name]
    try:
        return _worded(field, field.clean(form[name].data))
    except ValidationError:
        return str(form[name].data or "")[:LONGEST]


def shown_now(form: Any, name: str) -> str:
    """Return what the record of an unbound form has as people read it."""
    field = form.fields[name]
    value = form.get_initial_for_field(field, name)
    if isinstance(field, forms.ModelChoiceField) and value:
        value = getattr(form.instance, name, value)
    return _worded(field, value)


def language_of(name: str) -> str:
    """Return the language of a field that has one."""
    return name[-2:] if name.endswith(("_ar", "_en")) else ""


def put(data: QueryDict | dict[str, str], name: str, value: str, field: Any) -> None:
    """Let ``data`` say ``value`` at ``name``, as a browser sends it."""
    if isinstance(field, forms.BooleanField) and not value:
        data.pop(name, None)
    else:
        data[name] = value


def _worded(field: Any, value: Any) -> str:
    if hasattr(field, "worded"):
        return str(field.worded(value or ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return say_date(value, active_language())
    choices = {} if isinstance(field, forms.ModelChoiceField) else dict(getattr(field, "choices", ()))
    return str(choices.get(value, "" if value is None else value))
