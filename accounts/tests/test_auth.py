import pytest
from django.contrib.auth import authenticate, get_user_model

from accounts.demo import DEMO_ACCOUNTS

PASSWORD = "as public as can be"


@pytest.mark.django_db
@pytest.mark.parametrize("name", DEMO_ACCOUNTS)
def test_demo_accounts_sign_in_only_where_they_are_allowed(name, settings):
    user = get_user_model().objects.create_user(name, password=PASSWORD)
    assert authenticate(username=name, password=PASSWORD) == user
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert authenticate(username=name, password=PASSWORD) is None


@pytest.mark.django_db
def test_a_demo_session_ends_where_demo_accounts_are_not_allowed(client, settings):
    client.force_login(get_user_model().objects.create_superuser(DEMO_ACCOUNTS[0], password=PASSWORD))
    assert client.get("/en/admin/").status_code == 200
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert client.get("/en/admin/").status_code == 302


@pytest.mark.django_db
def test_other_accounts_sign_in_everywhere(settings):
    settings.DEMO_ACCOUNTS_ALLOWED = False
    user = get_user_model().objects.create_user("amina", password=PASSWORD)
    assert authenticate(username="amina", password=PASSWORD) == user
