from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The site itself: settings, addresses, the home page, health and errors."""

    name = "oicvet"
    verbose_name = _("Portal")
