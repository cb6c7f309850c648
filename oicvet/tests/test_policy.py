"""The policy holds every route, and each role meets at each of them, by each method, what the policy says."""

from contextlib import contextmanager
from copy import deepcopy

import pytest
from access_matrix import TARGET, matrix, member_of
from django.conf import settings as portal
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from accounts.roles import ROLES
from oicvet.policy import BACK_OFFICE, ROUTES, rule_of
from oicvet.policy.who import CLOSED
from oicvet.tests.addresses import addresses_of, every_route
from oicvet.tests.world import EVERY_ROLE, make_world
from oicvet.urls import urlpatterns as real_patterns

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LISTED = sorted({route.name: route for route in every_route()}.values(), key=lambda route: route.name)
POLICY = "oicvet.policy.middleware.PolicyMiddleware"

# Where a role may come and the record at hand still says no; the tests of each page tell when.
SAYS_NO = {
    ("admin:activities_activity_delete", "GET"): "only drafts",
    ("admin:activities_activity_delete", "POST"): "only drafts",
    ("admin:activities_importreceipt_confirm", "POST"): "by whoever sent the file, and nobody else",
    ("admin:activities_importreceipt_cancel", "POST"): "by whoever sent the file, and nobody else",
    ("admin:activities_importreceipt_held-back", "GET"): "only where rows were held back",
    ("admin:roadmap_programme_add", "GET"): "there is one programme",
    ("admin:roadmap_programme_add", "POST"): "there is one programme",
    ("admin:autocomplete", "GET"): "the address names the table",
    ("admin:django.contrib.admin.sites.catch_all_view", "GET"): "nothing is there",
    ("admin:app_list", "GET"): "only for tables that the reader sees",
    ("desk_draft", "GET"): "only when it is done",
    ("desk_records", "GET"): "the address names the figure",
    ("desk_new", "GET"): "the address names the meeting",
    ("desk_new", "POST"): "the form names the meeting",
    ("translation", "GET"): "for whoever may change records of the kind",
    ("translation", "POST"): "for whoever may change records of the kind",
    ("translations_export", "GET"): "the address names the language",
    ("translations_confirm", "POST"): "only for a file that was just sent",
    ("latest_file", "GET"): "only of a report that was issued",
    ("report_file", "GET"): "only of a report that was issued",
    ("activity", "GET"): "only what is published",
    ("api_activity", "GET"): "only what is published",
    ("partner", "GET"): "only with activities",
    ("openid_connect_login", "GET"): "only where an issuer is configured",
    ("openid_connect_login", "POST"): "only where an issuer is configured",
    ("openid_connect_callback", "GET"): "only where an issuer is configured",
    ("admin:login", "GET"): "leads to the gate",
    ("admin:login", "POST"): "leads to the gate",
    ("mfa_authenticate", "GET"): "only after a password was right",
    ("mfa_authenticate", "POST"): "only after a password was right",
    ("mfa_reauthenticate", "GET"): "only with a second factor",
    ("mfa_reauthenticate", "POST"): "only with a second factor",
    ("mfa_deactivate_totp", "GET"): "only with a second factor",
    ("mfa_deactivate_totp", "POST"): "only with a second factor",
    ("mfa_view_recovery_codes", "GET"): "only with a second factor",
    ("mfa_download_recovery_codes", "GET"): "only with a second factor",
    ("my_country", "GET"): "only for a focal point in office",
    ("own_entries", "GET"): "only for a focal point in office",
    ("own_entry", "GET"): "only entries of one's country in the period",
    ("own_entry", "POST"): "only entries of one's country in the period",
    ("linked_entries", "GET"): "only in the browser that opened the link",
    ("linked_entry", "GET"): "only in the browser that opened the link",
    ("linked_entry", "POST"): "only in the browser that opened the link",
    ("follow", "GET"): "the address names what is followed",
    ("follow", "POST"): "the form names what is followed",
    ("stop_following", "POST"): "the form names what is followed",
    ("unsubscribe", "GET"): "the address names the digest",
    ("unsubscribe", "POST"): "the address names the digest",
}
NO = ("refused", "not there", "led to the login")


@pytest.fixture
def world(db, settings, tmp_path):
    settings.REPORTS_DIR = str(tmp_path)
    return make_world()


def read_to_the_end(response):
    """Let the client read a file that is sent in pieces, which closes it, and nothing of the test's database."""
    if response.streaming:
        b"".join(response.streaming_content)


def outcome_of(response):
    """Put an answer into one word: how a reader was met."""
    if response.status_code == 302 and "/login/" in response.headers["Location"]:
        return "led to the login"
    return {403: "refused", 404: "not there", 405: "not taken"}.get(response.status_code, "answered")


def outcome_by_the_policy(route, role, method):
    """Put the policy's word on a role at a route in the same terms."""
    rule, member = rule_of(route), member_of(role)
    if not any(who.lets(member) for who in rule.methods.values()):
        is_turned_back = not member.is_authenticated or (route.startswith("admin") and not member.is_staff)
        return "led to the login" if rule.methods and is_turned_back else "not there"
    if method == "OPTIONS":
        return "answered"
    if method not in rule.methods:
        return "not taken"
    return "answered" if rule.methods[method].lets(member) else "refused"


@contextmanager
def undone(client):
    """Let nothing stay of what is done inside: in the database, and in the browser of ``client``."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def _may_say_no(route, method):
    """Whether a record at hand may say no to somebody who may come. Of activities one was deleted, of others none."""
    is_return = route.endswith("_return") and route != "admin:activities_activity_return"
    return is_return or (route, "GET" if method == "HEAD" else method) in SAYS_NO


# What is listed


def test_every_route_is_listed():
    assert [route.name for route in LISTED if rule_of(route.name) is None] == []


def test_nothing_is_listed_that_is_no_route():
    names = {route.name for route in LISTED}
    assert sorted(set(ROUTES) - names) == []
    assert sorted(name for name, rule in BACK_OFFICE.items() if rule != CLOSED and name not in names) == []


def test_both_languages_have_the_same_routes():
    from django.utils.translation import override

    found = []
    for language in ("ar", "en"):
        with override(language):
            found.append(list(every_route()))
    assert found[0] == found[1]


urlpatterns = [path("forgotten/", lambda request: HttpResponse("secret"), name="forgotten"), *real_patterns]


@pytest.mark.urls(__name__)
def test_a_route_that_nobody_listed_is_not_answered(admin_client, caplog):
    for method in METHODS:
        assert admin_client.generic(method, "/forgotten/").status_code == 404
    assert "The route forgotten is not in the policy" in caplog.text


# Who is met how


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_role_meets_at_each_route_what_the_policy_says(client, world, role):
    client.raise_request_exception = False
    world.enter(client, role)
    wrong = {}
    for route in LISTED:
        address = addresses_of(route)[0]
        for method in METHODS:
            with undone(client):
                response = client.generic(method, address)
                read_to_the_end(response)
            met, expected = outcome_of(response), outcome_by_the_policy(route.name, role, method)
            says_no = expected == "answered" and met in NO and _may_say_no(route.name, method)
            if response.status_code >= 500 or (met != expected and not says_no):
                wrong[method, address] = (response.status_code, met, expected)
    assert wrong == {}


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_behind_the_policy_each_view_has_a_guard_of_its_own(client, world, settings, role):
    settings.MIDDLEWARE = [each for each in portal.MIDDLEWARE if each != POLICY]
    client.raise_request_exception = False
    world.enter(client, role)
    answered = {}
    for route in LISTED:
        for method in ("GET", "POST"):
            if outcome_by_the_policy(route.name, role, method) in ("led to the login", "not there"):
                with undone(client):
                    response = client.generic(method, addresses_of(route)[0])
                    read_to_the_end(response)
                if response.status_code == 200:
                    answered[method, route.name] = response.status_code
    assert answered == {}


@pytest.mark.parametrize("role", [role for role in ROLES if role.is_staff], ids=lambda role: role.code)
def test_losing_a_role_takes_effect_on_the_next_request(client, world, role):
    world.enter(client, role.code)
    page = "/en/admin/activities/activity/"
    assert client.get(page).status_code == 200
    Group.objects.get(name=role.group_name).user_set.clear()
    assert client.get(page).status_code == 404
    world.users[role.code].is_active = False
    world.users[role.code].save()
    assert outcome_of(client.get(page)) == "led to the login"


def test_a_page_for_everybody_asks_nobody_who_they_are(client, world, django_assert_num_queries, monkeypatch):
    """A reader with a session costs no query more than one without, on pages that show nothing of a reader."""
    world.enter(client, "editor")
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", lambda request: 1 / 0)
    assert client.get("/en/activities/feed.atom").status_code == 200
    assert client.get("/api/v1/areas/").status_code == 200
    assert client.get("/healthz").status_code == 200


# Another's records in addresses


@pytest.mark.parametrize("role", ["data-entry", "report-officer"])
def test_a_record_out_of_reach_is_not_told_from_one_that_is_not_there(client, world, role):
    world.enter(client, role)
    account = world.users["administrator"].pk
    for page in ("change", "history", "delete", "password"):
        statuses = [client.get(f"/en/admin/auth/user/{key}/{page}/").status_code for key in (account, 999_999)]
        assert statuses == [404, 404], page


# The page that shows it


def test_the_page_that_shows_the_policy_is_the_one_the_policy_makes():
    assert TARGET.read_text("utf-8") == matrix(), f"Run {TARGET.parents[1] / 'tools/access_matrix.py'}."
