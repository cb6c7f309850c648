"""Who may enter the desk: each role at each address by each method. For anybody else there is no such page."""

import pytest
from django.urls import URLPattern, reverse
from django.utils.translation import override

from accounts.roles import ROLES
from activities.tests.factories import make_activity
from reports.desk.urls import urlpatterns
from reports.models import Rendering, Waiver
from reports.tests.factories import make_report
from roadmap.tests.factories import make_area, make_programme, make_roadmap

pytestmark = pytest.mark.django_db

MAY = {"Report officer", "Administrator", None}  # None is a superuser
GET, POST = ("GET", "HEAD"), ("POST",)
# Every address of the desk with the methods it knows. What is not listed here fails the test below.
ROUTES = {
    "desk": GET,
    "desk_new": GET + POST,
    "desk_report": GET,
    "desk_head": POST,
    "desk_section": POST,
    "desk_section_inclusion": POST,
    "desk_section_move": POST,
    "desk_propose": POST,
    "desk_override": POST,
    "desk_item_inclusion": POST,
    "desk_item_move": POST,
    "desk_area": POST,
    "desk_preview": GET,
    "desk_records": GET,
    "desk_waive": POST,
    "desk_withdraw_waiver": POST,
    "desk_renderings": GET + POST,
    "desk_cancel": POST,
    "desk_draft": GET,
    "desk_groups": GET,
    "desk_issue": GET + POST,
}
# The pages for former reports stand in the middle of the desk and are tried with their own (reports/former).
PATTERNS = [each for each in urlpatterns if isinstance(each, URLPattern)]
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
EVERY_ROUTE = pytest.mark.parametrize("route", ROUTES)


@pytest.fixture
def world(admin_user):
    make_programme()
    report = make_report(make_activity())
    report.roadmaps.add(make_roadmap())
    return {
        "code": report.code,
        "kind": "introduction",
        "activity": report.items.get().activity.code,
        "area": make_area(report.roadmaps.get()).pk,
        "waiver": Waiver.objects.create(report=report, finding="x", sentence="x", reason="x", waived_by=admin_user).pk,
        "rendering": Rendering.objects.create(report=report, requested_by=admin_user, state="failed").pk,
    }


def address(route, world, language="en"):
    pattern = next(each for each in PATTERNS if each.name == route)
    with override(language):
        return reverse(route, kwargs={name: world[name] for name in pattern.pattern.converters})


def test_every_address_of_the_desk_is_listed():
    assert {pattern.name for pattern in PATTERNS} == set(ROUTES)


@EVERY_ROUTE
@pytest.mark.parametrize("role", [*(role.group_name for role in ROLES), None])
def test_the_desk_is_there_for_those_who_write_reports(signed_in, world, route, role):
    client = signed_in(role)
    for method in METHODS:
        status = client.generic(method, address(route, world)).status_code
        if role not in MAY:
            assert status == 404, method
        elif method not in ROUTES[route]:
            assert status == 405, method
        else:
            assert status not in (403, 405), method
            assert status != 404 or route in ("desk_draft", "desk_records", "desk_new"), method


@EVERY_ROUTE
@pytest.mark.parametrize("language", ["ar", "en"])
def test_whoever_is_not_signed_in_is_led_to_the_login(client, world, route, language):
    where = address(route, world, language)
    for method in ("GET", "POST"):
        response = client.generic(method, where)
        back = f"?next={where}" if method == "GET" else ""  # what was sent is not sent again
        assert response.headers["Location"] == f"/{language}/account/login/{back}"
        assert response.headers["Cache-Control"] == "private, no-store"


def test_a_report_that_is_none_is_not_told_from_one_that_is(client, world):
    there, none = (client.get(f"/en/desk/{code}/").status_code for code in ("COMCEC-40", "COMCEC-41"))
    assert there == none == 302


@pytest.mark.parametrize("route", [route for route, methods in ROUTES.items() if "GET" in methods])
def test_nothing_of_the_desk_stays_in_a_cache(signed_in, world, route):
    response = signed_in("Report officer").get(address(route, world))
    assert response.headers["Cache-Control"] == "private, no-store"


def test_whoever_loses_the_role_is_out_at_once(signed_in, world):
    client = signed_in("Report officer")
    assert client.get("/en/desk/").status_code == 200
    from django.contrib.auth.models import Group

    Group.objects.get(name="Report officer").user_set.clear()
    assert client.get("/en/desk/").status_code == 404


@pytest.mark.parametrize("role", [*(role.group_name for role in ROLES), None])
def test_the_head_of_the_page_leads_to_the_desk_those_who_may(signed_in, world, role):
    assert ('href="/en/desk/"' in signed_in(role).get("/en/").content.decode()) == (role in MAY)


def test_for_readers_a_page_stays_the_same_for_all(client, world):
    response = client.get("/en/")
    assert "/desk/" not in response.content.decode()
    assert "Cookie" not in response.headers.get("Vary", "")
