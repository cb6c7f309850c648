"""What a focal point sends: a correction of an entry, fact by fact, with a note."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilingual.fields import NameField
from bilingual.forms import DateField, IntegerField
from bilingual.languages import direction_of
from bilingual.text import normalise, validate_name, validate_prose
from focalpoints.facts import BY_NAME, Entry, Fact, Plain, as_plain
from focalpoints.models import Answer

DIGEST_LENGTH = 24


class _TextField(forms.CharField):
    """A text that passes the gate for stored text."""

    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "")


class CorrectionForm(forms.Form):
    """What an entry should say instead: filled in with what it says, or with what the country proposed before.

    What is left as it is, or emptied, is not proposed: that a figure is not known after all is for the note. The rules
    of the records are asked, as they will be when an editor accepts.
    """

    seen = forms.CharField(max_length=DIGEST_LENGTH, widget=forms.HiddenInput)
    note = _TextField(
        label=_("note"),
        required=False,
        max_length=Answer._meta.get_field("note").max_length or 2000,
        validators=[validate_prose],
        widget=forms.Textarea({"dir": "auto", "rows": 4}),
        help_text=_("For the editor: where the right value comes from, or what no field above can say."),
    )

    def __init__(self, entry: Entry, standing: Answer | None, data: Any = None):
        self.entry = entry
        proposed = standing.proposed if standing else {}
        initial = {**entry.plain, **proposed, "seen": entry.digest, "note": standing.note if standing else ""}
        super().__init__(data, initial=initial)
        self.fields |= {fact.name: _field_for(fact) for fact in entry.facts}
        self.order_fields([*BY_NAME, "note", "seen"])

    @property
    def facts(self) -> list[forms.BoundField]:
        """The fields of the facts."""
        return [self[fact.name] for fact in self.entry.facts]

    @property
    def proposed(self) -> dict[str, Plain]:
        """What the entry should say otherwise, by fact."""
        now = self.entry.plain
        sent = {fact.name: as_plain(self.cleaned_data.get(fact.name)) for fact in self.entry.facts}
        return {name: value for name, value in sent.items() if value not in (None, "", now[name])}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        proposed = self.proposed
        if not proposed and not cleaned.get("note"):
            raise forms.ValidationError(gettext("Change what is not right, or say it in the note."))
        for name, sentences in self.entry.amended(proposed).errors().items():
            if name:  # what is wrong elsewhere in the record is not for a country to mend
                self.add_error(name, sentences)
        return cleaned


def _field_for(fact: Fact) -> forms.Field:
    """Return the form field for a fact: digits of any keyboard, texts in their own direction."""
    if isinstance(fact.field, models.DateField):
        return DateField(label=fact.label, required=False)
    if isinstance(fact.field, NameField):
        attrs = {"lang": fact.language, "dir": direction_of(fact.language), "rows": 2}
        return _TextField(
            label=fact.label,
            required=False,
            max_length=fact.field.max_length,
            validators=[validate_name],
            widget=forms.Textarea(attrs),
        )
    return IntegerField(label=fact.label, required=False, min_value=0)
