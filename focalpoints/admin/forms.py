"""What staff send when they ask countries, and when they decide on a correction."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bilingual.forms import DateField
from bilingual.text import normalise, validate_prose
from focalpoints.asking import Candidate, latest_request
from focalpoints.forms import DIGEST_LENGTH
from focalpoints.models import Answer
from roadmap.models import Meeting, PeriodUnknownError

OPEN_FOR = 30
OPEN_AT_MOST = 180


class AskForm(forms.Form):
    """For the period of which meeting, and until when."""

    meeting = forms.TypedChoiceField(
        label=_("meeting"), coerce=int, help_text=_("The entries of the period that it closes are asked about.")
    )
    open_until = DateField(label=_("open until"), help_text=_("The last day on which the link opens."))

    def __init__(self, day: date, data: Any = None):
        super().__init__(data, initial={"open_until": day + timedelta(days=OPEN_FOR)})
        self.day = day
        self.meetings = {meeting.pk: meeting for meeting in Meeting.objects.filter(end__isnull=False)}
        self.fields["meeting"].choices = [(pk, str(meeting)) for pk, meeting in self.meetings.items()]  # type: ignore[attr-defined]

    def clean_meeting(self) -> Meeting:
        """Return the meeting, whose period has to be known."""
        meeting = self.meetings[self.cleaned_data["meeting"]]
        try:
            meeting.period()
        except PeriodUnknownError as error:
            raise ValidationError(str(error)) from error
        return meeting

    def clean_open_until(self) -> date:
        day: date = self.cleaned_data["open_until"]
        if not self.day <= day <= self.day + timedelta(days=OPEN_AT_MOST):
            raise ValidationError(
                _("Choose a day from today on, %(days)s days ahead at most."), params={"days": OPEN_AT_MOST}
            )
        return day


class WhomForm(forms.Form):
    """Which focal points are asked: of those that can be.

    ``known`` is the latest request there was when the page was shown: nobody is asked twice by a second click.
    """

    known = forms.IntegerField(min_value=0, max_value=2**62, required=False, widget=forms.HiddenInput)
    points = forms.MultipleChoiceField(label=_("national focal points"))

    def __init__(self, found: list[Candidate], data: Any = None):
        super().__init__(data, initial={"known": latest_request()})
        self.points = {str(each.focal_point.pk): each.focal_point for each in found if each.can_be_asked}
        self.fields["points"].choices = [(pk, str(point)) for pk, point in self.points.items()]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Accept or refuse a correction. ``seen`` is what the entry said when the editor looked."""

    seen = forms.CharField(max_length=DIGEST_LENGTH, widget=forms.HiddenInput)
    overwrite = forms.BooleanField(
        label=_("Replace what was entered since the country answered"),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason of a refusal"),
        required=False,
        max_length=Answer._meta.get_field("reason").max_length or 1000,
        validators=[validate_prose],
        widget=forms.Textarea({"rows": 3, "dir": "auto", "class": "vLargeTextField"}),
        help_text=_("The country reads it."),
    )

    def clean_reason(self) -> str:
        return normalise(self.cleaned_data["reason"])
