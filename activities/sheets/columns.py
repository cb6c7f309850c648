"""What a column of a spreadsheet is: its key, its heading in both languages, and the sort of value it holds."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import override

from bilingual.languages import field_in_language
from bilingual.search import fold
from bilingual.text import Bilingual

VERSION, ROW, REASONS = "version", "row", "reasons"


class Sort(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    RECORD = "record"  # the code of a record of another sheet or table, as `Column.table` names it
    CODES = "codes"  # several codes, as `bilingual.fields.CodesField` holds them, of the table `Column.table` names
    MARK = "mark"  # ours, for finding the row again


@dataclass(frozen=True, eq=False)
class Column:
    """One column, shared by template, export and import.

    ``path`` is how a query reads its value; ``attribute`` is where an instance has it; ``part`` names the related
    record that holds it, where that is not the row's own.
    """

    key: str
    path: str
    sort: Sort
    field: Any = None
    label: Any = None
    help: Any = ""
    table: str = ""
    part: str = ""
    is_given: bool = False  # the portal fills it in

    @property
    def attribute(self) -> str:
        """The name under which an instance has the value."""
        return self.field.name if self.field is not None else self.key

    @cached_property
    def heading(self) -> Bilingual:
        """What stands above the column, in both languages."""
        return Bilingual(ar=self._heading("ar"), en=self._heading("en"))

    def explanation(self, language: str) -> str:
        """What belongs into the column, in ``language``: the model's own help."""
        with override(language):
            return str(self.help or getattr(self.field, "help_text", "") or "")

    def choices(self) -> list[tuple[str, Any]]:
        """The values among which to choose, with their labels; none for a column that is free."""
        return [(str(value), label) for value, label in (getattr(self.field, "choices", None) or ()) if value]

    @cached_property
    def options(self) -> dict[str, str]:
        """What somebody may write for each choice: the stored word, or its label in either language."""
        said: dict[str, str] = {}
        for language in ("en", "ar"):
            with override(language):
                said |= {fold(str(label)): value for value, label in self.choices()}
        return said | {form: value for value, _label in self.choices() for form in (value, fold(value))}

    @property
    def may_be_empty(self) -> bool:
        """Whether an empty cell says something of its own."""
        if self.field is None or self.is_given:
            return True
        asked = getattr(self.field, "translated_field", self.field)
        return asked.null or (asked.blank and self.sort is not Sort.FLAG)

    def default(self) -> Any:
        """What a new row has where the cell is empty."""
        value = self.field.get_default() if self.field is not None and self.field.has_default() else None
        value = getattr(value, "value", value)
        return None if value == "" else value

    def _heading(self, language: str) -> str:
        with override(language):
            if self.label is not None:
                return str(capfirst(self.label))
            # A bilingual field is called after the language of its text; the model's own name stands without it.
            origin, own = getattr(self.field, "translated_field", None), getattr(self.field, "language", "")
            name = field_in_language(str(origin.verbose_name), own) if origin is not None else self.field.verbose_name
            return str(capfirst(name))
