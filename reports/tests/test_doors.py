"""Doors: from each figure to the field of its record, and from each finding to where it is mended."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from activities.tests.factories import count_participants, make_activity, make_project
from bilingual.findings import Finding, Severity
from reports.composition import compose
from reports.doors import address_of, with_doors
from reports.models import CoverageNote
from reports.phrases.marks import mark_fact
from reports.tests.desk import first, make_world, sign_in
from reports.tests.factories import make_report
from reports.tests.programmes import reports as programmes
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db


def doors(html, report, language="en"):
    """Return the address of each fact that became a door, by its id."""
    page = BeautifulSoup(with_doors(html, report, language), "html.parser")
    return {link["data-fact"]: link["href"] for link in page.select("a[data-fact]")}


def opened(fact, report, language="en"):
    return doors(mark_fact(fact, "words"), report, language).get(fact)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("dates", "start_date"),
        ("area", "area"),
        ("call", "funding_call"),
        ("headcount", "participation-0-headcount"),
        ("women", "participation-0-women"),
        ("countries", "participation-0-member_countries"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_figure_of_a_record_opens_its_field(name, field, language):
    report = make_world(1)
    activity = first(report)
    expected = f"/{language}/admin/activities/activity/{activity.pk}/change/#id_{field}"
    assert opened(f"{activity.code}.{name}", report, language) == expected


def test_every_field_behind_a_door_is_in_the_form(admin_client):
    report = make_world(1)
    page = admin_client.get(opened(f"{first(report).code}.headcount", report).partition("#")[0]).content.decode()
    for name in ("dates", "area", "call", "headcount", "women", "countries"):
        field = opened(f"{first(report).code}.{name}", report).partition("#")[2]
        assert f'id="{field}"' in page


def test_whoever_may_only_look_finds_the_field_too(client):
    sign_in(client, "view_report", "view_activity", "view_participation")
    report = make_world(1)
    page = client.get(opened(f"{first(report).code}.headcount", report).partition("#")[0]).content.decode()
    assert "id_participation-0-headcount" in page
    for name in ("dates", "area", "call", "headcount", "women", "countries"):
        field = opened(f"{first(report).code}.{name}", report).partition("#")[2]
        assert page.count(f'id="{field}"') == 1


def test_the_number_of_a_part_opens_its_project_on_the_desk():
    project = make_project()
    part = make_activity(parent=project)
    report = make_report(project)
    assert opened(f"{project.code}.number", report) == f"/en/desk/COMCEC-40/#item-{project.code}"
    assert opened(f"{part.code}.number", report) == f"/en/desk/COMCEC-40/#item-{project.code}"


def test_a_figure_of_a_part_opens_the_part():
    project = make_project()
    part = make_activity(parent=project)
    report = make_report(project)
    assert opened(f"{part.code}.dates", report) == f"/en/admin/activities/activity/{part.pk}/change/#id_start_date"
    assert opened(f"{project.code}.parts", report) == f"/en/admin/activities/activity/{project.pk}/change/"


@pytest.mark.parametrize(
    ("fact", "address"),
    [
        ("report.held", "/en/desk/COMCEC-40/records/?fact=report.held"),
        ("area.2020-2025.1.held", "/en/desk/COMCEC-40/records/?fact=area.2020-2025.1.held"),
        ("kind.training-course.planned", "/en/desk/COMCEC-40/records/?fact=kind.training-course.planned"),
        ("report.promised", "/en/desk/COMCEC-40/records/?fact=report.promised"),
        ("before.held", "/en/desk/COMCEC-40/records/?fact=before.held"),
        ("before.number", "/en/desk/COMCEC-40/records/?fact=before.number"),
        ("report.as_of", "/en/desk/COMCEC-40/#id_as_of"),
        ("report.period", "/en/desk/COMCEC-40/#id_period_start"),
        ("2024-999.headcount", None),
        ("area.2020-2025.1.number", None),
        ("nothing", None),
        ('report."><script>', None),
        ("imprint.number", None),
    ],
)
def test_a_sum_opens_its_records_and_what_rests_on_nothing_stays(fact, address):
    assert opened(fact, make_world(1)) == address


def test_a_figure_inside_a_link_stays_a_figure():
    html = f'<a href="#x">{mark_fact("report.held", "3")}</a> {mark_fact("report.held", "3")}'
    page = BeautifulSoup(with_doors(html, make_world(1), "en"), "html.parser")
    assert [node.name for node in page.select("[data-fact]")] == ["span", "a"]


def test_a_figure_with_parts_of_its_own_becomes_one_door():
    html = '<span data-fact="report.held"><strong>3</strong> <span>activities</span></span> <span>after</span>'
    assert with_doors(html, make_world(1), "en") == (
        '<a class="door" href="/en/desk/COMCEC-40/records/?fact=report.held" data-fact="report.held">'
        "<strong>3</strong> <span>activities</span></a> <span>after</span>"
    )


def test_queries_do_not_grow_with_the_figures(django_assert_num_queries):
    report = make_world(30)
    html = "".join(mark_fact(f"{item.activity.code}.dates", "days") for item in report.items.all())
    with django_assert_num_queries(1):
        assert len(doors(html, report)) == 30


@given(programmes())
@hypothesis_settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.django_db
def test_doors_change_no_word_and_leave_the_html_whole(facts):
    report = _report()
    for language in ("ar", "en"):
        html = compose(facts, language)
        before, after = (
            BeautifulSoup(html, "html.parser"),
            BeautifulSoup(with_doors(html, report, "en"), "html.parser"),
        )
        assert after.get_text() == before.get_text()
        assert len(after.select("[data-fact]")) == len(before.select("[data-fact]"))
        assert not after.select("a a")


def _report():
    from reports.models import Report

    return Report.objects.first() or make_report()


# From a finding to where it is mended.


@pytest.fixture
def officer(client):
    return sign_in(client)


def address(target, user, field="", language="en"):
    with override(language):
        return address_of(Finding("rule", Severity.NOTE, "x", "Found.", target, field), user)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_finding_opens_the_very_field(officer, language):
    report = make_world(1)
    desk = f"/{language}/desk/COMCEC-40/"
    activity, item = first(report), report.items.first()
    record = f"/{language}/admin/activities/activity/{activity.pk}/change/"
    assert address(report, officer, "as_of", language) == f"{desk}#id_as_of"
    assert address(report, officer, "", language) == f"{desk}#head"
    assert address(item, officer, "override", language) == f"{desk}#item-{activity.code}"
    assert address(item, officer, "override_ar", language) == f"{desk}#i-{activity.code}-override_ar"
    challenges = report.sections.get(kind="challenges")
    assert address(challenges, officer, "text_ar", language) == f"{desk}#s-challenges-text_ar"
    assert address(challenges, officer, "", language) == f"{desk}#section-challenges"
    assert address(activity, officer, "title_ar", language) == f"{record}#id_title_ar"
    assert address(activity.participation, officer, "headcount", language) == f"{record}#id_participation-0-headcount"
    note = CoverageNote(report=report, area=activity.area)
    assert address(note, officer, "reason_ar", language) == f"{desk}#a-{activity.area.pk}-reason_ar"
    assert address(note, officer, "reason", language) == f"{desk}#area-{activity.area.pk}"


def test_a_finding_leads_nobody_where_they_may_not_look(officer):
    activity = make_activity()
    count_participants(activity, 3)
    assert address(activity, AnonymousUser()) == ""
    assert address(activity, User.objects.create_user("nobody")) == ""
    assert address(make_programme(), officer) == ""
    assert address(None, officer) == ""
