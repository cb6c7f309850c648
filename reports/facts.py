"""What a report states, as frozen values in both languages: equal input gives equal facts.

Nothing here knows of databases, HTML or requests. Every number and date that a report may print has an id, made of the
activity's code and never of its position; `ReportFacts.stated` lists them all with their values, which is what both
language versions are checked against.
"""

import json
import types
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from activities.figures import Figures, Tally
from bilingual.grammar import Compound, Noun
from bilingual.text import Bilingual

Value = int | str
UNWRITTEN = Bilingual()

# How figures are counted. Raise it when the rules of `activities.figures` change: only reports that count the same way
# are compared.
COUNTING = 1


@dataclass(frozen=True)
class PartnerFacts:
    """A body in a role: its name as it was then, and the post of whoever acted for it."""

    name: Bilingual
    post: Bilingual
    is_organ: bool
    is_described: bool
    takes_the: bool


@dataclass(frozen=True)
class RoadmapFacts:
    """A roadmap as it is named in full and in short."""

    code: str
    title: Bilingual
    short_title: Bilingual


@dataclass(frozen=True)
class AreaFacts:
    """A numbered cooperation area of a roadmap, with what was done in it or the reason why nothing was."""

    roadmap: str
    number: int
    title: Bilingual
    tally: Tally
    reason: Bilingual = UNWRITTEN


@dataclass(frozen=True)
class KindFacts:
    """A kind of activity: its name, its forms, and how a heading joins it to a title."""

    code: str
    name: Bilingual
    noun: Noun
    connector: str
    implied_mode: str


@dataclass(frozen=True)
class KindRow:
    """A kind with what was done of it."""

    kind: KindFacts
    tally: Tally


@dataclass(frozen=True)
class MonthRow:
    """A month of the period, such as ``2024-03``, with what ended in it.

    What is told and ends outside the period is under ``earlier`` or ``later``.
    """

    month: str
    tally: Tally


@dataclass(frozen=True)
class CountryFacts:
    """A member country and in how many of the listed activities it took part."""

    code: str
    name: Bilingual
    activities: int


@dataclass(frozen=True)
class AttendanceFacts:
    """Which countries took part, as far as lists tell: ``listed`` of ``held`` activities have one.

    ``countries`` are all the members on the last day of the period, in the order of their codes.
    """

    held: int = 0
    listed: int = 0
    countries: tuple[CountryFacts, ...] = ()


@dataclass(frozen=True)
class PartnersByRole:
    """The partners of an activity, each role in the order in which it is told."""

    organisers: tuple[PartnerFacts, ...] = ()
    co_organisers: tuple[PartnerFacts, ...] = ()
    providers: tuple[PartnerFacts, ...] = ()
    hosts: tuple[PartnerFacts, ...] = ()
    funders: tuple[PartnerFacts, ...] = ()
    implementers: tuple[PartnerFacts, ...] = ()
    facilitators: tuple[PartnerFacts, ...] = ()


@dataclass(frozen=True)
class ParticipationFacts:
    """Who took part and how many. A figure is ``None`` when nobody has reported it."""

    people: Noun | Compound
    headcount: int | None
    headcount_standing: str
    women: int | None
    countries: int | None
    countries_standing: str


@dataclass(frozen=True)
class ActivityFacts:
    """One activity or project, as the report tells it.

    ``number`` is its place in the report, such as ``10.2``. A project has ``parts``, and neither dates nor status.
    ``override`` is what an officer wrote in place of the generated paragraphs; ``group`` is A, B or nothing.
    """

    code: str
    number: str
    kind: KindFacts
    title: Bilingual
    status: str
    status_reason: Bilingual
    mode: str
    venue: Bilingual
    start: date | None
    end: date | None
    year: int | None
    roadmap: RoadmapFacts | None
    area: int | None
    funding_call: int | None
    partners: PartnersByRole
    participation: ParticipationFacts | None
    audience: Bilingual
    objective: Bilingual
    topics: Bilingual
    override: Bilingual = UNWRITTEN
    group: str = ""
    parts: tuple["ActivityFacts", ...] = ()

    def stated(self) -> dict[str, Value]:
        """Return every number and date of the activity and its parts that a report may state, by id."""
        counts = self.participation
        known: dict[str, Value | None] = {
            "number": self.number,
            "dates": _days(self.start, self.end) or None,
            "year": self.year,
            "area": self.area,
            "call": self.funding_call,
            "parts": len(self.parts) or None,
            "headcount": counts.headcount if counts else None,
            "women": counts.women if counts else None,
            "countries": counts.countries if counts else None,
        }
        values: dict[str, Value] = {f"{self.code}.{name}": value for name, value in known.items() if value is not None}
        for part in self.parts:
            values |= part.stated()
        return values


@dataclass(frozen=True)
class PromiseFacts:
    """An activity that the last session's report announced, and what became of it.

    ``outcome`` is a status of the activity, or ``moved`` when it is planned for other days, or ``unrecorded`` when
    its days are over and nobody said. ``start`` and ``end`` are its days now.
    """

    code: str
    kind: KindFacts
    title: Bilingual
    announced_start: date | None
    announced_end: date | None
    outcome: str
    start: date | None
    end: date | None
    reason: Bilingual = UNWRITTEN

    def stated(self) -> dict[str, Value]:
        """Return the days that were announced and those of today, by id."""
        announced, now = _days(self.announced_start, self.announced_end), _days(self.start, self.end)
        known = {"announced": announced, "dates": now}
        return {f"promise.{self.code}.{name}": days for name, days in known.items() if days}


@dataclass(frozen=True)
class BeforeFacts:
    """The last edition of the report to the session before: what this report is compared with."""

    code: str
    session: int
    edition: int
    counting: int
    figures: Figures


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting: what it is, when and where."""

    code: str
    kind: str
    number: int
    start: date
    end: date
    is_online: bool
    place: Bilingual


@dataclass(frozen=True)
class ProgrammeFacts:
    """The programme, its executing organ, and the texts every report opens with."""

    name: Bilingual
    acronym: str
    organ_name: Bilingual
    organ_short_name: Bilingual
    address: Bilingual
    history: Bilingual
    mandate: Bilingual


@dataclass(frozen=True)
class AbbreviationFacts:
    """A short form that occurs in the report, and what it stands for."""

    short: str
    meaning: Bilingual


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
    attendance: AttendanceFacts = AttendanceFacts()
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
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "ReportFacts":
        """Return the facts that `to_json` wrote, now or when some fields did not exist yet: those take their defaults.

        Raises ``ValueError`` or ``TypeError`` for anything else.
        """
        return _read(cls, json.loads(text))


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


def _days(start: date | None, end: date | None) -> str:
    return f"{start.isoformat()}/{end.isoformat()}" if start and end else ""


def _read(kind: Any, value: Any) -> Any:
    """Build a value of the annotated ``kind`` from what JSON holds."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return None if value is None else _read(_branch(typing.get_args(kind), value), value)
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        present = [field.name for field in fields(kind) if field.name in value]
        return kind(**{name: _read(hints[name], value[name]) for name in present})
    return date.fromisoformat(value) if kind is date else value


def _branch(kinds: tuple[Any, ...], value: Any) -> Any:
    """Choose the one of several kinds that ``value`` can be: for a mapping, one that has all its keys."""
    present = [kind for kind in kinds if kind is not types.NoneType]
    if isinstance(value, dict):
        present = [kind for kind in present if set(value) <= {field.name for field in fields(kind)}]
    if not present:
        raise ValueError(f"these are no facts of a report: {value}")
    return present[0]
