"""What a report states, as frozen values in both languages: equal input gives equal facts.

Nothing here knows of databases, HTML or requests. Every number and date that a report may print has an id, made of the
activity's code and never of its position; `ReportFacts.stated` lists them all with their values, which is what both
language versions are checked against.
"""

from dataclasses import asdict, dataclass
from datetime import date

from activities.figures import Figures, Tally
from bilingual.text import Bilingual
from reports import canonical
from reports.fact_rows import (
    NO_LISTS,
    UNWRITTEN,
    AbbreviationFacts,
    ActivityFacts,
    AreaFacts,
    AttendanceFacts,
    BeforeFacts,
    CountryFacts,
    KindFacts,
    KindRow,
    MeetingFacts,
    MonthRow,
    ParticipationFacts,
    PartnerFacts,
    PartnersByRole,
    ProgrammeFacts,
    PromiseFacts,
    RoadmapFacts,
    Value,
)

__all__ = [
    "COUNTING",
    "UNWRITTEN",
    "AbbreviationFacts",
    "ActivityFacts",
    "AreaFacts",
    "AttendanceFacts",
    "BeforeFacts",
    "CountryFacts",
    "Imprint",
    "KindFacts",
    "KindRow",
    "MeetingFacts",
    "MonthRow",
    "ParticipationFacts",
    "PartnerFacts",
    "PartnersByRole",
    "ProgrammeFacts",
    "PromiseFacts",
    "ReportFacts",
    "RoadmapFacts",
    "SectionFacts",
    "Value",
    "tally_values",
]

# How figures are counted. Raise it when the rules of `activities.figures` change: only reports that count the same way
# are compared.
COUNTING = 2


@dataclass(frozen=True)
class SectionFacts:
    """A section in its place: its kind (`reports.models.SectionKind`) and, of a written one, its text."""

    kind: str
    text: Bilingual = UNWRITTEN


@dataclass(frozen=True)
class Imprint:
    """What an issued report says of itself: which edition it is, since when, and where its copies are verified.

    ``address`` is that of the verification page; ``changes`` says what differs from the edition it ``corrects``.
    """

    number: int
    code: str
    issued_on: date
    address: str
    corrects: int | None = None
    changes: tuple[Bilingual, ...] = ()

    def stated(self) -> dict[str, Value]:
        """Return the numbers and dates of the imprint by id, as `ReportFacts.stated` does those of the report."""
        values: dict[str, Value] = {"imprint.number": self.number, "imprint.as_of": self.issued_on.isoformat()}
        return values | ({} if self.corrects is None else {"imprint.corrects": self.corrects})


@dataclass(frozen=True)
class ReportFacts:
    """Everything one report states. ``as_of`` alone decides the tense of the meeting and of what is planned."""

    code: str
    document_code: str
    original_language: str
    as_of: date
    meeting: MeetingFacts
    session_before: MeetingFacts
    start: date
    end: date
    programme: ProgrammeFacts
    roadmaps: tuple[RoadmapFacts, ...]
    sections: tuple[SectionFacts, ...]
    items: tuple[ActivityFacts, ...]
    figures: Figures
    areas: tuple[AreaFacts, ...]
    without_area: Tally
    kinds: tuple[KindRow, ...]
    abbreviations: tuple[AbbreviationFacts, ...]
    months: tuple[MonthRow, ...] = ()
    attendance: AttendanceFacts = NO_LISTS
    promises: tuple[PromiseFacts, ...] = ()
    before: BeforeFacts | None = None
    counting: int = 1

    def stated(self) -> dict[str, Value]:
        """Return every number and date that the report may state, by id: counts as numbers, dates as ISO text."""
        values: dict[str, Value] = {
            "report.period": f"{self.start.isoformat()}/{self.end.isoformat()}",
            "report.as_of": self.as_of.isoformat(),
        }
        for name, meeting in (("meeting", self.meeting), ("before", self.session_before)):
            values[f"report.{name}.number"] = meeting.number
            values[f"report.{name}.dates"] = f"{meeting.start.isoformat()}/{meeting.end.isoformat()}"
        values |= _figure_values("report", self.figures)
        for area in self.areas:
            values[f"area.{area.roadmap}.{area.number}.number"] = area.number
            values |= tally_values(f"area.{area.roadmap}.{area.number}", area.tally)
        values |= tally_values("area.none", self.without_area)
        for row in self.kinds:
            values |= tally_values(f"kind.{row.kind.code}", row.tally)
        for item in self.items:
            values |= item.stated()
        return values | self._looking_back()

    def _looking_back(self) -> dict[str, Value]:
        """The facts of months and countries, of what was announced, and of the report before."""
        values: dict[str, Value] = {}
        for row in self.months:
            if row.month[:1].isdigit():
                values[f"month.{row.month}.month"] = row.month
            values |= tally_values(f"month.{row.month}", row.tally)
        if self.attendance.listed:
            values["report.listed"] = self.attendance.listed
            took_part = [row for row in self.attendance.countries if row.activities]
            values |= {f"country.{row.code}.activities": row.activities for row in took_part}
        if self.promises:
            values["report.promised"] = len(self.promises)
            values["report.kept"] = sum(promise.outcome == "held" for promise in self.promises)
        for promise in self.promises:
            values |= promise.stated()
        if self.before:
            values["before.number"] = self.before.session
            values |= _figure_values("before", self.before.figures)
        return values

    @property
    def is_comparable(self) -> bool:
        """Whether the report before counted the same way, so that its figures may stand beside these."""
        return bool(self.before and self.before.counting == self.counting and self.meeting.kind == "session")

    def text_of(self, kind: str) -> Bilingual:
        """Return what was written under the section of that kind; empty where the report has none."""
        return next((section.text for section in self.sections if section.kind == kind), Bilingual())

    def to_json(self) -> str:
        """Return the facts as canonical JSON: equal facts, equal text."""
        return canonical.written(self)

    @classmethod
    def from_json(cls, text: str) -> "ReportFacts":
        """Return the facts that `to_json` wrote, now or when some fields did not exist yet: those take their defaults.

        Raises ``ValueError`` or ``TypeError`` for anything else.
        """
        facts: ReportFacts = canonical.read(cls, text)
        return facts


def tally_values(prefix: str, tally: Tally) -> dict[str, Value]:
    """Return the known figures of ``tally`` by id."""
    return {f"{prefix}.{name}": value for name, value in asdict(tally).items() if value is not None}


def _figure_values(prefix: str, figures: Figures) -> dict[str, Value]:
    known = {
        "partners": figures.partner_institutions,
        "providing_countries": figures.providing_countries,
        "member_countries": figures.member_countries,
    }
    values: dict[str, Value] = {f"{prefix}.{name}": value for name, value in known.items() if value is not None}
    return values | tally_values(prefix, figures.tally)
