from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BilingualConfig(AppConfig):
    name = "bilingual"
    verbose_name = _("Two languages")

    def ready(self):
        # Not above: the admin reads models, which are there only now.
        from bilingual.admin_icons import name_the_icons

        name_the_icons()
