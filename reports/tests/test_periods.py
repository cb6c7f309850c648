"""The pages of reporting periods: which there are, what is counted in each, and beside what."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.doors import Doors
from activities.figures import Figures, Tally
from activities.models import ActivityStatus, PublicationState
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_kind
from activities.tests.pages import CANARY, get, rows, text_of, titles
from activities.tests.programmes import counted, random_programme, tally_of
from partners.tests.factories import make_country, make_institution
from reports.periods import Change, changes
from reports.tests.factories import make_edition, make_report
from roadmap.models import MeetingKind
from roadmap.tests.factories import make_area, make_meeting, make_roadmap

pytestmark = pytest.mark.django_db
BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def sessions():
    """The 38th to the 40th session: that of 2024 ends on 5 November."""
    return [make_meeting(number) for number in (38, 39, 40)]


def numbers(page):
    return [each["href"].rstrip("/").rpartition("/")[2] for each in page.select(".periods tbody a[href*='/periods/']")]


def test_every_period_with_two_sessions_is_there_and_the_running_one(client, sessions):
    make_meeting(36)  # no 37th: its neighbours' periods are not known
    assert numbers(get(client, "/en/periods/")) == ["41", "40", "39"]


def test_an_activity_belongs_to_the_period_in_which_it_ends(client, sessions):
    make_activity(title_en="Last day", start_date=date(2023, 11, 1), end_date=date(2023, 11, 5))
    make_activity(title_en="Day after", end_date=date(2023, 11, 6))
    make_activity(title_en="Session's end", end_date=date(2024, 11, 5))
    make_activity(title_en="Since then", end_date=date(2024, 11, 6))
    told = {number: titles(get(client, f"/en/periods/{number}/")) for number in (39, 40, 41)}
    assert told == {39: ["Last day"], 40: ["Session's end", "Day after"], 41: ["Since then"]}
    assert [
        row[1] for row in rows(get(client, "/en/periods/"), "Activities and participations by reporting period")
    ] == [
        "1",
        "2",
        "1",
    ]


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_of_the_records(client, seed):
    for number in range(35, 40):
        make_meeting(number)
    random_programme(seed)
    page = rows(get(client, "/en/periods/"), "Activities and participations by reporting period")
    for row, number in zip(page[1:], range(39, 35, -1), strict=True):
        start, end = date(1983 + number, 11, 6), date(1984 + number, 11, 5)
        tally = tally_of([each for each in counted() if start <= each.end_date <= end])
        assert row[1:3] == [str(tally.held), str(tally.planned or "")]
        assert row[3].startswith(
            "–" if tally.held and tally.participations is None else f"{tally.participations or ''}"
        )


@pytest.mark.parametrize("number", ["0", "1", "38", "43", "9999", "99999", "-1", "x", "٤٠"])
def test_a_period_that_is_not_known_is_no_page(client, sessions, number):
    for language in ("ar", "en"):
        assert client.get(f"/{language}/periods/{number}/").status_code == 404


def test_a_period_stands_beside_the_one_before_it(client, sessions):
    count_participants(make_activity(end_date=date(2023, 5, 1)), 10)
    count_participants(make_activity(end_date=date(2024, 5, 1)), 30)
    count_participants(make_activity(end_date=date(2024, 6, 1)), 12)
    compared = rows(get(client, "/en/periods/40/"), "Compared with the period before")
    assert compared[:2] == [["Held activities", "2", "1", "+1"], ["Participations", "42", "10", "+32"]]


def test_a_difference_is_told_only_between_whole_figures():
    whole = Figures(Tally(held=2, participations=40, reporting=2), 3, 1, 5)
    waiting = Figures(Tally(held=2, participations=9, reporting=1, pending=1), 3, 1, None)
    assert [each.difference for each in changes(whole, waiting, Doors(), Doors())] == [0, None, 0, 0, None]
    assert [each.difference for each in changes(whole, whole, Doors(), Doors())] == [0, 0, 0, 0, 0]
    assert Change("Held", 3, 5).difference == -2


def test_with_nothing_before_there_is_nothing_to_compare_with(client, sessions):
    make_activity(end_date=date(2024, 5, 1))
    page = get(client, "/en/periods/40/")
    assert "nothing to compare with" in text_of(page.main)
    assert "Compared" not in text_of(page.main)


def test_the_editions_to_the_session_and_to_the_committee_of_the_period_are_named(client, sessions):
    make_edition(make_report(meeting=sessions[2]))
    make_edition(make_report(meeting=make_meeting(40, MeetingKind.FOLLOW_UP)))
    make_edition(make_report(meeting=sessions[1]))
    named = [text_of(each) for each in get(client, "/en/periods/40/").select("a[href*='/editions/']")]
    assert sorted(named) == ["40th Meeting of the COMCEC Follow-up Committee", "40th Session of COMCEC"]


def test_the_way_leads_to_the_periods_beside_it(client, sessions):
    page = get(client, "/en/periods/40/")
    assert page.select_one("[rel=prev]")["href"] == "/en/periods/39/"
    assert page.select_one("[rel=next]")["href"] == "/en/periods/41/"
    assert not get(client, "/en/periods/39/").select("[rel=prev]")


def test_what_is_planned_belongs_to_the_running_period(client, sessions):
    coming = timezone.localdate() + timedelta(days=400)
    make_activity(title_en="To come", end_date=coming, status=ActivityStatus.PLANNED)
    assert titles(get(client, "/en/periods/41/")) == ["To come"]


@BOTH_LANGUAGES
def test_nothing_unpublished_is_counted_or_named(client, sessions, language):
    for state in set(PublicationState) - {PublicationState.PUBLISHED}:
        kind = make_kind(f"kind-{state}", name_ar=CANARY, name_en=CANARY)
        draft = make_activity(state=state, title_ar=CANARY, title_en=CANARY, kind=kind)
        add_partner(draft, make_institution(name_ar=CANARY, name_en=CANARY))
        count_participants(draft, 77_777)
    for address in ("periods/", "periods/40/"):
        page = str(get(client, f"/{language}/{address}"))
        assert CANARY not in page
        assert "77,777" not in page


@pytest.mark.parametrize("address", ["periods/", "periods/40/"])
def test_the_queries_do_not_grow(client, sessions, django_assert_max_num_queries, address):
    area = make_area(make_roadmap())
    costs = []
    for size in (1, 30):
        for number in range(size):
            activity = make_activity(kind=make_kind(f"kind-{number}"), area=area, roadmap=area.roadmap)
            add_country(activity, make_country(oic_group="asia"), 3)
            add_partner(activity, make_institution(country=make_country(oic_group="arab")))
            make_activity(end_date=date(2023, 5, 1))
            make_meeting(60 + size + number)
        with django_assert_max_num_queries(70) as captured:
            get(client, f"/en/{address}")
        costs.append(len(captured))
    assert costs[0] == costs[1]
