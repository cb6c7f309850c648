"""The admin as this portal installs it."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin, with the site below as ``admin.site``."""

    default_site = "accounts.back_office_site.BackOffice"
