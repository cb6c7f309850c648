from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FocalPointsConfig(AppConfig):
    """What the programme and a member country have to tell each other."""

    name = "focalpoints"
    verbose_name = _("National focal points")
