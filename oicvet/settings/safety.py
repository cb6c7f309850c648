"""What production refuses to start with: each rule is one sentence that names the setting and the remedy.

The rules read the settings as they finally are, so a settings module built on top of production obeys them too.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

HOW_TO_MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'
# Keys that stand in a repository begin like this; Django marks the throw-away keys of a new project so.
PUBLISHED_SECRETS = ("development-only", "test-only", "django-insecure-")


def refuse_unsafe(settings: Any) -> None:
    """Raise ``ImproperlyConfigured`` with one sentence for each thing in ``settings`` that is not safe."""
    problems = [
        *_problems_of_secret(_secret_of(settings)),
        *_problems_of_former_secrets(settings.SECRET_KEY_FALLBACKS),
        *_problems_of_switches(settings),
        *_problems_of_hosts(settings),
        *_problems_of_address(settings.PORTAL_URL),
        *_problems_of_database(settings.DATABASES["default"]),
        *_problems_of_office(settings),
    ]
    if problems:
        raise ImproperlyConfigured("\n".join(problems))


def _secret_of(settings: Any) -> str:
    """Return the key, or ``""`` where Django itself would refuse an empty one with less to say."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def _problems_of_secret(secret: str) -> Iterator[str]:
    if not secret:
        yield f"SECRET_KEY is missing: set it to the output of {HOW_TO_MAKE_ONE}."
    elif secret.startswith(PUBLISHED_SECRETS):
        yield f"SECRET_KEY is a published example that anyone can read: set it to the output of {HOW_TO_MAKE_ONE}."
    elif len(secret) < 50 or len(set(secret)) < 10:
        yield f"SECRET_KEY is too short or too regular to be secret: set it to the output of {HOW_TO_MAKE_ONE}."


def _problems_of_former_secrets(secrets: list[str]) -> Iterator[str]:
    if any(problem for secret in secrets for problem in _problems_of_secret(secret)):
        yield "SECRET_KEY_FALLBACKS holds a key that is no secret and opens what the present one opens: leave it out."


def _problems_of_switches(settings: Any) -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on and would show settings and data to any visitor: unset it, or set it to false."
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        if not getattr(settings, name):
            yield f"{name} is off, so the cookie would travel unencrypted: unset it, or set it to true."
    if settings.DEMO_ACCOUNTS_ALLOWED:
        yield "DEMO_ACCOUNTS_ALLOWED is on, and the passwords of those accounts are public: set it to False."


def _problems_of_hosts(settings: Any) -> Iterator[str]:
    if not settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS is empty: set it to the portal's own host names, separated by commas."
    if "*" in settings.ALLOWED_HOSTS:
        yield 'ALLOWED_HOSTS holds "*", which answers to any name: list the portal\'s own host names instead.'
    for origin in settings.CSRF_TRUSTED_ORIGINS:
        if not origin.startswith("https://"):
            yield f'CSRF_TRUSTED_ORIGINS holds "{origin}": write each origin with https://, or leave it out.'


def _problems_of_address(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        yield (
            f'PORTAL_URL is "{address}", and editions print it for as long as they are kept: set it to the address '
            "readers know, such as https://vet.example.org."
        )


def _problems_of_database(database: dict[str, Any]) -> Iterator[str]:
    if not database.get("NAME"):
        yield "DATABASE_URL names no database: set it, for example to postgres://user:password@host:5432/portal."


def _problems_of_office(settings: Any) -> Iterator[str]:
    if not settings.OIDC_ISSUER:
        return
    if not settings.OIDC_ISSUER.startswith("https://"):
        yield f'OIDC_ISSUER is "{settings.OIDC_ISSUER}", which would travel unencrypted: use https.'
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    if not (app["client_id"] and app["secret"]):
        yield "OIDC_ISSUER is set without OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set both, or unset it."
