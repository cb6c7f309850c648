"""Staff ask countries to confirm: one letter to each focal point, in its language; links sent again and withdrawn."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import PublicationState
from activities.tests.factories import make_activity
from focalpoints.models import ConfirmationRequest
from focalpoints.tests.factories import make_request, make_session
from partners.models import NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point

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


def ask(client, meeting, points, until=UNTIL, address=ASK):
    keys = [getattr(point, "pk", point) for point in points]
    return client.post(address, {"meeting": meeting.pk, "open_until": until.isoformat(), "points": keys})


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
    assert [message.to for message in mail.outbox] == [["qba@example.org"], ["qbb@example.org"]]
    assert "2 letters were sent." in messages_of(editor)
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


def test_a_letter_that_is_not_taken_is_told_and_can_be_sent_again(editor, meeting, settings):
    point = focal_point_of("QBA")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # where nobody listens
    ask(editor, meeting, [point])
    request = ConfirmationRequest.objects.get()
    assert request.sent_at is None
    assert "did not take the letters to: A focal point" in messages_of(editor)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    editor.post(LIST, {"action": "send_again", "_selected_action": [request.pk]})
    request.refresh_from_db()
    assert (len(mail.outbox), request.sent_at is None) == (1, False)


def test_a_letter_sent_again_brings_the_same_link(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    for _each in range(2):
        editor.post(LIST, {"action": "send_again", "_selected_action": [request.pk]})
    links = {re.search(r"/confirm/(\S+)/", message.body)[1] for message in mail.outbox}
    assert links == {request.token}


def test_a_link_is_withdrawn_and_its_letter_not_sent_again(editor, meeting):
    request = make_request(focal_point_of("QBA"), meeting=meeting)
    editor.post(LIST, {"action": "withdraw", "_selected_action": [request.pk]})
    assert "1 link was withdrawn." in messages_of(editor)
    assert Client().get(f"/en/confirm/{request.token}/").status_code == 410
    editor.post(LIST, {"action": "send_again", "_selected_action": [request.pk]})
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
