"""What the page of one report shows, read once: its sections, its items in both languages, and what is offered."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bilingual.dates import anchored
from bilingual.languages import active_language, direction_of, other_language
from bilingual.models import FormsMissingError
from reports.assembly import assemble
from reports.desk.forms import CoverageForm, OverrideForm, SectionForm
from reports.desk.pieces import generated_items
from reports.doors import Doors, doors_of
from reports.facts import ActivityFacts, ReportFacts
from reports.models import CoverageNote, Report, ReportItem, ReportSection
from reports.overrides import basis
from reports.phrases.said import FactWords
from reports.placeholders import offered, render_text
from roadmap.models import CooperationArea, PeriodUnknownError, Programme, Roadmap

LANGUAGES = ("ar", "en")
_OF_AN_ACTIVITY = re.compile(r"\{(?P<code>[0-9]{4}-[0-9]+)\.(?P<name>\w+)\}")


def languages() -> tuple[str, str]:
    """Return both languages, that of the page first, as a reader comes to them."""
    return active_language(), other_language(active_language())


@dataclass(frozen=True)
class Told:
    """A paragraph in both languages, its figures as doors."""

    ar: SafeString
    en: SafeString

    def __bool__(self) -> bool:
        return bool(self.ar or self.en)

    @property
    def columns(self) -> list[tuple[str, str, SafeString]]:
        """Language, direction and paragraphs, the language of the page first."""
        return [(each, direction_of(each), self.ar if each == "ar" else self.en) for each in languages()]


@dataclass(frozen=True)
class SectionRow:
    """A section as the desk shows it; one that officers write has a form."""

    section: ReportSection
    form: SectionForm | None
    is_first: bool
    is_last: bool

    @property
    def id(self) -> str:
        """What the ids of the row's controls begin with."""
        return f"s-{self.section.kind}"


@dataclass(frozen=True)
class ItemRow:
    """An item as the desk shows it. ``facts`` is ``None`` for one that the report does not tell.

    ``basis`` tells this state of the facts from another.
    """

    item: ReportItem
    facts: ActivityFacts | None
    generated: Told
    override: Told
    basis: str
    offered: list[tuple[str, str, str]]
    address: str
    is_first: bool
    is_last: bool

    @property
    def number(self) -> str:
        return self.facts.number if self.facts else ""

    @property
    def id(self) -> str:
        """What the ids of the row's controls begin with."""
        return f"i-{self.item.activity.code}"

    @property
    def is_outdated(self) -> bool:
        """Whether the facts under the officer's own words have changed."""
        return bool(self.facts and self.item.overrides and self.item.override_basis != self.basis)

    @property
    def form(self) -> OverrideForm:
        return OverrideForm(instance=self.item, auto_id=f"{self.id}-%s", initial={"seen": self.basis})


@dataclass(frozen=True)
class AreaRow:
    """An area in which the report tells of nothing, and the reason, where somebody gave it."""

    area: CooperationArea
    note: CoverageNote

    @property
    def form(self) -> CoverageForm:
        return CoverageForm(instance=self.note, auto_id=f"a-{self.area.pk}-%s")


class Workspace:
    """One report on the desk. What cannot be worked out yet is ``None``, and ``obstacle`` says why."""

    def __init__(self, report: Report):
        self.report = report
        self.obstacle = ""

    @cached_property
    def facts(self) -> ReportFacts | None:
        """What the report states; ``None`` while its dates, the programme or the forms of a noun are not entered."""
        try:
            return assemble(self.report)
        except (PeriodUnknownError, FormsMissingError) as error:
            self.obstacle = str(error)
        except Programme.DoesNotExist:
            self.obstacle = gettext("The report cannot be shown yet: enter the programme first.")
        return None

    @cached_property
    def words(self) -> FactWords | None:
        """The facts as words, worked out once for all texts."""
        return FactWords(self.facts) if self.facts else None

    @cached_property
    def doors(self) -> Doors:
        return doors_of(self.report)

    @cached_property
    def roadmaps(self) -> list[Roadmap]:
        return list(self.report.roadmaps.all())

    @cached_property
    def section_rows(self) -> list[SectionRow]:
        """All sections in their order, those that are left out in their place."""
        sections = list(self.report.sections.all())
        return [
            SectionRow(
                section,
                SectionForm(instance=section, auto_id=f"s-{section.kind}-%s") if section.is_written else None,
                is_first=place == 0,
                is_last=place == len(sections) - 1,
            )
            for place, section in enumerate(sections)
        ]

    @cached_property
    def _items(self) -> list[ReportItem]:
        rows = self.report.items.select_related("activity", "activity__kind")
        for row in rows:
            row.report = self.report
        return list(rows)

    @cached_property
    def included(self) -> list[ReportItem]:
        """The items that are told, in the order of print: what is still to come after everything else."""
        included = [item for item in self._items if item.is_included]
        return sorted(included, key=lambda item: item.activity.code in self._to_come)

    @cached_property
    def _to_come(self) -> set[str]:
        told = self.facts.items if self.facts else ()
        return {item.code for item in told if item.is_to_come(self.report.as_of)}

    @cached_property
    def items(self) -> list[ItemRow]:
        """The items that are told, in the order of print; none moves past the line between held and to come."""
        told = {item.code: item for item in self.facts.items} if self.facts else {}
        texts = {language: generated_items(self.facts, language) if told else {} for language in LANGUAGES}
        groups = groupby(self.included, key=lambda item: item.activity.code in self._to_come)
        return [
            self._row(item, told.get(item.activity.code), texts, is_first=item == group[0], is_last=item == group[-1])
            for group in (list(items) for _, items in groups)
            for item in group
        ]

    @cached_property
    def left_out(self) -> list[ReportItem]:
        """The items that are left out, each with its reason."""
        return [item for item in self._items if not item.is_included]

    def _row(
        self, item: ReportItem, facts: ActivityFacts | None, texts: dict, *, is_first: bool, is_last: bool
    ) -> ItemRow:
        code = item.activity.code
        return ItemRow(
            item=item,
            facts=facts,
            generated=self._told(lambda language: texts[language].get(code, "")),
            override=self._override(item, facts),
            basis=basis(facts) if facts else "",
            offered=self._offered_by_code.get(code, []),
            address=self.doors.record(code),
            is_first=is_first,
            is_last=is_last,
        )

    def _override(self, item: ReportItem, facts: ActivityFacts | None) -> Told:
        if not (facts and item.overrides):
            return Told(SafeString(), SafeString())
        return self._told(lambda language: render_text(item.overrides.in_(language), self.words, language, facts))

    def _told(self, text: Callable[[str], str]) -> Told:
        return Told(*(self.doors.in_(text(language)) for language in LANGUAGES))

    @cached_property
    def offered(self) -> list[tuple[str, str, str]]:
        """The placeholders that a section can use: each with what it reads like in Arabic and in English."""
        rows = offered(self.words) if self.words else []
        return [(placeholder, anchored(arabic, "ar"), english) for placeholder, arabic, english in rows]

    @cached_property
    def _offered_by_code(self) -> dict[str, list[tuple[str, str, str]]]:
        """The placeholders of each activity in their short form, worked out once for all of them."""
        rows: dict[str, list[tuple[str, str, str]]] = {}
        for placeholder, *words in self.offered:
            if own := _OF_AN_ACTIVITY.fullmatch(placeholder):
                rows.setdefault(own["code"], []).append((f"{{{own['name']}}}", *words))
        return rows

    @cached_property
    def area_rows(self) -> list[AreaRow]:
        """The areas of the report's roadmaps in which it tells of no activity."""
        if not self.facts:
            return []
        busy = {(area.roadmap, area.number) for area in self.facts.areas if area.tally.held or area.tally.planned}
        notes = {note.area_id: note for note in self.report.coverage_notes.all()}
        rows = CooperationArea.objects.filter(roadmap__reports=self.report).select_related("roadmap")
        return [
            AreaRow(area, notes.get(area.pk) or CoverageNote(report=self.report, area=area))
            for area in rows.order_by("roadmap__valid_from", "number")
            if (area.roadmap.code, area.number) not in busy
        ]
