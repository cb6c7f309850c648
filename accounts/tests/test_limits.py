"""Thousands of wrong passwords, from one address and from many: refused, explained, logged, and nobody learns more.

The store is the one of production: the table in the database, and not the memory of one process.
"""

import time

import pytest
from django.conf import settings as current
from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accounts.tests.gate import PASSWORD, WRONG, is_signed_in, make_user, sign_in, words

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
TOO_MANY = {"en": "There were too many wrong passwords", "ar": "أُدخلت كلمات مرور خاطئة مرات كثيرة"}
TRIES = 1_000  # ten thousand, from as many addresses and through six threads, were sent by hand: they behave alike


@pytest.fixture
def as_in_production():
    store = {
        "BACKEND": "accounts.counting.CountedCache",
        "LOCATION": "accounts_counted",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
    with override_settings(CACHES={**current.CACHES, "default": store}):
        yield


def address(number):
    """The address of the ``number``-th of many machines, each in a network of its own."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


@LANGUAGES
def test_a_thousand_wrong_passwords_from_one_address(client, as_in_production, language):
    make_user()
    answers = {}
    for number in range(TRIES):
        response = sign_in(client, "amina", f"{WRONG} {number}", language)
        answers[response.status_code] = answers.get(response.status_code, 0) + 1
    assert set(answers) == {200, 429}
    assert answers[200] <= 30 * 10  # thirty forms a minute are looked at, on a machine that is slow
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert {"en": "Too many attempts", "ar": "محاولات كثيرة"}[language] in words(response)
    # The right password does not open either, from there; somebody else is not in the way.
    assert sign_in(client, "amina", PASSWORD, language).status_code == 429
    make_user("bashir")
    assert sign_in(client, "bashir", REMOTE_ADDR="192.0.2.77").status_code == 302


def test_a_thousand_wrong_passwords_for_one_account_from_as_many_addresses(client, as_in_production):
    make_user()
    looked_at = 0
    for number in range(TRIES):
        response = sign_in(client, "amina", WRONG, REMOTE_ADDR=address(number))
        assert response.status_code == 200
        looked_at += TOO_MANY["en"] not in response.content.decode()
    assert looked_at <= 5 * (1 + 3)  # five in a quarter of an hour, on a machine that is slow
    assert TOO_MANY["en"] in words(sign_in(client, "amina", PASSWORD, REMOTE_ADDR="192.0.2.77"))
    assert not is_signed_in(client)


def test_a_new_password_by_e_mail_opens_an_account_that_others_have_locked(client, as_in_production, mailoutbox):
    make_user()
    for number in range(20):
        for name in ("amina", "amina@ministry.example"):
            sign_in(client, name, WRONG, REMOTE_ADDR=address(number))
    client.post("/en/account/password/reset/", {"email": "amina@ministry.example"})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "quite another set of words"
    client.post(form, {"password1": new, "password2": new})
    for name in ("amina", "amina@ministry.example"):
        assert sign_in(client, name, new).status_code == 302
        client.post("/en/account/logout/")


@LANGUAGES
def test_the_refusal_is_the_same_for_a_name_that_has_no_account(client, as_in_production, language):
    make_user()
    told = {}
    for name in ("amina", "nobody"):
        for number in range(8):
            response = sign_in(client, name, WRONG, language, REMOTE_ADDR=address(number))
            told.setdefault(number, set()).add(words(response).replace(name, ""))
    assert [len(said) for said in told.values()] == [1] * 8
    assert TOO_MANY[language] in words(response)


@pytest.mark.parametrize("name", ["amina", "AMINA", " amina ", "ａｍｉｎａ"])
def test_other_spellings_of_a_name_are_no_further_tries(client, as_in_production, name):
    make_user()
    for number in range(5):
        sign_in(client, "amina", WRONG, REMOTE_ADDR=address(number))
    assert TOO_MANY["en"] in words(sign_in(client, name, WRONG, REMOTE_ADDR="192.0.2.77"))


def test_others_cannot_push_out_what_was_counted(client, as_in_production):
    """A cache of files throws away a third of what it holds, at random, once 5,000 addresses have left something."""
    make_user()
    for number in range(5):
        sign_in(client, "amina", WRONG, REMOTE_ADDR=address(number))
    caches["default"].set_many({f"allauth:rl:filler:{number}": [time.time()] for number in range(6000)}, 900)
    assert TOO_MANY["en"] in words(sign_in(client, "amina", WRONG, REMOTE_ADDR="192.0.2.77"))


def test_an_address_that_a_reader_merely_claims_is_not_believed(client, as_in_production, settings):
    for number in range(31):
        response = sign_in(client, "nobody", WRONG, headers={"X-Forwarded-For": address(number)})
    assert response.status_code == 429
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # as behind a proxy of ours
    assert sign_in(client, "else", WRONG, headers={"X-Forwarded-For": "192.0.2.77"}).status_code == 200
    claimed = {"X-Forwarded-For": "198.51.100.1, 192.0.2.78"}
    assert sign_in(client, "else", WRONG, headers=claimed).status_code == 200


@pytest.mark.parametrize("forwarded", ["", "unknown", "x" * 5000, "1.2.3.4:80", "[::1]:80", ",", "\u0661.1.1.1"])
def test_an_address_that_is_none_is_no_failure(client, as_in_production, settings, forwarded):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for remote in ("", "not an address"):
        sent = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
        assert sign_in(client, "nobody", WRONG, **sent).status_code in (200, 429)


def test_wrong_codes_are_limited_too(client, as_in_production):
    from accounts.tests.gate import code_for, set_up_second_factor

    make_user()
    sign_in(client)
    secret, _answer = set_up_second_factor(client)
    client.post("/en/account/logout/")
    sign_in(client)
    for number in range(20):
        sent = {"code": f"{number:06}"}
        response = client.post("/en/account/second-factor/code/", sent, REMOTE_ADDR=address(number))
        assert response.status_code == 200
    assert TOO_MANY["en"] in words(response)
    right = client.post("/en/account/second-factor/code/", {"code": code_for(secret, 1)}, REMOTE_ADDR="192.0.2.77")
    assert right.status_code == 200


@LANGUAGES
def test_asking_for_new_passwords_is_limited(client, as_in_production, mailoutbox, language):
    make_user()
    for name in ("amina", "nobody"):
        answers = [
            client.post(
                f"/{language}/account/password/reset/",
                {"email": f"{name}@ministry.example"},
                REMOTE_ADDR=address(number),
            ).status_code
            for number in range(6)
        ]
        assert answers == [302, 302, 302, 429, 429, 429]
    assert len(mailoutbox) == 6


@pytest.mark.parametrize("pair", [("amina", "nobody"), ("amina@ministry.example", "nobody@ministry.example")])
def test_the_database_is_asked_as_much_whether_there_is_an_account_or_not(client, pair):
    make_user()
    make_user("closed", is_active=False)
    asked = []
    for name in (*pair, pair[0].replace("amina", "closed")):
        with CaptureQueriesContext(connection) as caught:
            sign_in(client, name, WRONG)
        asked.append([query["sql"].replace(name, "…").upper().replace(name.upper(), "…") for query in caught])
    assert [len(queries) for queries in asked] == [len(asked[0])] * 3


def test_wrong_passwords_for_a_name_tell_nothing_of_an_address(client, as_in_production):
    """Were both counted as one, whoever locks the name would learn that it and the address are one account."""
    make_user()
    for number in range(6):
        sign_in(client, "amina", WRONG, REMOTE_ADDR=address(number))
    for name in ("amina@ministry.example", "nobody@ministry.example"):
        assert TOO_MANY["en"] not in words(sign_in(client, name, WRONG, REMOTE_ADDR="192.0.2.77"))


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_one_password_is_hashed_whether_there_is_an_account_or_not(client, monkeypatch):
    """Hashing is nearly all of the time an answer takes, so that time tells nothing."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    hashed = []
    encode = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *said: hashed.append(1) or encode(*said))
    make_user()
    make_user("closed", is_active=False)
    counts = {}
    for name in ("amina", "amina@ministry.example", "closed", "nobody", "nobody@ministry.example"):
        hashed.clear()
        sign_in(client, name, WRONG)
        counts[name] = len(hashed)
    assert counts == dict.fromkeys(counts, 1)
