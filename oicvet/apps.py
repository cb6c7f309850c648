from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from oicvet.settings.safety import refuse_unsafe


class SiteConfig(AppConfig):
    """The site itself: settings, addresses, the home page, health and errors."""

    name = "oicvet"
    verbose_name = _("Portal")

    def ready(self):
        """Stop here, before anything is served, when production was left unsafe."""
        from oicvet import checks  # noqa: F401 -- registers what `manage.py check` says

        if settings.PRODUCTION:
            refuse_unsafe(settings)
