"""The records behind a sum are those that it was summed from, and no others."""

from datetime import date

import pytest

from activities.models import Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_project,
)
from partners.tests.factories import make_country, make_institution
from reports.assembly import assemble
from reports.desk.records import records_behind
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


@pytest.mark.parametrize("fact", ["report.listed", "country.{}.activities"])
def test_lists_of_countries_count_where_the_activity_was_held(client, fact):
    report = make_world(2)
    country = make_country(code="TUN", member_since=date(1969, 1, 1))
    cancelled = make_activity(status="cancelled", status_reason_ar="السبب", status_reason_en="The reason")
    report.items.create(activity=cancelled, position=3)
    for activity in (first(report), cancelled):
        add_country(activity, country)
    sign_in(client)
    address = f"/en/desk/COMCEC-40/records/?fact={fact.format(country.code)}"
    page = page_of(client.get(address)).main.get_text()
    codes = [item.activity.code for item in report.items.all()]
    assert [code for code in codes if code in page] == [first(report).code]


def test_the_records_behind_every_sum_add_up_to_it():
    report = make_world(3)
    project = make_project()
    reason = {"status_reason_ar": "السبب", "status_reason_en": "The reason"}
    more = [
        make_activity(parent=project),
        make_activity(parent=project, status="planned", start_date=date(2024, 12, 1)),
        make_activity(status="cancelled", **reason),
        make_activity(status="planned", start_date=date(2024, 12, 1)),
    ]
    for position, activity in enumerate([project, *more[2:]], start=4):
        report.items.create(activity=activity, position=position)
    country = make_country(member_since=date(1969, 1, 1))
    for activity in more:
        count_participants(activity, 30)
        add_country(activity, country)
    facts = assemble(report)
    sums = {}
    for fact, value in facts.stated().items():
        name, behind = fact.rpartition(".")[2], records_behind(facts, fact)
        if behind is None or name in ("partners", "providing_countries", "member_countries"):
            continue
        told = [row.participation.headcount for row in behind] if name == "participations" else [1] * len(behind)
        sums[fact] = (value, sum(told))
    assert {"report.participations", "report.listed", "report.pending"} <= sums.keys()
    assert [(fact, *pair) for fact, pair in sums.items() if pair[0] != pair[1]] == []
