"""What is found in the notes on areas without activities: they hold words alone, no facts."""

import pytest
from django.utils.translation import override

from bilingual.findings import Severity
from reports.models import CoverageNote
from reports.preflight import preflight
from reports.tests.desk import make_world
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(db) -> CoverageNote:
    report = make_world(size=1)
    area = make_area(report.roadmaps.get())
    return CoverageNote(report=report, area=area, reason_ar="لم يُوجَّه نداء.", reason_en="No call was made.")


def found(note) -> list[tuple]:
    note.save()
    subject = f"coverage:{note.area.roadmap.code}.{note.area.number}"
    return [
        (each.code, each.severity, each.field, each.is_waivable)
        for each in preflight(note.report).findings
        if each.subject == subject and each.code != "text-stale"
    ]


def test_a_note_in_words_is_fine(note):
    assert found(note) == []


@pytest.mark.parametrize("text", ["See {report.held}.", "{headcount}", "A brace { alone", "Or } so"])
def test_a_placeholder_in_a_note_is_never_printed_as_it_stands(note, text):
    note.reason_en = text
    assert found(note) == [("placeholder-in-note", Severity.BLOCKING, "reason_en", False)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "تُطبع الأقواس كما هي: \u2068{report.held}\u2069. عبّر عن الواقعة بالكلمات."),
        ("en", "braces are printed as they stand: \u2068{report.held}\u2069. Say the fact in words."),
    ],
)
def test_the_finding_says_what_to_do(note, language, said):
    note.reason_en = "See {report.held}."
    note.save()
    with override(language):
        assert said in " ".join(str(each.message) for each in preflight(note.report).findings)


def test_eastern_digits_in_a_note_are_a_question_of_style(note):
    note.reason_ar = "لم يُوجَّه نداء في ٢٠٢٤."
    assert ("style-digits", Severity.NOTE, "reason_ar", False) in found(note)
