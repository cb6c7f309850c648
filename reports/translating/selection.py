"""What somebody looks for at the translation desk, and what is shown of each record found."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.functional import Promise

from bilingual.languages import active_language, other_language
from bilingual.state_queries import Condition, with_texts_that_are
from bilingual.states import LANGUAGES, MISSING, Progress, TextState, states_of
from bilingual.text import Bilingual
from reports.models import Report
from reports.translating.kind import Kind
from roadmap.models import CooperationArea

EMPTY = "empty"


@dataclass(frozen=True)
class Selection:
    """Which records: of a kind, in an area, of a report, with these words, with a text in this state and language."""

    kind: Kind
    area: CooperationArea | None = None
    report: Report | None = None
    words: str = ""
    condition: Condition | None = Condition.OPEN
    language: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.language,) if self.language else LANGUAGES

    def records(self) -> QuerySet[Any]:
        """Return what is found, each record once."""
        found = self.kind.records()
        if self.area and self.kind.in_area:
            found = found.filter(self.kind.in_area(self.area.pk))
        if self.report and self.kind.in_report:
            inside = self.kind.model._default_manager.filter(self.kind.in_report(self.report))
            found = found.filter(pk__in=inside.values("pk"))
        if self.words and self.kind.matching:
            found = found.filter(self.kind.matching(self.words))
        if self.condition:
            found = with_texts_that_are(found, self.condition, self.kind.fields, self.languages)
        return found

    @property
    def query(self) -> str:
        """The query string that asks for this."""
        asked = {
            "kind": self.kind.code,
            "area": str(self.area.pk) if self.area else "",
            "report": self.report.code if self.report else "",
            "q": self.words,
            "state": self.condition or "all",
            "language": self.language,
        }
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class TextLine:
    """One text of a record in one language: what it is called, and its state as `TextState` or `EMPTY`."""

    field: str
    label: str
    language: str
    state: TextState
    is_empty: bool

    @property
    def says(self) -> str:
        """Which state is told: the one that asks for something first."""
        if self.is_empty:
            return EMPTY
        return "stale" if self.state.is_stale else self.state.progress

    @property
    def label_of_state(self) -> Promise | str:
        return STATES[self.says]

    @property
    def is_open(self) -> bool:
        """Whether something is to be done."""
        return self.says in (MISSING, "stale", Progress.DRAFT)


@dataclass(frozen=True)
class Row:
    """A record in the list."""

    kind: Kind
    record: Any
    lines: tuple[TextLine, ...]

    @property
    def key(self) -> str:
        return self.kind.key(self.record)

    @property
    def name(self) -> Bilingual:
        return self.kind.name(self.record)

    @property
    def columns(self) -> list[tuple[str, list[TextLine], int]]:
        """For each language, that of the page first: what is open in it, and how many texts need nothing."""
        first = active_language()
        columns = []
        for language in (first, other_language(first)):
            lines = [line for line in self.lines if line.language == language]
            done = sum(line.says == Progress.REVIEWED for line in lines)
            columns.append((language, [line for line in lines if line.is_open], done))
        return columns


def rows_of(kind: Kind, records: list[Any]) -> list[Row]:
    """Return ``records`` with the states of their texts: one query more, however many there are."""
    states = states_of(records)
    return [Row(kind, record, lines_of(kind, record, states[record])) for record in records]


def lines_of(kind: Kind, record: Any, states: dict[tuple[str, str], TextState]) -> tuple[TextLine, ...]:
    """Return each text of ``record`` in each language."""
    return tuple(
        TextLine(field, kind.label_of(field), language, states[field, language], not Bilingual.of(record, field))
        for field in kind.fields
        for language in LANGUAGES
    )


STATES: dict[str, Promise | str] = {**{condition.value: condition.label for condition in Condition}, EMPTY: "–"}
