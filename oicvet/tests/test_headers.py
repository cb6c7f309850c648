"""What every answer carries under the settings of production, whoever gives it and whoever asks."""

import json
import re

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import path

from oicvet.policy import ROUTES
from oicvet.policy.who import EVERYBODY, Rule
from oicvet.tests.starting import start
from oicvet.tests.world import make_world
from oicvet.urls import handler400, handler403, handler404, handler500  # noqa: F401 -- Django asks this module for them
from oicvet.urls import urlpatterns as real_patterns
from reports.models import EditionFile

CODE = """
import json
told = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "LANGUAGE_COOKIE_", "X_FRAME_", "CONTENT_SECURITY_", "MESSAGE_")
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.startswith(told)}))
"""
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
# Nothing else may stand in the content policy: no inline script or style, no other host.
SOURCES = {"'none'", "'self'", "data:"}


def broken(failure):
    def view(request):
        raise failure

    return view


FAILURES = {
    "broken": RuntimeError("broken on purpose"),
    "away": OperationalError("no route to host"),
    "unread": SuspiciousOperation("nonsense"),
}
urlpatterns = [*(path(name, broken(failure), name=name) for name, failure in FAILURES.items()), *real_patterns]

# Every sort of answer: who asks (nobody, or a role), how, where, and what comes of it.
ANSWERS = [
    (None, "GET", "/", 302),
    (None, "GET", "/ar/", 200),
    (None, "GET", "/en/activities/", 200),
    (None, "GET", "/en/activities/?q=title&sort=title", 200),
    (None, "GET", "/en/activities/list.xlsx", 200),
    (None, "GET", "/ar/activities/list.csv", 200),
    (None, "GET", "/en/activities/list.json", 200),
    (None, "GET", "/en/activities/list.ics", 200),
    (None, "GET", "/en/activities/feed.atom", 200),
    (None, "GET", "/ar/countries/TUR/", 200),
    (None, "GET", "/en/calendar/", 200),
    (None, "GET", "/en/programme/", 200),
    (None, "GET", "/en/reports/", 200),
    (None, "GET", "/en/reports/feed.atom", 200),
    (None, "GET", "/en/reports/latest/ar.pdf", 302),
    (None, "GET", "edition", 200),
    (None, "GET", "edition file", 200),
    (None, "GET", "/en/verify/", 200),
    (None, "POST", "/en/verify/", 400),
    (None, "GET", "/en/api/", 200),
    (None, "GET", "/api/v1/activities/", 200),
    (None, "GET", "/api/v1/activities/?nonsense=1", 400),
    (None, "GET", "/api/v1/activities/2024-999/", 404),
    (None, "GET", "/api/v1/nothing/", 404),
    (None, "POST", "/api/v1/activities/", 405),
    (None, "OPTIONS", "/api/v1/activities/", 204),
    (None, "GET", "/sitemap.xml", 200),
    (None, "GET", "/robots.txt", 200),
    (None, "GET", "/healthz", 200),
    (None, "GET", "/readyz", 200),
    (None, "GET", "/static/fonts/LICENSE.txt", 200),
    (None, "GET", "/en/activities", 301),
    (None, "GET", "/activities/", 302),
    (None, "GET", "/en/nothing/", 404),
    (None, "PUT", "/en/activities/", 405),
    (None, "GET", "/unread", 400),
    (None, "GET", "/broken", 500),
    (None, "GET", "/away", 503),
    (None, "GET", "/en/account/login/", 200),
    (None, "GET", "/en/admin/login/", 302),
    (None, "GET", "/en/admin/", 302),
    (None, "GET", "/en/desk/", 302),
    (None, "GET", "/en/confirm/x/", 404),
    (None, "GET", "/ar/unsubscribe/?token=x", 404),
    ("focal-point", "GET", "/en/my-country/", 200),
    ("focal-point", "GET", "/ar/my-country/periods/41/", 200),
    ("focal-point", "GET", "/en/following/", 200),
    ("focal-point", "GET", "/ar/account/", 200),
    ("focal-point", "GET", "/en/desk/", 404),
    ("focal-point", "GET", "/en/", 200),
    ("editor", "GET", "/en/activities/", 200),
    ("editor", "GET", "/en/admin/", 200),
    ("editor", "GET", "/ar/admin/activities/activity/", 200),
    ("editor", "GET", "/en/admin/activities/activity/add/", 200),
    ("editor", "GET", "/en/admin/activities/activity/template/", 200),
    ("editor", "GET", "/en/admin/autocomplete/?app_label=activities&model_name=activity&field_name=parent", 200),
    ("editor", "GET", "/en/admin/jsi18n/", 200),
    ("editor", "GET", "/en/admin/help/", 200),
    ("editor", "GET", "/en/admin/auth/user/", 404),
    ("editor", "POST", "/en/admin/reports/report/1/change/", 403),
    ("editor", "GET", "/en/translations/", 200),
    ("report-officer", "GET", "/en/desk/", 200),
    ("report-officer", "GET", "/ar/desk/COMCEC-41/", 200),
    ("report-officer", "GET", "/ar/desk/COMCEC-41/preview/", 200),
    ("report-officer", "GET", "/en/reports/COMCEC-41/draft/en.pdf", 200),
]
EACH_ANSWER = pytest.mark.parametrize(("role", "method", "address", "status"), ANSWERS)
HOST = "testserver"


@pytest.fixture(scope="module")
def in_production():
    """The settings of production as a process of its own reads them."""
    return json.loads(start(CODE).stdout)


@pytest.fixture
def portal(db, settings, in_production, monkeypatch, tmp_path):
    """A portal under the settings of production, to be asked by anybody."""
    for name, value in in_production.items():
        setattr(settings, name, value)
    settings.REPORTS_DIR = str(tmp_path)
    for name in FAILURES:
        monkeypatch.setitem(ROUTES, name, Rule(read=EVERYBODY))
    return make_world()


def asked(world, role, method, address, **more):
    client = Client(raise_request_exception=False, **more)
    world.enter(client, role)
    file = EditionFile.objects.select_related("edition").filter(format="pdf").first()
    address = {
        "edition": f"/en/editions/{file.edition.code}/",
        "edition file": f"/en/editions/{file.edition.code}/{file.name}",
    }.get(address, address)
    return client.generic(method, address, secure=True)


def directives_of(response):
    parts = (each.split() for each in response["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


@EACH_ANSWER
@pytest.mark.urls(__name__)
def test_every_answer_carries_what_keeps_it_safe(portal, role, method, address, status):
    response = asked(portal, role, method, address)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    directives = directives_of(response)
    assert directives["default-src"] == directives["frame-ancestors"] == directives["base-uri"] == {"'none'"}
    assert directives["form-action"] == directives["script-src"] == directives["style-src"] == {"'self'"}
    assert set().union(*directives.values()) <= SOURCES
    assert re.fullmatch("[0-9a-f]{32}", response["X-Request-ID"])
    assert "Server" not in response.headers
    _check_what_may_be_kept(response, role, address)
    _check_cookies(response)
    response.getvalue()  # reading a file to its end closes it


def _check_what_may_be_kept(response, role, address):
    """What was made for one reader is kept nowhere; what is for everybody depends on its address alone."""
    is_of_one_reader = role or response.cookies or "/admin/" in address or "/desk/" in address
    if is_of_one_reader:
        assert response["Cache-Control"] == "private, no-store"
    elif response.wsgi_request.path.startswith(("/ar/", "/en/", "/api/", "/static/")):
        assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def _check_cookies(response):
    for name, cookie in response.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
        assert cookie["samesite"] in ("Lax", "Strict")


@pytest.mark.parametrize(("method", "address"), [("GET", "/api/v1/nothing/"), ("POST", "/api/v1/activities/")])
def test_a_refusal_to_a_program_says_that_it_is_in_both_languages(client, method, address):
    assert client.generic(method, address)["Content-Language"] == "ar, en"


def test_a_refused_host_and_a_forged_form_are_answered_alike(portal):
    strange = Client().get("/en/", secure=True, headers={"host": "evil.example.com"})
    forged = Client(enforce_csrf_checks=True).post("/en/admin/login/", {"username": "x"}, secure=True)
    assert (strange.status_code, forged.status_code) == (400, 403)
    for response in (strange, forged):
        assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
        assert directives_of(response)["default-src"] == {"'none'"}


def test_what_comes_unencrypted_is_led_to_where_it_is_encrypted(portal):
    response = Client().get("/en/activities/?q=a")
    assert (response.status_code, response["Location"]) == (301, f"https://{HOST}/en/activities/?q=a")
    assert directives_of(response)["default-src"] == {"'none'"}


def test_signing_in_gives_cookies_that_stay_with_this_host(portal, settings):
    portal.users["editor"].set_password("a long enough one")
    portal.users["editor"].save()
    client = Client()
    sent = {"login": "somebody-editor", "password": "a long enough one"}
    response = client.post("/en/account/login/", sent, secure=True)
    assert response.status_code == 302
    assert set(response.cookies) == {"__Host-sessionid", "__Host-csrftoken"}
    _check_cookies(response)


def test_what_is_said_after_saving_travels_in_no_cookie(portal):
    client = portal.enter(Client(), "editor")
    action = {"action": "delete_selected", "_selected_action": []}
    response = client.post("/en/admin/activities/activity/", action, secure=True)
    assert response.status_code in (200, 302)
    assert set(client.cookies) <= {"__Host-sessionid", "__Host-csrftoken"}
