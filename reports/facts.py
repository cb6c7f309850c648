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
    """A numbered cooperation area of a roadmap, with what was done in it."""

    roadmap: str
    number: int
    title: Bilingual
    tally: Tally


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
    parts: tuple["ActivityFacts", ...] = ()

    def stated(self) -> dict[str, Value]:
        """Return every number and date of the activity and its parts that a report may state, by id."""
        counts = self.participation
        known: dict[str, Value | None] = {
            "number": self.number,
            "dates": f"{self.start.isoformat()}/{self.end.isoformat()}" if self.start and self.end else None,
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

    def stated(self) -> dict[str, Value]:
        """Return every number and date that the report may state, by id: counts as numbers, dates as ISO text."""
        values: dict[str, Value] = {
            "report.period": f"{self.start.isoformat()}/{self.end.isoformat()}",
            "report.as_of": self.as_of.isoformat(),
            "report.partners": self.figures.partner_institutions,
            "report.providing_countries": self.figures.providing_countries,
        }
        for name, meeting in (("meeting", self.meeting), ("before", self.session_before)):
            values[f"report.{name}.number"] = meeting.number
            values[f"report.{name}.dates"] = f"{meeting.start.isoformat()}/{meeting.end.isoformat()}"
        values |= tally_values("report", self.figures.tally)
        for area in self.areas:
            values[f"area.{area.roadmap}.{area.number}.number"] = area.number
            values |= tally_values(f"area.{area.roadmap}.{area.number}", area.tally)
        values |= tally_values("area.none", self.without_area)
        for row in self.kinds:
            values |= tally_values(f"kind.{row.kind.code}", row.tally)
        for item in self.items:
            values |= item.stated()
        return values

    def text_of(self, kind: str) -> Bilingual:
        """Return what was written under the section of that kind; empty where the report has none."""
        return next((section.text for section in self.sections if section.kind == kind), Bilingual())

    def to_json(self) -> str:
        """Return the facts as canonical JSON: equal facts, equal text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "ReportFacts":
        """Return the facts that `to_json` wrote. Raises ``ValueError`` or ``TypeError`` for anything else."""
        return _read(cls, json.loads(text))


def tally_values(prefix: str, tally: Tally) -> dict[str, Value]:
    """Return the known figures of ``tally`` by id."""
    return {f"{prefix}.{name}": value for name, value in asdict(tally).items() if value is not None}


def _read(kind: Any, value: Any) -> Any:
    """Build a value of the annotated ``kind`` from what JSON holds."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return None if value is None else _read(_branch(typing.get_args(kind), value), value)
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{field.name: _read(hints[field.name], value[field.name]) for field in fields(kind)})
    return date.fromisoformat(value) if kind is date else value


def _branch(kinds: tuple[Any, ...], value: Any) -> Any:
    """Choose the one of several kinds that ``value`` can be: for a mapping, the one with its keys."""
    present = [kind for kind in kinds if kind is not types.NoneType]
    if isinstance(value, dict):
        return next(kind for kind in present if {field.name for field in fields(kind)} == set(value))
    return present[0]
