"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from accounts.demo import DEMO_ACCOUNTS


class PortalBackend(ModelBackend):
    """Django's own accounts, without the demo accounts wherever those are not allowed.

    Django asks on every request, not only at login, so a session opened elsewhere ends here too.
    """

    def user_can_authenticate(self, user):
        if not settings.DEMO_ACCOUNTS_ALLOWED and user.get_username() in DEMO_ACCOUNTS:
            return False
        return super().user_can_authenticate(user)
