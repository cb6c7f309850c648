"""A fact in words, found by its id: what a placeholder stands for, in each language."""

import re
from datetime import date
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities.models import Standing
from bilingual.dates import say_date, say_month, say_range, say_when
from bilingual.grammar import NOUNS, Case, Compound, Noun, counted, ordinal
from bilingual.numbers import say_number
from reports.facts import ActivityFacts, ReportFacts, Value
from reports.phrases.marks import mark_fact
from roadmap.models import MeetingKind

# What may stand after the colon of a placeholder. The cases show in Arabic only.
FORMS = ("", "nominative", "genitive", "accusative", "digits", "when")

ESTIMATED = {"ar": "نحو", "en": "about"}

_COUNTED = {
    "parts": "sub_activity",
    "women": "woman",
    "countries": "member_country",
    "member_countries": "member_country",
    "held": "held_activity",
    "planned": "planned_activity",
    "participations": "participation",
    "reporting": "activity",
    "pending": "activity",
    "listed": "activity",
    "activities": "activity",
    "partners": "partner_institution",
    "providing_countries": "providing_country",
    "promised": "planned_activity",
    "kept": "activity",
}
_DAYS = ("dates", "period", "announced")
_OF_AN_ACTIVITY = ("dates", "year", "area", "call", "parts", "headcount", "women", "countries")
_OF_A_SET = ("participations", "member_countries", "providing_countries", "partners", "held", "planned")


class FactWords:
    """The facts of a report by id: whether they are stated, and in which words."""

    def __init__(self, facts: ReportFacts) -> None:
        self.values: dict[str, Value] = facts.stated()
        self._facts = facts
        self._activities = {each.code: each for item in facts.items for each in (item, *item.parts)}
        self._sets = {fact.rpartition(".")[0] for fact in self.values} | {"before"}

    def is_awaited(self, fact: str) -> bool:
        """Whether a report can state such a fact, and nobody knows this one yet."""
        about, _dot, name = fact.rpartition(".")
        if fact in self.values:
            return False
        return (about in self._activities and name in _OF_AN_ACTIVITY) or (about in self._sets and name in _OF_A_SET)

    @property
    def names(self) -> set[str]:
        """The names, titles and codes that a text of this report may quote, in both languages."""
        facts = self._facts
        texts = [facts.programme.name, facts.programme.organ_name]
        texts += [text for roadmap in facts.roadmaps for text in (roadmap.title, roadmap.short_title)]
        for activity in self._activities.values():
            texts += [activity.title, activity.venue]
            texts += [activity.roadmap.short_title] if activity.roadmap else []
        return {name for text in texts for name in (text.ar, text.en) if name} | {facts.document_code} - {""}

    @cached_property
    def names_with_digits(self) -> list[str]:
        """Those of the names that hold digits, the longest first: quoted, they are no figures."""
        return sorted((name for name in self.names if re.search(r"\d", name)), key=len, reverse=True)

    def words(self, fact: str, language: str, form: str = "") -> str:
        """Return what ``fact`` reads like, an estimate with its “about”. Raises ``KeyError`` for one not stated."""
        before, words = self._said(fact, language, form)
        return f"{before} {words}".strip()

    def marked(self, fact: str, language: str, form: str = "") -> SafeString:
        """Return the same with its mark."""
        before, words = self._said(fact, language, form)
        marked = mark_fact(fact, words)
        return format_html("{} {}", before, marked) if before else marked

    def _said(self, fact: str, language: str, form: str) -> tuple[str, str]:
        value, name = self.values[fact], fact.rpartition(".")[2]
        if name in _DAYS:
            start, end = (date.fromisoformat(day) for day in str(value).split("/"))
            return "", say_when(start, end, language) if form == "when" else say_range(start, end, language)
        if name == "as_of":
            return "", say_date(date.fromisoformat(str(value)), language)
        if name == "month":
            return "", say_month(date.fromisoformat(f"{value}-01"), language)
        if noun := self._noun(fact):
            return self._counted(fact, int(value), noun, language, form)
        return "", self._place(fact, value, language, form)

    def _noun(self, fact: str) -> Noun | Compound | None:
        about, _dot, name = fact.rpartition(".")
        if name == "headcount":
            counts = self._activities[about].participation
            return counts.people if counts else None
        return NOUNS[_COUNTED[name]] if name in _COUNTED else None

    def _counted(self, fact: str, n: int, noun: Noun | Compound, language: str, form: str) -> tuple[str, str]:
        is_estimated = self._standing(fact) == Standing.ESTIMATED
        case = Case.GENITIVE if is_estimated else _case(form)
        words = say_number(n, language) if form == "digits" else counted(n, noun, language, case=case)
        return ESTIMATED[language] if is_estimated else "", words

    def _standing(self, fact: str) -> str:
        about, _dot, name = fact.rpartition(".")
        activity: ActivityFacts | None = self._activities.get(about)
        if activity is None or activity.participation is None:
            return ""
        counts = activity.participation
        return {"headcount": counts.headcount_standing, "countries": counts.countries_standing}.get(name, "")

    def _place(self, fact: str, value: Value, language: str, form: str) -> str:
        """A number that names something: a meeting or a call by its ordinal, an item or an area by its digits."""
        meetings = {"report.meeting.number": self._facts.meeting, "report.before.number": self._facts.session_before}
        if form == "digits" or not (fact in meetings or fact.endswith(".call") or fact == "before.number"):
            return str(value)
        is_session = fact == "before.number" or (fact in meetings and meetings[fact].kind == MeetingKind.SESSION)
        return ordinal(int(value), language, gender="f" if is_session else "m", case=_case(form))


def _case(form: str) -> Case:
    return Case(form) if form in ("nominative", "genitive", "accusative") else Case.NOMINATIVE
