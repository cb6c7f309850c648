"""Texts of the framework that its own Arabic catalogue leaves in English or says badly, so that ours can say them.

Nothing here is called: the names stand for `make messages`, which collects what it reads. A text goes when Django has
learned it.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

ACCOUNTS = (
    _("Reset password"),
    _("Set password"),
    _("Set password: %s"),
    _("Password-based authentication"),
    _("Enabled"),
    _("Disabled"),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able "
        "to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    _("Enable password-based authentication for this user by setting a password."),
    _("Password-based authentication was disabled."),
    _("Conflicting form data submitted. Please try again."),
    _(
        "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters, "
        "numbers, and @/./+/-/_ characters."
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)

# Said of any record, whatever its gender, where the framework's Arabic takes all for masculine.
RECORDS = (
    _("Add another %(verbose_name)s"),
    _("Add another %(model)s"),
)
