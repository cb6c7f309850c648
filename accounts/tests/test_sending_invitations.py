"""What becomes of invitations when the mail server is slow, away or refuses an address, and what staff are told."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from accounts.models import Invitation
from accounts.tests.gate import fill, group_id, invite, link_in, make_user, sign_in
from bilingual.text import left_to_right

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
LIST = "/{}/admin/accounts/invitation/"


class Server(EmailBackend):
    """A mail server that does what a test says before it takes a message."""

    @staticmethod
    def before(message):
        """Nothing, as a rule."""

    def send_messages(self, messages):
        for message in messages:
            self.before(message)
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    """A function that says what the mail server does before it takes a message."""
    settings.EMAIL_BACKEND = f"{__name__}.Server"

    def does(before):
        monkeypatch.setattr(Server, "before", staticmethod(before))

    return does


@pytest.fixture
def boss(client):
    make_user("boss", role="Administrator")
    sign_in(client, "boss")
    return client


def send_again(client, invitations, language="en"):
    """Choose ``invitations`` in the list and send them again; return the page that follows."""
    sent = {"action": "send_again", "_selected_action": [each.pk for each in invitations]}
    return client.post(LIST.format(language), sent, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_database_waits_for_no_mail_server(boss, server):
    """SQLite has one writer: while an open transaction waits for mail, nobody else can save anything."""
    waits = []
    server(lambda message: waits.append(connection.in_atomic_block))
    boss.post(f"{LIST.format('en')}add/", fill(roles=[group_id("Editor")]))
    send_again(boss, Invitation.objects.all())
    assert waits == [False, False]


@LANGUAGES
def test_a_mail_server_that_is_away_is_asked_once_and_told_with_what_to_do(boss, server, language):
    asked = [invite(role="Editor", email=f"{name}@sesric.example") for name in "abcde"]
    tries = []

    def away(message):
        tries.append(message)
        raise TimeoutError

    server(away)
    page = send_again(boss, asked, language)
    assert len(tries) == 1
    expected = {
        "en": "The mail server takes no messages now, and 5 invitations were not sent. They are kept: choose them in "
        "the list later and send them again. If that fails too, tell whoever runs the portal.",
        "ar": "خادم البريد لا يقبل الرسائل الآن، ولم تُرسل 5 دعوات. الدعوات محفوظة: اخترها من القائمة لاحقا وأعد "
        "إرسالها. وإن تعذر ذلك أيضا فأبلغ من يتولى تشغيل البوابة.",
    }
    assert expected[language] in page


@LANGUAGES
def test_an_address_that_is_refused_is_named_and_the_others_are_sent(boss, server, language):
    asked = [invite(role="Editor", email=f"{name}@sesric.example") for name in "abc"]
    mail.outbox.clear()

    def refuse_b(message):
        if message.to == ["b@sesric.example"]:
            raise smtplib.SMTPRecipientsRefused({"b@sesric.example": (550, b"no such mailbox")})

    server(refuse_b)
    page = send_again(boss, asked, language)
    assert sorted(message.to[0][0] for message in mail.outbox) == ["a", "c"]
    address = left_to_right("b@sesric.example")
    expected = {
        "en": f"The mail server refused the invitation to {address}. Look whether the address is right; if it "
        "is not, withdraw this invitation and send one to the right address.",
        "ar": f"رفض خادم البريد الدعوة الموجهة إلى {address}.",
    }
    assert expected[language] in page
    assert {"en": "2 invitations are sent.", "ar": "أُرسلت دعوتان."}[language] in page


def test_the_link_that_somebody_has_opens_until_a_new_one_was_sent(boss, server, client):
    asked = invite(role="Editor")
    link = link_in(mail.outbox[0])

    def away(message):
        raise ConnectionRefusedError

    server(away)
    send_again(boss, [asked])
    guest = type(client)()
    assert guest.get(link).status_code == 200
    server(lambda message: None)
    send_again(boss, [asked])
    assert guest.get(link).status_code == 410
    assert guest.get(link_in(mail.outbox[-1])).status_code == 200


def test_what_is_accepted_while_others_are_sent_again_stays_accepted(boss, server):
    asked = [invite(role="Editor", email=f"{name}@sesric.example") for name in "ab"]
    others = Invitation.objects.filter(email="a@sesric.example")  # the list has the newest first
    server(lambda message: message.to == ["b@sesric.example"] and others.update(accepted_at=timezone.now()))
    send_again(boss, asked)
    assert Invitation.objects.in_state("accepted", timezone.now()).count() == 1


def test_the_log_says_what_failed_and_not_to_whom(boss, server, caplog):
    asked = invite(role="Editor", email="guest@ministry.example")

    def refuse(message):
        raise smtplib.SMTPRecipientsRefused({"guest@ministry.example": (550, b"guest is unknown")})

    server(refuse)
    send_again(boss, [asked])
    assert "was not sent: SMTPRecipientsRefused" in caplog.text
    assert "guest" not in caplog.text
