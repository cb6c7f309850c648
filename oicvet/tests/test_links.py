"""Each link in a letter opens one thing, for whoever it was sent to, for as long as it says, and nothing else."""

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Invitation
from accounts.tests.gate import invite, link_in, make_user
from focalpoints.following.unsubscribing import unsubscribe_address
from focalpoints.models import Answer, Subscription
from focalpoints.tests.factories import make_request
from focalpoints.tests.readers import make_reader

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
KINDS = ("confirm", "invitation", "reset", "unsubscribe")
NEW = "quite another set of words"


def tokens():
    """Return what stands in a link of each kind, all of them good."""
    invite()
    user = make_user()
    return {
        "confirm": make_request().token,
        "invitation": link_in(mail.outbox[-1]).rstrip("/").rpartition("/")[2],
        "reset": f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}",
        "unsubscribe": unsubscribe_address(make_reader().subscription).partition("token=")[2],
    }


def address_of(kind, token, language="en"):
    return {
        "confirm": f"/{language}/confirm/{token}/",
        "invitation": f"/{language}/account/invitation/{token}/",
        "reset": f"/{language}/account/password/reset/{token}/",
        "unsubscribe": f"/{language}/unsubscribe/?token={token}",
    }[kind]


def state():
    """What a link could change."""
    return (
        list(User.objects.order_by("pk").values_list("pk", "password")),
        list(Invitation.objects.values_list("accepted_at", "user")),
        list(Subscription.objects.values_list("is_paused")),
        Answer.objects.count(),
    )


def opens(client, address):
    """Open an address as a reader does, send what its form would, and return the last answer."""
    response = client.get(address, follow=True)
    last = response.redirect_chain[-1][0] if response.redirect_chain else address
    sent = client.post(last, {"password1": NEW, "password2": NEW, "username": "guest"})
    assert max(response.status_code, sent.status_code) < 500
    return response


@LANGUAGES
def test_a_link_of_one_kind_opens_nothing_of_another(language):
    """All are signed with one secret, and each kind with a word of its own."""
    made = tokens()
    before = state()
    for place in KINDS:
        for kind in KINDS:
            if place != kind:
                client = Client()
                opens(client, address_of(place, made[kind], language))
                assert (state(), "_auth_user_id" in client.session) == (before, False), (place, kind)


def test_each_of_them_opens_what_it_is_for():
    """So that the test above can fail."""
    made = tokens()
    for kind in KINDS:
        if kind == "confirm":
            assert Client().get(address_of(kind, made[kind]), follow=True).context["country"]
            continue
        before = state()
        opens(Client(), address_of(kind, made[kind]))
        assert state() != before, kind


@LANGUAGES
def test_the_link_for_a_new_password_of_one_account_opens_no_other(language):
    amina, bashir = make_user("amina"), make_user("bashir")
    before = state()
    forged = f"{user_pk_to_url_str(bashir)}-{default_token_generator.make_token(amina)}"
    response = opens(Client(), address_of("reset", forged, language))
    with override(language):
        assert f'href="{reverse("account_reset_password")}"' in response.content.decode()
    assert state() == before


@LANGUAGES
def test_the_link_for_a_new_password_expires(language, settings, monkeypatch):
    user = make_user()
    token = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    before = state()
    later = timezone.now().replace(tzinfo=None) + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 3700 * 24)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    response = opens(Client(), address_of("reset", token, language))
    assert f'href="/{language}/account/password/reset/"' in response.content.decode()
    assert state() == before


def test_the_link_for_a_new_password_is_void_once_the_account_was_used_or_has_another_address():
    for change in ({"last_login": timezone.now()}, {"email": "another@ministry.example"}):
        User.objects.all().delete()
        user = make_user()
        token = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        User.objects.filter(pk=user.pk).update(**change)
        before = state()
        opens(Client(), address_of("reset", token))
        assert state() == before, change


@pytest.mark.parametrize("secret", ["another secret of somebody else"])
def test_what_another_installation_signed_opens_nothing(settings, secret):
    made = {}
    ours = settings.SECRET_KEY
    settings.SECRET_KEY = secret
    made = tokens()
    settings.SECRET_KEY = ours
    before = state()
    for kind in KINDS:
        opens(Client(), address_of(kind, made[kind]))
    assert state() == before
    with pytest.raises(signing.BadSignature):
        signing.loads(made["unsubscribe"], salt="focalpoints.unsubscribe")
