"""Confirming without an account: links that open and do not, and what a country answers. Nothing changes by it."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity, ActivityStatus, PublicationState
from activities.tests.factories import add_country, add_partner, count_participants, make_activity
from activities.tests.pages import CANARY, text_of
from focalpoints.models import Answer, AnswerState, ConfirmationRequest
from focalpoints.tests.factories import make_request, make_session
from partners.tests.factories import make_country, make_focal_point, make_institution

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
TODAY = timezone.localdate()
HOSTILE = (
    "",
    "\x00",
    "a\x00b",
    "\u202e2024",
    "\ufdd0",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "../../etc/passwd",
    "-1",
    "0000-00-00",
    "9" * 400,
    "a" * 5000,
)


@pytest.fixture
def point():
    country = make_country("TUN", short_name_ar="تونس", short_name_en="Tunisia")
    return make_focal_point(country=country, email="amina@example.org", user=User.objects.create_user("amina"))


@pytest.fixture
def asked(point):
    return make_request(point)


@pytest.fixture
def activity(point):
    """An entry of Tunisia in the period asked about: its headcount is pending."""
    activity = make_activity(title_ar="دورة", title_en="A course", venue_country=point.country)
    count_participants(activity, None)
    add_country(activity, point.country)
    return activity


@pytest.fixture
def opened(client, asked):
    """A browser in which the link was opened, without an account."""
    assert client.get(f"/en/confirm/{asked.token}/").status_code == 302
    return client


@pytest.fixture
def signed_in(client, point, asked):
    client.force_login(point.user)
    return client


def entry_address(asked, activity, language="en"):
    return f"/{language}/confirmations/{asked.pk}/{activity.code}/"


BY_LINK, BY_ACCOUNT = "confirmations/{pk}/", "my-country/periods/40/"
BOTH_WAYS = pytest.mark.parametrize("way", ["opened", "signed_in"])


@pytest.fixture
def way_in(request, way, asked):
    """Either way of a focal point: the browser, and where its entries stand."""
    return request.getfixturevalue(way), (BY_LINK if way == "opened" else BY_ACCOUNT).format(pk=asked.pk)


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def form_of(client, address):
    """What a browser would send if nothing were changed on the page of an entry."""
    form = page_of(client, address).select_one("form.desk-form")
    sent = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    return sent | {each["name"]: each.text.lstrip("\n") for each in form.select("textarea")} | {"answer": "correct"}


def confirm(client, address, **changes):
    seen = page_of(client, address).select_one('input[name="seen"]')["value"]
    return client.post(address, {"answer": "confirm", "seen": seen} | changes)


def correct(client, address, **changes):
    return client.post(address, form_of(client, address) | changes)


def send_as_a_browser(browser, address, **changes):
    """Send the form of a page as browsers do, to a portal that looks where a form comes from.

    They name no origin where the page before had the policy ``no-referrer``, and nameless origins are refused.
    """
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    page = strict.get(address)
    origin = "null" if page["Referrer-Policy"] == "no-referrer" else "http://testserver"
    token = BeautifulSoup(page.content, "html.parser").select_one("[name=csrfmiddlewaretoken]")["value"]
    sent = form_of(strict, address) | {"csrfmiddlewaretoken": token} | changes
    return strict.post(address, sent, headers={"origin": origin})


# The link


@LANGUAGES
def test_the_link_leads_to_the_entries_of_the_country_in_the_period(client, asked, activity, point, language):
    make_activity(title_en=CANARY, title_ar=CANARY)  # not Tunisia's
    make_activity(title_en=CANARY, title_ar=CANARY, venue_country=point.country, state=PublicationState.DRAFT)
    make_activity(
        title_en=CANARY, title_ar=CANARY, venue_country=point.country, end_date=asked.meeting.end.replace(year=2030)
    )
    add_partner(activity, make_institution(name_en="Ministry", name_ar="الوزارة", country=point.country))
    response = client.get(f"/{language}/confirm/{asked.token}/", follow=True)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.redirect_chain == [(f"/{language}/confirmations/{asked.pk}/", 302)]
    assert [text_of(each) for each in page.select(".entries h2")] == [{"ar": "دورة", "en": "A course"}[language]]
    assert CANARY not in response.content.decode()
    shown = text_of(page.select_one(".entries"))
    assert {"ar": "قيد الانتظار", "en": "pending"}[language] in shown
    assert {"ar": "الوزارة", "en": "Ministry"}[language] in shown


def test_the_address_of_the_entries_holds_no_secret_and_opens_nowhere_else(opened, asked):
    response = opened.get(f"/en/confirmations/{asked.pk}/")
    assert asked.token not in response.content.decode()
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert response["Referrer-Policy"] == "same-origin"
    assert Client().get(f"/en/confirmations/{asked.pk}/").status_code == 404


@LANGUAGES
@BOTH_WAYS
def test_whoever_proposed_a_correction_is_told_that_confirming_withdraws_it(way_in, activity, language):
    """Beside a correction, a button that says “Confirm” would be taken for the one that sends it."""
    browser, entries = way_in
    confirming = {"en": "Withdraw the correction, and confirm", "ar": "سحب التصحيح وتأكيد السجل"}[language]
    pages = [f"/{language}/{entries}", f"/{language}/{entries}{activity.code}/"]

    def offered():
        return [text_of(page_of(browser, each).select_one('button[value="confirm"]')) for each in pages]

    assert [confirming in said for said in offered()] == [False, False]
    correct(browser, pages[1], headcount="12")
    assert [confirming in said for said in offered()] == [True, True]
    assert not page_of(browser, pages[0]).select("button.act-main")
    confirm(browser, pages[1])
    assert Answer.objects.in_force().get().state == AnswerState.CONFIRMED


@LANGUAGES
@BOTH_WAYS
@pytest.mark.parametrize("sent", [{"answer": "confirm"}, {"headcount": "12"}])
def test_what_a_browser_sends_is_taken_down(way_in, activity, language, sent):
    browser, entries = way_in
    response = send_as_a_browser(browser, f"/{language}/{entries}{activity.code}/", **sent)
    assert response.status_code == 302
    assert Answer.objects.count() == 1


@LANGUAGES
@pytest.mark.parametrize("token", [*HOSTILE[1:], "x", "a.b", "é.ü", "." * 300])
def test_a_forged_link_is_refused_in_the_language_of_the_address(client, token, language):
    response = client.get(
        f"/{language}/confirm/{token.replace('/', '')}/" if token.strip("/ ") else f"/{language}/confirm/x/"
    )
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


def test_a_link_that_others_signed_or_cut_off_opens_nothing(client, asked):
    said = "This link is not complete or not ours"
    signed_elsewhere = Signer(sep=".", salt="elsewhere").sign(asked.key.hex)
    unknown = Signer(sep=".", salt="focalpoints.confirmation").sign("0" * 32)
    not_a_key = Signer(sep=".", salt="focalpoints.confirmation").sign("anything")
    for token in (asked.token[:-1], asked.token.upper(), asked.key.hex, signed_elsewhere, unknown, not_a_key):
        response = client.get(f"/en/confirm/{token}/")
        assert (response.status_code, said in response.content.decode()) == (404, True), token
    assert client.post(f"/en/confirm/{asked.token}/").status_code == 405


def test_each_link_that_opens_or_does_not_is_logged_without_it_or_its_reader(client, asked, point, caplog):
    caplog.set_level("INFO", "focalpoints.access")
    client.get("/en/confirm/forged/")
    client.get(f"/en/confirmations/{asked.pk}/")
    client.get(f"/en/confirm/{asked.token}/")
    expire(asked, point)
    client.get(f"/en/confirm/{asked.token}/")
    client.get("/en/unsubscribe/?token=forged")
    lines = [record.getMessage() for record in caplog.records if record.name == "focalpoints.access"]
    assert lines == [
        "refused reason=link_unknown",
        "refused reason=link_not_opened",
        f"opened link request={asked.pk}",
        "refused reason=link_expired",
        "refused reason=digest_link_unknown",
    ]


def expire(asked, point):
    ConfirmationRequest.objects.update(open_until=TODAY - timedelta(days=1))


def withdraw(asked, point):
    ConfirmationRequest.objects.update(withdrawn_at=timezone.now())


def end_the_term(asked, point):
    point.end = TODAY - timedelta(days=1)
    point.save()


def move_to_another_country(asked, point):
    point.country = make_country("MAR")
    point.save()


def correct_the_address(asked, point):
    ConfirmationRequest.objects.update(sent_to="wrong@example.org")


def forget_the_focal_point(asked, point):
    point.delete()


@LANGUAGES
@pytest.mark.parametrize(
    ("end", "said"),
    [
        (expire, {"en": "This link has expired", "ar": "انتهت صلاحية هذا الرابط"}),
        (withdraw, {"en": "This link was withdrawn", "ar": "سُحب هذا الرابط"}),
        (end_the_term, {"en": "no longer in office", "ar": "انتهت مدة جهة الاتصال"}),
        (move_to_another_country, {"en": "no longer in office", "ar": "انتهت مدة جهة الاتصال"}),
        (correct_the_address, {"en": "no longer that of the focal point", "ar": "لم يعد عنوان جهة الاتصال"}),
        (forget_the_focal_point, {"en": "no longer in office", "ar": "انتهت مدة جهة الاتصال"}),
    ],
)
def test_a_link_that_opens_no_more_says_why_even_where_it_was_open(
    opened, asked, activity, point, end, said, language
):
    address = entry_address(asked, activity, language)
    seen = page_of(opened, address).select_one('input[name="seen"]')["value"]
    end(asked, point)
    for response in (
        opened.get(f"/{language}/confirm/{asked.token}/"),
        opened.get(f"/{language}/confirmations/{asked.pk}/"),
        opened.get(address),
        opened.post(address, {"answer": "confirm", "seen": seen}),
    ):
        assert (response.status_code, said[language] in response.content.decode()) == (410, True)
    assert not Answer.objects.exists()


def test_a_link_opens_on_its_last_day(client, asked):
    ConfirmationRequest.objects.update(open_until=TODAY)
    assert client.get(f"/en/confirm/{asked.token}/").status_code == 302


def test_looking_answers_nothing_and_gives_no_session_to_who_knew_it_before(client, asked, activity):
    client.get("/en/admin/login/")
    before = client.session.session_key
    client.get(f"/en/confirm/{asked.token}/", follow=True)
    assert client.session.session_key != before
    assert not Answer.objects.exists()
    assert client.session.get_expire_at_browser_close()


def test_two_links_in_one_browser_are_kept_apart(opened, asked, activity):
    other = make_request()
    theirs = make_activity(venue_country=other.country)
    opened.get(f"/en/confirm/{other.token}/")
    assert confirm(opened, entry_address(other, theirs)).status_code == 302
    assert confirm(opened, entry_address(asked, activity)).status_code == 302
    said = {(answer.country, answer.activity) for answer in Answer.objects.all()}
    assert said == {(other.country, theirs), (asked.country, activity)}


# Foreign entries


@LANGUAGES
@BOTH_WAYS
def test_an_entry_of_another_country_is_not_answered(way_in, point, language):
    client, entries = way_in
    foreign = make_activity(venue_country=make_country("MAR"))
    draft = make_activity(venue_country=point.country, state=PublicationState.DRAFT)
    early = make_activity(venue_country=point.country, end_date=date(2019, 5, 1))
    said = {"en": "This entry is not among those of your country", "ar": "ليس هذا السجل من سجلات بلدكم"}[language]
    for code in (foreign.code, draft.code, early.code, "2024-999", "2024-9999999"):
        address = f"/{language}/{entries}{code}/"
        for response in (client.get(address), client.post(address, {"answer": "confirm", "seen": ""})):
            assert (response.status_code, said in response.content.decode()) == (404, True), code
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**400])
def test_a_request_that_was_not_opened_here_is_refused(opened, number):
    response = opened.get(f"/en/confirmations/{number}/")
    assert (response.status_code, "Open the link in the e-mail first" in response.content.decode()) == (404, True)


# Answers


@LANGUAGES
@BOTH_WAYS
def test_a_country_confirms_an_entry(way_in, asked, activity, point, way, language):
    client, entries = way_in
    versions = Activity.versions.count()
    response = confirm(client, f"/{language}/{entries}{activity.code}/")
    assert response.url == f"/{language}/{entries}#entry-{activity.code}"
    answer = Answer.objects.get()
    assert (answer.state, answer.country, answer.proposed) == (AnswerState.CONFIRMED, point.country, {})
    assert (answer.focal_point, answer.request, answer.answered_by) == (
        (point, asked, None) if way == "opened" else (point, None, point.user)
    )
    page = page_of(client, f"/{language}/{entries}")
    assert {"en": "Confirmed on", "ar": "أُكد يوم"}[language] in text_of(page.select_one(".answer"))
    assert not page.select('.entries button[value="confirm"]')
    assert (Activity.versions.count(), Activity.objects.get().version) == (versions, 1)


@LANGUAGES
@BOTH_WAYS
def test_a_country_proposes_a_correction_and_nothing_changes(way_in, activity, language):
    client, entries = way_in
    versions = Activity.versions.count()
    changes = {
        "headcount": "٤٢",
        "people": "7",
        "end_date": "15/03/2024",
        "venue_en": "  Tunis ",
        "note": "من قائمة الحضور",
    }
    assert correct(client, f"/{language}/{entries}{activity.code}/", **changes).status_code == 302
    answer = Answer.objects.get()
    assert answer.state == AnswerState.OPEN
    assert answer.proposed == {"headcount": 42, "people": 7, "end_date": "2024-03-15", "venue_en": "Tunis"}
    assert (answer.facts["headcount"], answer.facts["end_date"], answer.note) == (None, "2024-03-14", changes["note"])
    assert activity.participation.headcount is None
    assert (Activity.versions.count(), Activity.objects.get().version) == (versions, 1)
    said = page_of(client, f"/{language}/{entries}").select_one(".answer")
    assert "42" in text_of(said)
    assert said.select_one(".answer-note")["dir"] == "auto"
    again = form_of(client, f"/{language}/{entries}{activity.code}/")
    assert (again["headcount"], again["venue_en"], again["note"]) == ("42", "Tunis", changes["note"])


def test_an_answer_can_be_changed_until_an_editor_decides(opened, asked, activity):
    address = entry_address(asked, activity)
    correct(opened, address, headcount="40")
    correct(opened, address, headcount="41")
    confirm(opened, address)
    assert list(Answer.objects.order_by("pk").values_list("state", flat=True)) == ["outdated", "outdated", "confirmed"]
    correct(opened, address, note="Not right after all.")
    assert [answer.note for answer in Answer.objects.open()] == ["Not right after all."]
    Answer.objects.open().update(state=AnswerState.REFUSED, reason="The lists say so.", decided_at=timezone.now())
    page = page_of(opened, f"/en/confirmations/{asked.pk}/")
    assert "Your correction was refused" in text_of(page.select_one(".answer"))
    assert "The lists say so." in text_of(page.select_one(".answer"))
    correct(opened, address, headcount="44")
    assert list(Answer.objects.order_by("pk").values_list("state", flat=True))[-2:] == ["refused", "open"]


@BOTH_WAYS
def test_what_changed_meanwhile_is_shown_before_it_is_answered(way_in, activity):
    client, entries = way_in
    address = f"/en/{entries}{activity.code}/"
    seen, sent = page_of(client, address).select_one('input[name="seen"]')["value"], form_of(client, address)
    activity.title_en = "Another course"
    activity.save()
    for data in ({"answer": "confirm", "seen": seen}, sent | {"headcount": "41"}):
        response = client.post(address, data)
        page = BeautifulSoup(response.content, "html.parser")
        assert (response.status_code, Answer.objects.count()) == (409, 0)
        assert text_of(page.h1) == "Another course"
    assert page.select_one('input[name="headcount"]')["value"] == "41"
    renewed = page.select_one('form.desk-form input[name="seen"]')["value"]
    assert (
        client.post(address, sent | {"headcount": "41", "title_en": "Another course", "seen": renewed}).status_code
        == 302
    )
    assert Answer.objects.get().proposed == {"headcount": 41}


def test_a_confirmation_of_what_was_changed_since_says_so(opened, asked, activity):
    confirm(opened, entry_address(asked, activity))
    activity.title_en = "Another course"
    activity.save()
    page = page_of(opened, f"/en/confirmations/{asked.pk}/")
    assert "changed since" in text_of(page.select_one(".answer"))
    assert page.select('.entries button[value="confirm"]')


# What cannot be


@LANGUAGES
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headcount": "many"}, "headcount"),
        ({"headcount": "0"}, "headcount"),
        ({"headcount": "-3"}, "headcount"),
        ({"headcount": "9" * 5000}, "headcount"),
        ({"people": "1.5"}, "people"),
        ({"headcount": "10", "women": "8", "men": "5"}, "women"),
        ({"start_date": "31/02/2024"}, "start_date"),
        ({"end_date": "2024-03-01"}, "end_date"),
        ({"end_date": "0001-01-01"}, "end_date"),
        ({"title_en": "Reordered\u202etitle"}, "title_en"),
        ({"title_ar": "a" * 301}, "title_ar"),
        ({"venue_en": "two\nlines"}, "venue_en"),
        ({"note": "\x00"}, "note"),
        ({"note": "a\u202eb"}, "note"),
        ({"note": "a" * 2001}, "note"),
        ({}, None),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(opened, asked, activity, changes, field, language):
    response = correct(opened, entry_address(asked, activity, language), **changes)
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, Answer.objects.count()) == (400, 0)
    wrong = [each.select_one("input, textarea")["name"] for each in page.select(".field-wrong")]
    assert wrong == ([field] if field else [])
    assert text_of(page.select_one(".field-error"))


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["seen", "answer", "headcount", "start_date", "title_ar", "note", "state", "country"])
def test_nothing_that_is_sent_fails_the_page(opened, asked, activity, name, value):
    address = entry_address(asked, activity)
    assert opened.post(address, form_of(opened, address) | {name: value}).status_code < 500
    assert opened.post(address, {name: value}).status_code < 500
    assert opened.post(f"/en/confirmations/{asked.pk}/", {name: value}).status_code == 405


def test_a_note_is_shown_as_text(opened, asked, activity):
    correct(opened, entry_address(asked, activity), note="<script>alert(1)</script>")
    assert "<script>alert" not in opened.get(f"/en/confirmations/{asked.pk}/").content.decode()


def test_an_answer_from_elsewhere_is_refused(asked, activity):
    client = Client(enforce_csrf_checks=True)
    client.get(f"/en/confirm/{asked.token}/")
    assert client.post(entry_address(asked, activity), {"answer": "confirm"}).status_code == 403


def test_figures_are_asked_only_of_what_was_held(opened, asked, point):
    planned = make_activity(venue_country=point.country, status=ActivityStatus.PLANNED)
    sent = form_of(opened, entry_address(asked, planned))
    assert set(sent) & {"headcount", "women", "men", "member_countries", "people"} == set()
    correct(opened, entry_address(asked, planned), headcount="5", venue_en="Tunis")
    assert Answer.objects.get().proposed == {"venue_en": "Tunis"}


def test_a_focal_point_of_two_countries_at_different_times_answers_for_one(signed_in, point, activity):
    make_session(40)
    morocco = make_country("MAR")
    make_focal_point(country=morocco)
    moroccan = make_activity(venue_country=morocco)
    assert signed_in.get(f"/en/my-country/periods/40/{moroccan.code}/").status_code == 404
    point.country = morocco
    point.save()
    assert signed_in.get(f"/en/my-country/periods/40/{activity.code}/").status_code == 404
    assert confirm(signed_in, f"/en/my-country/periods/40/{moroccan.code}/").status_code == 302


def test_a_period_without_its_dates_says_so(opened, asked, activity):
    asked.meeting.start = asked.meeting.end = None
    asked.meeting.save()
    shown = text_of(page_of(opened, f"/en/confirmations/{asked.pk}/").main)
    assert "The dates of this period are being settled" in shown
    assert opened.get(entry_address(asked, activity)).status_code == 404


@BOTH_WAYS
def test_the_entries_cost_the_same_for_one_and_for_thirty(way_in, point):
    client, entries = way_in

    def make(number):
        for _each in range(number):
            activity = make_activity(venue_country=point.country)
            count_participants(activity, 40)
            add_country(activity, point.country)
            add_country(activity)
            add_partner(activity, make_institution(country=point.country))
            confirm(client, f"/en/{entries}{activity.code}/")

    def queries():
        with CaptureQueriesContext(connection) as caught:
            page = client.get(f"/en/{entries}")
        assert len(re.findall("entry-2024", page.content.decode())) >= 1
        return len(caught)

    make(1)
    few = queries()
    make(9)
    assert queries() == few <= 16
