"""What the facts of a report are made of: activities and who took part, areas, months, countries, meetings.

Frozen values in both languages, without databases or HTML. `reports.facts` puts them together.
"""

from dataclasses import dataclass, replace
from datetime import date

from activities.figures import Figures, Tally
from activities.models import ActivityStatus
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

    What is told and ends outside the period is under ``earlier`` or ``later``, what has no days under ``none``.
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


NO_LISTS = AttendanceFacts()


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

    @property
    def is_project(self) -> bool:
        """Whether it is a container of others."""
        return bool(self.parts) or not self.status

    @property
    def turnout(self) -> ParticipationFacts | None:
        """Who took part, or is expected to: nobody in what was postponed or cancelled, whatever its record holds."""
        is_off = self.status in (ActivityStatus.POSTPONED, ActivityStatus.CANCELLED)
        return None if is_off else self.participation

    def is_to_come(self, as_of: date) -> bool:
        """Whether on ``as_of`` it is planned and its days not yet over; of a project, whether no part was held."""
        if self.is_project:
            return all(part.status != ActivityStatus.HELD for part in self.parts)
        return self.status == ActivityStatus.PLANNED and not (self.end and self.end < as_of)

    def numbered(self, number: str) -> "ActivityFacts":
        """Return it under another number, its parts after it."""
        parts = (part.numbered(f"{number}.{place}") for place, part in enumerate(self.parts, start=1))
        return replace(self, number=number, parts=tuple(parts))

    def stated(self) -> dict[str, Value]:
        """Return every number and date of the activity and its parts that a report may state, by id."""
        counts = self.turnout
        known: dict[str, Value | None] = {
            "number": self.number,
            "dates": say_days(self.start, self.end) or None,
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
        announced, now = say_days(self.announced_start, self.announced_end), say_days(self.start, self.end)
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


def say_days(start: date | None, end: date | None) -> str:
    """Return two days as ISO text, and nothing where one is missing."""
    return f"{start.isoformat()}/{end.isoformat()}" if start and end else ""
