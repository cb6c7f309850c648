"""An editor sees what a country proposes beside what the entry says, and accepts or refuses it."""

import threading
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from activities.models import Activity, CountryParticipation, Participation, PublicationState, Standing
from activities.tests.factories import add_country, count_participants, make_activity
from activities.tests.pages import text_of
from bilingual.changes import entries_of
from focalpoints.models import Answer, AnswerState
from focalpoints.tests.factories import make_answer
from partners.tests.factories import make_country

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
LIST = "/en/admin/focalpoints/answer/"
RIGHTS = ("view_answer", "decide_answer", "change_activity", "view_activity")


def sign_in(client, *codes):
    user = User.objects.create_user("-".join(codes)[:40] or "nobody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


@pytest.fixture
def editor(client):
    return sign_in(client, *RIGHTS)


@pytest.fixture
def tunisia():
    return make_country("TUN", short_name_ar="تونس", short_name_en="Tunisia")


@pytest.fixture
def activity(tunisia):
    activity = make_activity(title_ar="دورة", title_en="A course", venue_country=tunisia)
    count_participants(activity, None)
    return activity


@pytest.fixture
def proposed(activity, tunisia):
    """A correction: a headcount where none was known, its own people, and another last day."""
    said = {"headcount": 42, "people": 7, "end_date": "2024-03-15"}
    return make_answer(activity, tunisia, proposed=said, note="من قائمة <b>الحضور</b>")


def page_address(answer, language="en"):
    return f"/{language}/admin/focalpoints/answer/{answer.pk}/change/"


def page_of(client, answer, language="en"):
    response = client.get(page_address(answer, language))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def decide(client, answer, language="en", **said):
    """Send the form of the page as it was shown, with what is said."""
    form = page_of(client, answer, language).select_one("form[action*=decide]")
    sent = {"seen": form.select_one('input[name="seen"]')["value"], "reason": ""}
    return client.post(form["action"], sent | said)


def accept(client, answer, **said):
    return decide(client, answer, **{"accept": "Accept"} | said)


def errors_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(text_of(each) for each in page.select(".errornote, .errorlist"))


@LANGUAGES
def test_the_page_shows_each_value_then_now_and_as_proposed(editor, activity, proposed, language):
    Activity.objects.filter(pk=activity.pk).update(end_date=date(2024, 3, 20))
    page = page_of(editor, proposed, language)
    rows = [[text_of(cell) for cell in row.select("td")] for row in page.select("table.differences tbody tr")]
    pending = {"ar": "قيد الانتظار", "en": "pending"}[language]
    missing = {"ar": "غير مسجل", "en": "not recorded"}[language]
    march, changed = {"ar": ("مارس", "تغير منذ ذلك الحين"), "en": ("March", "changed since")}[language]
    assert rows == [
        [f"14 {march} 2024", f"20 {march} 2024 {changed}", f"15 {march} 2024"],
        [missing, pending, "42"],
        [missing, missing, "7"],
    ]
    note = page.select_one(".country-note")
    assert (note.text.strip(), note["dir"]) == ("من قائمة <b>الحضور</b>", "auto")


@LANGUAGES
def test_what_is_accepted_is_entered_as_a_change_with_the_country_as_its_reason(
    editor, activity, tunisia, proposed, language
):
    assert accept(editor, proposed, language=language).status_code == 302
    stored = Activity.objects.get(pk=activity.pk)
    counts = stored.participation
    assert (stored.end_date, stored.version) == (date(2024, 3, 15), 2)
    assert (counts.headcount, counts.headcount_standing, counts.sum_of_countries) == (42, Standing.REPORTED, 7)
    assert counts.countries_standing == Standing.PENDING
    assert CountryParticipation.objects.get(activity=stored, country=tunisia).count == 7
    proposed.refresh_from_db()
    user = User.objects.get()
    assert (proposed.state, proposed.decided_by) == (AnswerState.ACCEPTED, user)
    with override(language):
        latest = entries_of(stored)[0]
    reason = {
        "en": "Corrected as proposed by Tunisia.",
        "ar": "صُحح بحسب ما اقترحته جهة الاتصال الوطنية: تونس.",
    }[language]
    assert (latest.reason, latest.by, len(latest.rows)) == (reason, user.get_username(), 3)


def test_figures_that_a_country_corrected_name_it_as_their_source(editor, activity, tunisia, proposed):
    """Else the page would go on to say that the former source reported them, and on which day."""
    Participation.objects.update(
        headcount=30, headcount_standing=Standing.ESTIMATED, source="Attendance list", reported_on=date(2024, 3, 16)
    )
    answer = make_answer(activity, tunisia, proposed={"headcount": 42})
    Answer.objects.filter(pk=answer.pk).update(answered_at=datetime(2026, 5, 3, 22, 30, tzinfo=UTC))
    accept(editor, answer)
    counts = Participation.objects.get()
    assert (counts.headcount, counts.headcount_standing) == (42, Standing.REPORTED)
    assert counts.source == "جهة الاتصال الوطنية: تونس / National focal point: Tunisia"
    assert counts.reported_on == date(2026, 5, 4)  # by the clock of the portal
    for language, name in (("ar", "تونس"), ("en", "Tunisia")):
        assert name in editor.get(f"/{language}/activities/{activity.code}/").content.decode()


@pytest.mark.parametrize("said", [{"title_en": "Another course"}, {"people": 7}])
def test_what_is_no_figure_of_all_who_took_part_leaves_their_source(editor, activity, tunisia, said):
    Participation.objects.update(source="Attendance list", reported_on=date(2024, 3, 16))
    accept(editor, make_answer(activity, tunisia, proposed=said))
    counts = Participation.objects.get()
    assert (counts.source, counts.reported_on) == ("Attendance list", date(2024, 3, 16))


def test_a_correction_that_stands_in_the_note_alone_changes_nothing_by_itself(editor, activity, tunisia):
    answer = make_answer(activity, tunisia, note="The ministry is not ours.")
    assert "what is to be done stands in the note" in page_of(editor, answer).text
    assert accept(editor, answer).status_code == 302
    assert Activity.objects.get().version == 1
    assert Answer.objects.get().state == AnswerState.ACCEPTED


@LANGUAGES
def test_a_refusal_needs_a_reason_which_the_country_reads(editor, activity, proposed, language):
    response = decide(editor, proposed, language, refuse="Refuse")
    said = {"en": "Say why the correction is refused", "ar": "بيّن سبب رفض التصحيح"}[language]
    assert (response.status_code, said in errors_of(response)) == (409, True)
    assert "reorders" in errors_of(decide(editor, proposed, refuse="Refuse", reason="a\u202eb"))
    assert Answer.objects.get().state == AnswerState.OPEN
    assert decide(editor, proposed, language, refuse="Refuse", reason=" The lists say 40. ").status_code == 302
    answer = Answer.objects.get()
    assert (answer.state, answer.reason) == (AnswerState.REFUSED, "The lists say 40.")
    assert Activity.objects.get().version == 1


# Somebody else was there in between


def test_what_was_entered_since_is_replaced_only_when_the_editor_says_so(editor, activity, proposed):
    activity.participation.headcount, activity.participation.headcount_standing = 40, Standing.REPORTED
    activity.participation.save()
    response = accept(editor, proposed)
    assert (response.status_code, "Somebody entered something else since" in errors_of(response)) == (409, True)
    assert Activity.objects.get().participation.headcount == 40
    assert accept(editor, proposed, overwrite="on").status_code == 302
    assert Activity.objects.get().participation.headcount == 42


def test_what_changes_while_the_page_is_open_is_shown_first(editor, activity, proposed):
    form = page_of(editor, proposed).select_one("form[action*=decide]")
    sent = {"seen": form.select_one('input[name="seen"]')["value"], "accept": "Accept", "overwrite": "on"}
    Activity.objects.update(end_date=date(2024, 3, 20))
    response = editor.post(form["action"], sent)
    assert (response.status_code, "Look at the difference again" in errors_of(response)) == (409, True)
    assert Activity.objects.get().end_date == date(2024, 3, 20)
    assert Answer.objects.get().state == AnswerState.OPEN


def test_what_the_entry_says_already_is_accepted_without_a_question(editor, activity, tunisia):
    answer = make_answer(activity, tunisia, proposed={"end_date": "2024-03-15"})
    Activity.objects.update(end_date=date(2024, 3, 15))
    assert "says so already" in page_of(editor, answer).text
    assert accept(editor, answer).status_code == 302


@pytest.mark.parametrize("said", [{"accept": "Accept"}, {"refuse": "Refuse", "reason": "No."}])
def test_an_answer_is_decided_once_and_a_replaced_one_never(editor, activity, tunisia, proposed, said):
    sent = {"seen": page_of(editor, proposed).select_one('input[name="seen"]')["value"], **said}
    newer = make_answer(activity, tunisia, proposed={"headcount": 50})
    response = editor.post(f"{LIST}{proposed.pk}/decide/", sent)
    assert (response.status_code, b"waits for nobody" in response.content) == (409, True)
    assert Answer.objects.get(pk=proposed.pk).state == AnswerState.OUTDATED
    assert accept(editor, newer).status_code == 302
    version = Activity.objects.get().version
    editor.post(f"{LIST}{newer.pk}/decide/", sent)
    assert (Activity.objects.get().version, Answer.objects.get(pk=newer.pk).reason) == (version, "")


# The rules of the records


@LANGUAGES
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"end_date": "2024-03-01"}, {"en": "cannot end before it starts", "ar": "قبل أن يبدأ"}),
        ({"headcount": 0}, {"en": "zero is never a way", "ar": "الصفر"}),
        ({"headcount": 5, "women": 4, "men": 3}, {"en": "cannot be more than all", "ar": "لا يمكن أن"}),
    ],
)
def test_what_the_rules_refuse_is_not_entered(editor, activity, tunisia, said, sentence, language):
    """As when the record changed after the country answered: its own form refuses the same."""
    answer = make_answer(activity, tunisia, proposed=said)
    response = accept(editor, answer, language=language)
    assert (response.status_code, sentence[language] in errors_of(response)) == (409, True)
    assert (Activity.objects.get().version, Answer.objects.get().state) == (1, AnswerState.OPEN)


def test_what_is_to_be_looked_at_after_a_correction_is_told(editor, activity, tunisia):
    """As after any change of a published activity: it is entered, and a report finds it before it is issued."""
    add_country(activity, make_country("MAR"), 30)
    answer = make_answer(activity, tunisia, proposed={"headcount": 20, "people": 5})
    response = accept(editor, answer)
    page = BeautifulSoup(editor.get(response.url).content, "html.parser")
    warnings = [text_of(each) for each in page.select(".messagelist .warning")]
    assert len(warnings) == 1
    assert "do not add up to the participants (20)" in warnings[0]
    assert Activity.objects.get().participation.headcount == 20


# At the same moment


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a database in memory serves one thread")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("acts", [("accept", "accept"), ("accept", "refuse"), ("refuse", "refuse")])
def test_of_editors_who_decide_at_the_very_same_moment_one_does(client, acts):
    tunisia = make_country("TUN", short_name_ar="تونس", short_name_en="Tunisia")
    activity = make_activity(title_ar="دورة", title_en="A course", venue_country=tunisia)
    count_participants(activity, None)
    answer = make_answer(activity, tunisia, proposed={"headcount": 42, "people": 7})
    editor = sign_in(client, *RIGHTS)
    form = page_of(editor, answer).select_one("form[action*=decide]")
    seen = form.select_one('input[name="seen"]')["value"]
    start, statuses = threading.Barrier(6, timeout=60), []

    def send(act):
        other = Client()
        other.cookies = editor.cookies
        try:
            start.wait()
            statuses.append(other.post(form["action"], {act: act, "seen": seen, "reason": "No"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[acts[number % 2]]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409, 409, 409, 409, 409]
    decided, stored = Answer.objects.get(), Activity.objects.get()
    is_accepted = decided.state == AnswerState.ACCEPTED
    assert (stored.version, stored.participation.headcount) == ((2, 42) if is_accepted else (1, None))
    assert CountryParticipation.objects.filter(count=7).count() == is_accepted
    assert LogEntry.objects.filter(object_id=answer.pk).count() == 1


# Who, where


@pytest.mark.parametrize("missing", ["decide_answer", "change_activity"])
def test_who_may_not_decide_sees_the_difference_and_cannot_send(client, activity, proposed, missing):
    client = sign_in(client, *(code for code in RIGHTS if code != missing))
    assert page_of(client, proposed).select("form[action*=decide]") == []
    sent = {"accept": "Accept", "seen": ""}
    assert client.post(f"{LIST}{proposed.pk}/decide/", sent).status_code == 404
    assert client.post(page_address(proposed), sent).status_code == 405
    assert Answer.objects.get().state == AnswerState.OPEN


@pytest.mark.parametrize("key", [0, 999, 2**63, 10**400])
def test_an_answer_that_is_not_there_is_no_page(editor, key):
    assert editor.post(f"{LIST}{key}/decide/", {"accept": "Accept", "seen": ""}).status_code == 404
    assert editor.get(f"{LIST}{key}/change/").status_code in (302, 404)


@pytest.mark.parametrize("value", ["", "\x00", "9" * 400, "<script>", "a" * 5000])
@pytest.mark.parametrize("name", ["seen", "reason", "overwrite", "accept", "refuse"])
def test_nothing_that_is_sent_fails_the_page(editor, proposed, name, value):
    for act in ("accept", "refuse"):
        assert editor.post(f"{LIST}{proposed.pk}/decide/", {act: "x", name: value}).status_code < 500


def test_the_list_begins_with_what_waits_by_country_and_activity(editor, tunisia):
    morocco = make_country("MAR")
    waiting = {country: make_answer(None, country, proposed={"headcount": 3}) for country in (tunisia, morocco)}
    confirmed = make_answer(None, make_country("QQA"))
    page = editor.get(LIST)
    assert list(page.context["cl"].result_list) == [waiting[morocco], waiting[tunisia], confirmed]
    assert list(editor.get(f"{LIST}?q=TUN").context["cl"].result_list) == [waiting[tunisia]]
    assert list(editor.get(f"{LIST}?state__exact=open").context["cl"].result_list) == [
        waiting[morocco],
        waiting[tunisia],
    ]


@LANGUAGES
def test_the_form_of_an_activity_tells_who_confirmed_it(client, activity, tunisia, language):
    client.force_login(User.objects.create_superuser("root"))
    make_answer(activity, tunisia)
    Answer.objects.update(answered_at=timezone.make_aware(timezone.datetime(2026, 5, 3, 12)))
    page = client.get(f"/{language}/admin/activities/activity/{activity.pk}/change/").content.decode()
    said = {"en": "Confirmed by Tunisia on 3 May 2026", "ar": "ورد تأكيد من تونس يوم 3 مايو 2026"}[language]
    assert said in page
    make_answer(activity, tunisia, proposed={"headcount": 3})
    assert said not in client.get(f"/{language}/admin/activities/activity/{activity.pk}/change/").content.decode()


def test_what_a_country_answered_keeps_its_activity(activity, proposed, client):
    Activity.objects.update(state=PublicationState.DRAFT)
    client.force_login(User.objects.create_superuser("root"))
    address = f"/en/admin/activities/activity/{activity.pk}/delete/"
    assert client.get(address).context["protected"]
    client.post(address, {"post": "yes"})
    assert Activity.objects.exists()
