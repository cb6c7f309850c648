"""The forms of the gate: allauth's, with our words, inputs that fit what is typed, and a length to what is sent."""

from typing import Any

from allauth.account import forms as account
from allauth.account.fields import PasswordField
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("User name or e-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
}
# What browsers should know of each field. Everything here is written from left to right, in Arabic pages too.
_INPUTS = {
    "login": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    "code": {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
}
LONGEST = {"login": 254, "email": 254, "code": 40}
LONGEST_PASSWORD = 1000  # hashing is slow on purpose, and its input is no reason to make it slower

# Said by allauth; named here so that our catalogue has its Arabic, which allauth's spells with a mark of direction.
PASSWORDS_DIFFER = _("You must type the same password each time.")
PASSWORD_RULES = _(
    "At least twelve characters, not only digits, and not a password that many people have. Several words that have "
    "nothing to do with each other are easy to keep in mind and hard to guess."
)


class OurWords:
    """Labels and inputs of the portal for a form of allauth's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            dress(name, field)


def dress(name: str, field: forms.Field) -> None:
    """Give ``field`` its label, its explanation and an input that browsers understand."""
    field.label = LABELS.get(name, field.label)
    field.help_text = PASSWORD_RULES if name == "password1" else ""
    longest = LONGEST_PASSWORD if isinstance(field, PasswordField) else LONGEST.get(name)
    if longest and isinstance(field, forms.CharField):
        field.max_length = longest
        field.validators.append(forms.fields.validators.MaxLengthValidator(longest))
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"dir": "ltr", **({"maxlength": longest} if longest else {}), **_INPUTS.get(name, {})}


class SignInForm(OurWords, account.LoginForm):
    """Who comes in: by user name or e-mail address, and password."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """Another password, by somebody who knows the present one."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A password for somebody who signs in by OpenID Connect and has none."""


class InvitedForm(OurWords, account.SetPasswordForm):
    """The first password of somebody who was invited."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """Where to send the link by which a new password is set."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """The new password of somebody who came by that link."""


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class CodeForm(OurWords, second_factor.AuthenticateForm):
    """The code of the second factor, when signing in."""


class ConfirmCodeForm(OurWords, second_factor.ReauthenticateForm):
    """The code of the second factor, before something that matters."""


class FirstCodeForm(OurWords, totp.ActivateTOTPForm):
    """The first code, which shows that the app has the secret."""
