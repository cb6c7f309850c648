"""The parts of the sentences about the report as a whole, in one language."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from activities.models import ActivityStatus, CooperationGroup
from bilingual.dates import say_date, say_range, say_when
from bilingual.grammar import NOUNS, Case, Compound, Noun, counted, counted_label, ordinal
from bilingual.numbers import say_number
from bilingual.text import Bilingual
from reports.facts import Imprint, MeetingFacts, ReportFacts
from reports.phrases.activity import ActivityPhrases
from reports.phrases.countries import CountryPhrases
from reports.phrases.imprint import ImprintPhrases
from reports.phrases.marks import mark_fact, mark_name, paragraphs
from reports.phrases.review import ComparisonPhrases, PromisedPhrases
from reports.phrases.said import FactWords
from reports.phrases.sections import SectionPhrases, told_sections
from reports.phrases.tables import Table, TallyRow, area_tables, kind_table, month_table, row_without_area
from reports.placeholders import render_text
from roadmap.models import MeetingKind, Period


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

    facts: ReportFacts
    items: list[ActivityPhrases]

    def __init__(self, facts: ReportFacts, language: str, imprint: Imprint | None = None):
        self.facts = facts
        self.language = language
        self.said = FactWords(facts)
        self.imprint = ImprintPhrases(imprint, language) if imprint else None
        self.meeting = MeetingPhrases(facts.meeting, "meeting", facts.as_of, language)
        self.before = MeetingPhrases(facts.session_before, "before", facts.as_of, language)
        self.items = [ActivityPhrases(item, facts, language, said=self.said) for item in facts.items]

    @cached_property
    def sections(self) -> list[SectionPhrases]:
        """What is told, in the officer's order."""
        return told_sections(self)

    def written(self, text: Bilingual) -> SafeString:
        """What an officer wrote, with its facts filled in."""
        return render_text(text.in_(self.language), self.said, self.language)

    @property
    def told_items(self) -> list[ActivityPhrases]:
        """What was held, has begun, or did not take place as planned."""
        return [item for item in self.items if item not in self.planned_items]

    @cached_property
    def planned_items(self) -> list[ActivityPhrases]:
        """What is still to come: an activity that is planned, a project of which nothing was held."""
        return [item for item in self.items if item.facts.is_to_come(self.facts.as_of)]

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
    def is_between_meetings(self) -> bool:
        """Whether the period is the usual one, from the session before to the meeting; officers may give another."""
        usual = Period.after(self.before.facts.end, self.meeting.facts.end)
        return usual == Period(self.facts.start, self.facts.end)

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
        return self.written(self.facts.text_of("introduction"))

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

    # The tables, and what looks back.

    @cached_property
    def area_tables(self) -> list[Table]:
        return area_tables(self.facts, self.language)

    @property
    def without_area(self) -> TallyRow:
        return row_without_area(self.facts)

    @cached_property
    def kinds(self) -> Table:
        return kind_table(self.facts, self.language)

    @cached_property
    def months(self) -> Table:
        return month_table(self.facts, self.said, self.language)

    @property
    def has_months(self) -> bool:
        return any(row.tally.held or row.tally.planned for row in self.facts.months)

    @cached_property
    def countries(self) -> CountryPhrases:
        return CountryPhrases(self.facts, self.language)

    @cached_property
    def promised(self) -> PromisedPhrases:
        return PromisedPhrases(self.facts, self.language)

    @cached_property
    def comparison(self) -> ComparisonPhrases:
        return ComparisonPhrases(self.facts, self.language)

    @cached_property
    def groups(self) -> list["Group"]:
        """Group A, group B and what is in neither; nothing where no activity is classified."""
        rows = [row for row in self.rows if row.is_held or row.facts.status == ActivityStatus.PLANNED]
        if not any(row.group for row in rows):
            return []
        titles = [*CooperationGroup.choices, ("", _("In neither group"))]
        groups = [Group(str(title), [row for row in rows if row.group == group]) for group, title in titles]
        return [group for group in groups if group.rows]


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
class Group:
    """One of the lists for the COMCEC Coordination Office."""

    title: str
    rows: list[ActivityPhrases]
