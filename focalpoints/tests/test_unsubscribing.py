"""One click stops the weekly message: without an account, for nobody else, and with every other link explained."""

import logging
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from activities.tests.factories import make_activity
from focalpoints.following.unsubscribing import VALID_FOR
from focalpoints.models import Subscription
from focalpoints.tests.readers import make_reader, send_next_week
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def strict():
    """A mail program: no cookie, no session, no token of a form."""
    return Client(enforce_csrf_checks=True)


def link_of(language="en", **said):
    """Have a reader be sent a message; return the path of its link and their digest."""
    area = make_area()
    reader = make_reader(area, language=language, **said)
    make_activity(area=area, roadmap=area.roadmap)
    send_next_week()
    message = next(each for each in mail.outbox if each.to == [reader.email])
    address = message.message()["List-Unsubscribe"].strip("<>")
    return address.removeprefix("http://127.0.0.1:8000"), reader.subscription


def is_paused(subscription):
    return Subscription.objects.get(pk=subscription.pk).is_paused


@BOTH_LANGUAGES
def test_a_mail_program_stops_it_with_one_request(strict, language):
    path, subscription = link_of(language)
    _other, others = link_of()
    response = strict.post(path, ONE_CLICK)
    assert (response.status_code, response.cookies) == (200, {})
    words = {"en": "no more messages will be sent", "ar": "لن ترسل إليك أي رسائل"}[language]
    assert words in response.content.decode()
    assert (is_paused(subscription), is_paused(others)) == (True, False)
    assert strict.post(path, ONE_CLICK).status_code == 200  # once more, as a mail server may


def test_looking_at_the_page_stops_nothing(strict):
    path, subscription = link_of()
    response = strict.get(path)
    assert (response.status_code, response["Cache-Control"], response["X-Robots-Tag"]) == (
        200,
        "private, no-store",
        "noindex",
    )
    assert (b'<form method="post">' in response.content, is_paused(subscription)) == (True, False)
    strict.post(path)
    assert is_paused(subscription)
    assert b"<form" not in strict.get(path).content


def test_what_is_followed_stays_and_can_be_sent_again(strict, client):
    path, subscription = link_of()
    strict.post(path)
    client.force_login(subscription.user)
    assert "you stopped them" in client.get("/en/following/").content.decode()
    client.post("/en/following/digest/", {"resume": "1"})
    assert (is_paused(subscription), subscription.user.follows.count()) == (False, 1)


def hostile(path):
    token = path.partition("token=")[2]
    key, stamp, signature = token.replace("%3A", ":").split(":")
    return [
        "",
        "token=",
        "token=%00",
        "token=%ED%A0%80",
        f"token={token}x",
        f"token={token[:-1]}",
        f"token=OTk5:{stamp}:{signature}",  # another one's
        f"token={key}:1wNLWQ:{signature}",
        f"token={'a' * 100_000}",
        f"token={signing.dumps(1, salt='another purpose')}",
        f"token={signing.dumps(1, key='another secret', salt='focalpoints.unsubscribe')}",
        f"token={signing.dumps(2**70, salt='focalpoints.unsubscribe')}",
        f"token={signing.dumps(999_999, salt='focalpoints.unsubscribe')}",
        f"token={token}&token=x",
    ]


@BOTH_LANGUAGES
def test_a_link_that_is_not_ours_does_nothing_and_says_so(strict, language):
    path, subscription = link_of(language)
    words = {"en": "This link is not complete or not ours", "ar": "هذا الرابط غير مكتمل أو ليس من روابطنا"}[language]
    for query in hostile(path):
        for ask in (strict.get, strict.post):
            response = ask(f"/{language}/unsubscribe/?{query}")
            assert (response.status_code, words in response.content.decode()) == (404, True), query[:80]
    assert not is_paused(subscription)


@BOTH_LANGUAGES
def test_a_link_that_is_too_old_says_so(strict, language, monkeypatch):
    path, subscription = link_of(language)
    later = (timezone.now() + VALID_FOR + timedelta(days=1)).timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    response = strict.post(path, ONE_CLICK)
    words = {"en": "This link is too old", "ar": "هذا الرابط قديم جدا"}[language]
    assert (response.status_code, words in response.content.decode(), is_paused(subscription)) == (410, True, False)


def test_the_link_of_an_account_that_is_gone_is_explained(strict):
    path, subscription = link_of()
    subscription.user.delete()
    assert strict.post(path, ONE_CLICK).status_code == 404


def test_the_link_stands_in_no_log(strict, caplog):
    path, _subscription = link_of()
    token = path.partition("token=")[2]
    with caplog.at_level(logging.DEBUG):
        strict.post(path, ONE_CLICK)
        strict.get(f"{path}x")
    assert ("/en/unsubscribe/" in caplog.text, token[-20:] in caplog.text) == (True, False)


def test_other_methods_are_refused(strict):
    path, subscription = link_of()
    assert [strict.generic(method, path).status_code for method in ("PUT", "DELETE", "PATCH")] == [405] * 3
    assert not is_paused(subscription)
