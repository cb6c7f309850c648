"""Who may sign in."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.conf import settings

from accounts.demo import DEMO_ACCOUNTS


class PortalBackend(AuthenticationBackend):
    """Accounts by user name or e-mail address, without the demo accounts wherever those are not allowed.

    Django asks on every request, not only at login, so a session opened elsewhere ends here too.
    """

    def _authenticate(self, request, **credentials):
        """Look at the password of one account, or of none: allauth hashes twice for an e-mail address that is known.

        Whoever shares an address with another account signs in by user name.
        """
        user = self._account_of(credentials.get("username") or "", credentials.get("email") or "")
        return self._check_password(user, credentials["password"])

    def _account_of(self, username, email):
        """Return the account, or none: both are always looked for, so that no time tells that a name is known."""
        named = get_user_by_username(username) if username else None
        addressed = filter_users_by_email(email or username, for_login=True)
        return named or (addressed[0] if len(addressed) == 1 else None)

    def user_can_authenticate(self, user):
        if not settings.DEMO_ACCOUNTS_ALLOWED and user.get_username() in DEMO_ACCOUNTS:
            return False
        return super().user_can_authenticate(user)

    def get_all_permissions(self, user_obj, obj=None):
        """Return what ``user_obj`` may do: whoever is staff no longer may do nothing, whatever their groups say."""
        return super().get_all_permissions(user_obj, obj) if user_obj.is_staff else set()
