"""Issuing: what an edition freezes, who may issue what, and that it is whole or absent."""

import io
import json
import threading
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from activities.models import Activity, Participation
from reports import issuing, triggers
from reports.assembly import assemble
from reports.codes import edition_code
from reports.facts import ReportFacts
from reports.issuing import IssueError, issue, propose_issue
from reports.models import Citation, Edition, EditionFile, FrozenAsset, FrozenError, IssueProposal, Report
from reports.preflight import preflight, waive
from reports.rendering import STATIC_DIR, RenderingError, assets, render_pdf
from reports.tests.factories import make_complete_activity, make_complete_report, make_edition, make_report
from reports.verification import genuine_files
from roadmap.tests.factories import make_area, make_meeting, make_roadmap

pytestmark = pytest.mark.django_db

FROZEN = (Edition, EditionFile, FrozenAsset, Citation)
FILES = ["1-ar.pdf", "1-en.pdf", "1-both.pdf", "1-ar.docx", "1-en.docx", "1.xlsx", "1.json"]
_printed: dict[tuple, bytes] = {}


@pytest.fixture(autouse=True)
def each_document_printed_once(monkeypatch):
    """Print what several tests issue alike only once: the same input gives the same bytes (`test_rendering`)."""

    def print_once(html, facts=None, *, progress=None):
        key = (html, facts and facts.to_json())
        if key not in _printed:
            _printed[key] = render_pdf(html, facts, progress=progress)
        if progress:
            progress()
        return _printed[key]

    monkeypatch.setattr(issuing, "render_pdf", print_once)


@pytest.fixture
def report():
    """A report in which there is nothing to be found, the same in every test."""
    make_area(make_roadmap(code="2020-2025", title_ar="خارطة الطريق", title_en="The roadmap"))
    return make_complete_report(make_complete_activity(title_ar="العنوان", title_en="Title"))


def somebody(name="issuer", may_issue=True):
    user = User.objects.create_user(name, first_name=name.title(), is_staff=True)
    if may_issue:
        user.user_permissions.add(Permission.objects.get(codename="issue_report"))
    return user


@pytest.fixture
def officer():
    return somebody()


def nothing_is_written():
    return not any(model.objects.exists() for model in FROZEN)


def count_again(headcount=33):
    """Change what the report states of its activity."""
    counts = Participation.objects.get()
    counts.headcount = headcount
    counts.save()


# What is frozen


def test_an_edition_freezes_what_was_said_and_every_file(report, officer):
    before = timezone.now()
    edition = issue(report, officer)
    facts = assemble(report)
    assert (str(edition), edition.number, edition.corrects, edition.proposed_by) == ("COMCEC-40/1", 1, None, None)
    assert (edition.issued_by, edition.waivers, edition.changes) == (officer, [], [])
    assert before <= edition.issued_at <= timezone.now()
    assert edition.code == edition_code("COMCEC-40/1", facts.to_json())
    assert ReportFacts.from_json(edition.facts) == facts
    assert list(edition.documents) == ["ar", "en", "both"]
    assert edition.assets == {name: sha256((STATIC_DIR / name).read_bytes()).hexdigest() for name in assets()}
    assert {asset.pk: bytes(asset.content) for asset in FrozenAsset.objects.all()} == {
        edition.assets[name]: (STATIC_DIR / name).read_bytes() for name in assets()
    }
    assert {
        "weasyprint",
        "fonttools",
        "pango",
        "harfbuzz",
        "python",
        "printer",
        "templates",
    } <= edition.versions.keys()
    assert [citation.activity.code for citation in edition.citations.all()] == [item.code for item in facts.items]


def test_every_file_is_there_with_its_checksum_and_found_by_it(report, officer):
    edition = issue(report, officer)
    files = list(edition.files.all())
    assert [file.name for file in files] == [f"COMCEC-40-{name}" for name in FILES]
    for file in files:
        content = bytes(file.content)
        assert (file.sha256, file.size) == (sha256(content).hexdigest(), len(content))
        assert genuine_files(file.sha256) == [file]
    assert bytes(files[-1].content).decode() == edition.facts
    assert all(bytes(file.content).startswith(b"PK") for file in files[3:6])


@pytest.mark.parametrize("language", ["ar", "en", "both"])
def test_a_pdf_of_an_edition_is_no_draft_and_names_where_it_is_verified(report, officer, language, settings):
    settings.PORTAL_URL = "https://vet.example.org"
    edition = issue(report, officer)
    assert f"https://vet.example.org/v/{edition.code}/" in edition.documents[language]
    words = BeautifulSoup(edition.documents[language], "html.parser").get_text(" ")
    assert "Draft for review" not in words
    assert "مسودة" not in words
    reader = PdfReader(io.BytesIO(bytes(edition.files.get(format="pdf", language=language).content)))
    (attached,) = reader.attachments["facts.json"]
    assert attached.decode() == edition.facts


def test_an_edition_keeps_the_waivers_with_their_reasons(report, officer):
    section = report.sections.get(kind="conclusion")
    section.text_ar = "خاتمة"
    section.save()
    (finding,) = preflight(report).standing
    with override("en"):
        waive(report, finding.key, "The Arabic was adopted as it is.", officer)
    edition = issue(report, officer)
    (waiver,) = edition.waivers
    assert (waiver["finding"], waiver["reason"]) == (finding.key, "The Arabic was adopted as it is.")
    assert waiver["sentence"]
    assert waiver["by"] == "Issuer"
    assert datetime.fromisoformat(waiver["on"]) <= datetime.now(UTC)


def test_records_stay_editable_and_the_edition_does_not_change(report, officer):
    edition = issue(report, officer)
    count_again()
    activity = Activity.objects.get()
    activity.title_en = "Another title"
    activity.save()
    kept = Edition.objects.get()
    assert (kept.facts, kept.documents) == (edition.facts, edition.documents)
    assert "Another title" not in kept.facts


def test_an_edition_cannot_be_changed_or_deleted_through_its_model(report, officer):
    edition = issue(report, officer)
    changes = [
        lambda: setattr(edition, "code", "00000000") or edition.save(),
        edition.delete,
        lambda: Edition.objects.update(code="00000000"),
        lambda: Edition.objects.all().delete(),
        lambda: Edition.objects.bulk_update([edition], ["code"]),
        lambda: Edition.objects.update_or_create(pk=edition.pk, defaults={"code": "00000000"}),
        lambda: EditionFile.objects.bulk_create(edition.files.all(), update_conflicts=True),
        lambda: edition.files.all().delete(),
        lambda: edition.files.first().delete(),
    ]
    for change in changes:
        with pytest.raises(FrozenError):
            change()
    assert Edition.objects.get().code != "00000000"
    assert edition.files.count() == len(FILES)


# Who and what


def test_what_is_found_and_not_waived_stands_in_the_way(report, officer):
    Participation.objects.all().delete()
    Activity.objects.update(status="planned")
    with override("en"), pytest.raises(IssueError, match=r"finding.* in the way of issuing this report"):
        issue(report, officer)
    with override("ar"), pytest.raises(IssueError, match="إصدار هذا التقرير"):
        propose_issue(report, officer)
    assert nothing_is_written()
    assert not IssueProposal.objects.exists()


def test_issuing_needs_a_permission_of_its_own(report):
    editor = somebody("editor", may_issue=False)
    for attempt in (issue, propose_issue):
        with override("en"), pytest.raises(IssueError, match="not issue it"):
            attempt(report, editor)
    assert nothing_is_written()


def test_nothing_new_is_not_issued_twice(report, officer):
    issue(report, officer)
    with override("en"), pytest.raises(IssueError, match="Nothing has changed since edition 1"):
        issue(report, officer)
    assert Edition.objects.count() == 1


def test_a_corrected_edition_names_the_one_before_and_what_changed(report, officer):
    first = issue(report, officer)
    count_again()
    second = issue(Report.objects.get(), officer)
    assert (second.number, second.corrects, first.corrected_by) == (2, first, second)
    assert second.changes[0] == {
        "ar": "«العنوان»، عدد المشاركين: 33 بدلا من 32.",
        "en": "“Title”, participants: 33 instead of 32.",
    }
    assert second.code != first.code
    words = BeautifulSoup(second.documents["en"], "html.parser").get_text(" ")
    assert "participants: 33 instead of 32" in " ".join(words.split())
    assert FrozenAsset.objects.count() == len(set(second.assets.values()))


# Two people


@pytest.fixture
def two_people(settings):
    settings.REPORT_TWO_PERSON_ISSUE = True


@pytest.mark.usefixtures("two_people")
def test_where_two_must_agree_the_second_issues_what_the_first_proposed(report, officer):
    first = somebody("first")
    propose_issue(report, first)
    edition = issue(report, officer)
    assert (edition.proposed_by, edition.issued_by) == (first, officer)
    assert not IssueProposal.objects.exists()


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize(
    ("language", "alone", "own", "changed"),
    [
        ("en", "somebody else has to propose", "You proposed this report yourself", "has to be proposed again"),
        ("ar", "على شخص آخر أن يقترح", "أنت من اقترح", "يجب اقتراحه من جديد"),
    ],
)
def test_where_two_must_agree_one_is_not_enough(report, officer, language, alone, own, changed):
    with override(language):
        with pytest.raises(IssueError, match=alone):
            issue(report, officer)
        propose_issue(report, officer)
        with pytest.raises(IssueError, match=own):
            issue(report, officer)
        count_again()
        with pytest.raises(IssueError, match=changed):
            issue(report, somebody("second"))
    assert nothing_is_written()


@pytest.mark.usefixtures("two_people")
def test_a_new_proposal_takes_the_place_of_the_old_one(report, officer):
    first = somebody("first")
    propose_issue(report, officer)
    count_again()
    assert propose_issue(report, first).proposed_by == first
    assert IssueProposal.objects.count() == 1
    assert issue(report, officer).proposed_by == first


# Whole or absent


class At:
    """Does something once, while the files are being made."""

    def __init__(self, work):
        self.work = work
        self.is_done = False

    def __call__(self):
        if not self.is_done:
            self.is_done = True
            self.work()


def test_what_changes_while_the_files_are_made_is_not_issued(report, officer):
    with override("en"), pytest.raises(IssueError, match="was changed while the edition was being made"):
        issue(report, officer, progress=At(count_again))
    assert nothing_is_written()


def test_a_finding_that_appears_while_the_files_are_made_stops_the_issue(report, officer):
    def plan():
        Activity.objects.update(status="planned")

    with override("en"), pytest.raises(IssueError, match="in the way of issuing"):
        issue(report, officer, progress=At(plan))
    assert nothing_is_written()


def test_of_two_who_issue_at_once_one_is_told_to_look_again(report, officer):
    other = somebody("other")
    with override("en"), pytest.raises(IssueError, match="Nothing has changed since edition 1"):
        issue(report, officer, progress=At(lambda: issue(Report.objects.get(), other)))
    assert [(edition.number, edition.issued_by) for edition in Edition.objects.all()] == [(1, other)]


def test_a_code_that_is_taken_meanwhile_leaves_nothing_of_the_edition(report, officer):
    code = edition_code("COMCEC-40/1", assemble(report).to_json())

    def take():
        make_edition(make_report(meeting=make_meeting(41)), code=code)

    with override("en"), pytest.raises(IssueError, match="Try again"):
        issue(report, officer, progress=At(take))
    assert [str(edition) for edition in Edition.objects.all()] == ["COMCEC-41/1"]
    assert EditionFile.objects.count() == len(FILES)
    assert FrozenAsset.objects.count() == 1


def test_a_code_that_is_taken_already_is_passed_over(report, officer):
    facts = assemble(report).to_json()
    make_edition(
        make_report(meeting=make_meeting(41)), Activity.objects.get(), code=edition_code("COMCEC-40/1", facts)
    )
    assert issue(report, officer).code == edition_code("COMCEC-40/1", facts, attempt=1)


def test_a_database_that_fails_at_the_last_step_leaves_nothing(report, officer):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER full BEFORE INSERT ON reports_citation BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        else:
            cursor.execute("ALTER TABLE reports_citation ADD CONSTRAINT full_table CHECK (false)")
    with override("en"), pytest.raises(IssueError, match="Try again"):
        issue(report, officer)
    assert nothing_is_written()


def test_a_file_that_cannot_be_printed_leaves_nothing(report, officer, monkeypatch):
    # The printer may not load the other styles that the document asks for.
    monkeypatch.setattr(issuing, "render_pdf", partial(render_pdf, styles=("css/fonts.css",)))
    with override("en"), pytest.raises(RenderingError, match="may not load"):
        issue(report, officer)
    assert nothing_is_written()


def test_whoever_cancels_leaves_nothing(report, officer):
    class CancelledError(Exception):
        pass

    def cancel():
        raise CancelledError

    with pytest.raises(CancelledError):
        issue(report, officer, progress=cancel)
    assert nothing_is_written()


# Readers


def test_what_was_issued_is_read_and_verified_at_once(report, officer, client):
    edition = issue(report, officer)
    page = client.get(f"/en/editions/{edition.code}/")
    assert page.status_code == 200
    for file in edition.files.all():
        sent = client.get(f"/en/editions/{edition.code}/{file.name}")
        assert sha256(sent.content).hexdigest() == file.sha256
        assert file.sha256 in page.content.decode()
    assert json.loads(sent.content)["code"] == "COMCEC-40"


# At the same moment


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a database in memory serves one thread")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_issue_at_the_very_same_moment_one_succeeds(report, officer):
    both_printed = threading.Barrier(2, timeout=60)
    said = []

    def issue_in_a_thread():
        try:
            said.append(issue(Report.objects.get(), officer, progress=At(both_printed.wait)).number)
        except IssueError as error:
            said.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=issue_in_a_thread) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert sorted(said, key=str) == [1, IssueError]
        assert Edition.objects.count() == 1
    finally:
        triggers.uninstall(connection)  # the runner empties the tables now
        for model in (Citation, EditionFile, Edition, FrozenAsset):
            QuerySet(model).delete()
        triggers.install(connection)
