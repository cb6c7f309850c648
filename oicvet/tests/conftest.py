import pytest
from django.contrib.auth.models import Group, User

from accounts.roles import ensure_roles


@pytest.fixture
def signed_in(client):
    """A function that signs in somebody with a role (its group), or a superuser, and gives the client."""

    def sign_in(role=None):
        if role is None:
            user = User.objects.create_superuser("root")
        else:
            ensure_roles()
            user = User.objects.create_user(f"with-role-{role}", is_staff=role != "National focal point")
            user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def root(signed_in):
    return signed_in()
