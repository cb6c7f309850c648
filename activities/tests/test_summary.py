"""Summaries say what the records say, counted by hand over random programmes."""

from collections import Counter
from datetime import date

import pytest

from activities import summary
from activities.figures import Tally
from activities.models import Activity, ActivityStatus, PublicationState
from activities.summary import GroupFigures, of_programme, summarise
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
)
from activities.tests.programmes import counted, held, random_programme, tally_of
from partners.models import OICGroup
from partners.tests.factories import make_country
from roadmap.tests.factories import make_area, make_programme


def codes_of(activity):
    """The countries an activity has to do with, by whichever way."""
    partners = {row.institution.country for row in activity.partnerships.all() if row.institution}
    took_part = {row.country for row in activity.country_participations.all()}
    return {country.code for country in (*partners, *took_part, activity.venue_country) if country}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_it_says_what_the_records_say(seed):
    random_programme(seed)
    found = of_programme()
    for axes in (("year",), ("area",), ("kind",), ("year", "area")):
        told = {"year": lambda each: each.year, "area": lambda each: each.area_id, "kind": lambda each: each.kind_id}
        sets = {}
        for each in counted():
            sets.setdefault(tuple(told[axis](each) for axis in axes), []).append(each)
        assert found.by(*axes) == {key: tally_of(some) for key, some in sets.items()}
    assert found.tally == tally_of(counted())
    assert found.unlisted == sum(not each.country_participations.all() for each in held())
    assert found.countries == Counter(code for each in held() for code in codes_of(each))
    assert found.countries_by_area == Counter((code, each.area_id) for each in held() for code in codes_of(each))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_a_group_counts_an_activity_once_and_adds_up_the_numbers_of_its_countries(seed):
    random_programme(seed)
    for group, found in of_programme().groups.items():
        members = {"arab": {"MAR", "TUN"}, "asia": {"TUR"}, "africa": {"CIV"}}[group]
        entries = [
            row.count for each in held() for row in each.country_participations.all() if row.country.code in members
        ]
        known = [count for count in entries if count is not None]
        assert found == GroupFigures(
            held=sum(bool(codes_of(each) & members) for each in held()),
            participations=sum(known) if known else None,
            unknown=len(entries) - len(known),
        )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_a_partner_counts_once_for_each_activity_and_the_organ_never(seed):
    random_programme(seed)
    organ = make_programme().organ
    bodies = Counter(
        body for each in held() for body in {row.institution_id for row in each.partnerships.all()} - {organ.pk, None}
    )
    assert of_programme().institutions == bodies


@pytest.mark.django_db
def test_of_nothing_there_is_nothing():
    found = of_programme()
    assert (found.tally, found.by("year"), found.countries, found.not_reported) == (Tally(), {}, {}, 0)
    assert found.groups == dict.fromkeys(OICGroup.values, GroupFigures())


@pytest.mark.django_db
def test_it_costs_the_same_queries_however_much_there_is(django_assert_num_queries):
    for size in (1, 30):
        for number in range(size):
            activity = make_activity(venue_country=make_country(), kind=make_kind(f"kind-{number}"))
            add_country(activity, count=3)
            add_partner(activity)
        with django_assert_num_queries(12):
            summarise(Activity.objects.listed())


@pytest.mark.django_db(transaction=True)
def test_it_is_made_once_until_a_record_changes(django_assert_num_queries):
    activity = make_activity()
    count_participants(activity, 12)
    assert of_programme().tally.participations == 12
    with django_assert_num_queries(1):
        assert of_programme().tally.participations == 12
    activity.participation.headcount = 30
    activity.participation.save()
    assert of_programme().tally.participations == 30
    activity.delete()
    assert of_programme().tally == Tally()


@pytest.mark.django_db(transaction=True)
def test_each_area_has_a_summary_of_its_own():
    first, second = make_area(), make_area()
    make_activity(area=first, roadmap=first.roadmap)
    assert (summary.of_area(first.pk).tally.held, summary.of_area(second.pk).tally.held) == (1, 0)


@pytest.mark.django_db
def test_what_goes_on_over_two_months_is_in_both():
    make_activity(start_date=date(2023, 12, 30), end_date=date(2024, 1, 2))
    make_activity(end_date=date(2024, 1, 9))
    make_activity(end_date=date(2024, 1, 9), status=ActivityStatus.POSTPONED)
    make_activity(end_date=date(2024, 1, 9), state=PublicationState.DRAFT)
    assert summary.months() == {date(2023, 12, 1): 1, date(2024, 1, 1): 2}
