"""Who is sent a digest and when; what a failure, a repetition or a run that was killed means to each reader."""

import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from activities.models import Activity
from activities.tests.factories import make_activity
from focalpoints.following.sending import Outcome, send_digests
from focalpoints.models import Subscription
from focalpoints.models.following import week_of
from focalpoints.tests.readers import WEEK, make_reader, send_next_week
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db


class RefusesOne(EmailBackend):
    """A mail server that does not know one address."""

    refused = ""

    def send_messages(self, messages):
        for message in messages:
            if self.refused in message.to:
                raise smtplib.SMTPRecipientsRefused({self.refused: (550, b"no such mailbox")})
        return super().send_messages(messages)


@pytest.fixture
def refuse(settings):
    """A function that lets mail to one address fail, or to nobody."""
    settings.EMAIL_BACKEND = f"{__name__}.RefusesOne"

    def refusing(address):
        RefusesOne.refused = address

    yield refusing
    RefusesOne.refused = ""


@pytest.fixture
def area():
    return make_area()


def make_news(area):
    return make_activity(area=area, roadmap=area.roadmap)


def sent_to():
    return sorted(address for message in mail.outbox for address in message.to)


def test_a_reader_is_sent_one_digest_a_week(area):
    reader = make_reader(area)
    make_news(area)
    assert send_digests(timezone.now()) == Outcome()  # this week they began
    assert send_next_week() == Outcome(sent=1)
    assert send_next_week() == Outcome()
    assert sent_to() == [reader.email]


def test_whoever_has_no_news_has_been_told_so_far(area):
    make_reader(area)
    assert send_next_week() == Outcome(without_news=1)
    make_news(area)
    assert send_digests(timezone.now() + 2 * WEEK) == Outcome(without_news=1)  # it was before the first of them
    assert mail.outbox == []


def test_a_week_begins_on_monday_on_the_clock_of_the_portal():
    monday = week_of(timezone.now())
    assert (monday.weekday(), monday.hour, monday.minute) == (0, 0, 0)
    assert week_of(monday) == monday
    assert week_of(monday - timedelta(seconds=1)) == week_of(monday - timedelta(days=7))


@pytest.mark.parametrize("why", ["inactive", "no address", "paused", "follows nothing"])
def test_who_cannot_or_does_not_want_to_be_told_is_sent_nothing(area, why):
    reader = make_reader(*([] if why == "follows nothing" else [area]))
    reader.is_active = why != "inactive"
    reader.email = "" if why == "no address" else reader.email
    reader.save()
    Subscription.objects.update(is_paused=why == "paused")
    make_news(area)
    assert send_next_week() == Outcome()
    assert mail.outbox == []


def test_a_failure_neither_stops_nor_repeats_the_others(area, refuse, caplog):
    first, second, third = (make_reader(area) for _ in range(3))
    make_news(area)
    refuse(second.email)
    assert send_next_week() == Outcome(sent=2, failed=1)
    assert sent_to() == [first.email, third.email]
    assert (second.email in caplog.text, "SMTPRecipientsRefused" in caplog.text) == (False, True)
    refuse("")
    assert send_next_week() == Outcome(sent=1)
    assert sent_to() == sorted([first.email, second.email, third.email])


def test_an_address_that_cannot_be_written_is_a_failure_like_others(area):
    make_reader(area, email="reader@example.org\nBcc: everybody@example.org")
    other = make_reader(area)
    make_news(area)
    assert send_next_week() == Outcome(sent=1, failed=1)
    assert sent_to() == [other.email]


def test_what_another_run_has_claimed_is_left_to_it_for_an_hour(area):
    make_reader(area)
    make_news(area)
    Subscription.objects.update(claimed_at=timezone.now() - timedelta(minutes=59))
    assert send_next_week() == Outcome()
    Subscription.objects.update(claimed_at=timezone.now() - timedelta(minutes=61))
    assert send_next_week() == Outcome(sent=1)
    assert Subscription.objects.get().claimed_at is None


def test_a_message_that_is_sent_again_after_a_kill_has_the_same_id(area):
    reader = make_reader(area)
    make_news(area)
    before = Subscription.objects.get().told_until
    send_next_week()
    # As a run leaves it that is killed after the message and before it is written down.
    Subscription.objects.update(told_until=before, claimed_at=timezone.now() - timedelta(hours=2))
    send_next_week()
    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert (first, sent_to()) == (second, [reader.email] * 2)


def test_who_stops_while_a_run_is_under_way_is_sent_nothing(area, monkeypatch):
    first, second = make_reader(area), make_reader(area)
    make_news(area)
    real = EmailBackend.send_messages

    def stopping(self, messages):
        Subscription.objects.filter(user=second).update(is_paused=True)
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", stopping)
    assert send_next_week() == Outcome(sent=1)
    assert sent_to() == [first.email]


def test_a_trial_counts_and_changes_nothing(area):
    make_reader(area)
    make_reader(make_area())
    make_news(area)
    before = list(Subscription.objects.order_by("pk").values())
    assert send_next_week(is_dry=True) == Outcome(sent=1, without_news=1)
    assert (mail.outbox, list(Subscription.objects.order_by("pk").values())) == ([], before)


def command(*arguments):
    out = StringIO()
    call_command("send_digests", *arguments, stdout=out)
    return out.getvalue()


def last_week():
    """Let everybody have been told until last week, and everything else have happened since."""
    moment = timezone.now() - WEEK
    Subscription.objects.update(told_until=moment)
    Activity.versions.update(history_date=timezone.now() - timedelta(hours=1))


@pytest.mark.parametrize(
    ("locale", "trial", "done"),
    [
        ("en_GB.UTF-8", "Digests to send: 1. Readers without news: 0.", "Digests sent: 1. Readers without news: 0."),
        ("ar_EG.UTF-8", "الرسائل التي سترسل: 1.", "الرسائل المرسلة: 1."),
    ],
)
def test_the_command_says_how_many_and_nothing_about_whom(area, monkeypatch, caplog, locale, trial, done):
    monkeypatch.setenv("LC_ALL", locale)
    reader = make_reader(area)
    reader.follows.update(since=timezone.now() - 2 * WEEK)
    make_news(area)
    last_week()
    said = [command("--dry-run"), command(), command()]
    assert (trial in said[0], done in said[1], "0" in said[2]) == (True, True, True)
    assert sent_to() == [reader.email]
    assert [word for word in (reader.email, reader.username) if word in "".join(said) + caplog.text] == []


def test_the_command_fails_when_a_message_could_not_be_sent(area, refuse, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    reader = make_reader(area)
    reader.follows.update(since=timezone.now() - 2 * WEEK)
    make_news(area)
    last_week()
    refuse(reader.email)
    with pytest.raises(CommandError, match=r"^1 message could not be sent; the next run tries again\.$"):
        command()
