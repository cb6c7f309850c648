"""The portal in service: every secret and address comes from the environment, and nothing unsafe is let through.

Each variable is described in docs/OPERATIONS.md; what is refused at the start stands in oicvet/settings/safety.py.
"""

from pathlib import Path

from oicvet.settings.base import *  # noqa: F403 -- a settings module is the base and what differs
from oicvet.settings.base import DATABASES, MEDIA_ROOT, REST_FRAMEWORK, env

PRODUCTION = True
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# A forgotten DATABASE_URL would quietly open an empty database beside the code, so production has no default.
if "DATABASE_URL" not in env.ENVIRON:
    DATABASES["default"]["NAME"] = ""

# A server that waits for ever on one query or one lock stops answering everybody. Seconds; 0 switches a limit off.
if DATABASES["default"].get("ENGINE", "").endswith("postgresql"):
    _limits = {
        "statement_timeout": env.int("DATABASE_STATEMENT_TIMEOUT", default=30),
        "lock_timeout": env.int("DATABASE_LOCK_TIMEOUT", default=10),
        "idle_in_transaction_session_timeout": env.int("DATABASE_IDLE_TIMEOUT", default=60),
    }
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        **DATABASES["default"].get("OPTIONS", {}),
        "options": " ".join(f"-c {name}={seconds * 1000}" for name, seconds in _limits.items()),
    }

# Everything travels encrypted. A proxy that ends TLS must say so in X-Forwarded-Proto, and only then is it believed.
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    REST_FRAMEWORK["NUM_PROXIES"] = 1
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside the server, without TLS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [
    "security.W021"
]  # joining the browsers' preload list is for the owner of the domain to decide

# The prefix makes browsers refuse the cookie unless it is secure, for this host alone and for every path.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = env.bool("SESSION_COOKIE_SECURE", default=True)
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = env.bool("CSRF_COOKIE_SECURE", default=True)
LANGUAGE_COOKIE_SECURE = True

# Collected files carry their content's hash in their name, so browsers may keep them for ever.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "oicvet.stylesheets.JoinedStylesheetsStorage"},
}

# Until a mail server is named, messages are files that nobody is sent, and `check` warns of it (oicvet/checks.py).
if "EMAIL_URL" in env.ENVIRON:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_FILE_PATH = Path(MEDIA_ROOT) / "mail"  # where the portal's account can write
# A mail server that does not answer keeps nobody waiting longer, neither a page nor `send_digests`. Seconds.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "oicvet.logs.OneLineFormatter",
            "format": "%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django gives its own loggers handlers that write elsewhere; here everything goes one way.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page not found already has its access line
    },
}
