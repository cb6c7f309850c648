"""Summaries say what the records say, counted by hand over random programmes."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from activities import summary
from activities.figures import Tally
from activities.models import Activity, ActivityStatus, Participation, PublicationState
from activities.summary import GroupFigures, of_programme, summarise
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_members,
    make_project,
)
from partners.models import OICGroup
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_programme, make_roadmap


def random_programme(seed, size=40):
    """Make activities that differ in everything a summary looks at, some of which it must not count."""
    random = Random(seed)  # noqa: S311 -- test data
    organ = make_programme().organ
    countries = [*make_members().values(), make_country()]
    bodies = [make_institution(country=random.choice([None, *countries])) for _ in range(6)] + [organ]
    roadmap = make_roadmap()
    areas = [None, *(make_area(roadmap) for _ in range(3))]
    kinds = [make_kind(), make_kind("webinar", name_en="Webinar")]
    project = make_project()
    add_country(project, countries[0], 99)
    for _ in range(size):
        area = random.choice(areas)
        activity = make_activity(
            kind=random.choice(kinds),
            area=area,
            roadmap=area and area.roadmap,
            parent=random.choice([None, project]),
            end_date=date(random.randint(2019, 2023), random.randint(1, 12), random.randint(1, 28)),
            status=random.choice(ActivityStatus.values + [ActivityStatus.HELD] * 3),
            state=random.choice([PublicationState.DRAFT] + [PublicationState.PUBLISHED] * 5),
            is_reportable=random.random() < 0.9,
            venue_country=random.choice([None, *countries]),
        )
        if random.random() < 0.7:
            count_participants(activity, random.choice([None, random.randint(1, 90)]))
        for country in random.sample(countries, random.randint(0, 3)):
            add_country(activity, country, random.choice([None, random.randint(1, 9)]))
        for body in random.sample(bodies, random.randint(0, 3)):
            add_partner(activity, body)


def counted():
    published = Activity.objects.filter(state=PublicationState.PUBLISHED, is_reportable=True)
    return [activity for activity in published if not activity.is_project]


def held():
    return [activity for activity in counted() if activity.status == ActivityStatus.HELD]


def codes_of(activity):
    """The countries an activity has to do with, by whichever way."""
    partners = {row.institution.country for row in activity.partnerships.all() if row.institution}
    took_part = {row.country for row in activity.country_participations.all()}
    return {country.code for country in (*partners, *took_part, activity.venue_country) if country}


def tally_of(activities):
    """Count by hand."""
    done = [each for each in activities if each.status == ActivityStatus.HELD]
    counts = {row.activity_id: row for row in Participation.objects.all()}
    heads = [counts[each.pk].headcount for each in done if each.pk in counts and counts[each.pk].headcount]
    return Tally(
        held=len(done),
        planned=sum(each.status == ActivityStatus.PLANNED for each in activities),
        participations=sum(heads) if heads else None,
        reporting=len(heads),
        pending=len(done) - len(heads),
    )


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
