"""What officers send to the desk. Each form of a row carries the version in which the row was read."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from bilingual.fields import ProseField
from bilingual.forms import DateField, IntegerField
from bilingual.languages import active_language, direction_of
from bilingual.text import Bilingual, normalise, validate_name
from reports.models import CoverageNote, Report, ReportItem, ReportSection
from roadmap.models import Meeting, Roadmap

PREVIEWS = [("ar", _("Arabic")), ("en", _("English")), ("both", _("side by side"))]
RENDERINGS = [("ar", _("Arabic")), ("en", _("English")), ("both", _("Arabic and English in one file"))]


_HEAD = (
    "as_of",
    "roadmaps",
    "document_code",
    "original_language",
    "period_start",
    "period_end",
    "period_reason",
)


class _Versioned(forms.ModelForm):
    """A form of a row that two officers may have open; ``compared`` are the fields shown when both saved."""

    version = IntegerField(min_value=1, widget=forms.HiddenInput)
    compared: tuple[str, ...] = ()
    shown_instead: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "version" in self.fields:
            self.fields["version"].initial = self.instance.version
        for name, field in self.fields.items():
            language = name[-2:] if name.endswith(("_ar", "_en")) else ""
            if language and not field.widget.is_hidden:
                field.widget.attrs |= {"lang": language, "dir": direction_of(language), "rows": 5}
                field.required = False
                field.help_text = ""  # said once for both languages

    @property
    def pair(self) -> list[forms.BoundField]:
        """The fields of both languages, that of the page first, as a reader comes to them."""
        first = active_language()
        both = [self[name] for name in self.fields if name.endswith(("_ar", "_en")) and not name.startswith("seen")]
        return sorted(both, key=lambda field: not field.name.endswith(first))

    def renew(self, current) -> None:
        """Carry on from the row as it is now: whoever sends the form again has seen it."""
        self.data = self.data.copy()
        self.data["version"] = str(current.version)

    def _update_errors(self, errors):
        """Show above the form what is refused about a field that the form does not show."""
        found = getattr(errors, "error_dict", {})
        shown = {*self.fields, NON_FIELD_ERRORS} - self.shown_instead.keys()
        for name in [name for name in found if name not in shown]:
            found.setdefault(self.shown_instead.get(name, NON_FIELD_ERRORS), []).extend(found.pop(name))
        super()._update_errors(errors)


class _RoadmapsField(forms.ModelMultipleChoiceField):
    """Roadmaps to tick. What is no roadmap never reaches the database, which refuses some numbers and characters."""

    def clean(self, value):
        known = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}
        for each in value or ():
            if str(each) not in known:
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": each})
        return super().clean(value)


class HeadForm(_Versioned):
    """What the report says of itself: as of which day, under which roadmaps, over which days."""

    as_of = DateField(label=_("as of"), help_text=_("Nothing in the report depends on today's date."))
    period_start = DateField(label=_("period from"), required=False)
    period_end = DateField(label=_("period to"), required=False)
    roadmaps = _RoadmapsField(
        Roadmap.objects.all(), label=_("roadmaps"), required=False, widget=forms.CheckboxSelectMultiple
    )
    compared = _HEAD
    shown_instead = {"meeting": "period_start"}

    class Meta:
        model = Report
        fields = _HEAD


class NewReportForm(HeadForm):
    """A report to a meeting that has none yet."""

    meeting = forms.ModelChoiceField(Meeting.objects.filter(report=None), widget=forms.HiddenInput)

    class Meta(HeadForm.Meta):
        fields = ("meeting", *_HEAD)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class SectionForm(_Versioned):
    """The text of a section in both languages, and whether somebody has checked one that was taken over."""

    is_checked = forms.BooleanField(label=_("I have checked this text for this report"), required=False)
    compared = ("text_ar", "text_en")

    class Meta:
        model = ReportSection
        fields = ("text_ar", "text_en")


class _Inclusion(_Versioned):
    """A button says whether a row is told; a form that comes back need not ask it again."""

    is_included = forms.BooleanField(label=_("included"), required=False, widget=forms.HiddenInput)


class SectionInclusionForm(_Inclusion):
    """Whether the report has the section."""

    compared = ("is_included",)

    class Meta:
        model = ReportSection
        fields = ("is_included",)


class ItemInclusionForm(_Inclusion):
    """Whether the report tells the activity, and why not."""

    compared = ("is_included", "reason_left_out")

    class Meta:
        model = ReportItem
        fields = ("is_included", "reason_left_out")

    def clean(self):
        """An activity that is told again keeps no reason for having been left out."""
        cleaned = super().clean()
        if cleaned.get("is_included"):
            cleaned["reason_left_out"] = ""
        return cleaned


class OverrideForm(_Versioned):
    """An officer's own paragraphs for an activity; ``seen`` tells on which facts they were written."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)
    compared = ("override_ar", "override_en")

    class Meta:
        model = ReportItem
        fields = ("override_ar", "override_en")


class CoverageForm(_Versioned):
    """Why there is no activity in an area. The note as it was read comes along in place of a version."""

    version = None
    seen_ar = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen_en = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    compared = ("reason_ar", "reason_en")

    class Meta:
        model = CoverageNote
        fields = ("reason_ar", "reason_en")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in ("ar", "en"):
            self.fields[f"seen_{language}"].initial = getattr(self.instance, f"reason_{language}") or ""

    @property
    def seen(self) -> Bilingual:
        """The note as it stood when the form was opened."""
        return Bilingual(*(normalise(self.cleaned_data[f"seen_{language}"]) for language in ("ar", "en")))

    def renew(self, current) -> None:
        self.data = self.data.copy()
        self.data |= {"seen_ar": current.reason_ar or "", "seen_en": current.reason_en or ""}


class MoveForm(forms.Form):
    """Where a row goes: one place up or down, or to a place counted from 0; ``version`` is that of the order."""

    version = IntegerField(min_value=1)
    to = forms.RegexField(r"^(up|down|[0-9]{1,5})$")


class WaiverForm(forms.Form):
    """Which finding is let pass, and why."""

    finding = forms.CharField(max_length=200, validators=[validate_name], widget=forms.HiddenInput)
    reason = ProseField(_("reason"), max_length=2000).formfield()


class RenderingForm(forms.Form):
    """In which language a draft is printed."""

    language = forms.ChoiceField(choices=RENDERINGS)


class PreviewForm(forms.Form):
    """In which language the report is shown."""

    language = forms.ChoiceField(choices=PREVIEWS)


class FactForm(forms.Form):
    """Which figure somebody wants to see the records of."""

    fact = forms.RegexField(r"^[\w.\-]{1,120}$", strip=True)
