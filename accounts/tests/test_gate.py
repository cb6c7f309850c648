"""One door for everybody: who comes in, where they go on to, what they are told, and what the log keeps of it."""

import logging
from smtplib import SMTPRecipientsRefused

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core import mail

from accounts.tests.gate import PASSWORD, WRONG, is_signed_in, make_user, sign_in, words

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def lines(caplog):
    """The lines that the gate wrote to its log."""
    caplog.set_level(logging.INFO, logger="accounts.access")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "accounts.access"]


# Coming in and going out


@pytest.mark.parametrize("name", ["amina", "Amina", "amina@ministry.example", "AMINA@Ministry.example"])
def test_a_person_signs_in_by_user_name_or_by_e_mail_address(client, name):
    make_user()
    response = sign_in(client, name)
    assert (response.status_code, response["Location"]) == (302, "/en/account/")
    assert is_signed_in(client)


@LANGUAGES
def test_the_door_of_the_back_office_is_the_one_door(client, language):
    make_user(role="Editor")
    response = client.get(f"/{language}/admin/activities/activity/?q=x", follow=True)
    address, _status = response.redirect_chain[-1]
    assert address == f"/{language}/account/login/?next=/{language}/admin/activities/activity/%3Fq%3Dx"
    response = sign_in(client, language=language, next=f"/{language}/admin/activities/activity/?q=x")
    assert response["Location"] == f"/{language}/admin/activities/activity/?q=x"
    assert client.get(response["Location"]).status_code == 200


@LANGUAGES
def test_no_password_is_looked_at_at_the_door_of_the_back_office(client, language):
    make_user(role="Editor")
    sent = {"username": "amina", "password": PASSWORD, "next": f"/{language}/admin/"}
    response = client.post(f"/{language}/admin/login/", sent)
    assert response["Location"] == f"/{language}/account/login/?next=/{language}/admin/"
    assert not is_signed_in(client)


def test_who_is_signed_in_and_no_staff_is_told_so_on_their_account_page(client):
    make_user(role="National focal point")
    sign_in(client)
    response = client.get("/en/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/en/account/"
    assert "The back office is for the programme’s staff." in words(response)


@pytest.mark.parametrize("address", ["/en/account/logout/", "/en/admin/logout/"])
def test_who_signs_out_is_out_everywhere(client, address):
    make_user(role="Editor")
    sign_in(client)
    assert client.post(address)["Location"] == "/en/"
    assert not is_signed_in(client)
    assert client.get("/en/admin/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "\thttps://evil.example/",
        "https://testserver@evil.example/",
        "http://[evil",
    ],
)
def test_nobody_is_led_to_another_site(client, elsewhere):
    make_user(role="Editor")
    for door in ("/en/account/login/", "/en/admin/login/"):
        assert "evil" not in client.get(door, {"next": elsewhere}).headers.get("Location", "")
    assert sign_in(client, next=elsewhere)["Location"] == "/en/account/"
    for page in ("/en/account/login/", "/en/admin/login/", "/en/account/logout/"):
        assert "evil" not in client.get(page, {"next": elsewhere}).headers.get("Location", "")
    assert client.post("/en/account/logout/", {"next": elsewhere})["Location"] == "/en/"


def test_nobody_signs_up(client):
    response = client.get("/en/account/by-invitation/")
    assert "Accounts are by invitation" in words(response)
    assert (
        client.post("/en/account/by-invitation/", {"email": "x@y.example", "password1": PASSWORD}).status_code == 405
    )
    for page in ("signup", "email", "oidc/office/login", "oidc/office/callback", "social/signup", "confirm-email"):
        assert client.get(f"/en/account/{page}/").status_code == 404, page
    assert not User.objects.exists()


# Being refused


@LANGUAGES
def test_nobody_learns_from_the_answer_who_has_an_account(client, language):
    make_user()
    make_user("closed", is_active=False)
    make_user("office", password=None)
    told = {
        words(sign_in(client, name, WRONG, language)).replace(name, "")
        for name in ("amina", "amina@ministry.example", "closed", "office", "nobody", "nobody@ministry.example")
    }
    assert len(told) == 1


@LANGUAGES
def test_who_has_the_password_of_a_closed_account_is_told_what_to_do(client, language):
    make_user(is_active=False)
    response = sign_in(client, language=language)
    assert response["Location"] == f"/{language}/account/inactive/"
    assert client.get(response["Location"]).status_code == 200
    assert not is_signed_in(client)


def test_demo_accounts_stay_out_where_they_are_not_allowed(client, settings):
    make_user("demo-administrator", "Administrator", password="vocational-2024")
    settings.DEMO_ACCOUNTS_ALLOWED = False
    sign_in(client, "demo-administrator", "vocational-2024")
    assert not is_signed_in(client)


# A new password by e-mail


@LANGUAGES
def test_a_new_password_is_set_by_a_link_that_works_once(client, language):
    make_user()
    response = client.post(f"/{language}/account/password/reset/", {"email": "Amina@ministry.example"}, follow=True)
    assert response.redirect_chain[-1][0] == f"/{language}/account/password/reset/sent/"
    (message,) = mail.outbox
    assert (message.to, message.subject[:9]) == (["amina@ministry.example"], "[OIC-VET]")
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    form = client.get(link, follow=True)
    asked = form.redirect_chain[-1][0]
    assert "set-password" in asked
    assert client.post(asked, {"password1": "short", "password2": "short"}).status_code == 200
    done = client.post(asked, {"password1": "quite another set of words", "password2": "quite another set of words"})
    assert done["Location"] == f"/{language}/account/password/reset/done/"
    assert client.get(done["Location"]).status_code == 200
    assert sign_in(client, password="quite another set of words").status_code == 302
    assert "set-password" not in (client.get(link).headers.get("Location") or "")


@LANGUAGES
@pytest.mark.parametrize("link", ["1-cx3-0", "zzzzzzzzzzzzz-abc-def", "0-set-password", "1-set-password"])
def test_a_link_that_does_not_open_says_what_to_do(client, language, link):
    make_user()
    response = client.get(f"/{language}/account/password/reset/{link}/")
    assert response.status_code == 200
    assert f'href="/{language}/account/password/reset/"' in response.content.decode()


@LANGUAGES
def test_nobody_learns_from_a_new_password_who_has_an_account(client, language):
    make_user()
    answers = [
        client.post(f"/{language}/account/password/reset/", {"email": f"{name}@ministry.example"}, follow=True)
        for name in ("amina", "nobody")
    ]
    assert len({words(answer) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [["amina@ministry.example"], ["nobody@ministry.example"]]
    assert "http" not in mail.outbox[1].body


def test_a_message_that_cannot_be_sent_is_no_error_for_the_reader(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    make_user()
    response = client.post("/en/account/password/reset/", {"email": "amina@ministry.example"})
    assert response["Location"] == "/en/account/password/reset/sent/"
    assert "A message could not be sent: account/email/password_reset_key, ConnectionRefusedError" in caplog.text


def test_the_log_names_nobody_whom_the_mail_server_refuses(client, settings, monkeypatch, caplog):
    def refuse(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    make_user()
    response = client.post("/en/account/password/reset/", {"email": "amina@ministry.example"})
    assert response["Location"] == "/en/account/password/reset/sent/"
    assert "SMTPRecipientsRefused" in caplog.text
    assert "amina" not in caplog.text


# What it leaves behind


def test_the_log_tells_events_and_no_person(client, lines, caplog):
    user = make_user("amina", first_name="Amina", last_name="Yusuf")
    sign_in(client, password=WRONG, REMOTE_ADDR="203.0.113.7")
    sign_in(client, REMOTE_ADDR="203.0.113.7")
    new = {"oldpassword": PASSWORD, "password1": WRONG, "password2": WRONG}
    assert client.post("/en/account/password/change/", new).status_code == 302
    client.post("/en/account/logout/")
    client.post("/en/account/password/reset/", {"email": "amina@ministry.example"})
    assert lines() == [
        "refused user=- reason=username_password_mismatch",
        f"signed-in user={user.pk}",
        f"password_changed user={user.pk}",
        "sent password_changed user=-",
        f"signed-out user={user.pk}",
        f"sent password_reset_key user={user.pk}",
    ]
    for personal in ("amina", "Yusuf", "ministry", "203.0.113.7", PASSWORD, WRONG):
        assert personal not in caplog.text


def test_the_log_holds_no_link_that_opens_something(client, caplog):
    caplog.set_level(logging.INFO, logger="oicvet.access")
    make_user()
    client.post("/en/account/password/reset/", {"email": "amina@ministry.example"})
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    client.get(link)
    key = link.rstrip("/").rpartition("/")[2].partition("-")[2]
    assert key not in caplog.text
    assert "GET /en/account/password/reset/" in caplog.text


@LANGUAGES
def test_nothing_of_an_account_stays_in_a_cache(client, language):
    make_user()
    for page in ("", "login/", "password/reset/", "by-invitation/"):
        assert client.get(f"/{language}/account/{page}")["Cache-Control"] == "private, no-store", page
    sign_in(client)
    response = client.get(f"/{language}/account/")
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@LANGUAGES
def test_the_pages_of_the_gate_have_nothing_inline_and_speak_one_language(client, language):
    make_user(role="Administrator")
    pages = ["login/", "by-invitation/", "inactive/", "password/reset/", "password/reset/sent/"]
    pages += ["password/reset/done/", "password/reset/1-a-b/", "oidc/failed/", "oidc/cancelled/"]
    own = ["", "logout/", "password/change/", "second-factor/set-up/", "confirm/"]
    for page in [*pages, None, *own]:
        if page is None:
            sign_in(client)
            continue
        response = client.get(f"/{language}/account/{page}")
        assert response.status_code == (401 if page == "oidc/failed/" else 200), page
        soup = BeautifulSoup(response.content, "html.parser")
        assert not soup.select("[style], style, script, [onclick], [placeholder]"), page
        assert soup.html["lang"] == language
        assert soup.select_one("main h1").text.strip(), page
