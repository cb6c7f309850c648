"""Renderings as jobs: asked for once, done once, stopped at will, and told of in the language of whoever asked."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from activities.models import ActivityStatus
from activities.tests.factories import make_activity
from reports.issuing import issue
from reports.jobs import (
    BusyError,
    cancel,
    request_rendering,
    settle_abandoned,
    stop_work_of,
    tidy,
    worker_is_alive,
)
from reports.models import Edition, Rendering, RenderingState, Report, WorkerSign
from reports.tasks import Cancelled
from reports.tests.factories import make_complete_activity, make_complete_report, make_report
from reports.worker import Worker
from roadmap.models import Programme
from roadmap.tests.factories import make_area, make_meeting, make_programme, make_roadmap

WAITING, RUNNING, DONE, FAILED, CANCELLED = RenderingState
NOW = timezone.now()


@pytest.fixture
def report(db):
    make_programme()
    return make_report(make_activity())


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer", is_staff=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path / "built")
    return tmp_path / "built"


def work():
    """Do all that is in line, by the code that a worker process runs."""
    Worker("test", batch=True).run()


def make_rendering(report, officer, state=WAITING, **said):
    return Rendering.objects.create(report=report, requested_by=officer, state=state, **said)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# What becomes of a job


@pytest.mark.parametrize("language", ["ar", "en", "both"])
def test_a_draft_that_was_asked_for_is_built_by_the_worker(report, officer, folder, language):
    rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, language)
    assert rendering.state == WAITING
    work()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.reason, rendering.worker) == (DONE, "", "test")
    assert rendering.requested_at <= rendering.started_at <= rendering.finished_at
    assert names_in(folder) == [rendering.file_name]
    assert rendering.file_name.startswith(f"COMCEC-40-{language}-")


def test_the_framework_that_does_a_job_at_once_does_it_as_well(report, officer, folder, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    rendering.refresh_from_db()
    assert rendering.state == DONE
    assert names_in(folder) == [rendering.file_name]


def test_an_unchanged_draft_is_done_without_printing(report, officer, folder):
    first = request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    work()
    first.refresh_from_db()
    (folder / first.file_name).write_bytes(b"left as it is")
    second = request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    work()
    second.refresh_from_db()
    assert (second.state, second.file_name) == (DONE, first.file_name)
    assert (folder / first.file_name).read_bytes() == b"left as it is"


def test_jobs_are_done_in_the_order_in_which_they_were_asked_for(report, officer):
    other = User.objects.create_user("other")
    first = request_rendering(report, other, Rendering.Purpose.DRAFT, "ar")
    second = request_rendering(report, officer, Rendering.Purpose.DRAFT, "ar")
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.finished_at <= second.started_at


# One at a time per person


@pytest.mark.parametrize(
    ("purpose", "language", "sentence"),
    [
        ("draft", "en", "Your draft of COMCEC-40 is still being rendered: wait for it, or cancel it."),
        ("issue", "en", "Your edition of COMCEC-40 is still being issued: wait for it, or cancel it."),
        ("draft", "ar", "لم يكتمل بعد إعداد المسودة التي طلبتها (COMCEC-40): انتظر اكتمالها أو ألغها."),
    ],
)
def test_a_person_with_an_unfinished_rendering_is_told_which(report, officer, purpose, language, sentence):
    request_rendering(report, officer, purpose, "both")
    with override(language), pytest.raises(BusyError) as refused:
        request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    assert str(refused.value) == sentence
    assert Rendering.objects.count() == DBTaskResult.objects.count() == 1


def test_another_person_may_ask_meanwhile(report, officer):
    request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    other = request_rendering(report, User.objects.create_user("other"), Rendering.Purpose.DRAFT, "en")
    assert other.state == WAITING


@pytest.mark.parametrize("state", [DONE, FAILED, CANCELLED])
def test_a_person_whose_rendering_has_ended_may_ask_again(report, officer, state):
    make_rendering(report, officer, state)
    assert request_rendering(report, officer, Rendering.Purpose.DRAFT, "en").state == WAITING


# Cancelling, and changes that meet


def test_a_rendering_cancelled_while_it_waits_is_never_done(report, officer, folder):
    rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    assert cancel(rendering)
    work()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.started_at) == (CANCELLED, None)
    assert names_in(folder) == []


CHANGES = {
    "begin": lambda rendering: rendering.begin("somebody"),
    "finish": lambda rendering: rendering.finish("file.pdf"),
    "fail": lambda rendering: rendering.fail("because"),
    "cancel": lambda rendering: rendering.cancel(),
}
ALLOWED = {
    ("begin", WAITING): RUNNING,
    ("finish", RUNNING): DONE,
    ("fail", RUNNING): FAILED,
    ("cancel", WAITING): CANCELLED,
    ("cancel", RUNNING): CANCELLED,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("state", list(RenderingState))
def test_a_job_changes_only_from_where_the_change_starts(report, officer, change, state):
    rendering = make_rendering(report, officer, state)
    stale = Rendering.objects.get(pk=rendering.pk)
    stale.state = WAITING  # whoever acts may have read it long ago: the row decides
    assert CHANGES[change](stale) == ((change, state) in ALLOWED)
    rendering.refresh_from_db()
    assert rendering.state == ALLOWED.get((change, state), state)


# Editions


@pytest.fixture
def issuer(officer):
    officer.user_permissions.add(Permission.objects.get(codename="issue_report"))
    return officer


@pytest.fixture
def complete(db):
    """A report in which nothing stands in the way of its issue."""
    make_area(make_roadmap(code="2020-2025"))
    return make_complete_report(make_complete_activity())


def test_an_edition_that_was_asked_for_is_issued_by_the_worker(complete, issuer):
    rendering = request_rendering(complete, issuer, Rendering.Purpose.ISSUE, "both")
    work()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.reason, rendering.file_name) == (DONE, "", "COMCEC-40/1")
    assert complete.editions.get().issued_by == issuer


def test_an_edition_that_may_not_be_issued_is_told_as_failed(issuer):
    make_programme()
    report = make_report(make_activity(status=ActivityStatus.PLANNED))  # though its days are past
    with override("en"):
        rendering = request_rendering(report, issuer, Rendering.Purpose.ISSUE, "both")
    work()
    rendering.refresh_from_db()
    assert rendering.state == FAILED
    assert "in the way of issuing this report" in rendering.reason
    assert not Edition.objects.exists()


def test_a_role_lost_while_the_job_waited_issues_nothing(complete, issuer):
    with override("en"):
        rendering = request_rendering(complete, issuer, Rendering.Purpose.ISSUE, "both")
    issuer.user_permissions.clear()
    work()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.reason) == (FAILED, "You may prepare this report, but not issue it.")
    assert not Edition.objects.exists()


def test_an_edition_whose_job_was_cancelled_at_the_last_moment_is_not_written(complete, issuer):
    def cancelled(edition):
        assert Edition.objects.filter(pk=edition.pk).exists()
        raise Cancelled

    with pytest.raises(Cancelled):
        issue(complete, issuer, written=cancelled)
    assert not Edition.objects.exists()


# Why a job failed


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The period is unknown: enter the dates of COMCEC session 39 first."),
        ("ar", "الفترة غير معروفة: أدخل أولا تاريخ انعقاد الدورة 39 للكومسيك."),
    ],
)
def test_a_job_that_fails_says_why_in_the_language_of_whoever_asked(officer, language, sentence):
    make_programme()
    report = make_report(make_activity(), meeting=make_meeting(40))  # no session before it
    with override(language):
        rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, "both")
    with override("en" if language == "ar" else "ar"):
        work()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.reason) == (FAILED, sentence)


def test_a_job_without_a_programme_says_so(report, officer):
    Programme.objects.all().delete()
    with override("en"):
        rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, "both")
    work()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.reason) == (FAILED, "The programme is not entered yet.")


def test_a_fault_is_logged_and_told_without_its_traceback(report, officer, folder, caplog):
    folder.write_text("in the way")
    with override("en"):
        rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, "both")
    with caplog.at_level(logging.ERROR):
        work()
    rendering.refresh_from_db()
    assert rendering.state == FAILED
    assert rendering.reason.endswith(f"The log says more: rendering {rendering.pk}.")
    assert str(folder) not in rendering.reason
    assert "FileExistsError" in caplog.text


def test_a_report_that_is_deleted_takes_its_job_along(report, officer):
    request_rendering(report, officer, Rendering.Purpose.DRAFT, "both")
    Report.objects.all().delete()
    work()
    assert not Rendering.objects.exists()


# Who is alive


@pytest.mark.parametrize(("age", "alive"), [(0, True), (5, True), (10, False), (3600, False)])
def test_a_worker_is_alive_while_it_has_signed_lately(db, age, alive):
    WorkerSign.objects.create(name="old", seen_at=NOW - timedelta(days=2))
    WorkerSign.objects.create(name="one", seen_at=NOW - timedelta(seconds=age))
    assert worker_is_alive(NOW) == alive


def test_without_any_worker_none_is_alive(db):
    assert not worker_is_alive(NOW)


@pytest.mark.parametrize(
    ("begun", "signed", "state"),
    [
        (60, None, FAILED),
        (60, 45, FAILED),
        (60, 2, RUNNING),
        (60, 20, RUNNING),  # it may wait for a database that others write to
        (1, None, RUNNING),
    ],
)
def test_a_job_whose_worker_is_gone_is_told_as_failed(report, officer, begun, signed, state):
    said = {"worker": "one", "started_at": NOW - timedelta(seconds=begun), "spoken": "en"}
    rendering = make_rendering(report, officer, RUNNING, **said)
    WorkerSign.objects.create(name="another", seen_at=NOW)
    if signed is not None:
        WorkerSign.objects.create(name="one", seen_at=NOW - timedelta(seconds=signed))
    assert settle_abandoned(NOW) == (state == FAILED)
    rendering.refresh_from_db()
    assert rendering.state == state
    assert rendering.reason == ("The worker stopped before this was done: ask once more." if state == FAILED else "")


def test_a_job_whose_worker_is_gone_keeps_nobody_from_asking_again(report, officer):
    make_rendering(report, officer, RUNNING, worker="gone", started_at=timezone.now() - timedelta(hours=1))
    assert request_rendering(report, officer, Rendering.Purpose.DRAFT, "en").state == WAITING


def test_a_worker_that_ends_stops_its_own_job_and_no_other(report, officer):
    own = make_rendering(report, officer, RUNNING, worker="one", started_at=NOW)
    other = make_rendering(report, User.objects.create_user("other"), RUNNING, worker="two", started_at=NOW)
    assert stop_work_of("one") == 1
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == (FAILED, RUNNING)


def test_a_waiting_job_that_lost_its_place_in_line_gets_one(report, officer):
    rendering = request_rendering(report, officer, Rendering.Purpose.DRAFT, "en")
    DBTaskResult.objects.update(status="RUNNING")  # as a worker leaves it that is killed between two statements
    work()
    rendering.refresh_from_db()
    assert rendering.state == DONE


def test_what_ended_long_ago_is_forgotten(report, officer):
    long_ago = NOW - timedelta(days=100)
    make_rendering(report, officer, DONE, finished_at=long_ago)
    recent = make_rendering(report, officer, DONE, finished_at=NOW)
    WorkerSign.objects.create(name="old", seen_at=long_ago)
    tidy(NOW)
    assert list(Rendering.objects.all()) == [recent]
    assert not WorkerSign.objects.exists()
