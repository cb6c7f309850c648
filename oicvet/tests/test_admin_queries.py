"""What pages of the back office cost: the same for one row and for many."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_profile,
)
from focalpoints.tests.factories import make_answer, make_request
from oicvet.tests.backoffice import MODELS, address, make_everything
from partners.models import Country
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports.models import Report
from reports.tests.factories import make_edition, make_report
from roadmap.models import Programme, WorkPlanItem
from roadmap.tests.factories import (
    add_collaborator,
    make_abbreviation,
    make_action,
    make_area,
    make_meeting,
    make_objective,
    make_roadmap,
)

pytestmark = pytest.mark.django_db

MORE = 29


def queries_of(client, url):
    """Return how many queries a page costs, once whatever is remembered between requests is remembered."""
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def make_another(label, number):
    """One more record of a sort, each with everything that a list may show of it."""
    match label:
        case "activities.Activity":
            area = make_area()
            activity = make_activity(area=area, roadmap=area.roadmap, kind=make_kind(f"kind-{number}"))
            count_participants(activity, 40)
        case "activities.ActivityKind":
            make_kind(f"kind-{number}")
        case "activities.ParticipantProfile":
            make_profile(f"profile-{number}")
        case "auth.Group":
            Group.objects.create(name=f"Group {number}")
        case "auth.User":
            User.objects.create(username=f"user-{number}").groups.add(Group.objects.first())
        case "focalpoints.Answer":
            make_answer(proposed={"title_en": "Another title"})
        case "focalpoints.ConfirmationRequest":
            make_request()
        case "partners.Country":
            make_country()
        case "partners.Institution":
            make_institution(country=make_country(), parent=make_institution(seat=make_country()))
        case "partners.NationalFocalPoint":
            make_focal_point(institution=make_institution(seat=make_country()))
        case "reports.Report":
            make_report(make_activity(), meeting=make_meeting(100 + number))
        case "reports.Edition":
            make_edition(make_report(make_activity(), meeting=make_meeting(200 + number)))
        case "roadmap.Abbreviation":
            make_abbreviation()
        case "roadmap.CooperationArea":
            make_area()
        case "roadmap.Meeting":
            make_meeting(100 + number)
        case "roadmap.Roadmap":
            make_roadmap()
        case "roadmap.WorkPlanItem":
            make_action(coordinator_institution=make_institution(seat=make_country()))


@pytest.mark.parametrize("model", [model for model in MODELS if model is not Programme], ids=lambda m: m._meta.label)
def test_a_list_costs_the_same_for_one_row_and_for_thirty(root, model):
    make_everything()
    make_another(model._meta.label, 1)
    url = address(model, "changelist")
    few = queries_of(root, url)
    for number in range(2, MORE + 2):
        make_another(model._meta.label, number)
    assert queries_of(root, url) == few
    assert few <= 16


@pytest.mark.parametrize(("rows", "most"), [(1, 30), (20, 30)])
def test_the_form_of_an_activity_costs_the_same_whatever_stands_in_it(root, rows, most):
    activity = make_activity(venue_country=make_country())
    count_participants(activity, 40, profile=make_profile())
    for _ in range(rows):
        add_partner(activity, make_institution(seat=make_country()), Role.CO_ORGANISER)
        add_country(activity, make_country(), 2)
    assert queries_of(root, address(Activity, "change", activity.pk)) <= most


def test_the_forms_of_reports_and_countries_cost_the_same_whatever_stands_in_them(root):
    report = make_report(make_activity())
    country = make_country()
    few = [
        queries_of(root, address(Report, "change", report.pk)),
        queries_of(root, address(Country, "change", country.pk)),
    ]
    for position in range(2, 22):
        report.items.create(activity=make_activity(), position=position)
        country.memberships.create(status="observer", start=f"19{position + 10}-01-01")
    many = [
        queries_of(root, address(Report, "change", report.pk)),
        queries_of(root, address(Country, "change", country.pk)),
    ]
    assert many == few
    assert max(few) <= 20


def test_the_form_of_a_work_plan_item_costs_the_same_whatever_stands_in_it(root):
    objective = make_objective(coordinator_institution=make_institution(seat=make_country()))
    url = address(WorkPlanItem, "change", objective.pk)
    few = queries_of(root, url)
    for number in range(15):
        add_collaborator(objective, make_country())
        add_collaborator(objective, make_institution(seat=make_country()))
        objective.indicators.create(title_en=f"Indicator {number}")
        make_action(objective)
        make_area()
    assert queries_of(root, url) == few <= 20


def test_choosing_from_a_long_table_costs_the_same_whatever_its_length(root):
    make_institution(seat=make_country())
    url = "/en/admin/autocomplete/?app_label=activities&model_name=partnership&field_name=institution&term="
    few = queries_of(root, url)
    for _ in range(15):
        make_institution(seat=make_country())
    assert queries_of(root, url) == few
