"""What is found in the texts that officers write: sections, paragraphs of their own, notes on areas."""

import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bilingual.findings import Finding, Severity, said
from bilingual.house_style import house_style
from bilingual.text import left_to_right
from bilingual.text_findings import Text, field_of, in_one_language, left_behind, unprintable
from reports.facts import ActivityFacts, ReportFacts
from reports.findings.reading import Reading
from reports.models import CoverageNote, ReportItem, ReportSection, SectionKind
from reports.overrides import basis
from reports.phrases.said import FactWords
from reports.placeholders import ProblemKind, problems

MOST_EXCERPTS = 5
LONGEST_EXCERPT = 40

# Names the text of one language in a finding, before a colon.
_IN = {"ar": _("%(text)s (Arabic)"), "en": _("%(text)s (English)")}

# How grave each problem with placeholders is, whether it can be waived, and how a sentence tells it.
_PROBLEMS: dict[ProblemKind, tuple[Severity, bool, Promise]] = {
    ProblemKind.UNKNOWN: (
        Severity.BLOCKING,
        False,
        _("%(text)s: %(excerpts)s is no placeholder of this report. Choose from the list."),
    ),
    ProblemKind.AWAITED: (
        Severity.WARNING,
        False,
        _("%(text)s: %(excerpts)s stands for something that is not known yet."),
    ),
    ProblemKind.DIGIT: (
        Severity.BLOCKING,
        True,
        _("%(text)s: %(excerpts)s is typed by hand. Put a fact placeholder in its place."),
    ),
    ProblemKind.BRACE: (
        Severity.BLOCKING,
        False,
        _("%(text)s: a brace stands alone. A placeholder has one on each side: %(excerpts)s."),
    ),
}
_MISMATCH = {
    "ar": _("%(text)s: only the English text has %(excerpts)s. Both languages state the same facts."),
    "en": _("%(text)s: only the Arabic text has %(excerpts)s. Both languages state the same facts."),
}


def text_findings(reading: Reading, facts: ReportFacts | None) -> Iterator[Finding]:
    """Find what is wrong in a text; without ``facts``, those of the report, placeholders are not looked at."""
    words = FactWords(facts) if facts else None
    for section in reading.sections:
        if section.is_included and section.is_written:
            yield from _section(section, reading, words)
    items = {item.code: item for item in facts.items} if facts else {}
    for item in reading.told:
        if item.overrides:
            yield from _override(item, reading, words, items.get(item.activity.code))
    for note in reading.notes:
        yield from _note(note, reading)


def _section(section: ReportSection, reading: Reading, words: FactWords | None) -> Iterator[Finding]:
    text = Text(f"section:{section.kind}", SectionKind(section.kind).label, section, "text")
    if section.needs_check:
        message = said(_("%(text)s: the text comes from an earlier report. Confirm it for this one."), text=text.name)
        yield Finding("section-to-check", Severity.BLOCKING, text.subject, message, section, "needs_check")
    yield from _written(text, "section-in-one-language", reading, words)


def _override(
    item: ReportItem, reading: Reading, words: FactWords | None, facts: ActivityFacts | None
) -> Iterator[Finding]:
    code = item.activity.code
    text = field_of(code, left_to_right(code), item, "override")
    if facts and item.override_basis != basis(facts):
        message = _("%(code)s: the facts under its own paragraph have changed. Compare, and save it again.")
        sentence = said(message, code=left_to_right(code))
        yield Finding("override-outdated", Severity.BLOCKING, code, sentence, item, "override", is_waivable=True)
    yield from _written(text, "override-in-one-language", reading, words if facts else None, facts)


def _note(note: CoverageNote, reading: Reading) -> Iterator[Finding]:
    roadmap = next(roadmap for roadmap in reading.roadmaps if roadmap.pk == note.area.roadmap_id)
    subject = f"coverage:{roadmap.code}.{note.area.number}"
    name = said(
        _("Note on area %(number)s of the roadmap %(roadmap)s"),
        number=note.area.number,
        roadmap=left_to_right(roadmap.code),
    )
    text = Text(subject, name, note, "reason")
    yield from _written(text, "note-in-one-language", reading)
    yield from _braces(text)


def _braces(text: Text) -> Iterator[Finding]:
    """Find placeholders where none is filled in: a note is printed as it was written."""
    for language in ("ar", "en"):
        if braces := re.findall(r"\{[^{}]*\}|[{}]", text.texts.in_(language)):
            message = _("%(text)s: braces are printed as they stand: %(excerpts)s. Say the fact in words.")
            sentence = said(message, text=said(_IN[language], text=text.name), excerpts=_quoted(braces))
            yield text.found("placeholder-in-note", Severity.BLOCKING, sentence, language)


def _written(
    text: Text, code: str, reading: Reading, words: FactWords | None = None, item: ActivityFacts | None = None
) -> Iterator[Finding]:
    """Find what is wrong with a text; one that cannot be printed is not read any further."""
    yield from in_one_language(text, Severity.BLOCKING, code, is_waivable=True)
    yield from left_behind(text, reading.states[text.target])
    obstacles = list(unprintable(text))
    yield from obstacles
    if words and not obstacles:
        yield from _placeholders(text, words, item)
    # Where facts can be inserted, a figure typed by hand, in digits of any kind, is found above.
    yield from (finding for finding in house_style(text) if not words or finding.code != "style-digits")


def _placeholders(text: Text, words: FactWords, item: ActivityFacts | None) -> Iterator[Finding]:
    """Find what is wrong with the placeholders of a text: each kind of problem once for each language."""
    found: dict[tuple[ProblemKind, str], list[str]] = {}
    for problem in problems(text.texts, words, item):
        found.setdefault((problem.kind, problem.language), []).append(problem.excerpt)
    for (kind, language), excerpts in found.items():
        yield _problem(text, kind, language, excerpts)


def _problem(text: Text, kind: ProblemKind, language: str, excerpts: list[str]) -> Finding:
    is_mismatch = kind == ProblemKind.MISMATCH  # its sentence names the language itself
    mismatch = (Severity.BLOCKING, True, _MISMATCH[language])
    severity, is_waivable, message = mismatch if is_mismatch else _PROBLEMS[kind]
    name = text.name if is_mismatch else said(_IN[language], text=text.name)
    sentence = said(message, text=name, excerpts=_quoted(excerpts))
    return text.found(f"placeholder-{kind}", severity, sentence, language, is_waivable=is_waivable)


def _quoted(excerpts: list[str]) -> str:
    """The excerpts, each kept whole in a line of either direction; many or long ones are cut."""
    shown = [f"\u2068{_cut(excerpt)}\u2069" for excerpt in excerpts[:MOST_EXCERPTS]]
    return " · ".join([*shown, "…"] if len(excerpts) > MOST_EXCERPTS else shown)


def _cut(excerpt: str) -> str:
    return excerpt if len(excerpt) <= LONGEST_EXCERPT else f"{excerpt[:LONGEST_EXCERPT]}…"
