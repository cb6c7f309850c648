"""The sections of a report in the officer's order, as far as they have something to tell in a language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from reports.models import SectionKind
from reports.models.sections import WRITTEN

if TYPE_CHECKING:
    from reports.phrases.report import ReportPhrases

# These follow on the page of the section before; every other one begins a page.
_FOLLOWING = {
    SectionKind.COMPARISON,
    SectionKind.BREAKDOWNS,
    SectionKind.CHALLENGES,
    SectionKind.RECOMMENDATIONS,
    SectionKind.CONCLUSION,
    SectionKind.METHOD,
    SectionKind.ABBREVIATIONS,
}

# What a computed section needs in order to have something to tell; one that is not named here always has.
_TOLD: dict[str, Callable[["ReportPhrases"], object]] = {
    SectionKind.FIGURES: lambda report: report.figures,
    SectionKind.ACTIVITIES: lambda report: report.told_items,
    SectionKind.PLANNED: lambda report: report.planned_items,
    SectionKind.PROMISED: lambda report: report.facts.promises,
    SectionKind.COVERAGE: lambda report: report.facts.areas,
    SectionKind.BREAKDOWNS: lambda report: report.facts.kinds or report.has_months,
    SectionKind.COUNTRIES: lambda report: report.facts.attendance.held,
    SectionKind.COMPARISON: lambda report: report.facts.is_comparable,
    SectionKind.SUMMARY: lambda report: report.items,
    SectionKind.GROUPS: lambda report: report.groups,
    SectionKind.ABBREVIATIONS: lambda report: report.facts.abbreviations,
}


@dataclass(frozen=True)
class SectionPhrases:
    """A section in its place: its title, the partial that fills it, and of a written one its paragraphs."""

    kind: str
    text: SafeString
    is_short: bool = False

    @property
    def title(self) -> str:
        """The heading, in the active language."""
        return str(SectionKind(self.kind).label)

    @property
    def template(self) -> str:
        is_plain = self.kind in WRITTEN and self.kind != SectionKind.INTRODUCTION
        return f"reports/sections/_{'written' if is_plain else self.kind}.html"

    @property
    def page(self) -> str:
        return "follow-on" if self.is_short or self.kind in _FOLLOWING else "chapter"


def told_sections(report: "ReportPhrases") -> list[SectionPhrases]:
    """Return the sections that have something to tell; a written one without a text is left out."""
    without_map = {SectionKind.COUNTRIES} if not report.facts.attendance.listed else set()
    sections = [
        SectionPhrases(each.kind, report.written(each.text), each.kind in without_map)
        for each in report.facts.sections
    ]
    return [section for section in sections if _is_told(section, report)]


def _is_told(section: SectionPhrases, report: "ReportPhrases") -> bool:
    if section.kind in WRITTEN and section.kind != SectionKind.INTRODUCTION:
        return bool(section.text)
    return bool(_TOLD[section.kind](report)) if section.kind in _TOLD else True
