"""The desk's pages for former reports: who may come, what is shown, and that nothing is saved unless accepted."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from activities.models import Activity, CountryParticipation, Participation, Partnership
from activities.tests.factories import make_activity, make_kind, make_profile, make_project_kind
from partners.tests.factories import make_country, make_institution
from reports.former import sending
from reports.former.acceptance import ChangedError, accept
from reports.former.extraction import LARGEST_FILE, Limits
from reports.former.proposals import Partner, Proposal, Reading
from reports.models import FormerReading
from reports.models.former import CUT_OFF
from reports.worker import Worker

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "en")
TEXT = """1. Training course on “Rope Making”
SESRIC organised a training course on “Rope Making” during the period 9–10 January 2024.
It was attended by 95 experts from 24 member countries.
2. Training course on “Net Mending”
SESRIC organised an online training course on “Net Mending” on 5 March 2024.
""".encode()


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A page waits for a reading on a busy machine as well, unless a test says otherwise."""
    monkeypatch.setattr(sending, "AT_ONCE", Limits(processor=60, clock=120))


@pytest.fixture
def officer(client):
    """A client of somebody who writes reports and may accept drafts from former ones."""
    user = User.objects.create_user("officer", is_staff=True)
    for code in ("change_report", "accept_formerreading"):
        user.user_permissions.add(Permission.objects.get(codename=code))
    client.force_login(user)
    return client


@pytest.fixture
def words():
    """What a portal has to know to read the text."""
    make_kind()
    make_profile()


def upload(client, content=TEXT, name="Report 39.txt", language="en", spoken="en"):
    with override(spoken):
        address = reverse("desk_read")
    return client.post(address, {"file": SimpleUploadedFile(name, content), "language": language})


def said(value, confidence=0.95) -> Reading:
    return Reading(value, "the words", confidence)


def proposed(number="1", parent="", partners=(), **readings) -> Proposal:
    values = {"kind": "training-course", "title": f"Title {number}", "dates": ["2024-01-09", "2024-01-10"]} | readings
    kept = {name: said(value) for name, value in values.items() if value is not None}
    return Proposal(number, parent, kept, [(partner, said(partner.name)) for partner in partners])


def reading_of(*proposals: Proposal, language="en") -> FormerReading:
    user = User.objects.get_or_create(username="reader")[0]
    rows = [each.to_row() for each in proposals]
    return FormerReading.objects.create(file_name="Report 39", language=language, read_by=user, proposals=rows)


def address_of(reading: FormerReading, language="en") -> str:
    with override(language):
        return reverse("desk_proposals", args=[reading.pk])


# Who may come.


def test_whoever_may_not_accept_drafts_finds_no_such_page(client):
    user = User.objects.create_user("reporter", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_report"))
    client.force_login(user)
    reading = reading_of(proposed())
    assert client.get(reverse("desk_read")).status_code == 404
    assert upload(client).status_code == 404
    assert client.get(address_of(reading)).status_code == 404
    assert client.post(address_of(reading), {"version": 1, "only": "1"}).status_code == 404
    assert client.post(reverse("desk_discard_reading", args=[reading.pk])).status_code == 404
    assert FormerReading.objects.count() == 1


def test_whoever_is_not_signed_in_is_led_to_the_login(client):
    assert "login" in client.get(reverse("desk_read")).url
    assert "login" in upload(client).url


def test_a_form_without_its_token_is_refused(words):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("root"))
    assert upload(client).status_code == 403
    assert not FormerReading.objects.exists()


# Reading.


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_upload_is_shown_and_nothing_of_it_is_saved(officer, words, language):
    response = upload(officer, spoken=language)
    reading = FormerReading.objects.get()
    assert response.url == address_of(reading, language)
    page = BeautifulSoup(officer.get(response.url).content, "html.parser")
    assert [row.h2.get_text(strip=True) for row in page.select(".proposal")] == ["Rope Making", "Net Mending"]
    passages = [cell.get_text(" ", strip=True) for cell in page.select("#row-1 .passage")]
    assert any("95 experts" in passage for passage in passages)
    assert all("%" in cell.get_text() for cell in page.select("#row-1 .confidence"))
    assert not Activity.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("content", [b"", b"\x00", b"%PDF-1.7", b"no activity in here"])
def test_a_file_that_cannot_be_read_is_told_at_its_field(officer, words, content, language):
    response = upload(officer, content, spoken=language)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("#id_file_error").get_text(strip=True)
    assert not FormerReading.objects.exists()


def test_a_body_that_is_too_long_is_answered_unread(officer):
    response = officer.post(
        reverse("desk_read"), data=b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=LARGEST_FILE * 2
    )
    assert response.status_code == 413
    assert "20 MB" in response.content.decode() or "20 م" in response.content.decode()


@pytest.mark.parametrize("name", ["a\u202eb.txt", "<script>.txt", "x" * 190 + ".txt"])
def test_a_name_of_a_file_cannot_do_harm(officer, words, name):
    response = upload(officer, name=name)
    assert response.status_code == 302
    assert b"<script>.txt" not in officer.get(response.url).content


# What takes longer than a page may.


@pytest.fixture
def hurried(patient, monkeypatch):
    """A page has no time for any report, so that a worker reads it."""
    monkeypatch.setattr(sending, "AT_ONCE", Limits(clock=0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_that_takes_long_is_read_by_a_worker_and_its_page_tells_how_far_it_is(
    officer, words, hurried, language
):
    address = upload(officer, spoken=language).url
    waiting = officer.get(address)
    page = BeautifulSoup(waiting.content, "html.parser")
    assert waiting["Refresh"] == "3"
    assert page.select_one(".rendering-waiting").get_text(strip=True)
    assert page.select_one("[role=alert]")  # no worker is running
    Worker("test", batch=True).run()
    page = BeautifulSoup(officer.get(address).content, "html.parser")
    assert [row.h2.get_text(strip=True) for row in page.select(".proposal")] == ["Rope Making", "Net Mending"]
    assert bytes(FormerReading.objects.get().content) == b""
    assert not Activity.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_worker_cannot_read_is_told_in_the_language_of_who_sent_it(officer, words, hurried, language):
    address = upload(officer, b"no activity in here", spoken=language).url
    Worker("test", batch=True).run()
    response = officer.get(address)
    reading = FormerReading.objects.get()
    assert "Refresh" not in response
    assert reading.state == "failed"
    assert bytes(reading.content) == b""
    assert escape(reading.reason) in response.content.decode()
    assert ("No activity was recognised" in reading.reason) == (language == "en")


def test_one_report_of_a_person_is_read_at_a_time(officer, words, hurried):
    assert upload(officer).status_code == 302
    response = upload(officer)
    assert response.status_code == 422
    assert "still being read" in response.content.decode()
    assert FormerReading.objects.count() == 1


def test_a_report_that_was_forgotten_is_not_read(officer, words, hurried):
    upload(officer)
    officer.post(reverse("desk_discard_reading", args=[FormerReading.objects.get().pk]))
    Worker("test", batch=True).run()
    assert not FormerReading.objects.exists()


def test_what_a_worker_left_undone_is_told_after_a_while(officer, words, hurried):
    address = upload(officer).url
    long_ago = timezone.now() - CUT_OFF * 2
    FormerReading.objects.update(state="running", started_at=long_ago)
    assert "The worker stopped" in officer.get(address).content.decode()
    assert upload(officer).status_code == 302


# Acceptance.


def test_one_row_becomes_a_draft_with_all_that_was_read(officer, words):
    body, country = make_institution(name_en="Rope Agency"), make_country("QBB")
    reading = reading_of(
        proposed(
            "1",
            partners=(
                Partner("co_organiser", "Rope Agency", body.code),
                Partner("content_provider", "Rope Agency", body.code, "Director"),
                Partner("content_provider", "Ropers of the World"),
            ),
            headcount=95,
            is_estimate=True,
            profile="experts",
            countries=24,
            country_list=["QBB"],
            mode="online",
            status="held",
        ),
        proposed("2"),
    )
    officer.post(address_of(reading), {"version": 1, "only": "1"})
    activity = Activity.objects.get()
    assert (activity.title_en, activity.title_ar, activity.state, activity.status) == (
        "Title 1",
        None,
        "draft",
        "held",
    )
    assert (str(activity.start_date), str(activity.end_date), activity.mode) == ("2024-01-09", "2024-01-10", "online")
    assert "Report 39" in activity.note
    counts = Participation.objects.get()
    assert (counts.headcount, counts.headcount_standing, counts.member_countries) == (95, "estimated", 24)
    assert "Report 39" in counts.source
    assert [row.country for row in CountryParticipation.objects.all()] == [country]
    rows = Partnership.objects.order_by("order").values_list("role", "institution__code", "post_en", "described_as_en")
    assert list(rows) == [
        ("co_organiser", body.code, None, None),
        ("content_provider", body.code, "Director", None),
        ("content_provider", None, None, "Ropers of the World"),
    ]
    reading.refresh_from_db()
    assert reading.accepted == {"1": activity.code}
    assert reading.waiting == 1


def test_ticked_rows_are_accepted_together(officer, words):
    reading = reading_of(proposed("1"), proposed("2"), proposed("3"))
    officer.post(address_of(reading), {"version": 1, "chosen": ["1", "3"]})
    assert sorted(Activity.objects.values_list("title_en", flat=True)) == ["Title 1", "Title 3"]


@pytest.mark.parametrize(
    "sent",
    [{}, {"version": 1}, {"version": 1, "chosen": ["9"]}, {"version": "x", "only": "1"}, {"version": 1, "only": "'"}],
)
def test_nothing_is_accepted_without_a_row(officer, words, sent):
    reading = reading_of(proposed("1"))
    assert officer.post(address_of(reading), sent).status_code == 302
    assert not Activity.objects.exists()


def test_a_row_is_accepted_once(officer, words):
    reading = reading_of(proposed("1"))
    officer.post(address_of(reading), {"version": 1, "only": "1"})
    officer.post(address_of(reading), {"version": 1, "only": "1"})
    officer.post(address_of(reading), {"version": 2, "only": "1"})
    assert Activity.objects.count() == 1


def test_the_second_of_two_who_accept_at_once_is_told(words):
    reading = reading_of(proposed("1"), proposed("2"))
    other = FormerReading.objects.get()
    accept(reading, ["1"])
    with pytest.raises(ChangedError):
        accept(other, ["1", "2"])
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_that_breaks_a_rule_is_refused_whole_and_the_others_are_saved(officer, words, language):
    wrong = proposed("1", title=None, headcount=5)
    reading = reading_of(wrong, proposed("2"), proposed("3", kind="gone"))
    response = officer.post(address_of(reading, language), {"version": 1, "chosen": ["1", "2", "3"]})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("#row-1 .field-error").get_text(strip=True)
    assert page.select_one("#row-3 .field-error").get_text(strip=True)
    assert list(Activity.objects.values_list("title_en", flat=True)) == ["Title 2"]
    assert Participation.objects.count() == 1


def test_a_part_finds_its_project_whenever_that_was_accepted(officer, words):
    make_project_kind()
    reading = reading_of(
        proposed("10", kind="project", dates=None, year=2024, funding_call=11),
        proposed("10.1", parent="10"),
        proposed("10.2", parent="10"),
    )
    officer.post(address_of(reading), {"version": 1, "chosen": ["10", "10.1"]})
    officer.post(address_of(reading), {"version": 2, "only": "10.2"})
    project = Activity.objects.get(kind__code="project")
    assert (project.year, project.funding_call, project.status) == (2024, 11, None)
    assert [part.title_en for part in project.parts.order_by("code")] == ["Title 10.1", "Title 10.2"]


def test_what_is_already_entered_is_shown(officer, words):
    known = make_activity(title_en="Title 1", start_date=date(2024, 1, 9), end_date=date(2024, 1, 10))
    page = officer.get(address_of(reading_of(proposed("1")))).content.decode()
    assert known.code in page


def test_a_reading_is_forgotten_and_its_drafts_stay(officer, words):
    reading = reading_of(proposed("1"))
    officer.post(address_of(reading), {"version": 1, "only": "1"})
    officer.post(reverse("desk_discard_reading", args=[reading.pk]))
    assert not FormerReading.objects.exists()
    assert Activity.objects.count() == 1


def test_the_page_costs_the_same_for_one_row_and_for_thirty(officer, words):
    pages = [reading_of(*(proposed(str(n)) for n in range(1, rows + 1))) for rows in (1, 30)]
    counts = []
    for reading in pages:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(address_of(reading)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
