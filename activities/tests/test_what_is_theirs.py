"""What of the records is a country's before readers see it, and which figures it can give."""

from datetime import date

import pytest

from activities.models import Activity, ActivityStatus, PublicationState, Role, Standing
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_project
from partners.tests.factories import make_country, make_institution

pytestmark = pytest.mark.django_db

DRAFT, IN_REVIEW = PublicationState.DRAFT, PublicationState.IN_REVIEW


@pytest.fixture
def tunisia():
    return make_country("TUN", oic_group="arab")


def hosts(activity, country):
    Activity.objects.filter(pk=activity.pk).update(venue_country=country)


def has_a_partner(activity, country):
    add_partner(activity, make_institution(country=country))


def is_listed(activity, country):
    add_country(activity, country)


def is_invited(activity, country):
    Activity.objects.filter(pk=activity.pk).update(open_to=f"MAR {country.code}")


WAYS = pytest.mark.parametrize("way", [hosts, has_a_partner, is_listed, is_invited])


@WAYS
@pytest.mark.parametrize("state", [DRAFT, IN_REVIEW])
def test_what_is_in_preparation_is_that_of_the_countries_in_it(tunisia, way, state):
    activity = make_activity(state=state)
    way(activity, tunisia)
    assert list(Activity.objects.in_preparation_for(tunisia)) == [activity]
    assert list(Activity.objects.in_preparation_for(make_country("MAR"))) == ([activity] if way is is_invited else [])


@WAYS
@pytest.mark.parametrize("state", [PublicationState.PUBLISHED, PublicationState.WITHDRAWN])
def test_what_was_published_is_not_in_preparation(tunisia, way, state):
    way(make_activity(state=state), tunisia)
    assert not Activity.objects.in_preparation_for(tunisia).exists()


def test_what_is_open_to_every_member_is_nobody_s_own(tunisia):
    activity = make_activity(state=DRAFT)
    add_partner(activity, make_institution(seat=tunisia))  # an international body that sits there is not the state's
    has_a_partner(make_project(state=DRAFT), make_country("MAR"))
    assert not Activity.objects.in_preparation_for(tunisia).exists()


def reported(activity, **said):
    """Count everything of an activity, but for what is said."""
    values = {"sexes_standing": Standing.NOT_COLLECTED, "countries_standing": Standing.NOT_COLLECTED}
    return count_participants(activity, 20, **values | said)


def provides(activity, country):
    add_partner(activity, make_institution(country=country), role=Role.CONTENT_PROVIDER)


GIVES = pytest.mark.parametrize("way", [hosts, provides])


@GIVES
def test_figures_are_awaited_from_who_hosted_or_provided(tunisia, way):
    nothing_counted, pending, sexes, countries, whole = (make_activity() for _ in range(5))
    count_participants(pending, None)
    reported(sexes, sexes_standing=Standing.PENDING)
    reported(countries, countries_standing=Standing.PENDING)
    reported(whole)
    for activity in (nothing_counted, pending, sexes, countries, whole):
        way(activity, tunisia)
    found = Activity.objects.awaiting_figures_from(tunisia)
    assert set(found) == {nothing_counted, pending, sexes, countries}
    assert not Activity.objects.awaiting_figures_from(make_country("MAR")).exists()


def test_the_number_of_its_own_people_is_awaited_wherever_a_country_is_listed_without(tunisia):
    without, with_number = make_activity(), make_activity()
    add_country(without, tunisia)
    add_country(with_number, tunisia, 3)
    add_country(with_number, make_country("MAR"))
    assert list(Activity.objects.awaiting_figures_from(tunisia)) == [without]


@GIVES
@pytest.mark.parametrize(
    "said",
    [
        {"status": ActivityStatus.PLANNED, "start_date": date(2030, 1, 1)},
        {"state": DRAFT},
        {"state": PublicationState.WITHDRAWN},
    ],
)
def test_nothing_is_awaited_of_what_was_not_held_or_is_not_public(tunisia, way, said):
    activity = make_activity(**said)
    way(activity, tunisia)
    is_listed(activity, tunisia)
    assert not Activity.objects.awaiting_figures_from(tunisia).exists()


def test_each_stands_once_however_many_ways_lead_to_a_country(tunisia):
    activity, draft = make_activity(), make_activity(state=DRAFT)
    for way in (hosts, has_a_partner, has_a_partner, provides, is_listed, is_invited):
        way(activity, tunisia)
        way(draft, tunisia)
    assert list(Activity.objects.awaiting_figures_from(tunisia)) == [activity]
    assert list(Activity.objects.in_preparation_for(tunisia)) == [draft]
