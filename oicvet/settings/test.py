"""The test suite's settings: quick, alone, and the same on every machine.

The database is SQLite in memory unless DATABASE_URL names another; files go to a folder of their own.
"""

import os
import tempfile
from pathlib import Path

from oicvet.settings.base import *  # noqa: F403 -- a settings module is the base and what differs
from oicvet.settings.base import CACHES, DATABASES, REST_FRAMEWORK, env

if "DATABASE_URL" not in env.ENVIRON:
    DATABASES["default"]["NAME"] = ":memory:"  # never the database that somebody works in

DEBUG = False
SECRET_KEY = "test-only-not-a-secret"  # noqa: S105 -- production refuses to start with it
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_ACCOUNTS_ALLOWED = True

# Tests sign in often; a password hash made to be slow would be most of their time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# One process, which asks more often than any reader.
for _name in ("default", "requests"):
    CACHES[_name] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": _name}
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = {"api": "100000/min", "files": "100000/min"}

# Static files are served as they stand in the tree: nothing is collected before a test.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

_scratch = Path(tempfile.gettempdir()) / f"oicvet-test-{os.getpid()}"
MEDIA_ROOT = str(_scratch / "media")
REPORTS_DIR = str(_scratch / "reports")
