"""The rules of roadmaps and meetings, and the periods that sessions cut."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from roadmap.models import CooperationArea, Meeting, MeetingKind, Period, PeriodUnknownError, Programme, Roadmap
from roadmap.tests.factories import make_abbreviation, make_area, make_meeting, make_programme, make_roadmap

pytestmark = pytest.mark.django_db


def refused_by_database(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])
    return True


def fields_with_errors(row):
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return set(caught.value.message_dict)


def second_area(number):
    first = make_area()
    return CooperationArea(roadmap=first.roadmap, number=number, title_ar="مجال", title_en="Area")


def second_meeting():
    Meeting.objects.filter(number=40).first() or make_meeting(40)
    return Meeting(kind=MeetingKind.SESSION, number=40)


def roadmap_to(valid_to):
    return Roadmap(code="x", title_ar="خ", title_en="R", valid_from=date(2020, 1, 1), valid_to=valid_to)


BROKEN = [
    (lambda: roadmap_to(date(2020, 1, 1)), "valid_to"),
    (lambda: roadmap_to(date(2019, 1, 1)), "valid_to"),
    (lambda: second_area(1), "number"),
    (lambda: second_area(0), "number"),
    (second_meeting, "number"),
    (lambda: Meeting(number=41, start=date(2025, 11, 4), end=date(2025, 11, 1)), "end"),
]


@pytest.mark.parametrize(("make", "field"), BROKEN)
def test_a_bad_row_is_refused_by_the_database_and_named_at_its_field(make, field):
    assert fields_with_errors(make()) == {field}
    assert refused_by_database(make())


@pytest.mark.parametrize("dates", [{"start": date(2025, 11, 1)}, {"end": date(2025, 11, 1)}])
def test_a_meeting_has_both_dates_or_none(dates):
    meeting = Meeting(number=41, **dates)
    assert fields_with_errors(meeting) == {"start" if "end" in dates else "end"}
    assert refused_by_database(meeting)
    make_meeting(42, start=None, end=None).full_clean()


def test_there_is_one_programme():
    programme = make_programme()
    another = Programme(name_ar="آخر", name_en="Another", organ=programme.organ, pk=2)
    assert refused_by_database(another)
    another.organ_short_name_ar = another.organ_short_name_en = "س"
    another.save()
    assert Programme.objects.get().name_en == "Another"


def test_a_report_to_a_session_covers_the_time_since_the_last_one():
    make_meeting(39, end=date(2023, 12, 5), start=date(2023, 12, 2))
    session = make_meeting(40, start=date(2024, 11, 2), end=date(2024, 11, 5))
    period = session.period()
    assert period == Period(date(2023, 12, 6), date(2024, 11, 5))
    days = [date(2023, 12, 5), date(2023, 12, 6), date(2024, 11, 5), date(2024, 11, 6)]
    assert [period.holds(day) for day in days] == [False, True, True, False]


def test_a_report_to_the_committee_covers_the_running_period_so_far():
    make_meeting(39, start=date(2023, 12, 2), end=date(2023, 12, 5))
    committee = make_meeting(40, MeetingKind.FOLLOW_UP, start=date(2024, 5, 22), end=date(2024, 5, 23))
    assert committee.period() == Period(date(2023, 12, 6), date(2024, 5, 23))


def test_the_committee_never_cuts_time():
    make_meeting(39, start=date(2023, 12, 2), end=date(2023, 12, 5))
    make_meeting(39, MeetingKind.FOLLOW_UP, start=date(2024, 1, 2), end=date(2024, 1, 5))
    assert make_meeting(40).period().start == date(2023, 12, 6)


def unknown_because(meeting):
    with override("en"), pytest.raises(PeriodUnknownError) as caught:
        meeting.period()
    return str(caught.value)


def test_a_period_is_unknown_without_the_session_before():
    assert "39" in unknown_because(make_meeting(40))
    make_meeting(39, start=None, end=None)
    assert "39" in unknown_because(Meeting.objects.by_code("COMCEC-40"))


def test_a_period_is_unknown_without_the_meeting_s_own_dates():
    make_meeting(39)
    assert "COMCEC-40" in unknown_because(make_meeting(40, start=None, end=None))


def test_a_period_is_unknown_when_sessions_stand_in_the_wrong_order():
    make_meeting(39)
    before = make_meeting(40, MeetingKind.FOLLOW_UP, start=date(2023, 5, 1), end=date(2023, 5, 2))
    assert "COMCEC-FC-40" in unknown_because(before)


@pytest.mark.parametrize("code", ["COMCEC-40", "comcec-40"])
def test_a_meeting_is_found_by_its_code(code):
    session = make_meeting(40)
    make_meeting(40, MeetingKind.FOLLOW_UP)
    assert Meeting.objects.by_code(code) == session
    assert session.code == "COMCEC-40"


@pytest.mark.parametrize(
    "code", ["", "40", "COMCEC", "COMCEC-", "COMCEC-x", "COMCEC-٤٠", "X-40", "COMCEC-" + "4" * 50]
)
def test_a_code_that_no_meeting_has_is_said_so(code):
    make_meeting(40)
    with pytest.raises(Meeting.DoesNotExist):
        Meeting.objects.by_code(code)


def test_the_current_roadmap_is_the_newest_that_has_begun():
    old = make_roadmap(valid_from=date(2020, 1, 1), valid_to=date(2025, 12, 31))
    new = make_roadmap(valid_from=date(2027, 1, 1), valid_to=date(2030, 12, 31))
    current = Roadmap.objects.current_on
    assert [current(day) for day in (date(2019, 12, 31), date(2020, 1, 1), date(2026, 6, 1), date(2027, 1, 1))] == [
        None,
        old,
        old,
        new,
    ]
    assert [old.is_expired_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [False, True]


def test_every_row_says_what_it_is():
    with override("en"):
        assert str(make_meeting(40)) == "40th Session of COMCEC"
        assert str(make_area(title_en="Teachers")).endswith("1 · Teachers")
        assert str(make_abbreviation(short="TVET")) == "TVET"
        assert str(make_programme()) == "Vocational Education Programme"
