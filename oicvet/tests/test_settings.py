"""The production settings start when everything is said, and otherwise refuse with one sentence for each gap."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from oicvet.settings.safety import refuse_unsafe
from oicvet.tests.starting import GOOD, OFFICE, SECRET, start


def test_production_starts_when_everything_is_said():
    started = start("print(settings.SESSION_COOKIE_NAME, settings.DATABASES['default']['OPTIONS']['options'])")
    assert (started.returncode, started.stderr) == (0, "")
    assert started.stdout == (
        "__Host-sessionid -c statement_timeout=30000 -c lock_timeout=10000"
        " -c idle_in_transaction_session_timeout=60000\n"
    )


def test_former_keys_are_read_from_the_environment():
    code = "print(*settings.SECRET_KEY_FALLBACKS)"
    assert start(code).stdout == "\n"
    assert start(code, SECRET_KEY_FALLBACKS=f"{SECRET}-one,{SECRET}-two").stdout == f"{SECRET}-one {SECRET}-two\n"


def test_what_the_gate_counts_is_kept_in_the_database():
    """The tests of the gate's limits (accounts/tests/test_limits.py) use this store."""
    said = start("store = settings.CACHES['default']; print(store['BACKEND'], store['LOCATION'], store['OPTIONS'])")
    assert said.stdout == ("accounts.counting.CountedCache accounts_counted {'MAX_ENTRIES': 200000}\n")


def test_staff_need_a_second_factor_in_production_unless_it_is_said_otherwise():
    code = "print(settings.STAFF_SECOND_FACTOR)"
    assert start(code).stdout == "True\n"
    assert start(code, STAFF_SECOND_FACTOR="false").stdout == "False\n"
    assert start(code, **OFFICE).stdout == "True\n"


def test_until_a_mail_server_is_named_messages_are_files_and_every_check_warns(tmp_path):
    code = (
        "from django.core import checks, mail\n"
        "print(mail.send_mail('Subject', 'Text', None, ['reader@example.org']))\n"
        "print([(each.id, each.msg) for each in checks.run_checks(include_deployment_checks=True)])"
    )
    said = start(code, EMAIL_URL=None, MEDIA_ROOT=str(tmp_path)).stdout
    assert said.startswith("1\n[('oicvet.W001', 'EMAIL_URL is not set: messages are files in ")
    (message,) = (tmp_path / "mail").iterdir()
    assert "To: reader@example.org" in message.read_text()
    assert start("print(settings.EMAIL_BACKEND)").stdout == "django.core.mail.backends.smtp.EmailBackend\n"
    assert "oicvet.W001" not in start(code.splitlines()[0] + "\n" + code.splitlines()[2]).stdout


def test_on_ones_own_machine_messages_are_files():
    said = start("print(settings.EMAIL_BACKEND)", DJANGO_SETTINGS_MODULE="oicvet.settings.development", EMAIL_URL=None)
    assert said.stdout == "django.core.mail.backends.filebased.EmailBackend\n"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing: set it to"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short or too regular to be secret: set it to"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too short or too regular to be secret: set it to"),
        ({"SECRET_KEY": "development-only-not-a-secret"}, "SECRET_KEY is a published example that anyone can read"),
        ({"SECRET_KEY_FALLBACKS": f"{SECRET},short"}, "SECRET_KEY_FALLBACKS holds a key that is no secret"),
        ({"DEBUG": "true"}, "DEBUG is on and would show settings and data to any visitor"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is empty: set it to"),
        ({"ALLOWED_HOSTS": "vet.example.org,*"}, 'ALLOWED_HOSTS holds "*", which answers to any name'),
        ({"CSRF_TRUSTED_ORIGINS": "http://vet.example.org"}, 'CSRF_TRUSTED_ORIGINS holds "http://vet.example.org"'),
        ({"SESSION_COOKIE_SECURE": "false"}, "SESSION_COOKIE_SECURE is off"),
        ({"CSRF_COOKIE_SECURE": "false"}, "CSRF_COOKIE_SECURE is off"),
        ({"PORTAL_URL": None}, 'PORTAL_URL is "http://127.0.0.1:8000", and editions print it'),
        ({"PORTAL_URL": "http://vet.example.org"}, 'PORTAL_URL is "http://vet.example.org", and editions print it'),
        ({"PORTAL_URL": "vet.example.org"}, 'PORTAL_URL is "vet.example.org", and editions print it'),
        ({"PORTAL_URL": "https://"}, 'PORTAL_URL is "https:", and editions print it'),
        ({"DATABASE_URL": None}, "DATABASE_URL names no database: set it"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL names no database: set it"),
        ({**OFFICE, "OIDC_ISSUER": "http://login.example.org"}, 'OIDC_ISSUER is "http://login.example.org"'),
        ({**OFFICE, "OIDC_CLIENT_SECRET": None}, "OIDC_ISSUER is set without OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"),
    ],
)
def test_production_refuses_to_start_with_one_sentence(environment, sentence):
    refused = start(**environment)
    assert refused.returncode == 1
    assert f"ImproperlyConfigured: {sentence}" in refused.stderr


def test_every_problem_is_said_at_once():
    refused = start(SECRET_KEY=None, ALLOWED_HOSTS=None, DEBUG="true")
    said = refused.stderr.partition("ImproperlyConfigured: ")[2].splitlines()
    assert [line.split()[0] for line in said] == ["SECRET_KEY", "DEBUG", "ALLOWED_HOSTS"]


def test_demo_accounts_are_refused_in_settings_built_on_production():
    unsafe = SimpleNamespace(
        SECRET_KEY=GOOD["SECRET_KEY"],
        SECRET_KEY_FALLBACKS=[],
        DEBUG=False,
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
        DEMO_ACCOUNTS_ALLOWED=True,
        ALLOWED_HOSTS=["vet.example.org"],
        CSRF_TRUSTED_ORIGINS=[],
        PORTAL_URL="https://vet.example.org",
        OIDC_ISSUER="",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "portal.sqlite3"}},
    )
    with pytest.raises(ImproperlyConfigured, match=r"^DEMO_ACCOUNTS_ALLOWED is on.*: set it to False\.$"):
        refuse_unsafe(unsafe)


def test_forwarded_headers_are_believed_only_behind_a_proxy():
    code = "print(getattr(settings, 'SECURE_PROXY_SSL_HEADER', None))"
    assert start(code).stdout == "None\n"
    assert start(code, BEHIND_TLS_PROXY="true").stdout == "('HTTP_X_FORWARDED_PROTO', 'https')\n"


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Request-ID"])
def test_the_proxy_that_we_describe_sets_each_header_that_is_believed_behind_it(header):
    """One that is left out would be what a visitor sends: an address of their choice, and no limit to their tries."""
    described = (Path(settings.BASE_DIR) / "docs" / "OPERATIONS.md").read_text()
    (https,) = re.findall(r"server \{\n    listen 443.*?\n\}\n", described, re.DOTALL)
    for_all = https.partition("location")[0]
    assert f"proxy_set_header {header} $" in for_all
    assert "proxy_set_header" not in https.partition("location")[2]  # nginx would then forget those above
    assert "access_log off;" in for_all  # secret links stand in addresses


def test_log_is_one_line_per_event_with_a_request_id():
    code = r"""
import logging
from oicvet.logs import request_id
request_id.set("abc")
try:
    1 / 0
except ZeroDivisionError:
    logging.getLogger("django.request").exception("Broken \x1b[31m\r\n\u202ename")
"""
    lines = start(code).stderr.splitlines()
    assert len(lines) == 1
    assert " ERROR abc django.request: Broken \\u001b[31m\\u000d\\n\\u202ename\\nTraceback" in lines[0]
