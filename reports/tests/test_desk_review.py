"""What stands between a report and its edition: findings, waivers, drafts, and the last question."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from activities.models import ActivityStatus
from activities.tests.factories import make_activity
from reports.assembly import assemble
from reports.models import Edition, IssueProposal, Rendering, RenderingState, WorkerSign
from reports.preflight import preflight
from reports.tests.desk import make_world, page_of, sign_in, words
from reports.tests.factories import make_report
from roadmap.tests.factories import make_meeting, make_programme

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
PAGE = "/en/desk/COMCEC-40/"


@pytest.fixture
def officer(client):
    return sign_in(client)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def report(officer):
    return make_world()


@pytest.fixture
def waivable(report):
    """A blocking finding that may be let pass: a section told in one language."""
    report.sections.filter(kind="challenges").update(text_en="Only in English")
    return next(each for each in preflight(report).standing if each.is_waivable)


def waive(client, finding, language="en", **sent):
    values = {"finding": finding.key, "reason": "Agreed with the Coordination Office"} | sent
    return client.post(f"/{language}/desk/COMCEC-40/waivers/", values)


# Pre-flight.


@BOTH_LANGUAGES
def test_each_finding_leads_to_the_field_that_mends_it(client, waivable, language):
    panel = page_of(client.get(f"/{language}/desk/COMCEC-40/")).select_one("#preflight")
    hrefs = [link["href"] for link in panel.select(".finding-blocking a")]
    assert f"/{language}/desk/COMCEC-40/#s-challenges-text_ar" in hrefs
    assert page_of(client.get(f"/{language}/desk/COMCEC-40/")).select_one("#s-challenges-text_ar")


def test_findings_stand_by_severity_the_gravest_first(client, waivable):
    panel = page_of(client.get(PAGE)).select_one("#preflight")
    titles = [words(title).split()[0] for title in panel.select("h3")]
    assert titles == [title for title in ("Blocking", "Warning", "Note") if title in titles]
    assert titles[0] == "Blocking"


@BOTH_LANGUAGES
def test_a_finding_is_let_pass_for_a_reason_and_stands_again(client, report, waivable, language):
    assert waive(client, waivable, language).headers["Location"] == f"/{language}/desk/COMCEC-40/#preflight"
    assert waivable.key not in {each.key for each in preflight(report).standing}
    assert "Agreed with the Coordination Office" in client.get(PAGE).content.decode()
    waiver = report.waivers.get()
    client.post(f"{PAGE}waivers/{waiver.pk}/withdraw/")
    assert waivable.key in {each.key for each in preflight(report).standing}


@pytest.mark.parametrize("reason", ["", "   ", ".", "ok", "a\x00b", "\u202ex", "x" * 2001])
def test_a_waiver_without_a_proper_reason_comes_back_with_its_error(client, report, waivable, reason):
    response = waive(client, waivable, reason=reason)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not report.waivers.exists()


@pytest.mark.parametrize("key", ["", "none:such:thing", "\x00", "x" * 5000])
def test_a_finding_that_is_not_there_cannot_be_let_pass(client, report, waivable, key):
    response = client.post(f"{PAGE}waivers/", {"finding": key, "reason": "Because"}, follow=True)
    assert response.status_code in (200, 422)
    assert not report.waivers.exists()


def test_a_finding_that_must_be_solved_cannot_be_let_pass(client, officer):
    make_programme()
    report = make_report(make_activity(status=ActivityStatus.PLANNED), as_of=timezone.localdate())
    unwaivable = next(each for each in preflight(report).standing if not each.is_waivable)
    assert waive(client, unwaivable).status_code == 422
    assert not report.waivers.exists()


def test_a_waiver_of_another_report_is_no_page(client, report, waivable):
    waive(client, waivable)
    make_report(meeting=make_meeting(41))
    waiver = report.waivers.get()
    assert client.post(f"/en/desk/COMCEC-41/waivers/{waiver.pk}/withdraw/").status_code == 404
    assert report.waivers.exists()


# Drafts.


@pytest.fixture
def worker():
    WorkerSign.objects.create(name="w", seen_at=timezone.now())


def panel(client, language="en"):
    response = client.get(f"/{language}/desk/COMCEC-40/renderings/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("language", ["ar", "en", "both"])
def test_a_draft_is_put_in_line(client, report, officer, worker, language):
    client.post(f"{PAGE}renderings/", {"language": language})
    rendering = Rendering.objects.get()
    asked = (rendering.report, rendering.requested_by, rendering.language, rendering.purpose, rendering.state)
    assert asked == (report, officer, language, "draft", RenderingState.WAITING)
    assert panel(client).section["data-again"] == f"{PAGE}renderings/"
    assert "waiting" in words(panel(client))


def test_a_second_draft_waits_for_the_first(client, report, worker):
    client.post(f"{PAGE}renderings/", {"language": "ar"})
    response = client.post(f"{PAGE}renderings/", {"language": "en"}, follow=True)
    assert "COMCEC-40" in words(page_of(response).select_one("#said"))
    assert Rendering.objects.count() == 1


@pytest.mark.parametrize("language", ["", "fr", "\x00", "x" * 5000])
def test_a_draft_in_no_language_is_not_put_in_line(client, report, language):
    assert client.post(f"{PAGE}renderings/", {"language": language}).status_code == 302
    assert not Rendering.objects.exists()


def test_a_rendering_is_cancelled(client, report, worker):
    client.post(f"{PAGE}renderings/", {"language": "ar"})
    rendering = Rendering.objects.get()
    client.post(f"{PAGE}renderings/{rendering.pk}/cancel/")
    rendering.refresh_from_db()
    assert rendering.state == RenderingState.CANCELLED
    again = client.post(f"{PAGE}renderings/{rendering.pk}/cancel/", follow=True)
    assert "had already ended" in again.content.decode()
    assert "data-again" not in panel(client).section.attrs


def done(report, user, **said):
    values = {"language": "ar", "state": RenderingState.DONE, "file_name": "COMCEC-40-ar-0123456789ab.pdf"}
    return Rendering.objects.create(report=report, requested_by=user, **values | said)


def test_a_finished_draft_is_sent_to_officers(client, report, officer, folder):
    (folder / "COMCEC-40-ar-0123456789ab.pdf").write_bytes(b"%PDF draft")
    rendering = done(report, officer)
    assert panel(client).select_one('a[type="application/pdf"]')["href"] == f"{PAGE}renderings/{rendering.pk}.pdf"
    response = client.get(f"{PAGE}renderings/{rendering.pk}.pdf")
    assert b"".join(response.streaming_content) == b"%PDF draft"
    assert response["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(f"{PAGE}renderings/{rendering.pk}.pdf").status_code == 302


@pytest.mark.parametrize(
    "said",
    [
        {"file_name": "gone.pdf"},
        {"file_name": "../secret.pdf"},
        {"file_name": ""},
        {"state": RenderingState.FAILED},
        {"purpose": "issue"},
    ],
)
def test_a_draft_that_is_none_is_no_page(client, report, officer, folder, said):
    (folder / "COMCEC-40-ar-0123456789ab.pdf").write_bytes(b"%PDF")
    (folder.parent / "secret.pdf").write_bytes(b"%PDF secret")
    rendering = done(report, officer, **said)
    assert client.get(f"{PAGE}renderings/{rendering.pk}.pdf").status_code == 404
    assert panel(client).select_one('a[type="application/pdf"]') is None


def test_a_draft_of_another_report_is_no_page(client, report, officer, folder):
    (folder / "COMCEC-40-ar-0123456789ab.pdf").write_bytes(b"%PDF")
    rendering = done(report, officer)
    make_report(meeting=make_meeting(41))
    assert client.get(f"/en/desk/COMCEC-41/renderings/{rendering.pk}.pdf").status_code == 404
    assert client.post(f"/en/desk/COMCEC-41/renderings/{rendering.pk}/cancel/").status_code == 404


def test_why_a_rendering_failed_is_told(client, report, officer):
    done(report, officer, state=RenderingState.FAILED, reason="It took longer than a report may.")
    assert "failed" in words(panel(client))
    assert "It took longer than a report may." in words(panel(client))


@pytest.mark.parametrize(("age", "is_told"), [(1, False), (10, True), (None, True)])
def test_a_missing_worker_is_told_within_ten_seconds(client, report, age, is_told):
    if age is not None:
        WorkerSign.objects.create(name="w", seen_at=timezone.now() - timedelta(seconds=age))
    assert ("No worker is running" in words(panel(client))) == is_told


# The last question.


def test_what_is_blocking_stands_in_the_way_of_issue(client, report, waivable):
    page = page_of(client.get(f"{PAGE}issue/"))
    assert "mended or let pass first" in words(page.select_one(".desk-issue"))
    assert client.post(f"{PAGE}issue/").status_code == 422
    assert not Rendering.objects.exists()


def let_everything_pass(client, report):
    for finding in preflight(report).standing:
        assert finding.is_waivable, finding
        waive(client, finding)


def look(client, language="en", **pressed):
    """Return what the page that asks once more would send."""
    form = page_of(client.get(f"/{language}/desk/COMCEC-40/issue/")).select_one(".desk-issue > form")
    return {"seen": form.select_one("[name=seen]")["value"], **pressed}


@BOTH_LANGUAGES
def test_an_edition_is_put_in_line(client, report, worker, language):
    let_everything_pass(client, report)
    response = client.post(f"/{language}/desk/COMCEC-40/issue/", look(client, language))
    assert response.headers["Location"] == f"/{language}/desk/COMCEC-40/#renderings"
    rendering = Rendering.objects.get()
    assert (rendering.purpose, rendering.language, rendering.spoken) == ("issue", "both", language)


def test_nobody_issues_what_they_have_not_seen(client, report, worker):
    let_everything_pass(client, report)
    seen = look(client)
    report.items.first().activity.participation.delete()
    for sent in (seen, {}, {"seen": "\x00"}):
        response = client.post(f"{PAGE}issue/", sent)
        assert response.status_code == 409
        assert "has changed since you looked at it" in response.content.decode()
    assert not Rendering.objects.exists()


def test_an_edition_that_would_say_the_same_is_not_offered(client, report, officer, worker):
    let_everything_pass(client, report)
    Edition.objects.create(
        report=report,
        number=1,
        code="TEST-0001",
        issued_at=timezone.now(),
        issued_by=officer,
        facts=assemble(report).to_json(),
        documents={},
        assets={},
        versions={},
    )
    form = page_of(client.get(f"{PAGE}issue/")).select_one(".desk-issue > form")
    assert not form.select("button")
    report.sections.filter(kind="challenges").update(text_ar="تحديات", text_en="Challenges")
    form = page_of(client.get(f"{PAGE}issue/")).select_one(".desk-issue > form")
    assert "Issue the corrected edition" in words(form)


def test_where_two_people_agree_the_first_one_proposes(client, report, officer, worker, settings):
    settings.REPORT_TWO_PERSON_ISSUE = True
    let_everything_pass(client, report)
    buttons = page_of(client.get(f"{PAGE}issue/")).select(".desk-issue > form button")
    assert [words(button) for button in buttons] == ["Propose for issue"]
    client.post(f"{PAGE}issue/", look(client, propose="1"))
    assert IssueProposal.objects.get().proposed_by == officer
    assert "Another person issues" in client.get(f"{PAGE}issue/").content.decode()
    sign_in(client, name="second")
    buttons = page_of(client.get(f"{PAGE}issue/")).select(".desk-issue > form button")
    assert [words(button) for button in buttons] == ["Issue the edition", "Propose for issue"]
    client.post(f"{PAGE}issue/", look(client))
    assert Rendering.objects.get().purpose == "issue"


def test_where_two_people_agree_nobody_puts_an_edition_in_line_alone(client, report, officer, worker, settings):
    settings.REPORT_TWO_PERSON_ISSUE = True
    let_everything_pass(client, report)
    response = client.post(f"{PAGE}issue/", look(client))
    assert response.status_code == 409
    assert "somebody else has to propose" in response.content.decode()
    client.post(f"{PAGE}issue/", look(client, propose="1"))
    assert client.post(f"{PAGE}issue/", look(client)).status_code == 409
    assert not Rendering.objects.exists()


def test_without_the_permission_nobody_issues(client, report):
    sign_in(client, "change_report", name="writer")
    assert "Issue an edition" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}issue/").status_code == 404
    assert client.post(f"{PAGE}issue/").status_code == 404
