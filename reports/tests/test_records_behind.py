"""The records behind a sum are those that it was summed from, and no others."""

from datetime import date

import pytest

from activities.models import Role
from activities.tests.factories import add_partner, count_participants, make_activity
from partners.tests.factories import make_country, make_institution
from reports.tests.desk import first, make_world, page_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fact", ["participations", "reporting", "providing_countries"])
def test_figures_of_what_was_not_held_are_in_no_sum(client, fact):
    report = make_world(1)
    reason = {"status_reason_ar": "السبب", "status_reason_en": "The reason"}
    others = [
        make_activity(status="cancelled", **reason),
        make_activity(status="postponed", **reason),
        make_activity(status="planned", start_date=date(2024, 12, 1)),
    ]
    for activity in (first(report), *others):
        add_partner(activity, make_institution(country=make_country()), Role.CONTENT_PROVIDER)
    for position, activity in enumerate(others, start=2):
        count_participants(activity, 30)
        report.items.create(activity=activity, position=position)
    sign_in(client)
    page = page_of(client.get(f"/en/desk/COMCEC-40/records/?fact=report.{fact}")).main.get_text()
    assert first(report).code in page
    assert [activity.code for activity in others if activity.code in page] == []
