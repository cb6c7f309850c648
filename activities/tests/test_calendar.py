"""The calendar: months that exist, days in both languages' weeks, spans of several days."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.models import ActivityStatus, PublicationState
from activities.months import MOST_LANES, weeks_of
from activities.tests.factories import make_activity
from activities.tests.pages import CANARY, get, text_of, titles

pytestmark = pytest.mark.django_db
OCTOBER = date(2024, 10, 1)  # a Tuesday


def laid_out(activities, language):
    """Return each week's days, and its lanes as (first, last) of the spans in them."""
    return [
        (
            [day.day if day else None for day in week.days],
            [[(place.span.first, place.span.last) for place in lane if place.span] for lane in week.lanes],
        )
        for week in weeks_of(OCTOBER, activities, language)
    ]


def test_a_week_begins_on_monday_in_english_and_on_sunday_in_arabic():
    english, arabic = laid_out([], "en"), laid_out([], "ar")
    assert english[0][0] == [None, 1, 2, 3, 4, 5, 6]
    assert arabic[0][0] == [None, None, 1, 2, 3, 4, 5]
    assert (english[-1][0][3], arabic[-1][0][4]) == (31, 31)


def test_a_span_goes_on_in_the_next_week_and_stops_at_the_end_of_the_month():
    activity = make_activity(start_date=date(2024, 10, 24), end_date=date(2024, 11, 3))
    weeks = weeks_of(OCTOBER, [activity], "en")
    spans = [place.span for week in weeks for lane in week.lanes for place in lane if place.span]
    assert [(span.first, span.last, span.begins, span.ends) for span in spans] == [
        (3, 6, True, False),
        (0, 3, False, False),
    ]


def test_spans_that_meet_lie_beneath_each_other_and_others_side_by_side():
    days = [(1, 3), (2, 2), (4, 5), (3, 6)]
    activities = [make_activity(start_date=OCTOBER.replace(day=a), end_date=OCTOBER.replace(day=b)) for a, b in days]
    assert laid_out(activities, "en")[0][1] == [[(1, 3), (4, 5)], [(2, 2), (3, 6)]]


def test_each_lane_fills_its_week():
    activities = [make_activity(end_date=OCTOBER.replace(day=day)) for day in (1, 1, 3, 8, 31)]
    for week in weeks_of(OCTOBER, activities, "ar"):
        assert all(sum(place.days for place in lane) == 7 for lane in week.lanes)


def test_a_crowded_week_says_how_many_have_no_room(client):
    for _ in range(MOST_LANES + 3):
        make_activity(end_date=OCTOBER)
    page = get(client, "/en/calendar/2024-10/")
    assert len(page.select(".month .span")) == MOST_LANES
    assert "More in the list below: 3 activities" in text_of(page.select_one(".month"))
    assert len(titles(page)) == MOST_LANES + 3


def test_a_month_shows_what_goes_on_in_it_in_order(client):
    make_activity(title_en="Over the edge", start_date=date(2024, 9, 29), end_date=date(2024, 10, 2))
    make_activity(title_en="Later", end_date=date(2024, 10, 20))
    make_activity(title_en="Elsewhere", end_date=date(2024, 11, 20))
    make_activity(title_en="Called off", end_date=date(2024, 10, 25), status=ActivityStatus.CANCELLED)
    make_activity(title_en=CANARY, end_date=date(2024, 10, 21), state=PublicationState.DRAFT)
    page = get(client, "/en/calendar/2024-10/")
    assert titles(page) == ["Over the edge", "Later", "Called off"]
    spans = [text_of(each) for each in page.select(".month .span")]
    assert spans == ["Over the edge , 29 September – 2 October 2024, continued", "Later , 20 October 2024"]
    assert CANARY not in str(page)


@pytest.mark.parametrize(
    "month", ["0000-01", "0001-01", "1968-12", "2101-01", "9999-12", "2024-00", "2024-13", "2024-1", "٢٠٢٤-١٠", "x"]
)
def test_a_month_that_cannot_be_is_no_page(client, month):
    for language in ("ar", "en"):
        assert client.get(f"/{language}/calendar/{month}/").status_code == 404


@pytest.mark.parametrize("month", ["1969-01", "2100-12"])
def test_the_first_and_the_last_month_open(client, month):
    make_activity(start_date=date(1969, 1, 1), end_date=date(2100, 12, 31))
    assert get(client, f"/ar/calendar/{month}/").select(".month .span")


def test_the_ways_lead_to_months_with_something_and_no_others(client):
    for month in (3, 10, 12):
        make_activity(end_date=date(2024, month, 5))
    make_activity(end_date=date(2021, 2, 5))
    page = get(client, "/en/calendar/2024-10/")
    assert page.select_one("[rel=prev]")["href"] == "/en/calendar/2024-03/"
    assert page.select_one("[rel=next]")["href"] == "/en/calendar/2024-12/"
    strip = {text_of(each): each["href"][-8:-1] for each in page.select(".months-strip a")}
    assert strip == {
        "2021": "2021-02",
        "March 1 1 activity": "2024-03",
        "October": "2024-10",
        "December 1 1 activity": "2024-12",
    }


def test_without_a_month_the_nearest_to_come_is_shown_or_the_last(client):
    make_activity(end_date=date(2020, 2, 5))
    assert "February 2020" in text_of(get(client, "/en/calendar/").h1)
    coming = timezone.localdate().replace(day=1) + timedelta(days=70)
    make_activity(end_date=coming, status=ActivityStatus.PLANNED)
    assert f"{coming:%B %Y}" in text_of(get(client, "/en/calendar/").h1)


def test_an_empty_calendar_says_so(client):
    assert "Nothing is dated" in text_of(get(client, "/en/calendar/").main)


def test_what_has_no_date_or_lost_it_stands_apart(client):
    make_activity(title_en="Undated", start_date=None, end_date=None, status=ActivityStatus.PLANNED)
    make_activity(title_en="Put off", end_date=date(2024, 10, 3), status=ActivityStatus.POSTPONED)
    make_activity(title_en="Dated", end_date=date(2024, 10, 4))
    page = get(client, "/en/calendar/2024-10/")
    lists = {text_of(each.h2): titles(each) for each in page.select("section")}
    assert lists == {"In this month": ["Dated"], "Announced without a date": ["Put off", "Undated"]}


def test_today_is_marked(client):
    today = timezone.localdate()
    make_activity(end_date=today)
    marked = get(client, f"/ar/calendar/{today:%Y-%m}/").select("[aria-current=date]")
    assert [text_of(each) for each in marked] == [str(today.day)]
