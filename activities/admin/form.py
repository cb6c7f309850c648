"""The form of an activity: its own fields, its countries, the version in which it was read, how far its texts are."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from activities.admin.choices import Choices
from activities.admin.countries import CountriesField, Counts, counts_of
from activities.admin.entered import as_entered
from activities.admin.merging.seen import LONGEST
from activities.findings import blocking_of
from activities.models import Activity, PublicationState
from bilingual.admin_rows import KnownAutocomplete
from bilingual.forms import IntegerField
from bilingual.history import REASON_LENGTH, reason_of
from bilingual.states import MISSING, TextState, states_of

PUBLISH = "activities.publish_activity"


class TextField(forms.BoundField):
    """A field whose label tells how far its text has come: missing, stale, a draft, reviewed."""

    def label_tag(
        self, contents: Any = None, attrs: Any = None, label_suffix: Any = None, tag: Any = None
    ) -> SafeString:
        """Return the label, and beside it the mark of the text."""
        mark = self.form.mark_of(self.name)
        if not mark:
            return super().label_tag(contents, attrs, label_suffix, tag)
        marked = format_html("{}{}{}", contents or self.label, self.form.label_suffix, mark)
        return super().label_tag(marked, attrs, "", tag)


class ActivityForm(forms.ModelForm):
    """An activity as staff enter it. Given the formsets of its rows (``rows``), publishing looks at those too."""

    version = IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    countries = CountriesField(
        label=_("participating countries"),
        help_text=_("Tick each country that took part; the number of people beside it may stay empty."),
    )
    publish_reason = forms.CharField(
        label=_("reason for publishing nevertheless"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.TextInput({"class": "vTextField", "dir": "auto"}),
        help_text=_("Only for what may pass for a reason: it is kept in the history."),
    )

    bound_field_class = TextField
    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state_before = self.instance.state if self.instance.pk else PublicationState.DRAFT
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0
        self.fields["countries"].present = self.counts_before
        self.fields["countries"].initial = self.counts_before
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownAutocomplete):
                widget.known = self.instance._state.fields_cache.get(name)

    @property
    def counts_before(self) -> Counts:
        """The countries that the activity has in the database."""
        if not hasattr(self, "_counts_before"):
            self._counts_before = counts_of(self.instance) if self.instance.pk else {}
        return self._counts_before

    @property
    def changed_data(self) -> list[str]:
        """What differs from the record; what the form carries for itself is nothing of it."""
        return [name for name in super().changed_data if name not in ("version", "seen", "publish_reason")]

    def mark_of(self, name: str) -> SafeString:
        """Return the mark of a text; nothing for other fields, new records, and what neither language says."""
        field, _, language = name.rpartition("_")
        state = self._states.get((field, language))
        if state is None or not (getattr(self.instance, f"{field}_ar") or getattr(self.instance, f"{field}_en")):
            return SafeString()
        kind, words = _described(state)
        return format_html(' <span class="text-state text-{}">{}</span>', kind, words)

    @property
    def _states(self) -> dict[tuple[str, str], TextState]:
        if not hasattr(self, "_known_states"):
            self._known_states = states_of([self.instance])[self.instance] if self.instance.pk else {}
        return self._known_states

    def _post_clean(self) -> None:
        super()._post_clean()
        is_published = self.instance.state == PublicationState.PUBLISHED
        if is_published and self.state_before != PublicationState.PUBLISHED and not self.errors:
            self._check_before_publication(timezone.localdate())

    def _check_before_publication(self, day: date) -> None:
        """Refuse what the report would refuse, each at its field; for a reason, what may pass for one."""
        rows = getattr(self.instance, "rows_entered", ())
        if not all(formset.is_valid() for formset in rows):
            return
        activity = as_entered(self.instance, rows, self.cleaned_data.get("countries"))
        reason = self.cleaned_data.get("publish_reason")
        standing = blocking_of(activity, day)
        if standing and all(found.is_waivable for found in standing):
            if reason:
                self.instance._change_reason = reason_of("waived", reason)
                return
            self.add_error(
                "publish_reason", gettext("This may be published for a reason: mend what is named, or say why.")
            )
        for found in standing:
            form = self if isinstance(found.target, Activity) else getattr(found.target, "entered_in", None)
            field = found.field if form and found.field in form.fields else None
            (form or self).add_error(field, ValidationError(str(found.message), code=found.code))


def _described(state: TextState) -> tuple[str, str]:
    """The mark of a text: its class, and its word."""
    if state.progress == MISSING:
        return "missing", pgettext("state of a text", "missing")
    if state.is_stale:
        return "stale", pgettext("state of a text", "the other language changed after it")
    if state.progress == "draft":
        return "draft", pgettext("state of a text", "draft")
    return "reviewed", pgettext("state of a text", "reviewed")


def fill_choices(form: type[forms.BaseForm], choices: Choices) -> None:
    """Let the fields of a form class offer what was read at once."""
    for name, rows in (("kind", "kinds"), ("roadmap", "roadmaps"), ("area", "areas"), ("profile", "profiles")):
        if name in form.base_fields:
            choices.fill(form.base_fields[name], rows)
    if "countries" in form.base_fields:
        form.base_fields["countries"].widget.countries = choices.countries
