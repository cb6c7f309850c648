"""One person's own machine: no secret to keep, errors shown in full."""

from oicvet.settings.base import *  # noqa: F403 -- a settings module is the base and what differs
from oicvet.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = "development-only-not-a-secret"  # noqa: S105 -- production refuses to start with it
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEMO_ACCOUNTS_ALLOWED = True
