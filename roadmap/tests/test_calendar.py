"""Where a day stands between sessions. The 39th session is that of 2 to 5 November 2023, the 40th a year later."""

from datetime import date

import pytest

from roadmap.calendar import session_period
from roadmap.models import Period
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("day", "before", "after", "period"),
    [
        (date(2023, 11, 6), 39, 40, Period(date(2023, 11, 6), date(2024, 11, 5))),
        (date(2024, 11, 5), 39, 40, Period(date(2023, 11, 6), date(2024, 11, 5))),
        (date(2024, 11, 6), 40, None, Period(date(2024, 11, 6), TODAY)),
        (date(2026, 6, 1), 40, None, Period(date(2024, 11, 6), date(2026, 6, 1))),
    ],
)
def test_a_day_belongs_to_the_period_between_two_sessions(day, before, after, period):
    make_meeting(39)
    make_meeting(40)
    make_meeting(40, kind="follow_up")
    make_meeting(41, start=None, end=None)
    found = session_period(day, today=TODAY)
    assert (found.period, found.before.number, found.after and found.after.number) == (period, before, after)


def test_a_period_does_not_swallow_the_one_beside_it():
    make_meeting(38)
    make_meeting(40)
    assert session_period(date(2024, 1, 1), today=TODAY) is None


def test_before_the_first_session_there_is_no_period():
    make_meeting(40)
    assert session_period(date(2024, 1, 1), today=TODAY) is None
