"""The parts of the sentences about the report as a whole, in one language."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities.figures import Tally
from bilingual.dates import say_date, say_range, say_when
from bilingual.grammar import NOUNS, Case, Compound, Noun, counted, counted_label, ordinal
from bilingual.numbers import say_number
from reports.facts import MeetingFacts, ReportFacts
from reports.phrases.activity import ActivityPhrases
from reports.phrases.marks import mark_fact, mark_name, paragraphs
from roadmap.models import MeetingKind


class MeetingPhrases:
    """The parts of the sentences about a meeting, whose tense the report's day decides."""

    def __init__(self, facts: MeetingFacts, name: str, as_of: date, language: str):
        self.facts = facts
        self.name = name
        self.as_of = as_of
        self.language = language

    @property
    def is_ahead(self) -> bool:
        return self.facts.start > self.as_of

    @property
    def is_session(self) -> bool:
        return self.facts.kind == MeetingKind.SESSION

    @property
    def number_nominative(self) -> SafeString:
        return self._number(Case.NOMINATIVE)

    @property
    def number_genitive(self) -> SafeString:
        return self._number(Case.GENITIVE)

    def _number(self, case: Case) -> SafeString:
        words = ordinal(self.facts.number, self.language, gender="f" if self.is_session else "m", case=case)
        return mark_fact(f"report.{self.name}.number", words)

    @property
    def dates(self) -> SafeString:
        return mark_fact(f"report.{self.name}.dates", say_range(self.facts.start, self.facts.end, self.language))

    @property
    def when(self) -> SafeString:
        return mark_fact(f"report.{self.name}.dates", say_when(self.facts.start, self.facts.end, self.language))

    @property
    def place(self) -> SafeString:
        return mark_name(self.facts.place, self.language) if self.facts.place else SafeString()


class ReportPhrases:
    """Everything the templates of one language need to tell a report."""

    def __init__(self, facts: ReportFacts, language: str):
        self.facts = facts
        self.language = language
        self.meeting = MeetingPhrases(facts.meeting, "meeting", facts.as_of, language)
        self.before = MeetingPhrases(facts.session_before, "before", facts.as_of, language)
        self.items = [ActivityPhrases(item, facts, language) for item in facts.items]

    @property
    def told_items(self) -> list[ActivityPhrases]:
        """What was held, has begun, or did not take place as planned."""
        return [item for item in self.items if item not in self.planned_items]

    @cached_property
    def planned_items(self) -> list[ActivityPhrases]:
        """What is still to come: an activity that is planned, a project of which nothing was held."""
        return [item for item in self.items if item.is_planned or (item.is_project and not item.has_begun)]

    @property
    def rows(self) -> list[ActivityPhrases]:
        """Every record in order, the parts of a project after it."""
        return [row for item in self.items for row in (item, *item.parts)]

    @property
    def period(self) -> SafeString:
        """The period as a phrase: from … to …."""
        start, end = say_date(self.facts.start, self.language), say_date(self.facts.end, self.language)
        return mark_fact(
            "report.period", f"من {start} إلى {end}" if self.language == "ar" else f"from {start} to {end}"
        )

    @property
    def as_of(self) -> SafeString:
        return mark_fact("report.as_of", say_date(self.facts.as_of, self.language))

    @property
    def programme(self) -> SafeString:
        return mark_name(self.facts.programme.name, self.language)

    @property
    def organ(self) -> SafeString:
        return mark_name(self.facts.programme.organ_short_name, self.language)

    @property
    def organ_name(self) -> SafeString:
        return mark_name(self.facts.programme.organ_name, self.language)

    @property
    def address_lines(self) -> list[str]:
        return self.facts.programme.address.in_(self.language).splitlines()

    @property
    def roadmap_titles(self) -> list[SafeString]:
        return [mark_name(roadmap.title, self.language) for roadmap in self.facts.roadmaps]

    @property
    def history(self) -> SafeString:
        return paragraphs(self.facts.programme.history.in_(self.language))

    @property
    def mandate(self) -> SafeString:
        return paragraphs(self.facts.programme.mandate.in_(self.language))

    @property
    def lead_in(self) -> SafeString:
        return paragraphs(self.facts.text_of("introduction").in_(self.language))

    @property
    def abbreviations(self) -> list["ShortForm"]:
        rows = self.facts.abbreviations
        return [ShortForm(row.short, mark_name(row.meaning, self.language)) for row in rows]

    # The figures.

    @property
    def figures(self) -> list["Figure"]:
        """The large figures, each with its word; a sum that nobody can give yet is left out."""
        tally, partners = self.facts.figures.tally, self.facts.figures.partner_institutions
        told = [
            ("held", tally.held, "held_activity"),
            ("planned", tally.planned, "planned_activity"),
            ("participations", tally.participations, "participation"),
            ("partners", partners, "partner_institution"),
            ("providing_countries", self.facts.figures.providing_countries, "providing_country"),
        ]
        return [Figure(name, self._large(name, n, NOUNS[noun])) for name, n, noun in told if n]

    def _large(self, name: str, n: int, noun: Noun | Compound) -> SafeString:
        number, label = say_number(n, self.language), counted_label(n, noun, self.language)
        return mark_fact(f"report.{name}", format_html("<strong>{}</strong> <span>{}</span>", number, label))

    @property
    def reporting(self) -> SafeString:
        """In how many activities the participations were counted."""
        return self._activities("reporting", self.facts.figures.tally.reporting)

    @property
    def pending(self) -> SafeString:
        """In how many held activities the headcount is still awaited; empty when in none."""
        return self._activities("pending", self.facts.figures.tally.pending)

    def _activities(self, name: str, n: int) -> SafeString:
        if not n:
            return SafeString()
        return mark_fact(f"report.{name}", counted(n, NOUNS["activity"], self.language, case=Case.GENITIVE))

    @property
    def area_rows(self) -> list["TallyRow"]:
        """One row per cooperation area, and one for the activities that name none."""
        most = max([area.tally.held + area.tally.planned for area in self.facts.areas] + [1])
        return [
            TallyRow(
                f"area.{area.roadmap}.{area.number}",
                mark_name(area.title, self.language),
                area.tally,
                most,
                number=mark_fact(f"area.{area.roadmap}.{area.number}.number", str(area.number)),
            )
            for area in self.facts.areas
        ]

    @property
    def without_area(self) -> "TallyRow":
        tally = self.facts.without_area
        return TallyRow("area.none", SafeString(), tally, tally.held + tally.planned)

    @property
    def kind_rows(self) -> list["TallyRow"]:
        most = max([row.tally.held + row.tally.planned for row in self.facts.kinds] + [1])
        return [
            TallyRow(f"kind.{row.kind.code}", mark_name(row.kind.name, self.language), row.tally, most)
            for row in self.facts.kinds
        ]


@dataclass(frozen=True)
class ShortForm:
    """An abbreviation and what it stands for."""

    short: str
    meaning: SafeString


@dataclass(frozen=True)
class Figure:
    """A large figure with its word."""

    name: str
    words: SafeString


@dataclass(frozen=True)
class TallyRow:
    """A row of a table: what was held and planned under one heading, and how that compares with the most."""

    fact: str
    name: SafeString
    tally: Tally
    most: int
    number: str = ""

    @property
    def held(self) -> SafeString:
        return self._digits("held", self.tally.held)

    @property
    def planned(self) -> SafeString:
        return self._digits("planned", self.tally.planned)

    @property
    def participations(self) -> SafeString:
        """The sum of the known headcounts; empty when none is known."""
        return self._digits("participations", self.tally.participations)

    def _digits(self, name: str, n: int | None) -> SafeString:
        return SafeString() if n is None else mark_fact(f"{self.fact}.{name}", f"{n:,}")

    @property
    def share(self) -> int:
        """The length of the row's bar in twentieths of the longest."""
        return round(20 * (self.tally.held + self.tally.planned) / self.most)
