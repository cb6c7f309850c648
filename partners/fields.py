"""Model fields that name countries."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from bilingual.fields import CodesField
from partners.forms import CountryListField


class CountryCodesField(CodesField):
    """Countries by their codes. Whether each is one of ours, the model that has the field asks in ``clean``."""

    pattern = r"[A-Z]{3}"

    def names_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the short names in the active language: one query."""
        found = apps.get_model("partners", "Country").objects.filter(code__in=set(codes))
        return {country.code: str(country) for country in found}

    def formfield(self, **kwargs: Any) -> Any:
        """Return a box for a list of names; it brings its own widget, whatever the admin has for other texts."""
        kwargs.pop("widget", None)
        # Past the one-line text that the framework would make of a column of characters.
        return super(models.CharField, self).formfield(form_class=CountryListField, **kwargs)
