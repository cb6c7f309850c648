"""Accounts begin with an invitation: who sends it, what its link opens, and everything that may be wrong with it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail, signing
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation
from accounts.roles import ensure_roles
from accounts.tests.gate import PASSWORD, fill, group_id, invite, is_signed_in, link_in, make_user, sign_in, words
from partners.models import NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def point():
    country = make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye")
    return make_focal_point(country=country)


# Accepting


@LANGUAGES
def test_the_invited_person_chooses_a_password_and_comes_in(client, point, language):
    invite(point, email="Guest@Ministry.example", language=language)
    (message,) = mail.outbox
    country = {"ar": "تركيا", "en": "Türkiye"}[language]
    assert message.to == ["guest@ministry.example"]
    assert country in message.subject
    link = link_in(message)
    assert link.startswith(f"/{language}/account/invitation/")
    page = words(client.get(link))
    assert country in page
    assert "guest@ministry.example" in page
    response = client.post(link, CHOSEN)
    assert response["Location"] == f"/{language}/account/"
    user = User.objects.get()
    assert (user.email, user.is_staff, user.focal_point) == ("guest@ministry.example", False, point)
    assert [group.name for group in user.groups.all()] == ["National focal point"]
    assert country in words(client.get(response["Location"]))
    client.post("/en/account/logout/")
    assert sign_in(client, "guest@ministry.example").status_code == 302


def test_an_invitation_to_a_role_of_staff_opens_the_back_office(client):
    ensure_roles()
    invite(role="Editor")
    client.post(link_in(mail.outbox[0]), CHOSEN)
    assert User.objects.get().has_perm("activities.publish_activity")
    assert client.get("/en/admin/").status_code == 200


def test_staff_are_led_to_a_second_factor_first(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    ensure_roles()
    invite(role="Editor")
    client.post(link_in(mail.outbox[0]), CHOSEN)
    response = client.get("/en/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/en/account/second-factor/set-up/")


@pytest.mark.parametrize("chosen", [{}, {"password1": "short", "password2": "short"}, {**CHOSEN, "password2": "x"}])
def test_a_password_that_will_not_do_is_told_at_its_field_and_opens_nothing(client, point, chosen):
    invite(point)
    response = client.post(link_in(mail.outbox[0]), chosen)
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert not User.objects.exists()


def test_who_has_an_account_signs_in_and_accepts_with_it(client, point):
    owner = make_user("guest", role="Editor")
    invite(point)
    link = link_in(mail.outbox[0])
    assert 'href="/en/account/login/?next=/en/account/invitation/' in client.get(link).content.decode()
    assert client.post(link, CHOSEN).status_code == 200
    assert User.objects.count() == 1
    sign_in(client, "guest")
    assert client.post(link)["Location"] == "/en/account/"
    owner.refresh_from_db()
    assert (owner.focal_point, owner.is_staff) == (point, True)
    assert owner.check_password(PASSWORD)
    assert owner.groups.count() == 2


def test_somebody_else_cannot_accept_with_their_account(client, point):
    make_user("guest")
    other = make_user("other")
    invite(point)
    sign_in(client, "other")
    assert client.post(link_in(mail.outbox[0])).status_code == 200
    assert not other.groups.exists()
    assert not hasattr(other, "focal_point")


@LANGUAGES
@pytest.mark.parametrize("end", [date(2024, 12, 31), None])
def test_who_had_another_term_gives_it_up_and_is_told_so(client, point, language, end):
    """A second term, or that of another country, is a record of its own; an account serves one office at a time."""
    owner = make_user("guest")
    former = make_focal_point(
        country=make_country("TUN", short_name_ar="تونس", short_name_en="Tunisia"), user=owner, end=end
    )
    invite(point, language=language)
    link = link_in(mail.outbox[0])
    sign_in(client, "guest")
    page = words(client.get(link))
    told = {"ar": "بقبول الدعوة ينتهي ارتباطه بذلك التكليف", "en": "you give up that term"}[language]
    assert told in page
    assert {"ar": "تونس", "en": "Tunisia"}[language] in page
    assert client.post(link).status_code == 302
    assert list(NationalFocalPoint.objects.filter(user=owner)) == [point]
    former.refresh_from_db()
    assert former.user is None


def test_who_has_no_other_term_is_told_of_none(client, point):
    make_user("guest")
    invite(point)
    sign_in(client, "guest")
    assert "you give up that term" not in words(client.get(link_in(mail.outbox[0])))


# Links that do not open


def expire(invitation):
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=7, seconds=1))


def end_the_term(invitation):
    invitation.focal_point.end = date(2024, 12, 31)
    invitation.focal_point.save()


def give_the_office_away(invitation):
    invitation.focal_point.user = make_user("another")
    invitation.focal_point.save()


def use(invitation):
    invitation.accepted_at = timezone.now()
    invitation.save()


SPOILT = {
    "used": (use, "It has been accepted"),
    "expired": (expire, "Its time is over"),
    "sent again": (invitations.send, "only the newest message opens"),
    "withdrawn": (invitations.withdraw, "It was withdrawn"),
    "term over": (end_the_term, "its term is over"),
    "another holds the office": (give_the_office_away, "The office it is for has an account"),
    "closed account": (lambda invitation: make_user("guest", is_active=False), "was closed"),
    "deleted": (lambda invitation: invitation.delete(), "or it is none of ours"),
}


@pytest.mark.parametrize("reason", SPOILT)
def test_a_link_that_no_longer_opens_says_why_and_what_to_do(client, point, reason):
    spoil, sentence = SPOILT[reason]
    invitation = invite(point)
    link = link_in(mail.outbox[0])
    spoil(invitation)
    before = User.objects.count()
    for response in (client.get(link), client.post(link, CHOSEN)):
        assert response.status_code == (404 if reason == "deleted" else 410)
        assert sentence in words(response)
    arabic = client.get(link.replace("/en/", "/ar/", 1))
    assert arabic.status_code in (404, 410)
    assert sentence not in words(arabic)
    assert User.objects.count() == before
    assert not is_signed_in(client)


@LANGUAGES
@pytest.mark.parametrize(
    "token",
    [
        "x",
        "eyJh:1:2",
        "%00",
        "%D9%85",
        "a" * 5000,
        # Named, since what is signed holds the second in which it was, and two processes have to name a test alike.
        pytest.param(signing.dumps([1, 1], salt="another purpose"), id="another purpose"),
        pytest.param(signing.dumps([1, 1], salt="accounts.invitation", key="another secret"), id="another secret"),
        pytest.param(signing.dumps([10**30, 1], salt="accounts.invitation"), id="no number of ours"),
    ],
)
def test_a_forged_link_opens_nothing(client, point, language, token):
    invite(point)
    response = client.get(f"/{language}/account/invitation/{token}/")
    assert response.status_code == 404
    assert client.post(f"/{language}/account/invitation/{token}/", CHOSEN).status_code == 404
    assert not User.objects.exists()


def test_a_link_is_used_once(client, point):
    invite(point)
    link = link_in(mail.outbox[0])
    client.post(link, CHOSEN)
    client.post("/en/account/logout/")
    assert client.post(link, CHOSEN).status_code == 410
    assert User.objects.count() == 1


def test_the_log_holds_neither_the_link_nor_the_person(client, point, caplog):
    caplog.set_level("ERROR", logger="django.request")  # as in production
    caplog.set_level("INFO")
    invite(point)
    link = link_in(mail.outbox[0])
    client.post(link, CHOSEN)
    client.get(link)
    token = link.rstrip("/").rpartition("/")[2]
    for personal in ("guest", token, token.replace("%3A", ":")):
        assert personal not in caplog.text
    assert "GET /en/account/invitation/***/ 410" in caplog.text
    assert "refused user=- reason=invitation_accepted" in caplog.text


# Sending, in the back office


def test_an_administrator_invites_to_a_role(client):
    user = make_user("boss", role="Administrator")
    sign_in(client, "boss")
    response = client.post("/en/admin/accounts/invitation/add/", fill(roles=[group_id("Editor")]), follow=True)
    assert "1 invitation is sent." in response.content.decode()
    invitation = Invitation.objects.get()
    assert (invitation.invited_by, invitation.role_names) == (user, ["Editor"])
    assert link_in(mail.outbox[0]).startswith("/ar/account/invitation/")


def test_an_editor_invites_a_focal_point_and_nobody_else(client, point):
    make_user("editor", role="Editor")
    sign_in(client, "editor")
    form = client.get("/en/admin/accounts/invitation/add/").content.decode()
    assert 'name="roles"' not in form
    sent = fill(roles=[group_id("Administrator")])
    response = client.post("/en/admin/accounts/invitation/add/", sent)
    assert "Choose the national focal point who is to have the account." in response.content.decode()
    client.post("/en/admin/accounts/invitation/add/", sent | {"focal_point": point.pk})
    assert Invitation.objects.get().role_names == ["National focal point"]


def test_an_editor_sees_no_invitations_of_colleagues(client, point):
    make_user("editor", role="Editor")
    of_colleague = invite(role="Editor", email="colleague@sesric.example")
    mixed = invite(point, role="Administrator", email="mixed@sesric.example")
    invite(point)
    sign_in(client, "editor")
    page = client.get("/en/admin/accounts/invitation/").content.decode()
    assert "guest@ministry.example" in page
    assert "sesric.example" not in page
    for hidden in (of_colleague, mixed):
        assert client.get(f"/en/admin/accounts/invitation/{hidden.pk}/change/").status_code == 302
        sent = {"action": "send_again", "_selected_action": [hidden.pk]}
        client.post("/en/admin/accounts/invitation/", sent)
        hidden.refresh_from_db()
        assert hidden.sendings == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda point: {"user": make_user("holder")}, "This focal point has an account already."),
        (lambda point: {"end": date(2024, 12, 31)}, "The term of this focal point is over."),
    ],
)
def test_nobody_is_invited_to_an_office_that_is_not_free(client, point, change, sentence):
    for name, value in change(point).items():
        setattr(point, name, value)
    point.save()
    make_user("boss", role="Administrator")
    sign_in(client, "boss")
    response = client.post("/en/admin/accounts/invitation/add/", fill(focal_point=point.pk))
    assert sentence in response.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_to_nothing_is_refused(client):
    make_user("boss", role="Administrator")
    sign_in(client, "boss")
    response = client.post("/en/admin/accounts/invitation/add/", fill())
    assert "Choose a role, or the national focal point who is to have the account." in response.content.decode()


def test_the_list_tells_what_has_become_of_each_and_sends_again_and_withdraws(client, point):
    make_user("boss", role="Administrator")
    expired, open_, used, withdrawn = (invite(role="Editor", email=f"{n}@sesric.example") for n in "abcd")
    Invitation.objects.filter(pk=expired.pk).update(sent_at=timezone.now() - timedelta(days=8))
    use(used)
    invitations.withdraw(withdrawn)
    sign_in(client, "boss")
    for state, invitation in {"expired": expired, "open": open_, "accepted": used, "withdrawn": withdrawn}.items():
        page = client.get("/en/admin/accounts/invitation/", {"state": state}).content.decode()
        assert [n for n in "abcd" if f"{n}@sesric.example" in page] == [invitation.email[0]]
    mail.outbox.clear()
    everything = [expired.pk, open_.pk, used.pk, withdrawn.pk]
    client.post("/en/admin/accounts/invitation/", {"action": "send_again", "_selected_action": everything})
    assert sorted(message.to[0][0] for message in mail.outbox) == ["a", "b", "d"]
    client.post("/en/admin/accounts/invitation/", {"action": "withdraw", "_selected_action": everything})
    assert Invitation.objects.in_state("withdrawn", timezone.now()).count() == 3
    assert client.get(f"/en/admin/accounts/invitation/{used.pk}/change/").status_code == 200


def test_an_invitation_that_cannot_be_sent_is_kept_and_says_so(client, settings, point):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    make_user("boss", role="Administrator")
    sign_in(client, "boss")
    response = client.post("/en/admin/accounts/invitation/add/", fill(focal_point=point.pk), follow=True)
    assert (
        "the invitation was not sent. It is kept: choose it in the list later and send it again."
        in response.content.decode()
    )
    assert Invitation.objects.in_state("unsent", timezone.now()).count() == 1


@pytest.mark.parametrize("size", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(client, size, django_assert_max_num_queries):
    make_user("boss", role="Administrator")
    for number in range(size):
        invite(make_focal_point(), email=f"{number}@ministry.example")
    sign_in(client, "boss")
    with django_assert_max_num_queries(12):
        assert client.get("/en/admin/accounts/invitation/").status_code == 200


def test_the_log_names_who_sent_again_or_withdrew_and_not_who_invited(client, caplog):
    boss = make_user("boss", role="Administrator")
    asked = invite(role="Editor")
    Invitation.objects.filter(pk=asked.pk).update(invited_by=make_user("colleague", role="Administrator"))
    sign_in(client, "boss")
    with caplog.at_level("INFO", "accounts.access"):
        for action in ("send_again", "withdraw"):
            client.post("/en/admin/accounts/invitation/", {"action": action, "_selected_action": [asked.pk]})
    said = [line for line in caplog.messages if "invitation" in line]
    assert said == [f"sent invitation user={boss.pk}", f"withdrew invitation user={boss.pk}"]
