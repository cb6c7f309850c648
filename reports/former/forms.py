"""What is sent to read a former report, and to accept what was read."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reports.former.extraction import LARGEST_FILE, too_large

MOST_ROWS = 300


class ReadForm(forms.Form):
    """A former report and the language it is in."""

    file = forms.FileField(
        label=_("former report"),
        help_text=_(
            "A PDF, or a text in UTF-8: at most 20 MB and 300 pages. It is kept no longer than until it is read."
        ),
        max_length=200,
        allow_empty_file=True,
    )
    language = forms.ChoiceField(
        label=_("language of the report"), choices=[("ar", _("Arabic")), ("en", _("English"))]
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before anything of it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(too_large())
        return file


class AcceptForm(forms.Form):
    """Which rows somebody accepts: those ticked, or the one whose button was pressed."""

    version = forms.IntegerField(min_value=1)
    only = forms.RegexField(r"^[0-9]{1,3}(\.[0-9]{1,3})?$", required=False)

    def __init__(self, *args: Any, numbers: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            choices=[(number, number) for number in numbers], required=False
        )

    @property
    def accepted(self) -> list[str]:
        """The numbers of the rows."""
        only = self.cleaned_data["only"]
        return [only] if only else self.cleaned_data["chosen"]
