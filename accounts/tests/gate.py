"""What tests of the gate share: people with a password, and a browser that signs them in as people do."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User

from accounts import invitations
from accounts.models import Invitation
from accounts.roles import ensure_roles

PASSWORD = "several words without a bond"
WRONG = "several words with a bond"


def make_user(name="amina", role=None, **said):
    """Return somebody with `PASSWORD` and, where a role is given, its group."""
    is_staff = role not in (None, "National focal point")
    values = {"email": f"{name}@ministry.example", "password": PASSWORD, "is_staff": is_staff}
    user = User.objects.create_user(name, **values | said)
    if role:
        ensure_roles()
        user.groups.add(Group.objects.get(name=role))
    return user


def invite(focal_point=None, role=None, email="guest@ministry.example", language="en"):
    """Return an invitation that has been sent."""
    invitation = Invitation.objects.create(email=email, language=language, focal_point=focal_point)
    name = role or ("National focal point" if focal_point else "Editor")
    invitation.roles.add(Group.objects.get_or_create(name=name)[0])
    invitations.send(invitation)
    return invitation


def link_in(message):
    """Return the address in a message, without the host."""
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]


def sign_in(client, name="amina", password=PASSWORD, language="en", next="", **headers):
    """Send the form of the gate; return the answer."""
    sent = {"login": name, "password": password} | ({"next": next} if next else {})
    return client.post(f"/{language}/account/login/", sent, **headers)


def is_signed_in(client):
    """Whether the account page opens, asked as a browser asks."""
    return client.get("/en/account/").status_code == 200


def code_for(secret, ahead=0):
    """Return what an app that holds ``secret`` shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def set_up_second_factor(client, next=""):
    """Set up an app for whoever is signed in; return its secret and the answer."""
    address = "/en/account/second-factor/set-up/" + (f"?next={next}" if next else "")
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, page.headers.get("Location"))
    secret = re.search(r'<code dir="ltr">([A-Z2-7]{32})</code>', page.content.decode())[1]
    return secret, client.post(address, {"code": code_for(secret)})


def words(response):
    """Return what a page says, on one line, without what forms carry along."""
    page = BeautifulSoup(response.content, "html.parser")
    for token in page.select("input[type=hidden]"):
        token.decompose()
    return " ".join(page.main.text.split())


def fill(**said):
    """Return the form of an invitation as an administrator fills it."""
    return {"email": "guest@ministry.example", "language": "ar", **said}


def group_id(name):
    return Group.objects.get(name=name).pk
