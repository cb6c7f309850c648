"""Findings that are waived: who may, which, with what reason, and for how long."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import override

from activities.models import Activity, Participation
from reports.models import ReportSection, Waiver
from reports.preflight import preflight, waive
from reports.tests.checking import make_half_written, write
from reports.tests.factories import make_complete_report, make_report
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return User.objects.create_user("officer")


@pytest.mark.parametrize(
    ("language", "part"), [("ar", "بالعربية فقط"), ("en", "Conclusion: the text is in Arabic only.")]
)
def test_a_waived_finding_does_not_stand_in_either_language(officer, language, part):
    report, key = make_half_written()
    with override(language):
        waiver = waive(report, key, "  The Arabic was adopted as it is. ", officer)
    assert part in waiver.sentence
    assert waiver.reason == "The Arabic was adopted as it is."
    for reader in ("ar", "en"):
        with override(reader):
            checked = preflight(report)
            assert checked.waived == {key: waiver}
            assert checked.can_issue
    assert [finding.key for finding in checked.findings] == [key]


@pytest.mark.parametrize("reason", ["", "   ", "\n\u00a0"])
def test_a_waiver_needs_a_reason(officer, reason):
    report, key = make_half_written()
    with pytest.raises(ValidationError) as refused:
        waive(report, key, reason, officer)
    assert set(refused.value.message_dict) == {"reason"}
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("reason", ["a\x00b", "a\u202eb", "x" * 2001])
def test_a_reason_passes_the_gate_for_stored_text(officer, reason):
    report, key = make_half_written()
    with pytest.raises(ValidationError):
        waive(report, key, reason, officer)


@pytest.mark.parametrize(
    "key", ["", "no-such-rule:report:", "section-in-one-language:section:summary:text_ar", "x" * 900]
)
def test_what_was_not_found_cannot_be_waived(officer, key):
    report, _key = make_half_written()
    with pytest.raises(ValidationError):
        waive(report, key, "Agreed with the host", officer)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"needs_check": True, "text_ar": "ا", "text_en": "a"}, "section-to-check:section:conclusion:needs_check"),
        ({"text_ar": "{held}", "text_en": "a"}, "placeholder-unknown:section:conclusion:text_ar"),
    ],
)
def test_what_has_to_be_solved_cannot_be_waived(officer, values, key):
    report = make_complete_report()
    write(report, **values)
    with pytest.raises(ValidationError):
        waive(report, key, "Agreed with the host", officer)
    Waiver.objects.create(report=report, finding=key, sentence="x", reason="Forced in", waived_by=officer)
    assert not preflight(report).can_issue


def test_a_warning_needs_no_waiver(officer):
    report = make_complete_report()
    Participation.objects.update(headcount=None, headcount_standing="pending")
    key = f"headcount-pending:{Activity.objects.get().code}:headcount"
    with pytest.raises(ValidationError):
        waive(report, key, "Agreed with the host", officer)


def test_a_waiver_whose_finding_is_gone_is_ignored(officer):
    report, key = make_half_written()
    waive(report, key, "Agreed with the host", officer)
    write(report, text_en="An end")
    assert preflight(report).waived == {}


def test_a_waiver_does_not_cover_what_was_found_later(officer):
    report = make_complete_report()
    Participation.objects.update(women=3, men=4, sexes_standing="reported")
    key = preflight(report).findings[0].key
    waive(report, key, "Some did not say.", officer)
    assert preflight(report).can_issue
    Participation.objects.update(women=1)
    assert [finding.key for finding in preflight(report).standing] == [key]
    waive(report, key, "Some more did not say.", officer)
    assert preflight(report).can_issue
    assert Waiver.objects.get().reason == "Some more did not say."


def test_waivers_of_one_report_say_nothing_of_another(officer):
    report, key = make_half_written()
    waive(report, key, "Agreed with the host", officer)
    ReportSection.objects.update(needs_check=False)
    other = make_report(meeting=make_meeting(41), as_of=date(2025, 11, 5))
    other.sections.update(needs_check=False)
    checked = preflight(other)
    assert key in {finding.key for finding in checked.standing}
