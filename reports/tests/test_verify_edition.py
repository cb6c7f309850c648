"""`manage.py verify_edition`: intact or not, made again or not, and which file is not as it was issued."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from reports import triggers
from reports.codes import edition_code
from reports.issuing import issue
from reports.models import Edition
from reports.tests.factories import make_complete_report, make_edition, make_report
from reports.tests.programmes import report_of_one
from roadmap.models import MeetingKind
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db

FACTS = report_of_one().to_json()


def verify(named, **options):
    out = StringIO()
    call_command("verify_edition", named, stdout=out, **options)
    return out.getvalue()


def damage(statement, *values):
    """Change rows behind the back of models and triggers, as somebody with the database's password could."""
    triggers.uninstall(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install(connection)


def make_intact(report=None, **said):
    """Return an edition whose code is that of its facts, made with other versions than today's."""
    report = report or make_report()
    name = f"{report.code}/{said.get('number', 1)}"
    values = {"code": edition_code(name, FACTS), "facts": FACTS, "versions": {"weasyprint": "1.0"}}
    return make_edition(report, **values | said)


@pytest.fixture
def issued():
    """An edition as it is issued, with every file."""
    return issue(make_complete_report(), User.objects.create_superuser("root"))


def test_under_the_same_versions_every_file_is_made_again_with_the_same_bytes(issued):
    said = verify("1", meeting="comcec-40")
    assert said == f"COMCEC-40/1 ({issued.code}): files intact; 7 were re-rendered, with the same bytes.\n"


def test_a_text_that_was_changed_since_gives_other_files(issued):
    documents = issued.documents | {"en": issued.documents["en"].replace("Progress report", "Progress reqort")}
    assert documents != issued.documents
    damage("UPDATE reports_edition SET documents = %s", json.dumps(documents))
    with pytest.raises(CommandError, match=r"COMCEC-40-1-en\.pdf, COMCEC-40-1-en\.docx\.") as refused:
        verify("COMCEC-40/1")
    assert refused.value.returncode == 1
    assert "COMCEC-40-1-ar.pdf" not in str(refused.value)


def test_the_assets_of_the_time_are_used_and_not_those_of_today(issued, settings, tmp_path, monkeypatch):
    monkeypatch.setattr("reports.rendering.STATIC_DIR", tmp_path)  # today there are none
    assert "7 were re-rendered" in verify(issued.code)


def test_under_other_versions_nothing_is_made_again():
    edition = make_intact()
    said = verify(edition.code)
    assert said.startswith(f"COMCEC-40/1 ({edition.code}): files intact, not re-rendered: versions differ (")
    assert "weasyprint" in said
    assert "templates" not in said


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE reports_editionfile SET content = %s WHERE name = 'COMCEC-40-1-en.pdf'", "COMCEC-40-1-en.pdf"),
        ("UPDATE reports_editionfile SET content = %s WHERE format = 'xlsx'", "COMCEC-40-1.xlsx"),
        ("UPDATE reports_frozenasset SET content = %s", "css/report.css"),
    ],
)
def test_content_that_was_changed_is_named(statement, named):
    make_intact()
    damage(statement, b"something else")
    with pytest.raises(CommandError, match="is not as it was issued") as refused:
        verify("COMCEC-40/1")
    assert str(refused.value).endswith(f"is not as it was issued: {named}.")


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE reports_editionfile SET sha256 = '0' WHERE name = 'COMCEC-40-1-ar.docx'", "COMCEC-40-1-ar.docx"),
        ("UPDATE reports_editionfile SET size = 1 WHERE name = 'COMCEC-40-1.json'", "COMCEC-40-1.json"),
        ("DELETE FROM reports_frozenasset", "css/report.css"),
        ("UPDATE reports_edition SET facts = '{}'", "facts"),
        ("UPDATE reports_edition SET code = '00000000'", "code"),
    ],
)
def test_anything_else_that_was_changed_is_named(statement, named):
    make_intact()
    damage(statement)
    with pytest.raises(CommandError) as refused:
        verify("COMCEC-40/1")
    assert str(refused.value).endswith(f"is not as it was issued: {named}.")


def test_facts_that_were_changed_with_their_file_no_longer_give_the_code():
    make_intact()
    other = report_of_one(title=report_of_one().items[0].kind.name).to_json()
    damage("UPDATE reports_edition SET facts = %s", other)
    with pytest.raises(CommandError, match=r": facts\.$"):
        verify("COMCEC-40/1")


@pytest.mark.parametrize("named", ["COMCEC-40/1", "comcec-40/1"])
def test_an_edition_is_found_by_its_report_and_number(named):
    make_intact()
    assert "files intact" in verify(named)


def test_an_edition_is_found_by_its_code_however_it_is_typed():
    edition = make_intact()
    assert "files intact" in verify(edition.code.lower())
    assert "files intact" in verify(edition.shown_code)


def test_a_number_alone_is_enough_while_one_edition_has_it():
    make_intact()
    assert "COMCEC-40/1" in verify("1")
    make_intact(make_report(meeting=make_meeting(40, kind=MeetingKind.FOLLOW_UP)))
    with pytest.raises(CommandError, match="several editions 1"):
        verify("1")
    assert "COMCEC-FC-40/1" in verify("1", meeting="COMCEC-FC-40")


@pytest.mark.parametrize("named", ["", "2", "COMCEC-41/1", "COMCEC-40/2", "COMCEC-40", "00000000", "9" * 5000, "\x00"])
def test_what_is_no_edition_is_said_in_one_sentence(named):
    make_intact()
    with pytest.raises(CommandError, match="There is no edition"):
        verify(named)
    assert Edition.objects.count() == 1
