"""What is sent to the translation desk: which records are asked for, the texts of one, and workbooks."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms import PageForm, SearchForm
from bilingual.admin import OneLine
from bilingual.fields import ProseField
from bilingual.languages import active_language, direction_of, field_in_language, other_language
from bilingual.state_queries import Condition
from bilingual.states import LANGUAGES, Progress, TextState, text_hash
from bilingual.text import Bilingual, normalise
from bilingual.translating import NewText, hashes_of
from reports.models import Report
from reports.translating.kind import Kind
from reports.translating.selection import Selection, TextLine, lines_of
from roadmap.models import CooperationArea, Meeting

LANGUAGE_CHOICES = [("ar", _("Arabic")), ("en", _("English"))]
_HASH = r"^(?:[0-9a-f]{64})?$"


class ReportField(forms.ModelChoiceField):
    """A report, by its code."""

    def to_python(self, value: Any) -> Report | None:
        """Return the report, or ``None`` for nothing. Raises ``ValidationError`` for a code that none has."""
        if value in self.empty_values or isinstance(value, Report):
            return value or None
        try:
            return self.queryset.get(meeting=Meeting.objects.by_code(value))
        except (Meeting.DoesNotExist, Report.DoesNotExist):
            raise forms.ValidationError(self.error_messages["invalid_choice"]) from None

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Report) else value


class _CodedChoices(forms.models.ModelChoiceIterator):
    def choice(self, obj: Any) -> tuple[Any, str]:
        return obj.code, self.field.label_from_instance(obj)


ReportField.iterator = _CodedChoices


class SelectionForm(SearchForm, PageForm):
    """The address of the list: what cannot be read is left out and named."""

    kind = forms.ChoiceField(label=_("Records"))
    language = forms.ChoiceField(
        label=_("Language of the text"), required=False, choices=[("", _("either")), *LANGUAGE_CHOICES]
    )
    state = forms.ChoiceField(
        label=_("State of the text"), required=False, choices=[*Condition.choices, ("all", _("any state"))]
    )
    area = forms.ModelChoiceField(
        CooperationArea.objects.select_related("roadmap").order_by("-roadmap__valid_from", "number"),
        label=_("Cooperation area"),
        required=False,
        empty_label=_("all areas"),
    )
    report = ReportField(
        Report.objects.select_related("meeting").order_by("-as_of"),
        label=_("Report"),
        required=False,
        empty_label=_("all records"),
    )

    def __init__(self, data: Any, kinds: list[Kind]):
        super().__init__(data)
        self.kinds = kinds
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds]
        self.fields["kind"].required = False

    def selection(self) -> Selection:
        """Return what was asked for; the first kind, and anything there is to do, where nothing was said."""
        self.is_valid()
        said = self.cleaned_data
        kind = next((kind for kind in self.kinds if kind.code == said.get("kind")), self.kinds[0])
        state = said.get("state") or Condition.OPEN
        return Selection(
            kind,
            said.get("area"),
            said.get("report"),
            said.get("q") or "",
            None if state == "all" else Condition(state),
            said.get("language") or "",
        )


@dataclass(frozen=True)
class Cell:
    """A text of the form: its input, what was seen, its state, and the box that says that it was read."""

    line: TextLine
    input: forms.BoundField
    seen: forms.BoundField
    reviewed: forms.BoundField | None


@dataclass(frozen=True)
class Pair:
    """A text in both languages, that of the page first."""

    field: str
    label: str
    cells: list[Cell]

    @property
    def is_not_begun(self) -> bool:
        """Whether nothing is written in either language."""
        return all(cell.line.is_empty for cell in self.cells)


class TextsForm(forms.Form):
    """All texts of a record in both languages; each carries the hash of what its editor was shown."""

    def __init__(self, kind: Kind, record: Any, states: dict[tuple[str, str], TextState], data: Any = None):
        super().__init__(data)
        self.kind, self.record = kind, record
        self.lines = {(line.field, line.language): line for line in lines_of(kind, record, states)}
        for field in kind.fields:
            for language in LANGUAGES:
                self._add(field, language)

    def _add(self, field: str, language: str) -> None:
        column = f"{field}_{language}"
        model_field = self.record._meta.get_field(column)
        original = self.kind.model._meta.get_field(field)
        is_prose = isinstance(original, ProseField)
        attributes = {"rows": 4 if is_prose else 1, "lang": language, "dir": direction_of(language)}
        widget = forms.Textarea if is_prose else OneLine
        made = model_field.formfield(widget=widget(attrs=attributes))
        made.required = not original.blank and bool(getattr(self.record, column))
        made.label = field_in_language(self.kind.label_of(field), language)
        made.help_text = ""
        made.initial = getattr(self.record, column) or ""
        self.fields[column] = made
        self.fields[f"seen-{column}"] = forms.RegexField(
            _HASH, required=False, widget=forms.HiddenInput, initial=text_hash(getattr(self.record, column))
        )
        if self._asks_for_review(field, language):
            self.fields[f"reviewed-{column}"] = forms.BooleanField(
                required=False, label=_("I have reviewed this text")
            )

    def _asks_for_review(self, field: str, language: str) -> bool:
        return self.lines[field, language].says in (Progress.DRAFT, "stale")

    def pairs(self) -> list[Pair]:
        """Return the texts as the page shows them."""
        first = active_language()
        order = (first, other_language(first))
        return [
            Pair(field, self.kind.label_of(field), [self._cell(field, language) for language in order])
            for field in self.kind.fields
        ]

    def _cell(self, field: str, language: str) -> Cell:
        column = f"{field}_{language}"
        reviewed = f"reviewed-{column}"
        return Cell(
            self.lines[field, language],
            self[column],
            self[f"seen-{column}"],
            self[reviewed] if reviewed in self.fields else None,
        )

    def clean(self) -> dict[str, Any]:
        """Texts are compared in the form in which they are stored."""
        cleaned = super().clean() or self.cleaned_data
        columns = {f"{field}_{language}" for field, language in self.lines}
        return {name: normalise(value or "") if name in columns else value for name, value in cleaned.items()}

    def new_texts(self) -> list[NewText]:
        """Return what was changed or read, of what the form said: a text left as it was shown is not sent again."""
        return [
            self._new_text(field, language)
            for field in self.kind.fields
            for language in LANGUAGES
            if self._is_changed(field, language)
        ]

    def _new_text(self, field: str, language: str) -> NewText:
        column = f"{field}_{language}"
        return NewText(
            field,
            language,
            self.cleaned_data[column],
            replaces=self.cleaned_data[f"seen-{column}"],
            made_from=self.cleaned_data[f"seen-{field}_{other_language(language)}"],
            progress=Progress.REVIEWED if self.cleaned_data.get(f"reviewed-{column}") else None,
        )

    def _is_changed(self, field: str, language: str) -> bool:
        column = f"{field}_{language}"
        return text_hash(self.cleaned_data[column]) != self.cleaned_data[f"seen-{column}"]

    def reviewed(self) -> list[tuple[str, str]]:
        """Return the texts that somebody says to have read."""
        return [
            (field, language)
            for field in self.kind.fields
            for language in LANGUAGES
            if self.cleaned_data.get(f"reviewed-{field}_{language}")
        ]

    def saw_pair(self, field: str, record: Any) -> bool:
        """Whether both languages of ``field`` are what whoever read them was shown, or has written."""
        now = hashes_of(record, field)
        return all(
            now[language]
            in (self.cleaned_data[f"seen-{field}_{language}"], text_hash(self.cleaned_data[f"{field}_{language}"]))
            for language in LANGUAGES
        )

    def renew(self, record: Any) -> None:
        """Carry on from the texts as they are now: whoever sends the form again has seen them."""
        self.data = self.data.copy()
        for field in self.kind.fields:
            texts = Bilingual.of(record, field)
            for language in LANGUAGES:
                column = f"{field}_{language}"
                if not self._is_changed(field, language):
                    self.data[column] = texts.in_(language)
                self.data[f"seen-{column}"] = text_hash(texts.in_(language))


class LanguageForm(forms.Form):
    """Into which language a workbook is to be translated."""

    to = forms.ChoiceField(choices=LANGUAGE_CHOICES)


class WorkbookForm(forms.Form):
    """A translator's workbook on its way in."""

    workbook = forms.FileField(label=_("Workbook"), allow_empty_file=True)


class ConfirmationForm(forms.Form):
    """Which workbook is confirmed, and as which plan it was shown; conflicts decided for it come along as ``take``."""

    workbook = forms.RegexField(r"^[0-9a-f]{64}$")
    plan = forms.RegexField(r"^[0-9a-f]{64}$")
