"""The parts of the sentences about one activity, in one language.

Templates put these parts in order; what depends on a number, a gender or a case is settled here, with
`bilingual.grammar`.
"""

from collections.abc import Iterable, Sequence

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from activities.models import ActivityStatus, Mode, Standing
from bilingual.dates import say_range, say_when
from bilingual.grammar import NOUNS, Case, Compound, Noun, attach, counted, join, ordinal, plural, with_article
from bilingual.languages import other_language
from bilingual.text import Bilingual
from reports.facts import ActivityFacts, PartnerFacts, ReportFacts
from reports.phrases.marks import mark_fact, mark_name, mark_text

_MODES = {
    "ar": {Mode.ONLINE: "عبر الإنترنت", Mode.IN_PERSON: "بصيغة حضورية", Mode.HYBRID: "بصيغة مدمجة"},
    "en": {Mode.ONLINE: "online", Mode.IN_PERSON: "in-person", Mode.HYBRID: "hybrid"},
}
_MODES_ALONE = {
    "ar": {Mode.ONLINE: "عبر الإنترنت", Mode.IN_PERSON: "حضوريا", Mode.HYBRID: "حضوريا وعن بعد"},
    "en": {Mode.ONLINE: "online", Mode.IN_PERSON: "in person", Mode.HYBRID: "hybrid"},
}
_CONNECTORS = {"ar": {"about": "حول", "entitled": "بعنوان"}, "en": {"about": "on", "entitled": "entitled"}}
# How each role joins a sentence after the title, in the order in which they are told.
_SUPPORTS = {
    "ar": {
        "organisers": "بتنظيم من {}",
        "co_organisers": "بالتعاون مع {}",
        "hosts": "باستضافة من {}",
        "funders": "بتمويل من {}",
        "implementers": "بتنفيذ من {}",
        "facilitators": "بتيسير من {}",
    },
    "en": {
        "organisers": "organised by {}",
        "co_organisers": "in collaboration with {}",
        "hosts": "hosted by {}",
        "funders": "with funding from {}",
        "implementers": "implemented by {}",
        "facilitators": "facilitated by {}",
    },
}
_ESTIMATED = {"ar": "نحو", "en": "about"}


class ActivityPhrases:
    """The parts of the sentences about one activity. An unknown part is empty, and the sentence does without it."""

    def __init__(
        self, facts: ActivityFacts, report: ReportFacts, language: str, *, project: ActivityFacts | None = None
    ):
        self.facts = facts
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
        return bool(self.facts.parts) or not self.facts.status

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
        return [ActivityPhrases(part, self.report, self.language, project=self.facts) for part in self.facts.parts]

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

    # Who did what.

    @property
    def organisers(self) -> SafeString:
        """Who organised it, the executing organ first."""
        return self._names(sorted(self.facts.partners.organisers, key=lambda partner: not partner.is_organ))

    @property
    def is_organised_by_organ(self) -> bool:
        return any(partner.is_organ for partner in self.facts.partners.organisers)

    @property
    def is_told_of_organ(self) -> bool:
        """Whether the sentence has the executing organ for its subject; Arabic then names no other gender."""
        return self.is_organised_by_organ and (self.is_held or self.is_planned)

    @property
    def implementers(self) -> SafeString:
        return self._names(sorted(self.facts.partners.implementers, key=lambda partner: not partner.is_organ))

    @property
    def carriers(self) -> SafeString:
        """Of a project: who implements it or, where nobody is named for that, who organises it."""
        return self.implementers or self.organisers

    @property
    def is_carried_by_organ(self) -> bool:
        return any(partner.is_organ for partner in self._carriers)

    @property
    def project_supports(self) -> SafeString:
        """Whoever carries a project beside those whom its sentence has for a subject; its funders open it."""
        has_subject = self.is_carried_by_organ if self.language == "ar" else bool(self._carriers)
        carriers = "implementers" if self.facts.partners.implementers else "organisers"
        untold = () if has_subject else (carriers, "co_organisers")
        return self._supports((*untold, "hosts", "facilitators"))

    @property
    def _carriers(self) -> tuple[PartnerFacts, ...]:
        return self.facts.partners.implementers or self.facts.partners.organisers

    @property
    def verb_to_be(self) -> str:
        """The English verb that agrees with who carries the activity out."""
        return "is" if self._is_carried_by_one else "are"

    @property
    def verb_to_intend(self) -> str:
        return "intends" if self._is_carried_by_one else "intend"

    @property
    def _is_carried_by_one(self) -> bool:
        return len(self._carriers) == 1 and not self._carriers[0].is_described

    @property
    def co_organisers(self) -> SafeString:
        return self._names(self.facts.partners.co_organisers)

    @property
    def hosts(self) -> SafeString:
        return self._names(self.facts.partners.hosts)

    @property
    def all_supports(self) -> SafeString:
        """Everybody who carried it, for a sentence that has not named them: a clause with its comma, or nothing."""
        return self._supports(_SUPPORTS[self.language])

    @property
    def other_supports(self) -> SafeString:
        """Whoever carried it beside the organisers, where the sentence has named those."""
        return self._supports(("hosts", "funders", "implementers", "facilitators"))

    def _supports(self, roles: Iterable[str]) -> SafeString:
        told = [
            format_html(_SUPPORTS[self.language][role], getattr(self, role)) for role in roles if getattr(self, role)
        ]
        return format_html("{}{}", self._and_then[0], self._in_turn(told)) if told else SafeString()

    @property
    def _and_then(self) -> tuple[str, str]:
        """What opens a clause that may itself hold commas, and what stands before the last of several."""
        return ("، ", "، و") if self.language == "ar" else (", ", ", and ")

    def _in_turn(self, items: Sequence[SafeString]) -> SafeString:
        """Join clauses that hold lists themselves: each after a comma, in Arabic each with its “and”."""
        comma, last = self._and_then
        between = last if self.language == "ar" else comma
        head = format_html_join(between, "{}", ((item,) for item in items[:-1]))
        return format_html("{}{}{}", head, last, items[-1]) if len(items) > 1 else items[0]

    @property
    def funders(self) -> SafeString:
        """Who funded it; what a project's own sentence says of its funders, its parts do not repeat."""
        told = self.project.partners.funders if self.project else ()
        return self._names([partner for partner in self.facts.partners.funders if partner not in told])

    @property
    def facilitators(self) -> SafeString:
        return self._names(self.facts.partners.facilitators)

    @property
    def providers(self) -> SafeString:
        """Who provided the content: experts from institutions, then whoever held a post."""
        providers = self.facts.partners.providers
        bodies = [partner for partner in providers if not partner.post]
        holders = [self._holder(partner) for partner in providers if partner.post]
        words = "خبراء من {}" if self.language == "ar" else "experts from {}"
        by = "{}" if self.language == "ar" or not bodies else "by {}"
        told = [format_html(words, self._names(bodies))] if bodies else []
        told += [format_html(by, holder) for holder in holders]
        return self._in_turn(told) if told else SafeString()

    def _holder(self, partner: PartnerFacts) -> SafeString:
        """The holder of a post: “the Assistant Director General of the Vocational Training Corporation”."""
        post = partner.post.in_(self.language) or partner.post.in_(other_language(self.language))
        if self.language == "ar":
            name = Bilingual(ar=attach("ل", partner.name.ar) if partner.name.ar else "", en=f"لـ {partner.name.en}")
            return format_html("<span data-name>{}</span> {}", post, mark_name(name, "ar"))
        return format_html("the <span data-name>{}</span> of {}", post, self._name(partner))

    def _names(self, partners: Sequence[PartnerFacts]) -> SafeString:
        return self._joined([self._name(partner) for partner in partners])

    def _name(self, partner: PartnerFacts) -> SafeString:
        name = mark_name(partner.name, self.language)
        if self.language == "en" and partner.takes_the and partner.name.en and not partner.name.en.startswith("The "):
            return format_html("the {}", name)
        return name

    def _joined(self, items: list[SafeString]) -> SafeString:
        return mark_safe(join(items, self.language))  # noqa: S308 -- join escapes what is not marked safe

    # Who took part, and how many.

    @property
    def people_nominative(self) -> SafeString:
        return self._people(Case.NOMINATIVE)

    @property
    def people_genitive(self) -> SafeString:
        return self._people(Case.GENITIVE)

    def _people(self, case: Case) -> SafeString:
        """How many of whom; where the number is not known, only of whom."""
        counts = self.facts.participation
        if counts is None:
            return SafeString()
        if counts.headcount is None:
            return format_html("{}", plural(counts.people, self.language, case=case))
        return self._counted("headcount", counts.headcount, counts.people, case, counts.headcount_standing)

    @property
    def women(self) -> SafeString:
        counts = self.facts.participation
        if not counts or not counts.women or not counts.headcount or counts.headcount < 3:
            return SafeString()
        return self._counted("women", counts.women, NOUNS["woman"], Case.NOMINATIVE, Standing.REPORTED)

    @property
    def countries_genitive(self) -> SafeString:
        """From how many member countries; “a number of” them where nobody said."""
        counts = self.facts.participation
        if counts is None or counts.countries is None:
            return SafeString("عدد من البلدان الأعضاء" if self.language == "ar" else "a number of member countries")
        noun, standing = NOUNS["member_country"], counts.countries_standing
        return self._counted("countries", counts.countries, noun, Case.GENITIVE, standing)

    def _counted(self, name: str, n: int, noun: Noun | Compound, case: Case, standing: str) -> SafeString:
        is_estimated = standing == Standing.ESTIMATED
        words = counted(n, noun, self.language, case=Case.GENITIVE if is_estimated else case)
        marked = mark_fact(f"{self.facts.code}.{name}", words)
        return format_html("{} {}", _ESTIMATED[self.language], marked) if is_estimated else marked

    @property
    def headcount_shown(self) -> SafeString:
        """The headcount in the line of facts: of participants, whoever they were."""
        counts = self.facts.participation
        if counts is None or counts.headcount is None:
            return SafeString()
        noun, standing = NOUNS["participant"], counts.headcount_standing
        return self._counted("headcount", counts.headcount, noun, Case.NOMINATIVE, standing)

    @property
    def countries_shown(self) -> SafeString:
        counts = self.facts.participation
        if counts is None or counts.countries is None:
            return SafeString()
        noun, standing = NOUNS["member_country"], counts.countries_standing
        return self._counted("countries", counts.countries, noun, Case.NOMINATIVE, standing)

    @property
    def headcount_digits(self) -> SafeString:
        return self._digits("headcount")

    @property
    def countries_digits(self) -> SafeString:
        return self._digits("countries")

    def _digits(self, name: str) -> SafeString:
        value = getattr(self.facts.participation, name) if self.facts.participation else None
        return SafeString() if value is None else mark_fact(f"{self.facts.code}.{name}", f"{value:,}")

    @property
    def is_waiting_for_figures(self) -> bool:
        counts = self.facts.participation
        return self.is_held and counts is not None and counts.headcount_standing == Standing.PENDING

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
