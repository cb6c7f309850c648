"""Staff ask countries to confirm: one letter to each focal point, in its language; links sent again and withdrawn."""

import re
import smtplib
import threading
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import PublicationState
from activities.tests.factories import make_activity
from focalpoints.letters import carry_out
from focalpoints.models import ConfirmationRequest, LetterState
from focalpoints.tests.factories import make_request, make_session
from partners.models import NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point
from reports.models import WorkerSign
from reports.worker import Worker

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
TODAY = timezone.localdate()
LIST = "/en/admin/focalpoints/confirmationrequest/"
ASK = f"{LIST}add/"
UNTIL = TODAY + timedelta(days=14)


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", email="editor@example.org", is_staff=True)
    codes = ("add_confirmationrequest", "view_confirmationrequest")
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


@pytest.fixture
def meeting():
    return make_session(40)


def focal_point_of(code, *, entries=1, **said):
    country = make_country(code, short_name_en=f"Land of {code}", short_name_ar=f"بلاد {code}")
    for _each in range(entries):
        make_activity(venue_country=country)
    return make_focal_point(**{"country": country, "email": f"{code.lower()}@example.org", **said})


def ask(client, meeting, points, **said):
    keys = [getattr(point, "pk", point) for point in points]
    return client.post(ASK, {"meeting": meeting.pk, "open_until": UNTIL.isoformat(), "points": keys} | said)


def work():
    """Do all that is in line, by the code that a worker process runs."""
    Worker("test", batch=True).run()


def letter_states():
    return [request.letter_at(timezone.now()) for request in ConfirmationRequest.objects.order_by("pk")]


def send_again(client, *requests):
    return client.post(LIST, {"action": "send_again", "_selected_action": [each.pk for each in requests]})


def messages_of(client):
    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    return " ".join(each.text for each in page.select(".messagelist li"))


@LANGUAGES
def test_the_page_tells_who_can_be_asked_and_who_was(editor, meeting, language):
    points = {
        "QBA": focal_point_of("QBA", entries=2),
        "QBB": focal_point_of("QBB", email=""),
        "QBC": focal_point_of("QBC", entries=0),
        "QBD": focal_point_of("QBD"),
    }
    focal_point_of("QBE", end=TODAY - timedelta(days=1))
    make_activity(venue_country=points["QBC"].country, state=PublicationState.DRAFT)
    make_request(points["QBD"], meeting=meeting)
    query = {"meeting": meeting.pk, "open_until": UNTIL.isoformat()}
    page = BeautifulSoup(editor.get(ASK.replace("/en/", f"/{language}/"), query).content, "html.parser")
    boxes = {
        int(box["value"]): (box.has_attr("checked"), box.has_attr("disabled"))
        for box in page.select('input[name="points"]')
    }
    assert boxes == {
        points["QBA"].pk: (True, False),
        points["QBB"].pk: (False, True),
        points["QBC"].pk: (False, True),
        points["QBD"].pk: (False, False),
    }
    assert not mail.outbox


def test_each_is_sent_one_letter_in_its_language_with_a_link_that_opens_its_own_entries(editor, meeting):
    arabic, english = focal_point_of("QBA", language="ar"), focal_point_of("QBB", language="en")
    assert ask(editor, meeting, [arabic, english]).url == LIST
    assert (mail.outbox, letter_states()) == ([], [LetterState.WAITING] * 2)  # nobody waits for a mail server
    assert "2 letters wait to be sent." in messages_of(editor)
    work()
    assert [message.to for message in mail.outbox] == [["qba@example.org"], ["qbb@example.org"]]
    for message, point, language in zip(mail.outbox, (arabic, english), ("ar", "en"), strict=True):
        assert (message.cc, message.bcc, message.reply_to) == ([], [], ["editor@example.org"])
        link = rf"http://127\.0\.0\.1:8000(/{language}/confirm/[0-9a-f]{{32}}\.[\w-]{{43}}/)\n"
        (path,) = re.findall(link, message.body)
        page = Client().get(path, follow=True)
        assert page.status_code == 200
        assert page.context["country"] == point.country
        assert "{" not in message.body + message.subject
    assert {"OIC-VET" in message.subject for message in mail.outbox} == {True}
    assert "Land of QBB" in mail.outbox[1].body
    assert "بلاد QBA" in mail.outbox[0].body
    assert "Land of" not in mail.outbox[0].body + mail.outbox[0].subject
    requests = ConfirmationRequest.objects.all()
    assert {(each.open_until, each.sent_at is None, each.asked_by.username) for each in requests} == {
        (UNTIL, False, "editor")
    }


def test_a_name_from_the_record_adds_no_line_and_no_recipient_to_a_letter(editor, meeting):
    point = focal_point_of("QBA")
    type(point.country).objects.update(short_name_en="Land\nBcc: all@example.org <b>&", short_name_ar="بلاد")
    ask(editor, meeting, [point])
    work()
    (letter,) = mail.outbox
    assert letter.recipients() == ["qba@example.org"]
    assert letter.subject.endswith("Land Bcc: all@example.org <b>&")
    assert "\nBcc" not in letter.message().as_string().split("\n\n")[0]


def test_who_cannot_be_asked_is_not(editor, meeting):
    without_address, ended = focal_point_of("QBA", email=""), focal_point_of("QBB", end=TODAY - timedelta(days=1))
    for points in ([without_address], [ended], [], ["x"], ["9" * 400], ["\x00"]):
        response = ask(editor, meeting, points)
        assert (response.status_code, len(mail.outbox), ConfirmationRequest.objects.count()) == (200, 0, 0)
        assert "errornote" in response.content.decode()


@LANGUAGES
@pytest.mark.parametrize(
    "said",
    [
        {"meeting": ""},
        {"meeting": "999"},
        {"meeting": "x"},
        {"meeting": "9" * 400},
        {"open_until": ""},
        {"open_until": "yesterday"},
        {"open_until": (TODAY - timedelta(days=1)).isoformat()},
        {"open_until": (TODAY + timedelta(days=181)).isoformat()},
        {"open_until": "9999-12-31"},
    ],
)
def test_what_cannot_be_is_refused_at_its_field(editor, meeting, said, language):
    query = {"meeting": meeting.pk, "open_until": UNTIL.isoformat()} | said
    address = ASK.replace("/en/", f"/{language}/")
    for response in (editor.get(address, query), editor.post(address, query | {"points": ["1"]})):
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 200
        assert page.select_one(".errorlist").text
        assert not page.select('input[name="points"]')


def test_a_meeting_whose_period_is_unknown_says_which_dates_are_missing(editor):
    session = make_session(40)
    session.session_before().delete()
    response = editor.get(ASK, {"meeting": session.pk, "open_until": UNTIL.isoformat()})
    assert "enter the dates of COMCEC session 39 first" in response.content.decode()


class RefusesOne(EmailBackend):
    """A mail server that does not know one address."""

    def send_messages(self, messages):
        for message in messages:
            if "qba@example.org" in message.to:
                raise smtplib.SMTPRecipientsRefused({"qba@example.org": (550, b"no such mailbox")})
        return super().send_messages(messages)


@LANGUAGES
def test_a_letter_that_is_not_taken_stops_no_other_is_told_and_can_be_sent_again(
    editor, meeting, settings, caplog, language
):
    points = [focal_point_of("QBA"), focal_point_of("QBB")]
    settings.EMAIL_BACKEND = f"{__name__}.RefusesOne"
    ask(editor, meeting, points)
    work()
    assert [message.to for message in mail.outbox] == [["qbb@example.org"]]
    assert letter_states() == [LetterState.FAILED, LetterState.SENT]
    assert ("SMTPRecipientsRefused" in caplog.text, "qba@" in caplog.text) == (True, False)
    failed, sent = ConfirmationRequest.objects.order_by("pk")
    assert (failed.sent_at is None, sent.sent_at is None) == (True, False)
    told = {"en": "could not be sent", "ar": "تعذر إرسالها"}[language]
    assert told in editor.get(f"{LIST}?letter=failed".replace("/en/", f"/{language}/")).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_again(editor, failed)
    work()
    assert [message.to for message in mail.outbox] == [["qbb@example.org"], ["qba@example.org"]]
    assert letter_states() == [LetterState.SENT] * 2


def test_a_mail_server_that_does_not_answer_is_a_failure_like_others(editor, meeting, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # where nobody listens
    ask(editor, meeting, [focal_point_of("QBA")])
    work()
    assert letter_states() == [LetterState.FAILED]


def test_the_start_page_tells_of_letters_that_did_not_go(editor, meeting):
    told = "Letters to countries that were not sent"
    make_request(focal_point_of("QBA"), meeting=meeting, letter=LetterState.FAILED)
    make_request(focal_point_of("QBB"), meeting=meeting, letter=LetterState.FAILED, withdrawn_at=timezone.now())
    make_request(focal_point_of("QBC"), meeting=meeting, letter=LetterState.SENT)
    make_request(focal_point_of("QBD"), meeting=meeting, letter=LetterState.SENDING, claimed_at=timezone.now())
    page = BeautifulSoup(editor.get("/en/admin/").content, "html.parser")
    (link,) = page.select('a[href*="confirmationrequest/?letter"]')
    assert told in page.text
    listed = editor.get(link["href"]).context["cl"].result_list
    assert [each.country.code for each in listed] == ["QBA"]
    ConfirmationRequest.objects.filter(letter=LetterState.FAILED).update(letter=LetterState.SENT)
    assert told not in editor.get("/en/admin/").content.decode()


def test_a_letter_is_sent_once_however_often_it_was_put_in_line(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    for _each in range(3):
        send_again(editor, request)
    work()
    assert len(mail.outbox) == 1
    for _each in range(3):
        carry_out(request.pk)
    assert len(mail.outbox) == 1


def test_a_second_click_asks_nobody_twice_and_who_wants_to_can(editor, meeting):
    point, other = focal_point_of("QBA"), focal_point_of("QBB")

    def shown():
        page = editor.get(ASK, {"meeting": meeting.pk, "open_until": UNTIL.isoformat()})
        return BeautifulSoup(page.content, "html.parser").select_one('input[name="known"]')["value"]

    known = shown()
    ask(editor, meeting, [point], known=known)
    ask(editor, meeting, [point, other], known=known)
    said = messages_of(editor)
    assert "1 focal point was asked after you opened the page, and is not asked again." in said
    work()
    assert [message.to for message in mail.outbox] == [["qba@example.org"], ["qbb@example.org"]]
    ask(editor, meeting, [point], known=shown())
    work()
    assert [message.to[0][:3] for message in mail.outbox] == ["qba", "qbb", "qba"]


@pytest.mark.parametrize("known", ["-1", "x", "9" * 400, "\x00"])
def test_a_mark_of_what_was_seen_that_cannot_be_is_refused(editor, meeting, known):
    assert ask(editor, meeting, [focal_point_of("QBA")], known=known).status_code == 200
    assert not ConfirmationRequest.objects.exists()


def test_a_letter_that_is_being_sent_is_left_to_its_worker(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    ConfirmationRequest.objects.update(letter=LetterState.SENDING, claimed_at=timezone.now())
    send_again(editor, request)
    assert "1 letter is being sent just now." in messages_of(editor)
    work()
    assert not mail.outbox


def test_a_letter_whose_worker_was_killed_is_not_sent_again_by_itself(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    send_again(editor, request)
    ConfirmationRequest.objects.update(
        letter=LetterState.SENDING, claimed_at=timezone.now() - timedelta(minutes=11)
    )  # as it leaves it
    work()
    assert (mail.outbox, letter_states()) == ([], [LetterState.CUT_OFF])
    assert "was cut off, perhaps after it was sent" in editor.get(LIST).content.decode()
    send_again(editor, request)
    work()
    assert (len(mail.outbox), letter_states()) == (1, [LetterState.SENT])


def test_a_letter_whose_link_is_withdrawn_while_it_waits_is_not_sent(editor, meeting):
    ask(editor, meeting, [focal_point_of("QBA")])
    editor.post(LIST, {"action": "withdraw", "_selected_action": [ConfirmationRequest.objects.get().pk]})
    work()
    assert (mail.outbox, letter_states()) == ([], [LetterState.FAILED])


def test_where_no_worker_runs_whoever_asks_is_told(editor, meeting):
    told = "No worker is running, so nothing will be sent."
    ask(editor, meeting, [focal_point_of("QBA")])
    assert told in messages_of(editor)
    WorkerSign.objects.create(name="one", seen_at=timezone.now())
    ask(editor, meeting, [focal_point_of("QBB")])
    assert told not in messages_of(editor)


def test_asking_costs_a_few_statements_for_each_and_no_mail(editor, meeting, django_assert_max_num_queries):
    points = [focal_point_of(f"QB{letter}") for letter in "ABCDEFGHIJ"]
    with django_assert_max_num_queries(30 + 10 * 8):
        ask(editor, meeting, points)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a database in memory serves one thread")
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_sends_a_letter():
    request = make_request(focal_point_of("QBA"), meeting=make_session(40))
    start = threading.Barrier(6, timeout=60)

    def send():
        try:
            start.wait()
            carry_out(request.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(mail.outbox), letter_states()) == (1, [LetterState.SENT])


def test_a_letter_sent_again_brings_the_same_link(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    for _each in range(2):
        send_again(editor, request)
        work()
    links = [re.search(r"/confirm/(\S+)/", message.body)[1] for message in mail.outbox]
    assert links == [request.token] * 2


def test_a_link_that_went_to_a_wrong_address_opens_no_more_once_that_is_corrected(editor, meeting):
    point = focal_point_of("QBA")
    ask(editor, meeting, [point])
    work()
    wrong = ConfirmationRequest.objects.get()
    assert Client().get(f"/en/confirm/{wrong.token}/").status_code == 302
    NationalFocalPoint.objects.filter(pk=point.pk).update(email="right@example.org")
    assert Client().get(f"/en/confirm/{wrong.token}/").status_code == 410
    send_again(editor, wrong)
    work()
    assert len(mail.outbox) == 1  # the same link would go to the right address, and open at the wrong one again
    page = editor.get(ASK, {"meeting": meeting.pk, "open_until": UNTIL.isoformat()}).content.decode()
    assert "the link still opens" not in page
    ask(editor, meeting, [point], known=wrong.pk)
    work()
    right = ConfirmationRequest.objects.exclude(pk=wrong.pk).get()
    assert mail.outbox[1].recipients() == ["right@example.org"]
    assert Client().get(f"/en/confirm/{right.token}/").status_code == 302


def test_a_link_is_withdrawn_and_its_letter_not_sent_again(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    editor.post(LIST, {"action": "withdraw", "_selected_action": [request.pk]})
    assert "1 link was withdrawn." in messages_of(editor)
    assert Client().get(f"/en/confirm/{request.token}/").status_code == 410
    send_again(editor, request)
    work()
    assert not mail.outbox
    assert "1 request stays as it is" in messages_of(editor)


def test_the_back_office_shows_no_link(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    for address in (LIST, f"{LIST}{request.pk}/change/", f"{LIST}{request.pk}/history/"):
        content = editor.get(address).content.decode()
        assert request.key.hex not in content
        assert str(request.key) not in content


def test_who_may_only_look_asks_nobody(client, meeting):
    point = focal_point_of("QBA")
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_confirmationrequest"))
    client.force_login(user)
    assert client.get(ASK).status_code == 404
    assert ask(client, meeting, [point]).status_code == 404
    request = make_request(point, meeting=meeting)
    for action in ("withdraw", "send_again"):
        client.post(LIST, {"action": action, "_selected_action": [request.pk]})
    work()
    request.refresh_from_db()
    assert (request.withdrawn_at, mail.outbox) == (None, [])


def test_the_page_costs_the_same_for_one_focal_point_and_for_thirty(editor, meeting):
    query = {"meeting": meeting.pk, "open_until": UNTIL.isoformat()}

    def queries():
        editor.get(ASK, query)
        with CaptureQueriesContext(connection) as caught:
            assert editor.get(ASK, query).status_code == 200
        return len(caught)

    make_request(focal_point_of("QBA"), meeting=meeting)
    few = queries()
    for letter in "BCDEFGHIJKLMNO":
        make_request(focal_point_of(f"QB{letter}"), meeting=meeting)
    assert queries() == few <= 16
    assert NationalFocalPoint.objects.count() == 15
