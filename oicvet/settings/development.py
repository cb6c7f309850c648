"""One person's own machine: no secret to keep, and the pages as readers see them; DEBUG=true shows errors in full."""

from oicvet.settings.base import *  # noqa: F403 -- a settings module is the base and what differs
from oicvet.settings.base import env

# Off, so that whoever looks at the portal sees its own error pages; templates are then read once.
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = "development-only-not-a-secret"  # noqa: S105 -- production refuses to start with it
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DEMO_ACCOUNTS_ALLOWED = True

# Static files are served as they stand in the tree.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
