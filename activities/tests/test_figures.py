"""What is added up, and what never is."""

from datetime import date

import pytest

from activities.figures import Tally, figures, member_countries, tallies_by, tally
from activities.models import Activity, ActivityStatus, Role
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_project
from partners.models import MembershipStatus
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_programme

pytestmark = pytest.mark.django_db


def every():
    return Activity.objects.counted()


def test_participations_are_summed_over_the_activities_that_report_them():
    count_participants(make_activity(), 12)
    count_participants(make_activity(), 30)
    count_participants(make_activity(), None)
    assert tally(every()) == Tally(held=3, planned=0, participations=42, reporting=2, pending=1)


def test_nothing_reported_is_no_sum_and_not_zero():
    make_activity()
    assert tally(every()).participations is None


def test_a_held_activity_without_a_record_of_its_counts_waits_for_them():
    make_activity()
    assert tally(every()).pending == 1


def test_a_planned_activity_waits_for_nothing():
    make_activity(status=ActivityStatus.PLANNED)
    assert tally(every()) == Tally(held=0, planned=1, participations=None, reporting=0, pending=0)


def test_a_project_is_never_counted_and_its_parts_are():
    project = make_project()
    make_activity(parent=project)
    assert tally(Activity.objects.all()).held == 1


def test_each_area_has_its_own_tally_and_so_have_those_without():
    area = make_area()
    count_participants(make_activity(area=area, roadmap=area.roadmap), 9)
    make_activity()
    tallies = tallies_by(every(), "area")
    assert (tallies[area.pk].participations, tallies[None].pending) == (9, 1)


def test_a_country_counts_once_however_often_it_took_part():
    country, other = make_country(), make_country()
    for _ in range(2):
        activity = make_activity()
        add_country(activity, country, 5)
        add_country(activity, other)
    assert member_countries(every()) == 2


def test_there_is_no_total_of_countries_unless_every_activity_lists_them():
    add_country(make_activity())
    count_participants(make_activity(), 12, member_countries=4)
    assert member_countries(every()) is None


def test_a_country_suspended_on_the_last_day_is_left_out():
    country = make_country()
    country.memberships.create(status=MembershipStatus.SUSPENDED, start=date(2020, 1, 1), until=date(2024, 3, 15))
    activity = make_activity(end_date=date(2024, 3, 14))
    add_country(activity, country)
    add_country(activity)
    assert member_countries(every()) == 1


def test_an_international_body_provides_content_for_no_country():
    make_programme()
    activity = make_activity()
    seat = make_country()
    add_partner(activity, make_institution(country=None, seat=seat), Role.CONTENT_PROVIDER)
    add_partner(activity, make_institution(country=make_country()), Role.CONTENT_PROVIDER)
    add_partner(activity, make_institution(country=make_country()), Role.CO_ORGANISER)
    counted = figures(every())
    assert (counted.partner_institutions, counted.providing_countries) == (3, 1)


@pytest.mark.parametrize(("status", "number"), [("held", 1), ("planned", 0), ("postponed", 0), ("cancelled", 0)])
def test_a_country_provided_content_where_the_activity_was_held(status, number):
    reason = {"status_reason_ar": "السبب", "status_reason_en": "The reason"}
    activity = make_activity(status=status, **({} if status in ("held", "planned") else reason))
    make_programme()
    add_partner(activity, make_institution(country=make_country()), Role.CONTENT_PROVIDER)
    assert figures(every()).providing_countries == number


def test_the_executing_organ_is_no_partner_of_itself():
    programme = make_programme()
    add_partner(make_activity(), programme.organ, Role.ORGANISER)
    assert figures(every()).partner_institutions == 0


@pytest.mark.parametrize("size", [1, 30])
def test_queries_do_not_grow_with_what_is_counted(size, django_assert_num_queries):
    for _ in range(size):
        activity = make_activity()
        count_participants(activity, 3)
        add_country(activity)
    with django_assert_num_queries(6):
        figures(every())
