"""The portal as `bench/catalogue.py` asks it: a bare view through the same middleware, and pages that are not kept."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oicvet.settings.test")

from django.conf import settings  # noqa: E402 -- after the path is set

settings.ROOT_URLCONF = "serving"
settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False  # as in service

from oicvet.wsgi import application  # noqa: E402, F401 -- what the server calls; it sets everything up

# isort: split
from django.conf.urls.i18n import i18n_patterns  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

import oicvet.urls  # noqa: E402
from activities import views  # noqa: E402
from oicvet.policy import ROUTES  # noqa: E402
from oicvet.policy.who import EVERYBODY, read  # noqa: E402

urlpatterns = [
    path("bare", lambda request: HttpResponse("bare"), name="bare"),
    *i18n_patterns(
        path("made/activities/", views.CatalogueView.as_view(), name="made_list"),
        path("made/activities/<slug:code>/", views.ActivityView.as_view(), name="made_activity"),
    ),
    *oicvet.urls.urlpatterns,
]
# Routes that the policy does not name are not answered.
ROUTES.update(dict.fromkeys(("bare", "made_list", "made_activity"), read(EVERYBODY)))
