"""What a digest tells: news of what is followed and what readers may see, each activity once, in two languages."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import ActivityStatus, PublicationState, Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_project,
)
from focalpoints.following.digests import MOST
from focalpoints.tests.readers import WEEK, make_reader, send_next_week
from partners.models import OICGroup
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def area():
    return make_area()


def make_in(area, **said):
    return make_activity(area=area, roadmap=area.roadmap, **said)


def change(activity, **said):
    for name, value in said.items():
        setattr(activity, name, value)
    activity.save()


def next_week():
    """The day on which the digests of these tests are sent."""
    return timezone.localdate(timezone.now() + WEEK)


def told():
    """Send what is due next week; return the texts of all messages, as they are read."""
    mail.outbox.clear()
    send_next_week()
    return [message.body for message in mail.outbox]


def html_of(message):
    [alternative] = message.alternatives
    return BeautifulSoup(alternative.content, "html.parser")


PLANNED = {"status": ActivityStatus.PLANNED, "start_date": date(2040, 5, 3), "end_date": date(2040, 5, 5)}
REASON = {"status_reason_ar": "سبب", "status_reason_en": "A reason"}


def postpone(activity):
    change(activity, status=ActivityStatus.POSTPONED, **REASON)


def cancel(activity):
    change(activity, status=ActivityStatus.CANCELLED, **REASON)


def move(activity):
    change(activity, start_date=date(2040, 6, 30), end_date=date(2040, 7, 2))


def open_registration(activity):
    change(activity, registration_until=date(2040, 5, 1))


def close_soon(activity):
    change(activity, registration_until=next_week() + timedelta(days=14))


def hold(activity):
    change(activity, status=ActivityStatus.HELD, start_date=date(2024, 5, 3), end_date=date(2024, 5, 5))
    count_participants(activity, 1284)


@pytest.mark.parametrize(
    ("what", "english", "arabic"),
    [
        (
            postpone,
            ["Its status is now “postponed”; before, it was “planned”."],
            ["الحالة الآن «مؤجل»، وكانت «مبرمج»."],
        ),
        (
            cancel,
            ["Its status is now “cancelled”; before, it was “planned”."],
            ["الحالة الآن «ملغى»، وكانت «مبرمج»."],
        ),
        (
            move,
            ["New dates: 30 June – 2 July 2040. The former ones: 3–5 May 2040."],
            ["المواعيد الجديدة: 30 يونيو - 2 يوليو 2040. المواعيد السابقة: 3-5 مايو 2040."],
        ),
        (open_registration, ["One can register until 1 May 2040."], ["التسجيل مفتوح حتى 1 مايو 2040."]),
        (
            hold,
            [
                "Its status is now “held”; before, it was “planned”.",
                "New dates: 3–5 May 2024. The former ones: 3–5 May 2040.",
                "Number of participants: 1,284.",
            ],
            [
                "الحالة الآن «منجز»، وكانت «مبرمج».",
                "المواعيد الجديدة: 3-5 مايو 2024. المواعيد السابقة: 3-5 مايو 2040.",
                "عدد المشاركين: 1,284.",
            ],
        ),
    ],
)
def test_what_changed_is_told_in_the_readers_language(area, what, english, arabic):
    activity = make_in(area, **PLANNED)
    make_reader(area, language="en")
    make_reader(area, language="ar")
    what(activity)
    for text, sentences in zip(told(), (english, arabic), strict=True):
        assert [line.strip() for line in text.splitlines() if line.strip() in english + arabic] == sentences


@BOTH_LANGUAGES
def test_a_new_activity_is_told_with_its_facts(area, language):
    make_reader(area, language=language)
    activity = make_in(area, title_ar="لحام", title_en="Welding", code="2024-007")
    [text] = told()
    lines = {
        "en": ["* Welding", "Training course · 13–14 March 2024 · held", "New on the portal."],
        "ar": ["* لحام", "دورة تدريبية · 13-14 مارس 2024 · منجز", "جديد على البوابة."],
    }[language]
    block = "\n  ".join([*lines, f"http://127.0.0.1:8000/{language}/activities/{activity.code}/"])
    assert block in text
    assert html_of(mail.outbox[0]).find("a", href=f"http://127.0.0.1:8000/{language}/activities/2024-007/")


def test_registration_that_closes_within_two_weeks_is_told_without_any_change(area):
    day = next_week()
    for days in (-1, 0, 14, 15):
        until = day + timedelta(days=days)
        make_in(area, **PLANNED, title_en=f"in {days} days", registration_until=until)
    make_reader(area)
    [text] = told()
    found = [days for days in (-1, 0, 14, 15) if f"* in {days} days\n" in text]
    assert (found, text.count("Registration closes on")) == ([0, 14], 2)


def test_nothing_new_is_no_message(area):
    activity = make_in(area, **PLANNED)
    make_reader(area)
    change(activity, summary_en="Said differently", venue_en="Ankara")
    assert told() == []


def test_what_came_and_went_within_the_week_is_no_news(area):
    activity = make_in(area, **PLANNED)
    make_reader(area)
    postpone(activity)
    change(activity, status=ActivityStatus.PLANNED)
    assert told() == []


def test_what_was_before_one_followed_is_no_news(area):
    other = make_area()
    reader = make_reader(area)
    make_in(other)
    reader.follows.create(area=other)
    assert told() == []


def test_a_figure_that_is_corrected_is_not_told_again(area):
    counts = count_participants(make_in(area), 20)
    make_reader(area)
    counts.headcount = 21
    counts.save()
    assert told() == []


def test_an_estimate_is_called_one(area):
    activity = make_in(area)
    make_reader(area)
    count_participants(activity, 20, headcount_standing="estimated")
    assert "Number of participants, estimated: 20." in told()[0]


@pytest.mark.parametrize("way", ["takes part", "hosts", "its institution", "may register"])
def test_whoever_follows_a_country_is_told_what_its_page_lists(way):
    country = make_country("TUR", oic_group=OICGroup.ASIA)
    make_reader(country)
    match way:
        case "takes part":
            add_country(make_activity(), country)
        case "hosts":
            make_activity(venue_country=country)
        case "its institution":
            add_partner(make_activity(), make_institution(country=country))
        case "may register":
            make_activity(**PLANNED, registration_until=date(2040, 5, 1))
    make_activity(title_en="Of others")
    make_activity(**PLANNED, registration_until=date(2040, 5, 1), open_to="MAR", title_en="For others")
    [text] = told()
    assert (text.count("New on the portal."), "others" in text) == (1, False)


def test_whoever_follows_a_partner_is_told_of_its_activities_and_of_what_it_funds():
    partner = make_institution()
    project = make_project()
    add_partner(project, partner, role=Role.FUNDER)
    make_reader(partner)
    add_partner(make_activity(title_en="Its own"), partner)
    make_activity(parent=project, title_en="Funded by it")
    make_activity(title_en="Of others")
    [text] = told()
    assert [title for title in ("Its own", "Funded by it", "Of others") if f"* {title}\n" in text] == [
        "Its own",
        "Funded by it",
    ]


def test_each_activity_is_told_once_below_what_was_followed_first(area):
    country = make_country("TUR", short_name_en="Türkiye")
    make_reader(country, area)
    make_in(area, venue_country=country, title_en="Of both")
    make_in(area, title_en="Of the area")
    [text] = told()
    order = ["Türkiye\n", "* Of both\n", "Cooperation area 1: ", "* Of the area\n"]
    assert sorted(order, key=text.index) == order
    assert text.count("* Of both\n") == 1
    assert mail.outbox[0].subject == "What is new in the OIC-VET programme: 2 activities"


def test_a_flood_is_cut_and_counted(area):
    make_reader(area)
    for _ in range(MOST + 2):
        make_in(area)
    [text] = told()
    assert (text.count("New on the portal."), "2 more activities have news." in text) == (MOST, True)


def test_what_was_withdrawn_again_is_not_told(area):
    new, changed = make_in(area, title_en="New"), make_in(area, title_en="Changed")
    make_reader(area)
    postpone(changed)
    for activity in (new, changed):
        change(activity, state=PublicationState.WITHDRAWN)
    assert told() == []


def test_what_is_published_again_is_told_as_new(area):
    activity = make_in(area, state=PublicationState.WITHDRAWN)
    make_reader(area)
    change(activity, state=PublicationState.PUBLISHED)
    assert "New on the portal." in told()[0]


@BOTH_LANGUAGES
def test_a_message_goes_to_one_reader_in_their_language(area, language):
    reader = make_reader(area, language=language)
    make_reader(area)
    make_in(area)
    told()
    message = next(each for each in mail.outbox if each.to == [reader.email])
    assert (message.recipients(), message.cc, message.bcc, len(mail.outbox)) == ([reader.email], [], [], 2)
    assert (
        message.subject
        == {
            "en": "What is new in the OIC-VET programme: 1 activity",
            "ar": "الجديد في برنامج التعليم المهني والتدريب: نشاط واحد",
        }[language]
    )
    page = html_of(message)
    assert (page.html["lang"], page.html["dir"]) == (language, {"ar": "rtl", "en": "ltr"}[language])
    assert page.find_all(["img", "link", "script", "style", "iframe"]) == []
    addresses = [link["href"] for link in page.find_all("a")]
    assert {address.split("?")[0].startswith(f"http://127.0.0.1:8000/{language}/") for address in addresses} == {True}


def test_a_message_says_how_it_is_stopped(area):
    make_reader(area)
    make_in(area)
    told()
    headers = mail.outbox[0].message()
    address = headers["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://127.0.0.1:8000/en/unsubscribe/?token=")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (headers["Auto-Submitted"], headers["Content-Language"]) == ("auto-generated", "en")
    assert address in mail.outbox[0].body
    assert html_of(mail.outbox[0]).find("a", href=address)


def test_a_title_that_looks_like_html_stays_text(area):
    make_reader(area)
    make_in(area, title_en="Welding <b>& more</b>")
    told()
    assert "* Welding <b>& more</b>\n" in mail.outbox[0].body
    assert html_of(mail.outbox[0]).find("b") is None


@pytest.mark.parametrize("readers", [1, 30])
def test_reading_the_news_costs_the_same_for_any_number_of_readers(area, readers):
    country, partner = make_country(), make_institution()
    for _ in range(readers):
        make_reader(area, country, partner)
    for _ in range(readers):
        add_partner(make_in(area), partner)
    with CaptureQueriesContext(connection) as queries:
        assert send_next_week(is_dry=True).sent == readers
    assert len(queries) == 8


def test_each_message_costs_two_queries_more(area):
    for _ in range(10):
        make_reader(area)
    make_in(area)
    with CaptureQueriesContext(connection) as queries:
        send_next_week()
    assert len(queries) == 8 + 2 * 10
    assert User.objects.filter(subscription__claimed_at=None).count() == 10
