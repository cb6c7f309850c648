"""The account page tells each person what they may do and see; what is taken away is gone with the next request."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.duties import _MAY
from accounts.roles import ROLES
from accounts.tests.gate import is_signed_in, make_user, sign_in, words
from bilingual.dates import say_date
from partners.models import NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])

WRITE = "Write activities with their partners, countries and figures."
PUBLISH = "Review, publish and withdraw activities."
INVITE = "Invite national focal points to the portal."
ISSUE = "Issue reports."
KEEP_ACCOUNTS = "Invite colleagues, keep accounts, and give and take roles."
ASK = "Ask countries to confirm what the portal says of them."
DECIDE = "Accept or refuse the corrections that countries propose."
DELETE = "Delete activities and institutions, and make one of two institutions."
ANSWERS = "What countries were asked to confirm, and what they answered."
FOLLOW = "Follow areas, countries and partners by e-mail."
SAYS = {
    "Data entry": {WRITE, ANSWERS, FOLLOW},
    "Editor": {WRITE, PUBLISH, INVITE, ASK, DECIDE, DELETE, ANSWERS, FOLLOW},
    "Report officer": {ISSUE, ANSWERS, FOLLOW},
    "Administrator": {WRITE, PUBLISH, INVITE, ISSUE, KEEP_ACCOUNTS, ASK, DECIDE, DELETE, ANSWERS, FOLLOW},
    "National focal point": {FOLLOW},
}


@pytest.mark.parametrize("role", SAYS)
def test_each_role_is_told_what_it_may_and_nothing_else(client, role):
    make_user(role=role)
    sign_in(client)
    page = words(client.get("/en/account/"))
    assert role in page
    assert {sentence for sentence in SAYS["Administrator"] if sentence in page} == SAYS[role]


def test_every_permission_with_a_name_of_its_own_has_its_sentence():
    """Beside those that Django gives each table: whoever adds one to a role is to tell people of it."""
    own = {each for role in ROLES for each in role.permissions if not re.search(r"\.(view|add|change|delete)_", each)}
    assert own <= {permission for permission, _sentence in _MAY}


NO_ROLE = {"en": "Your account has no role at present.", "ar": "ليس لحسابك أي دور في الوقت الحالي."}
NO_COUNTRY = {
    "en": "No country names you as its national focal point at present",
    "ar": "لا يسميك أي بلد جهة اتصال وطنية له في الوقت الحالي",
}


@LANGUAGES
def test_who_has_no_role_is_told_so_and_who_has_one_is_not(client, language):
    address = f"/{language}/account/"
    user = make_user()
    sign_in(client)
    assert NO_ROLE[language] in words(client.get(address))
    user.groups.add(Group.objects.get_or_create(name="National focal point")[0])
    page = words(client.get(address))
    assert (NO_ROLE[language] in page, NO_COUNTRY[language] in page) == (False, True)
    point = make_focal_point(user=user, end=timezone.localdate() - timedelta(days=1))
    page = words(client.get(address))
    assert (NO_ROLE[language] in page, NO_COUNTRY[language] in page) == (False, False)
    point.end = None
    point.save()
    page = words(client.get(address))
    assert (NO_ROLE[language] in page, NO_COUNTRY[language] in page) == (False, False)


@LANGUAGES
@pytest.mark.parametrize("role", [role.group_name for role in ROLES])
def test_the_page_opens_in_both_languages_and_leads_where_one_works(client, role, language):
    make_user(role=role)
    sign_in(client)
    response = client.get(f"/{language}/account/")
    page = response.content.decode()
    main = page[page.index("<main") :]
    assert ("/admin/" in main.partition("</main>")[0]) == (role != "National focal point")
    assert (f'href="/{language}/desk/"' in main) == (role in ("Report officer", "Administrator"))


def test_who_is_not_signed_in_is_led_to_the_gate(client):
    assert client.get("/ar/account/")["Location"] == "/ar/account/login/?next=/ar/account/"


@LANGUAGES
def test_a_focal_point_is_told_their_country_and_term(client, language):
    country = make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye")
    point = make_focal_point(country=country, user=make_user(role="National focal point"))
    sign_in(client)
    page = words(client.get(f"/{language}/account/"))
    assert {"ar": "تركيا", "en": "Türkiye"}[language] in page
    assert {"ar": "منذ 1 يناير 2024", "en": "since 1 January 2024"}[language] in page
    assert {"ar": "تأكيد ما تعرضه البوابة عن بلدك", "en": "Confirm what the portal says of your country"}[
        language
    ] in page
    point.end = timezone.localdate() - timedelta(days=1)
    point.save()
    page = words(client.get(f"/{language}/account/"))
    assert {"ar": "تأكيد ما تعرضه البوابة عن بلدك", "en": "Confirm what the portal says"}[language] not in page
    assert {"ar": "لست جهة الاتصال الوطنية", "en": "You are not national focal point of Türkiye today"}[
        language
    ] in page


@LANGUAGES
def test_a_term_that_has_not_begun_is_told_as_one_to_come(client, language):
    begins = timezone.localdate() + timedelta(days=1)
    make_focal_point(user=make_user(role="National focal point"), start=begins)
    sign_in(client)
    page = words(client.get(f"/{language}/account/"))
    day = say_date(begins, language)
    assert {"ar": f"ابتداء من {day}", "en": f"from {day}"}[language] in page
    assert {"ar": f"منذ {day}", "en": f"since {day}"}[language] not in page


@pytest.mark.parametrize(
    ("start", "end", "is_in_office"),
    [(-9, None, True), (-9, 0, True), (0, 0, True), (-9, -1, False), (1, None, False)],
)
def test_a_term_holds_from_its_first_to_its_last_day(start, end, is_in_office):
    today = timezone.localdate()
    user = make_user()
    days = {"start": today + timedelta(days=start), "end": None if end is None else today + timedelta(days=end)}
    point = make_focal_point(user=user, **days)
    make_focal_point(user=make_user("other"))
    assert list(NationalFocalPoint.objects.in_office_of(user, today)) == [point] * is_in_office


# Losing


def lose_the_role(user):
    user.groups.remove(Group.objects.get(name="Administrator"))


def lose_being_staff(user):
    user.is_staff = False
    user.save()


def lose_the_account(user):
    user.is_active = False
    user.save()


def lose_the_password(user):
    user.set_password("somebody else knew it")
    user.save()


@pytest.mark.parametrize("lose", [lose_the_role, lose_being_staff, lose_the_account, lose_the_password])
def test_what_is_taken_away_is_gone_with_the_next_request(client, lose):
    user = make_user(role="Administrator")
    sign_in(client)
    pages = ["/en/admin/auth/user/", "/en/desk/", "/en/translations/"]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    lose(user)
    assert [page for page in pages if client.get(page).status_code == 200] == []
    assert is_signed_in(client) == (lose in (lose_the_role, lose_being_staff))


def test_an_administrator_removes_the_second_factor_of_a_lost_telephone(client):
    from allauth.mfa.models import Authenticator

    from accounts.tests.gate import set_up_second_factor

    user = make_user()
    sign_in(client)
    set_up_second_factor(client)
    client.post("/en/account/logout/")
    make_user("boss", role="Administrator")
    sign_in(client, "boss")
    sent = {"action": "remove_second_factor", "_selected_action": [user.pk]}
    response = client.post("/en/admin/auth/user/", sent, follow=True)
    assert "1 account has no second factor now." in response.content.decode()
    assert not Authenticator.objects.exists()
