"""A copy of the database makes no codes: secrets of second factors are sealed with the portal's key."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accounts.tests.gate import code_for, is_signed_in, make_user, set_up_second_factor, sign_in, words

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
PLAIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FORMER, NEW = "the former key of the portal", "the new key of the portal"
CODE = "/en/account/second-factor/code/"
RECOVERY = "/en/account/second-factor/recovery/"
UNREADABLE = {"en": "can no longer be read", "ar": "تعذرت قراءة عامل التحقق الثاني في حسابك"}


def comes_in_with(client, code):
    """Whether the password and ``code`` open the account."""
    client.cookies.clear()
    sign_in(client)
    client.post(CODE, {"code": code})
    return is_signed_in(client)


@pytest.fixture
def kept(client, settings):
    """What the owner of a second factor keeps: its secret, and recovery codes that were not used."""
    settings.SECRET_KEY = FORMER
    make_user()
    sign_in(client)
    secret, _answer = set_up_second_factor(client)
    return secret, client.get(f"{RECOVERY}file/").content.decode().split()


def stored():
    return {each.type: each.data.get("secret") or each.data["seed"] for each in Authenticator.objects.all()}


def command():
    out = StringIO()
    call_command("seal_second_factors", stdout=out)
    return out.getvalue()


def test_the_database_holds_no_secret_of_a_second_factor(kept):
    secret, _codes = kept
    assert {kind: text[:7] for kind, text in stored().items()} == {"totp": "sealed:", "recovery_codes": "sealed:"}
    assert secret not in str(stored())
    assert secret not in str([session.get_decoded() for session in Session.objects.all()])


def test_codes_of_the_app_and_recovery_codes_open_what_is_sealed(client, kept):
    secret, codes = kept
    assert comes_in_with(client, code_for(secret, 1))
    assert comes_in_with(client, codes[0])
    assert not comes_in_with(client, codes[0])
    assert not comes_in_with(client, "000000")


def test_what_was_stored_before_it_was_sealed_still_opens(client):
    user = make_user()
    seed = "0123456789abcdef" * 5
    Authenticator.objects.create(user=user, type="totp", data={"secret": PLAIN})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": seed, "used_mask": 0})
    assert comes_in_with(client, code_for(PLAIN))
    assert comes_in_with(client, client.get(f"{RECOVERY}file/").content.decode().split()[0])


def test_a_former_key_opens_what_it_sealed(client, settings, kept):
    secret, codes = kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [FORMER]
    assert comes_in_with(client, code_for(secret, 1))
    assert comes_in_with(client, codes[0])


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en_GB.UTF-8", "Secrets of second factors sealed with the present key: 2.\n"),
        ("ar_EG.UTF-8", "أسرار التحقق الثاني المختومة بالمفتاح الحالي: 2.\n"),
    ],
)
def test_once_all_is_sealed_anew_the_former_key_is_needed_no_more(
    client, settings, monkeypatch, kept, locale, sentence
):
    monkeypatch.setenv("LC_ALL", locale)
    secret, codes = kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [FORMER]
    assert command() == sentence
    settings.SECRET_KEY_FALLBACKS = []
    assert comes_in_with(client, code_for(secret, 1))
    assert comes_in_with(client, codes[0])


def test_sealing_anew_leaves_alone_what_no_key_opens_and_fails(settings, monkeypatch, kept):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    settings.SECRET_KEY = NEW
    before = stored()
    with pytest.raises(CommandError, match=r"^Secrets that no key of this portal opens, left as they are: 2\.$"):
        command()
    assert stored() == before


def test_what_was_stored_before_is_sealed_as_well(client):
    Authenticator.objects.create(user=make_user(), type="totp", data={"secret": PLAIN})
    command()
    assert PLAIN not in str(stored())
    assert comes_in_with(client, code_for(PLAIN))


@LANGUAGES
def test_what_no_key_opens_lets_nobody_in_and_says_what_to_do(client, settings, kept, caplog, language):
    secret, codes = kept
    settings.SECRET_KEY = NEW
    client.cookies.clear()
    sign_in(client, language=language)
    # A code made from an empty secret must not do either.
    for code in (code_for(secret, 1), codes[0], code_for("")):
        response = client.post(f"/{language}/account/second-factor/code/", {"code": code})
        assert response.status_code == 200
        assert UNREADABLE[language] in words(response)
    assert not is_signed_in(client)
    assert "SECRET_KEY_FALLBACKS" in caplog.text


@LANGUAGES
@pytest.mark.parametrize("page", ["", "new/", "file/"])
def test_recovery_codes_that_no_key_opens_are_told_and_no_failure(client, settings, kept, language, page):
    """A session outlives a former key that is taken away; what the key has sealed does not."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [FORMER]
    assert is_signed_in(client)
    settings.SECRET_KEY_FALLBACKS = []
    response = client.get(f"/{language}/account/second-factor/recovery/{page}", follow=True)
    assert response.redirect_chain[-1][0] == f"/{language}/account/"
    assert UNREADABLE[language] in words(response)
    assert client.post(f"/{language}/account/second-factor/remove/").status_code == 302
    set_up_second_factor(client)
