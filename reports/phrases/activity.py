"""The parts of the sentences about one activity, in one language.

Templates put these parts in order; what depends on a number, a gender or a case is settled here, with
`bilingual.grammar`.
"""

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from activities.models import ActivityStatus, Mode, Standing
from bilingual.dates import say_range, say_when
from bilingual.grammar import NOUNS, Case, counted, ordinal, with_article
from reports.facts import ActivityFacts, ReportFacts
from reports.phrases.marks import mark_fact, mark_name, mark_text
from reports.phrases.partners import PartnerPhrases
from reports.phrases.people import PeoplePhrases
from reports.phrases.said import FactWords
from reports.placeholders import render_text

_MODES = {
    "ar": {Mode.ONLINE: "عبر الإنترنت", Mode.IN_PERSON: "بصيغة حضورية", Mode.HYBRID: "بصيغة مدمجة"},
    "en": {Mode.ONLINE: "online", Mode.IN_PERSON: "in-person", Mode.HYBRID: "hybrid"},
}
_MODES_ALONE = {
    "ar": {Mode.ONLINE: "عبر الإنترنت", Mode.IN_PERSON: "حضوريا", Mode.HYBRID: "حضوريا وعن بعد"},
    "en": {Mode.ONLINE: "online", Mode.IN_PERSON: "in person", Mode.HYBRID: "hybrid"},
}
_CONNECTORS = {"ar": {"about": "حول", "entitled": "بعنوان"}, "en": {"about": "on", "entitled": "entitled"}}


class ActivityPhrases(PartnerPhrases, PeoplePhrases):
    """The parts of the sentences about one activity. An unknown part is empty, and the sentence does without it."""

    def __init__(
        self,
        facts: ActivityFacts,
        report: ReportFacts,
        language: str,
        *,
        said: FactWords,
        project: ActivityFacts | None = None,
    ):
        self.facts = facts
        self.said = said
        self.report = report
        self.language = language
        self.project = project

    # What it is.

    @property
    def number(self) -> SafeString:
        return mark_fact(f"{self.facts.code}.number", self.facts.number)

    @property
    def anchor(self) -> str:
        """The id of the item in the document: both languages may stand in one."""
        return f"{self.language}-{self.facts.code}"

    @property
    def title(self) -> SafeString:
        return mark_name(self.facts.title, self.language)

    @property
    def connector(self) -> str:
        return _CONNECTORS[self.language][self.facts.kind.connector]

    @property
    def kind_name(self) -> str:
        """The kind as a heading writes it."""
        return self.facts.kind.noun.ar.singular if self.language == "ar" else self.facts.kind.name.en

    @property
    def kind_noun(self) -> str:
        """The kind within an English sentence."""
        return self.facts.kind.noun.en.singular

    @property
    def kind_back(self) -> str:
        """The kind as later sentences refer back to it, definite."""
        return self.facts.kind.noun.ar.definite

    @property
    def kind_nominative(self) -> str:
        return self._kind_in(Case.NOMINATIVE)

    @property
    def kind_genitive(self) -> str:
        return self._kind_in(Case.GENITIVE)

    @property
    def kind_accusative(self) -> str:
        return self._kind_in(Case.ACCUSATIVE)

    @property
    def kind_with_article(self) -> str:
        """The kind and its mode with the English indefinite article: “an online training course”."""
        return with_article(f"{self.mode} {self.kind_noun}".strip())

    def _kind_in(self, case: Case) -> str:
        return f"{self.facts.kind.noun.ar.in_singular(case)} {self.mode}".strip()

    @property
    def is_feminine(self) -> bool:
        return self.facts.kind.noun.ar.gender == "f"

    @property
    def mode(self) -> str:
        """How people took part, unless the kind's name tells it already or nobody said."""
        if self.facts.mode == self.facts.kind.implied_mode:
            return ""
        return _MODES[self.language].get(Mode(self.facts.mode), "")

    @property
    def mode_shown(self) -> str:
        """How people took part, for the line of facts: there it is said of a webinar, too."""
        return _MODES_ALONE[self.language].get(Mode(self.facts.mode), "")

    # Its state, on the day of the report.

    @property
    def is_project(self) -> bool:
        return self.facts.is_project

    @property
    def is_held(self) -> bool:
        return self.facts.status == ActivityStatus.HELD

    @property
    def is_planned(self) -> bool:
        """Planned, and its days not yet over."""
        return self.facts.status == ActivityStatus.PLANNED and not self.outcome_is_unrecorded

    @property
    def outcome_is_unrecorded(self) -> bool:
        is_over = self.facts.end is not None and self.facts.end < self.report.as_of
        return self.facts.status == ActivityStatus.PLANNED and is_over

    @property
    def is_told_of_organ(self) -> bool:
        """Whether the sentence has the executing organ for its subject; Arabic then names no other gender."""
        return self.is_organised_by_organ and (self.is_held or self.is_planned)

    @property
    def is_waiting_for_figures(self) -> bool:
        counts = self.facts.participation
        return self.is_held and counts is not None and counts.headcount_standing == Standing.PENDING

    @property
    def is_postponed(self) -> bool:
        return self.facts.status == ActivityStatus.POSTPONED

    @property
    def is_cancelled(self) -> bool:
        return self.facts.status == ActivityStatus.CANCELLED

    @property
    def reason(self) -> SafeString:
        return mark_text(self.facts.status_reason.in_(self.language))

    @cached_property
    def parts(self) -> list["ActivityPhrases"]:
        return [
            ActivityPhrases(part, self.report, self.language, said=self.said, project=self.facts)
            for part in self.facts.parts
        ]

    @property
    def override(self) -> SafeString:
        """What an officer wrote in place of the generated paragraphs; empty where the generated ones stand."""
        return render_text(self.facts.override.in_(self.language), self.said, self.language, self.facts)

    @property
    def group(self) -> str:
        """The list of the COMCEC Coordination Office it belongs to; a part without one belongs to its project's."""
        return self.facts.group or (self.project.group if self.project else "")

    @property
    def is_over(self) -> bool:
        """Of a project: nothing of it is planned any more."""
        return bool(self.parts) and not any(part.facts.status == ActivityStatus.PLANNED for part in self.parts)

    @property
    def has_begun(self) -> bool:
        """Of a project: a part of it was held."""
        return any(part.is_held for part in self.parts)

    @property
    def parts_nominative(self) -> SafeString:
        return self._parts_in(Case.NOMINATIVE)

    @property
    def parts_accusative(self) -> SafeString:
        return self._parts_in(Case.ACCUSATIVE)

    def _parts_in(self, case: Case) -> SafeString:
        words = counted(len(self.facts.parts), NOUNS["sub_activity"], self.language, case=case)
        return mark_fact(f"{self.facts.code}.parts", words)

    # When, where, and under which part of the plan.

    @property
    def dates(self) -> SafeString:
        if not (self.facts.start and self.facts.end):
            return SafeString()
        return mark_fact(f"{self.facts.code}.dates", say_range(self.facts.start, self.facts.end, self.language))

    @property
    def when(self) -> SafeString:
        """When, with its preposition."""
        if not (self.facts.start and self.facts.end):
            return SafeString()
        return mark_fact(f"{self.facts.code}.dates", say_when(self.facts.start, self.facts.end, self.language))

    @property
    def year(self) -> SafeString:
        return mark_fact(f"{self.facts.code}.year", str(self.facts.year)) if self.facts.year else SafeString()

    @property
    def venue(self) -> SafeString:
        """The place, unless people met online: then there is none to go to."""
        is_place = bool(self.facts.venue) and self.facts.mode != Mode.ONLINE
        return mark_name(self.facts.venue, self.language) if is_place else SafeString()

    @property
    def roadmap(self) -> SafeString:
        return mark_name(self.facts.roadmap.short_title, self.language) if self.facts.roadmap else SafeString()

    @property
    def area(self) -> SafeString:
        return mark_fact(f"{self.facts.code}.area", str(self.facts.area)) if self.facts.area else SafeString()

    @property
    def call(self) -> SafeString:
        """The call for proposals that funds it, by its ordinal."""
        if not self.facts.funding_call:
            return SafeString()
        words = ordinal(self.facts.funding_call, self.language, gender="m", case=Case.GENITIVE)
        return mark_fact(f"{self.facts.code}.call", words)

    # What it was about.

    @property
    def audience(self) -> SafeString:
        return mark_text(self.facts.audience.in_(self.language))

    @property
    def objective(self) -> SafeString:
        return mark_text(self.facts.objective.in_(self.language))

    @property
    def topics(self) -> SafeString:
        """The topics, one a line in the record, as a list within a sentence."""
        lines = [line.strip() for line in self.facts.topics.in_(self.language).splitlines() if line.strip()]
        return self._joined([mark_text(line) for line in lines])
