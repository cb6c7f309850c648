"""What is found in the sections, paragraphs and notes that officers write."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from activities.models import Activity, Participation
from bilingual.states import states_of
from reports.models import CoverageNote
from reports.preflight import preflight
from reports.tests.checking import BLOCKING, WARNING, found, override_item, write
from reports.tests.factories import PROGRAMME_TEXTS as TEXTS
from reports.tests.factories import make_complete_activity, make_complete_report, make_report
from roadmap.models import CooperationArea, Roadmap
from roadmap.tests.factories import make_meeting, make_programme

pytestmark = pytest.mark.django_db

SECTION = "section:conclusion"


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ({"text_ar": "خاتمة", "text_en": "An end"}, []),
        ({"text_ar": "خاتمة"}, [("section-in-one-language", BLOCKING, SECTION, "text_en", True)]),
        ({"text_en": "An end"}, [("section-in-one-language", BLOCKING, SECTION, "text_ar", True)]),
        (
            {"text_ar": "خاتمة", "text_en": "An end", "needs_check": True},
            [("section-to-check", BLOCKING, SECTION, "needs_check", False)],
        ),
        ({"text_ar": "خاتمة", "needs_check": True, "is_included": False}, []),
        ({"text_ar": "{report.held}", "text_en": "{report.held}"}, []),
        (
            {"text_ar": "{report.held}", "text_en": "A text"},
            [("placeholder-mismatch", BLOCKING, SECTION, "text_en", True)],
        ),
        (
            {"text_ar": "{held}", "text_en": "{held}"},
            [
                ("placeholder-unknown", BLOCKING, SECTION, "text_ar", False),
                ("placeholder-unknown", BLOCKING, SECTION, "text_en", False),
            ],
        ),
        (
            {"text_ar": "٥ دورات و12 ندوة", "text_en": "Courses"},
            [("placeholder-digit", BLOCKING, SECTION, "text_ar", True)],
        ),
        ({"text_ar": "نص {", "text_en": "A text"}, [("placeholder-brace", BLOCKING, SECTION, "text_ar", False)]),
        (
            {"text_ar": "ا" * 301, "text_en": "A text"},
            [("unprintable-word", BLOCKING, SECTION, "text_ar", False)],
        ),
        (
            {"text_ar": "كلمة " * 100_000, "text_en": "x"},
            [("unprintable-length", BLOCKING, SECTION, "text_ar", False)],
        ),
        (
            {"text_ar": "نص", "text_en": "x" + "\u0323" * 21},
            [("unprintable-marks", BLOCKING, SECTION, "text_en", False)],
        ),
    ],
)
def test_a_section_is_fit_to_be_printed_in_both_languages(values, findings):
    report = make_complete_report()
    write(report, **values)
    assert found(report) == findings


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_wrong_in_both_texts_is_said_of_each(language):
    report = make_complete_report()
    write(report, text_ar="عقد 3 دورات {nothing} }", text_en="3 courses {nothing} }")
    with override(language):
        sentences = [str(row.message) for row in preflight(report).findings if row.severity == BLOCKING]
    assert len(sentences) == len(set(sentences)) == 6


def test_a_section_whose_other_language_changed_is_a_warning():
    report = make_complete_report()
    write(report, text_ar="خاتمة", text_en="An end")
    write(report, text_ar="خاتمة أخرى")
    assert found(report) == [("text-stale", WARNING, SECTION, "text_en", False)]


def test_what_the_desk_saves_is_remembered_with_who_saved_it(admin_client, admin_user):
    report = make_complete_report()
    address = reverse("desk_section", args=[report.code, "conclusion"])
    for texts in ({"text_ar": "خاتمة", "text_en": "An end"}, {"text_ar": "خاتمة أخرى", "text_en": "An end"}):
        version = report.sections.get(kind="conclusion").version
        assert admin_client.post(address, texts | {"version": version}).status_code == 302
    assert found(report) == [("text-stale", WARNING, SECTION, "text_en", False)]
    section = report.sections.get(kind="conclusion")
    assert states_of([section])[section]["text", "ar"].by == admin_user.pk


def test_the_texts_of_an_earlier_report_wait_to_be_confirmed():
    make_meeting(39)
    before = make_report(meeting=make_meeting(40), as_of=date(2024, 11, 5))
    write(before, "introduction", text_ar="مقدمة", text_en="An introduction")
    make_programme(**TEXTS)
    report = make_report(meeting=make_meeting(41), as_of=date(2025, 11, 5))
    assert ("section-to-check", BLOCKING, "section:introduction", "needs_check", False) in found(report)


@pytest.mark.parametrize(
    ("values", "findings"),
    [
        ({}, []),
        ({"en": None}, [("override-in-one-language", "override_en", True)]),
        ({"override_basis": ""}, [("override-outdated", "override", True)]),
        ({"override_basis": "0" * 64}, [("override-outdated", "override", True)]),
        ({"ar": "حضر {headcount}", "en": "{headcount} came"}, []),
        (
            {"ar": "حضر 32 خبيرا", "en": "{headcount} came"},
            [("placeholder-digit", "override_ar", True), ("placeholder-mismatch", "override_ar", True)],
        ),
        ({"ar": "{women}", "en": "{women}"}, [("placeholder-awaited", "override_ar", False)] * 2),
    ],
)
def test_an_officer_s_own_paragraph_is_checked(values, findings):
    report = make_complete_report()
    override_item(report, **values)
    said = [(code, field, waivable) for code, _severity, _subject, field, waivable in found(report)]
    if "women" in str(values):
        findings = [("placeholder-awaited", f"override_{language}", False) for language in ("ar", "en")]
    assert said == findings


def test_a_paragraph_says_when_the_facts_under_it_change():
    report = make_complete_report()
    override_item(report)
    activity = Activity.objects.get()
    Participation.objects.update(headcount=33)
    assert found(report) == [("override-outdated", BLOCKING, activity.code, "override", True)]
    override_item(report)
    assert found(report) == []


def test_a_paragraph_rests_on_the_same_facts_wherever_it_stands():
    report = make_complete_report(make_complete_activity(), make_complete_activity())
    override_item(report)
    first = report.items.first()
    first.position = 9
    first.save()
    assert found(report) == []


def test_a_note_on_an_area_is_written_in_both_languages():
    report = make_complete_report()
    CoverageNote.objects.create(report=report, area=CooperationArea.objects.get(), reason_en="No call was made.")
    subject = f"coverage:{Roadmap.objects.get().code}.1"
    assert found(report) == [("note-in-one-language", BLOCKING, subject, "reason_ar", True)]
