"""Who may sign in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.demo import DEMO_ACCOUNTS


class PortalBackend(AuthenticationBackend):
    """Accounts by user name or e-mail address, without the demo accounts wherever those are not allowed.

    Django asks on every request, not only at login, so a session opened elsewhere ends here too.
    """

    def user_can_authenticate(self, user):
        if not settings.DEMO_ACCOUNTS_ALLOWED and user.get_username() in DEMO_ACCOUNTS:
            return False
        return super().user_can_authenticate(user)

    def get_all_permissions(self, user_obj, obj=None):
        """Return what ``user_obj`` may do: whoever is staff no longer may do nothing, whatever their groups say."""
        return super().get_all_permissions(user_obj, obj) if user_obj.is_staff else set()
