"""What this report says of the last one: what became of its announcements, and how the figures compare."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from activities.models import ActivityStatus
from bilingual.dates import say_range
from bilingual.grammar import NOUNS, Case, counted, ordinal
from bilingual.numbers import say_number
from reports.facts import PromiseFacts, ReportFacts
from reports.phrases.marks import mark_fact, mark_name, mark_text
from reports.promises import MOVED, UNRECORDED

_OUTCOMES = {
    "ar": {
        ActivityStatus.HELD: "أُنجز",
        ActivityStatus.PLANNED: "لا يزال مبرمجا",
        ActivityStatus.POSTPONED: "أُجل",
        ActivityStatus.CANCELLED: "أُلغي",
        MOVED: "نُقل موعده إلى",
        UNRECORDED: "لم تُسجل نتيجته بعد",
    },
    "en": {
        ActivityStatus.HELD: "held",
        ActivityStatus.PLANNED: "still planned",
        ActivityStatus.POSTPONED: "postponed",
        ActivityStatus.CANCELLED: "cancelled",
        MOVED: "moved to",
        UNRECORDED: "outcome not recorded yet",
    },
}
# What joins an outcome to its days; the words for a move hold it already.
_ON: dict[str, dict[str, str]] = {
    "ar": {ActivityStatus.HELD: " في", ActivityStatus.PLANNED: " في"},
    "en": {ActivityStatus.PLANNED: " for"},
}
_MOVED_WHEREVER = {"ar": "أُرجئ دون تحديد موعد جديد", "en": "moved, new dates not set yet"}


class SessionBefore:
    """The session whose report this one looks back on, as the partials of a meeting ask for it."""

    is_session = True

    def __init__(self, number: int, language: str) -> None:
        self.number = number
        self.language = language

    @property
    def number_nominative(self) -> SafeString:
        return self._number(Case.NOMINATIVE)

    @property
    def number_genitive(self) -> SafeString:
        return self._number(Case.GENITIVE)

    def _number(self, case: Case) -> SafeString:
        return mark_fact("before.number", ordinal(self.number, self.language, gender="f", case=case))


class PromisePhrases:
    """One activity that was announced, and what became of it."""

    def __init__(self, facts: PromiseFacts, language: str) -> None:
        self.facts = facts
        self.language = language

    @property
    def title(self) -> SafeString:
        return mark_name(self.facts.title, self.language)

    @property
    def kind_name(self) -> str:
        return self.facts.kind.noun.ar.singular if self.language == "ar" else self.facts.kind.name.en

    @property
    def announced(self) -> SafeString:
        """The days that were announced; empty when there were none."""
        return self._days("announced")

    @property
    def outcome(self) -> str:
        if self.facts.outcome == MOVED and not self.facts.start:
            return _MOVED_WHEREVER[self.language]
        words = _OUTCOMES[self.language][self.facts.outcome]
        return words + _ON[self.language].get(self.facts.outcome, "") if self.days else words

    @property
    def is_open(self) -> bool:
        return self.facts.outcome != ActivityStatus.HELD

    @property
    def days(self) -> SafeString:
        """When it was held, or is to be; empty where nobody said."""
        return self._days("dates")

    @property
    def reason(self) -> SafeString:
        return mark_text(self.facts.reason.in_(self.language))

    def _days(self, name: str) -> SafeString:
        start, end = self.facts.start, self.facts.end
        if name == "announced":
            start, end = self.facts.announced_start, self.facts.announced_end
        if not (start and end):
            return SafeString()
        return mark_fact(f"promise.{self.facts.code}.{name}", say_range(start, end, self.language))


class PromisedPhrases:
    """Everything that was announced."""

    def __init__(self, facts: ReportFacts, language: str) -> None:
        self.rows = [PromisePhrases(promise, language) for promise in facts.promises]
        self.session = SessionBefore(facts.before.session, language) if facts.before else None
        self.size = len(self.rows)
        self.kept_count = sum(not row.is_open for row in self.rows)
        self.all_kept = self.kept_count == self.size
        # Nobody said that such a one was held, nor that it was not.
        self.are_unrecorded = any(row.facts.outcome == UNRECORDED for row in self.rows)
        self.language = language

    @property
    def announced(self) -> SafeString:
        words = counted(len(self.rows), NOUNS["planned_activity"], self.language, case=Case.GENITIVE)
        return mark_fact("report.promised", words)

    @property
    def kept(self) -> SafeString:
        return mark_fact("report.kept", counted(self.kept_count, NOUNS["activity"], self.language))


@dataclass(frozen=True)
class ComparisonRow:
    """A figure then and now; an unknown one is empty."""

    label: str
    before: SafeString
    now: SafeString


@dataclass(frozen=True)
class Change:
    """How a figure moved: ``rose``, ``fell`` or ``stayed``, from what to what."""

    verb: str
    before: SafeString
    now: SafeString


_COMPARED = {
    "held": _("Activities held"),
    "planned": _("Activities planned"),
    "participations": _("Participations reported"),
    "partners": _("Partner institutions"),
    "providing_countries": _("Countries that provided content"),
    "member_countries": _("Member countries that took part"),
}


class ComparisonPhrases:
    """The main figures beside those of the last session's report."""

    def __init__(self, facts: ReportFacts, language: str) -> None:
        self.facts = facts
        self.language = language
        self.stated = facts.stated()
        self.session = SessionBefore(facts.before.session if facts.before else 0, language)

    @property
    def rows(self) -> list[ComparisonRow]:
        """The figures that at least one of the two reports knows."""
        return [
            ComparisonRow(str(label), self._figure("before", name), self._figure("report", name))
            for name, label in _COMPARED.items()
            if self.stated.get(f"before.{name}") or self.stated.get(f"report.{name}")
        ]

    def _figure(self, prefix: str, name: str) -> SafeString:
        value = self.stated.get(f"{prefix}.{name}")
        if value is None:
            return SafeString()
        return mark_fact(f"{prefix}.{name}", say_number(int(value), self.language))

    @property
    def held(self) -> Change:
        before, now = int(self.stated["before.held"]), int(self.stated["report.held"])
        return Change(_verb(before, now), self._figure("before", "held"), self._figure("report", "held"))

    @property
    def participations(self) -> Change | None:
        """How the participations moved, where both reports know theirs."""
        before, now = self.stated.get("before.participations"), self.stated.get("report.participations")
        if before is None or now is None:
            return None
        figures = self._figure("before", "participations"), self._figure("report", "participations")
        return Change(_verb(int(before), int(now)), *figures)

    @property
    def has_pending(self) -> bool:
        """Whether either sum of participations still waits for figures."""
        return bool(self.stated.get("before.pending") or self.stated.get("report.pending"))


def _verb(before: int, now: int) -> str:
    if before == now:
        return "stayed"
    return "rose" if now > before else "fell"
