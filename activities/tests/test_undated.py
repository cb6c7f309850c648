"""Activities whose days are not known yet: a calendar has nothing to show of them."""

from datetime import date

import pytest

from activities.models import ActivityStatus
from activities.tests.factories import make_activity, make_project
from activities.tests.pages import get

pytestmark = pytest.mark.django_db
UNDATED = {"start_date": None, "end_date": None, "status": ActivityStatus.PLANNED}


def offers_calendar(client, activity):
    return bool(get(client, f"/en/activities/{activity.code}/").select("a[type='text/calendar']"))


def test_an_activity_is_offered_for_a_calendar_once_it_has_days(client):
    assert offers_calendar(client, make_activity())
    assert not offers_calendar(client, make_activity(**UNDATED))


@pytest.mark.parametrize(("parts", "offered"), [([], False), ([UNDATED], False), ([UNDATED, {}], True)])
def test_a_project_is_offered_for_a_calendar_once_a_part_of_it_has_days(client, parts, offered):
    project = make_project(start_date=date(2024, 1, 1), end_date=date(2024, 12, 31))
    for said in parts:
        make_activity(parent=project, **said)
    assert offers_calendar(client, project) == offered
