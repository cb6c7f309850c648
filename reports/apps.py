from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        """Bring in the check of what guards the issued editions."""
        from reports import triggers  # noqa: F401 -- importing it registers the check
