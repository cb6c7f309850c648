"""Signing in at one's own office: only into accounts that are there, and only where it is configured.

The office is a small issuer of OpenID Connect that speaks HTTP on this machine.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User

from accounts.tests.gate import PASSWORD, is_signed_in, make_user, set_up_second_factor, words

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


class Issuer(HTTPServer):
    """Vouches for one person; ``person`` says for whom."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.person = {"sub": "7", "email": "amina@ministry.example", "email_verified": True}
        self.asked = []

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def told_at(self, path):
        claims = {"iss": self.address, "aud": "portal", "exp": int(time.time()) + 60, **self.person}
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/who",
                "jwks_uri": f"{self.address}/keys",
            },
            "/token": {
                "access_token": "t",
                "token_type": "Bearer",
                "id_token": jwt.encode(claims, "k" * 32, algorithm="HS256"),
            },
            "/who": self.person,
        }.get(path)


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        if length := int(self.headers.get("Content-Length") or 0):
            self.rfile.read(length)
        told = self.server.told_at(urlsplit(self.path).path)
        self.send_response(200 if told else 500)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    do_POST = do_GET  # noqa: N815

    def log_message(self, *said):
        """Keep the output of the tests clean."""


def configure(settings, address):
    settings.OIDC_ISSUER = address
    app = {"provider_id": "office", "name": "The Ministry", "client_id": "portal", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": address}}]}
    }


@pytest.fixture
def issuer(settings):
    server = Issuer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    configure(settings, server.address)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def come_by_way_of(client, issuer, language="en", **query):
    """Go to the office and come back as it sends people back; return the answer of the portal."""
    there = client.get(f"/{language}/account/oidc/office/login/", query)
    assert there["Location"].startswith(f"{issuer.address}/authorize?")
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["redirect_uri"] == [f"http://testserver/{language}/account/oidc/office/callback/"]
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(urlsplit(asked["redirect_uri"][0]).path, {"code": "c", "state": asked["state"][0]})


@LANGUAGES
def test_who_has_an_account_comes_in_and_keeps_the_password(client, issuer, language):
    user = make_user()
    page = client.get(f"/{language}/account/login/?next=/{language}/roadmap/").content.decode()
    assert f'href="/{language}/account/oidc/office/login/?next=%2F{language}%2Froadmap%2F"' in page
    response = come_by_way_of(client, issuer, language, next=f"/{language}/roadmap/")
    assert response["Location"] == f"/{language}/roadmap/"
    assert is_signed_in(client)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert SocialAccount.objects.get().user == user


@LANGUAGES
@pytest.mark.parametrize(
    "person",
    [
        {"sub": "8", "email": "stranger@ministry.example", "email_verified": True},
        {"sub": "8", "email": "amina@ministry.example", "email_verified": False},
        {"sub": "8", "email": "amina@ministry.example"},
        {"sub": "8", "email": "amina@ministry.example", "email_verified": "true"},
        {"sub": "8", "email": "closed@ministry.example", "email_verified": True},
        {"sub": "8", "email": "shared@ministry.example", "email_verified": True},
        {"sub": "8"},
    ],
)
def test_nobody_else_comes_in_and_no_account_is_made(client, issuer, language, person):
    make_user()
    make_user("closed", is_active=False)
    make_user("one", email="shared@ministry.example")
    make_user("two", email="shared@ministry.example")
    issuer.person = person
    response = come_by_way_of(client, issuer, language)
    expected = {"ar": "ليس لك حساب بعد", "en": "There is no account for you yet"}[language]
    assert expected in words(response)
    assert not is_signed_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (4, 0)


def test_an_account_that_is_closed_later_stays_closed(client, issuer):
    user = make_user()
    come_by_way_of(client, issuer)
    client.post("/en/account/logout/")
    user.is_active = False
    user.save()
    assert come_by_way_of(client, issuer)["Location"] == "/en/account/inactive/"
    assert not is_signed_in(client)


def test_the_second_factor_is_asked_for_there_too(client, issuer):
    make_user()
    come_by_way_of(client, issuer)
    set_up_second_factor(client)
    client.post("/en/account/logout/")
    assert come_by_way_of(client, issuer)["Location"] == "/en/account/second-factor/code/"
    assert not is_signed_in(client)


def test_nobody_links_an_account_in_another_way(client, issuer):
    client.force_login(make_user("other"))
    for process in ("connect", "redirect"):
        response = come_by_way_of(client, issuer, process=process, next="/en/roadmap/")
        assert response["Location"] == "/en/account/"
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_opens_nothing(client, issuer):
    make_user()
    for query in ({}, {"code": "c"}, {"code": "c", "state": "made-up"}, {"error": "access_denied"}):
        assert client.get("/en/account/oidc/office/callback/", query).status_code < 500
    assert not is_signed_in(client)


@LANGUAGES
def test_an_office_that_does_not_answer_is_told_and_no_failure(client, settings, language):
    configure(settings, "http://127.0.0.1:9")
    response = client.get(f"/{language}/account/oidc/office/login/")
    assert response.status_code == 502  # the office's failure, and said so
    assert f'href="/{language}/account/login/"' in response.content.decode()


def test_without_an_issuer_there_is_no_such_way(client):
    assert "oidc" not in client.get("/en/account/login/").content.decode()
    assert client.get("/en/account/oidc/office/login/").status_code == 404
