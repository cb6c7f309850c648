"""Staff sign in with a second factor where the setting asks for one; everybody else may."""

import re

import pytest
from allauth.mfa.models import Authenticator

from accounts.tests.gate import code_for, make_user, set_up_second_factor, sign_in

pytestmark = pytest.mark.django_db
INSIDE = ["/en/admin/", "/en/admin/activities/activity/", "/en/admin/help/", "/en/desk/", "/en/translations/"]


@pytest.fixture
def asked_for(settings):
    settings.STAFF_SECOND_FACTOR = True


def where(client, address):
    """Return where a browser ends that asks for ``address``."""
    response = client.get(address, follow=True)
    return response.redirect_chain[-1][0].partition("?")[0] if response.redirect_chain else address


@pytest.mark.parametrize("inside", INSIDE)
def test_staff_without_one_are_led_to_set_it_up_whatever_they_open(client, asked_for, inside):
    make_user(role="Administrator")
    sign_in(client)
    assert where(client, inside) == "/en/account/second-factor/set-up/"


@pytest.mark.parametrize("inside", INSIDE)
def test_nothing_is_changed_by_staff_without_one(client, asked_for, inside):
    make_user(role="Administrator")
    sign_in(client)
    response = client.post(inside, {"anything": "x"})
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_public_pages_and_the_interface_stay_open_to_them(client, asked_for):
    make_user(role="Administrator")
    sign_in(client)
    for page in ("/en/", "/ar/activities/", "/api/v1/countries/", "/en/account/"):
        assert client.get(page).status_code == 200, page
    assert 'href="/en/desk/"' not in client.get("/en/").content.decode()


def test_once_it_is_set_up_they_go_where_they_wanted(client, asked_for):
    user = make_user(role="Administrator")
    sign_in(client)
    _secret, response = set_up_second_factor(client, next="/en/desk/")
    assert response["Location"] == "/en/account/second-factor/recovery/?next=%2Fen%2Fdesk%2F"
    page = client.get(response["Location"]).content.decode()
    assert 'href="/en/desk/"' in page
    assert len(re.findall(r"<code>[0-9A-Z-]+</code>", page)) == 10
    assert [client.get(inside).status_code for inside in INSIDE] == [200] * len(INSIDE)
    assert set(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_from_then_on_the_password_alone_opens_nothing(client, asked_for):
    make_user(role="Administrator")
    sign_in(client)
    secret, _answer = set_up_second_factor(client)
    client.post("/en/account/logout/")
    response = sign_in(client, next="/en/desk/")
    assert response["Location"].partition("?")[0] == "/en/account/second-factor/code/"
    assert where(client, "/en/desk/") == "/en/account/second-factor/code/"
    wrong = client.post("/en/account/second-factor/code/", {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post("/en/account/second-factor/code/", {"code": code_for(secret, 1)})
    assert right["Location"] == "/en/desk/"
    assert client.get("/en/desk/").status_code == 200


def test_a_code_works_once(client):
    make_user()
    sign_in(client)
    secret, _answer = set_up_second_factor(client)
    code = code_for(secret, 1)
    for expected in (302, 200):
        client.post("/en/account/logout/")
        sign_in(client)
        assert client.post("/en/account/second-factor/code/", {"code": code}).status_code == expected


def test_a_recovery_code_works_once_in_place_of_the_app(client):
    make_user()
    sign_in(client)
    set_up_second_factor(client)
    code = client.get("/en/account/second-factor/recovery/file/").content.decode().split()[0]
    for expected in (302, 200):
        client.post("/en/account/logout/")
        sign_in(client)
        assert client.post("/en/account/second-factor/code/", {"code": code}).status_code == expected


def test_a_session_opened_with_the_password_alone_stays_outside(client, asked_for):
    """Whoever stole a password and waits does not come in on the day its owner sets a second factor up."""
    make_user(role="Administrator")
    thief = client
    sign_in(thief)
    owner = type(client)()
    sign_in(owner)
    set_up_second_factor(owner)
    assert owner.get("/en/admin/").status_code == 200
    assert where(thief, "/en/admin/") == "/en/account/login/"


def test_who_removes_it_is_outside_again(client, asked_for):
    make_user(role="Administrator")
    sign_in(client)
    set_up_second_factor(client)
    assert client.post("/en/account/second-factor/remove/").status_code == 302
    assert where(client, "/en/admin/") == "/en/account/second-factor/set-up/"


def test_whoever_becomes_staff_needs_one_from_the_next_request(client, asked_for):
    user = make_user()
    sign_in(client)
    user.is_staff = user.is_superuser = True
    user.save()
    assert where(client, "/en/admin/") == "/en/account/second-factor/set-up/"


def test_a_superuser_who_is_no_staff_needs_one_too(client, asked_for):
    make_user(is_superuser=True)
    sign_in(client)
    assert where(client, "/en/desk/") == "/en/account/second-factor/set-up/"


@pytest.mark.parametrize("role", ["National focal point", "Editor"])
def test_it_is_offered_to_all(client, role):
    make_user(role=role)
    sign_in(client)
    assert 'href="/en/account/second-factor/set-up/"' in client.get("/en/account/").content.decode()
    set_up_second_factor(client)
    assert 'href="/en/account/second-factor/remove/"' in client.get("/en/account/").content.decode()


def test_the_picture_of_the_key_comes_with_the_page(client):
    make_user()
    sign_in(client)
    response = client.get("/en/account/second-factor/set-up/")
    assert '<img class="qr"' in response.content.decode()
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
    assert "img-src 'self' data:" in response["Content-Security-Policy"]


def test_the_password_is_asked_for_again_when_it_was_given_long_ago(client, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    make_user()
    sign_in(client)
    response = client.get("/en/account/second-factor/set-up/")
    assert response["Location"].startswith("/en/account/confirm/?next=")
