"""`manage.py build_report`: what it writes, and what it says when it cannot."""

import pytest
from django.core.management import CommandError, call_command

from activities.tests.factories import make_activity
from reports.models import Report
from reports.tests.factories import make_report
from roadmap.tests.factories import make_meeting, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    make_programme()
    return make_report(make_activity())


@pytest.mark.parametrize("language", ["ar", "en", "both"])
def test_a_report_is_built_under_its_meeting_language_and_content(report, tmp_path, language, capsys):
    call_command("build_report", meeting="comcec-40", language=language, output=str(tmp_path / "new"))
    (path,) = (tmp_path / "new").iterdir()
    assert path.name.startswith(f"COMCEC-40-{language}-")
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"meeting": "COMCEC-99"}, "There is no meeting “COMCEC-99”"),
        ({"meeting": "Fortieth"}, "There is no meeting “Fortieth”"),
        ({"meeting": "COMCEC-" + "9" * 5000}, "There is no meeting"),
        ({"meeting": ""}, "There is no meeting “”"),
        ({"meeting": "COMCEC-39"}, "No report to COMCEC-39 has been prepared"),
        ({"language": "fr"}, "There is no language “fr”"),
    ],
)
def test_what_cannot_be_built_is_told_in_one_sentence(report, tmp_path, said, message):
    with pytest.raises(CommandError, match=message) as refused:
        call_command("build_report", **{"meeting": "COMCEC-40", "language": "ar", "output": str(tmp_path), **said})
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(report, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("build_report", meeting="COMCEC-40", output=str(tmp_path / "file" / "below"))


def test_a_portal_without_its_programme_says_so(tmp_path):
    make_report(make_activity())
    with pytest.raises(CommandError, match="load_reference_data"):
        call_command("build_report", meeting="COMCEC-40", output=str(tmp_path))


def test_a_period_that_is_not_known_is_told(tmp_path):
    make_programme()
    make_report(meeting=make_meeting(33))
    with pytest.raises(CommandError, match="enter the dates of COMCEC session 32"):
        call_command("build_report", meeting="COMCEC-33", output=str(tmp_path))


def test_the_report_follows_the_record(report, tmp_path):
    call_command("build_report", meeting="COMCEC-40", language="en", output=str(tmp_path))
    (before,) = tmp_path.iterdir()
    activity = Report.objects.get().items.get().activity
    activity.title_en = "A better title"
    activity.save()
    call_command("build_report", meeting="COMCEC-40", language="en", output=str(tmp_path))
    (after,) = tmp_path.iterdir()
    assert after != before
