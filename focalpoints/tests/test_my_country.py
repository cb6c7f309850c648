"""My country: what a focal point finds that nobody else sees, and how everybody else is answered."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.db import connection
from django.shortcuts import resolve_url
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import ActivityStatus, PublicationState, Role
from activities.tests.factories import add_country, add_partner, count_participants, make_activity
from activities.tests.pages import CANARY, text_of
from focalpoints.models import Answer, AnswerState
from focalpoints.tests.factories import make_answer, make_session
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.models import ItemStatus
from roadmap.tests.factories import add_collaborator, make_action

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
TODAY = timezone.localdate()
DRAFT, IN_REVIEW = PublicationState.DRAFT, PublicationState.IN_REVIEW


@pytest.fixture
def tunisia():
    return make_country("TUN", short_name_ar="تونس", short_name_en="Tunisia", oic_group="arab")


@pytest.fixture
def user():
    return User.objects.create_user("amina")


@pytest.fixture
def point(tunisia, user):
    return make_focal_point(country=tunisia, user=user)


@pytest.fixture
def amina(client, point, user):
    """The focal point of Tunisia, signed in."""
    client.force_login(user)
    return client


def page_of(client, language="en", address="my-country/"):
    response = client.get(f"/{language}/{address}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def own(page):
    return text_of(page.select_one(".own"))


@LANGUAGES
def test_it_is_the_page_of_the_country_with_what_is_its_own(amina, tunisia, language):
    shown = make_activity(venue_country=tunisia)
    draft = make_activity(state=DRAFT, venue_country=tunisia)
    page = page_of(amina, language)
    title = {"ar": "title_ar", "en": "title_en"}[language]
    assert getattr(shown, title) in text_of(page.main)
    assert getattr(draft, title) in own(page)
    public = amina.get(f"/{language}/countries/TUN/").content.decode()
    assert getattr(draft, title) not in public
    assert {"en": "In preparation", "ar": "قيد الإعداد"}[language] in own(page)


def test_an_activity_in_preparation_tells_what_the_country_is_to_it_and_nothing_else(amina, tunisia):
    draft = make_activity(
        state=IN_REVIEW,
        title_en="A course on welding",
        note=CANARY,
        objective_en=CANARY,
        summary_en=CANARY,
        venue_en=CANARY,
        venue_country=tunisia,
        open_to="MAR TUN",
        start_date=date(2031, 3, 2),
        end_date=date(2031, 3, 4),
        status=ActivityStatus.PLANNED,
    )
    ministry = make_institution(name_en="Ministry of Training", country=tunisia)
    add_partner(draft, ministry, role=Role.CONTENT_PROVIDER)
    add_partner(draft, make_institution(name_en=CANARY, country=make_country("MAR")), role=Role.FUNDER)
    add_country(draft, tunisia)
    add_country(draft, make_country("QZZ", short_name_en=CANARY))
    shown = own(page_of(amina))
    for words in (
        "A course on welding",
        "2–4 March 2031",
        "Training course",
        "Host country",
        "Content provider: Ministry of Training",
        "Participating country",
        "Open to its people",
    ):
        assert words in shown
    assert CANARY not in amina.get("/en/my-country/").content.decode()


def test_drafts_of_other_countries_are_not_shown(amina):
    make_activity(state=DRAFT, title_en=CANARY, venue_country=make_country("MAR"), open_to="MAR")
    make_activity(state=DRAFT, title_en=CANARY)
    assert CANARY not in amina.get("/en/my-country/").content.decode()
    assert "Nothing that names your country is being prepared." in own(page_of(amina))


def test_the_figures_that_are_awaited_lead_to_where_they_are_given(amina, tunisia):
    make_session(40)
    hosted = make_activity(venue_country=tunisia, title_en="Hosted here")
    count_participants(hosted, None)
    listed = make_activity(title_en="Attended")
    count_participants(listed, 30)
    add_country(listed, tunisia)
    page = page_of(amina)
    rows = {text_of(row.h3): row for row in page.select(".own-list > li")}
    assert list(rows) == ["Attended", "Hosted here"]
    assert "number of participants" in text_of(rows["Hosted here"])
    assert text_of(rows["Attended"].select_one(".waiting")) == "number of its own participants"
    assert rows["Attended"].a["href"] == f"/en/my-country/periods/40/{listed.code}/"
    assert amina.get(rows["Attended"].a["href"]).status_code == 200


def test_it_tells_how_many_entries_are_not_answered(amina, tunisia):
    make_session(40)
    first, second = make_activity(venue_country=tunisia), make_activity(venue_country=tunisia)
    assert "2 entries are not answered yet" in own(page_of(amina))
    make_answer(first)
    page = page_of(amina)
    assert "1 entry is not answered yet" in own(page)
    assert page.select_one('.own a[href="/en/my-country/periods/40/"]')
    for said in ({"note": "Wrong."}, {"proposed": {"venue_en": "Tunis"}}):
        make_answer(second, **said)
    Answer.objects.open().update(state=AnswerState.ACCEPTED)
    assert "all answered" in own(page_of(amina))
    make_answer(second)  # another answer after an editor decided counts once
    assert "all answered" in own(page_of(amina))


# Who may come in


@LANGUAGES
def test_whoever_is_not_signed_in_is_led_to_the_login_and_back(client, settings, language):
    response = client.get(f"/{language}/my-country/?part=hosted")
    assert response.status_code == 302
    login, _question, query = response.url.partition("?")
    assert login == resolve_url(settings.LOGIN_URL)
    assert query == f"next=/{language}/my-country/%3Fpart%3Dhosted"


@LANGUAGES
@pytest.mark.parametrize("address", ["my-country/", "my-country/periods/40/", "my-country/periods/40/2024-001/"])
def test_whoever_is_no_focal_point_in_office_is_told_so(client, language, address):
    make_session(40)
    client.force_login(User.objects.create_user("somebody"))
    response = client.get(f"/{language}/{address}")
    said = {"en": "This page is for national focal points", "ar": "هذه الصفحة لجهات الاتصال الوطنية"}[language]
    assert (response.status_code, said in response.content.decode()) == (404, True)
    assert client.post(f"/{language}/{address}", {"answer": "confirm"}).status_code in (404, 405)


def test_staff_are_told_where_they_find_it(client):
    client.force_login(User.objects.create_superuser("root"))
    response = client.get("/en/my-country/")
    assert (response.status_code, "in the back office" in response.content.decode()) == (404, True)


@pytest.mark.parametrize(
    "said",
    [{"end": TODAY - timedelta(days=1)}, {"start": TODAY + timedelta(days=1)}, {"user": None}],
    ids=["term ended", "term not begun", "account taken away"],
)
def test_the_end_of_a_term_holds_at_the_next_request(amina, point, said):
    assert amina.get("/en/my-country/").status_code == 200
    for name, value in said.items():
        setattr(point, name, value)
    point.save()
    assert amina.get("/en/my-country/").status_code == 404
    assert b"/my-country/" not in amina.get("/en/countries/").content


def test_an_account_that_is_closed_is_signed_out_at_the_next_request(amina, user):
    user.is_active = False
    user.save()
    assert amina.get("/en/my-country/").status_code == 302


def test_a_focal_point_sees_the_country_of_the_day(amina, point):
    point.country = make_country("MAR", short_name_en="Morocco")
    point.save()
    assert text_of(page_of(amina).h1) == "Morocco"


@LANGUAGES
def test_nobody_keeps_the_page_and_the_masthead_leads_to_it(amina, client, language):
    response = amina.get(f"/{language}/my-country/")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert f'href="/{language}/my-country/"' in amina.get(f"/{language}/activities/").content.decode()
    client.logout()
    assert "my-country" not in client.get(f"/{language}/activities/").content.decode()


@pytest.mark.parametrize("query", ["part=%00", "part=hosted&year=99999", "area=x", "page=-1", "part=" + "a" * 5000])
def test_what_an_address_says_beside_it_fails_nothing(amina, query):
    assert amina.get(f"/en/my-country/?{query}").status_code == 200


@pytest.mark.parametrize("number", ["0", "9999", "43", "x", "4000000000"])
def test_a_period_that_is_not_there_is_no_page(amina, number):
    make_session(40)
    assert amina.get(f"/en/my-country/periods/{number}/").status_code == 404


def test_it_costs_the_same_for_one_activity_and_for_thirty(amina, tunisia):
    make_session(40)

    def make(number):
        for _each in range(number):
            for said in ({}, {"state": DRAFT}):
                activity = make_activity(venue_country=tunisia, **said)
                add_partner(activity, make_institution(country=tunisia))
                add_country(activity, tunisia)

    def queries():
        amina.get("/en/my-country/")
        with CaptureQueriesContext(connection) as caught:
            amina.get("/en/my-country/")
        return len(caught)

    make(1)
    few = queries()
    make(29)
    assert queries() == few <= 45


@LANGUAGES
def test_its_items_of_the_roadmap_stand_there_once_with_how_far_they_have_come(amina, tunisia, language):
    led = make_action(coordinator_country=tunisia, status=ItemStatus.UNDER_WAY)
    shared = make_action(objective=led.parent)
    add_collaborator(shared, make_institution(country=tunisia))
    others = make_action(objective=led.parent, coordinator_country=make_country())
    page = text_of(page_of(amina, language).main)
    title = f"title_{language}"
    assert [page.count(getattr(item, title)) for item in (led, shared, others)] == [1, 1, 0]
    assert {"en": "under way", "ar": "قيد التنفيذ"}[language] in page
