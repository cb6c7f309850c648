"""Model fields that let text through the gate: every text of the portal is one of these."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.utils.translation import gettext as _

from bilingual.text import normalise, validate_name, validate_prose


class _Gated:
    """Normalises on the way in; stores nothing as NULL when the column allows it."""

    def to_python(self, value):
        value = super().to_python(value)
        return normalise(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        """Normalise what code assigned without validation, too: the database holds one form of each text."""
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = normalise(value) or (None if self.null else "")
            setattr(instance, self.attname, value)
        return value


class NameField(_Gated, models.CharField):
    """A name or title: one line, 300 characters unless said otherwise."""

    default_validators = [validate_name]

    def __init__(self, *args, max_length=300, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)


class ProseField(_Gated, models.TextField):
    """Running text: paragraphs separated by an empty line, no markup, 20,000 characters at most."""

    default_validators = [validate_prose]

    def __init__(self, *args, max_length=20_000, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)
        # The framework leaves the length of long texts to their forms; spreadsheets and commands have none.
        self.validators.append(MaxLengthValidator(max_length))


class LinkField(_Gated, models.URLField):
    """An address on the web: https only, never fetched by the server."""

    default_validators = [URLValidator(schemes=["https"]), validate_name]

    def formfield(self, **kwargs):
        """Return the form field; an address typed without its scheme is taken for https."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class CodesField(models.CharField):
    """Codes of one sort in one column: each once, in order, with a space between two; ``""`` where none is given.

    A subclass says how a code looks (``pattern``), in which order they stand (``place``) and what each is called in
    the active language (``names_of``).
    """

    pattern = r"[A-Z]+"

    def place(self, code: str) -> object:
        """Return what to sort a code by."""
        return code

    def names_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Return what each of ``codes`` is called, in the active language; what has no name is left out."""
        return {}

    def to_python(self, value):
        value = super().to_python(value)
        return value if value is None else " ".join(sorted(set(normalise(value).split()), key=self.place))

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        wrong = [code for code in value.split() if not re.fullmatch(self.pattern, code)]
        if wrong:
            raise ValidationError(_("“%(code)s” is no such code."), code="invalid", params={"code": wrong[0]})

    def pre_save(self, instance, add):
        """Bring into order what code assigned without validation, too: the database holds one form of each set."""
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value
