from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who may sign in, how, and what each role may do."""

    name = "accounts"
    verbose_name = _("Accounts")
