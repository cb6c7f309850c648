"""The portal as it is served, on a machine of its own: files collected, named by their content and compressed."""

from oicvet.settings.development import *  # noqa: F403 -- a settings module is the base and what differs
from oicvet.settings.development import env

STATIC_ROOT = env.path("STATIC_ROOT")()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "oicvet.stylesheets.JoinedStylesheetsStorage"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
