"""What the gate does differently from allauth: nobody signs up, all is logged, a message that fails is no error."""

import logging
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.access_log import note
from accounts.sealing import SealBrokenError, seal, unseal
from accounts.second_factor import signed_in_just_now

log = logging.getLogger(__name__)

# One answer to every wrong pair, whether the name, the address or the password is wrong.
MISMATCH = _("This name and password do not belong together. Look at both, and at the language of your keyboard.")
TOO_MANY = _(
    "There were too many wrong passwords, so none is looked at for a quarter of an hour. If you cannot wait, "
    "set a new password by e-mail: that lets you in at once."
)


def name_of(user: User) -> str:
    """Return how the pages address ``user``."""
    return user.get_full_name() or user.get_username()


class GateAdapter(DefaultAccountAdapter):
    """Accounts of the portal. They begin with an invitation, or with an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "too_many_login_attempts": TOO_MANY,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your current password."),
        "rate_limited": _("There were too many attempts. Go on in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the refusal called ``code``, and log it: allauth asks here for each of them."""
        note("refused", reason=code)
        return super().validation_error(code, *args)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        note("signed-in", user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        note("signed-out", user)

    def set_password(self, user: User, password: str) -> None:
        """Save a new password; wrong ones that others tried before no longer keep its owner out."""
        super().set_password(user, password)
        for name in filter(None, (user.get_username(), user.email)):
            self._delete_login_attempts_cached_email(self.request, email=name)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        note("refused", user, "inactive")
        return super().respond_user_inactive(request, user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the reader's address; those whose address no proxy tells are counted as one."""
        return get_client_ip(request) or "unknown"

    def is_safe_url(self, url: str | None) -> bool:
        """Whether ``url`` is a page of this site. (allauth's own answer to ``http://[x`` is a failure.)"""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, self.request.is_secure())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, unless it was given within the last minutes."""
        return super().is_reauthentication_required(app=app, **kwargs) and not signed_in_just_now(self.request)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send a message. Where it cannot be sent, the log says so and the page says what it always says."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # errors of mail servers are of this sort, and hold addresses: their sort is logged
            log.error("A message could not be sent: %s, %s", template_prefix, type(error).__name__)
        else:
            note(f"sent {template_prefix.rpartition('/')[2]}", context.get("user"))

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Tell ``user``, and the log, that a password or second factor was changed."""
        note(template_prefix.rpartition("/")[2], user)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count attempts for one account as one, however its name is spelled and whichever host was asked."""
        name = credentials.get("email") or credentials.get("username") or ""
        return unicodedata.normalize("NFKC", name).casefold()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: a code of an app, or one of the codes kept for the day the telephone is lost."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or it has been used. Wait for the next one, and look whether the telephone’s "
            "clock is right."
        ),
        "unreadable_secret": _(
            "The second factor of your account can no longer be read, because the portal’s secret key was changed. "
            "Ask an administrator to remove it; then set up a new one."
        ),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        note("refused", reason=code)
        return super().validation_error(code, *args)

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises ``ValidationError`` for one that no key opens: nothing may be made up for it."""
        try:
            return unseal(encrypted_text)
        except SealBrokenError as error:
            log.error("A second factor cannot be read: SECRET_KEY was changed without SECRET_KEY_FALLBACKS")
            raise self.validation_error("unreadable_secret") from error
