"""The addresses of the gate: of allauth's, those that this portal needs, and no others."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as office
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import path, re_path
from django.views.generic import RedirectView, TemplateView

from accounts import views
from accounts.invitation_views import InvitationView
from accounts.oidc import answered
from accounts.recovery import readable

urlpatterns = [
    path("", views.AccountView.as_view(), name="account"),
    path("login/", views.SignInView.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # allauth leads here whoever looks for a way to sign up.
    path("by-invitation/", TemplateView.as_view(template_name="account/by_invitation.html"), name="account_signup"),
    path("invitation/<str:token>/", InvitationView.as_view(), name="invitation"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,100})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-factor/", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("second-factor/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", views.SetUpSecondFactorView.as_view(), name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/recovery/", readable(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-factor/recovery/new/",
        readable(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery/file/",
        readable(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    # There are no such pages where no issuer is configured.
    path("oidc/<slug:provider_id>/login/", answered(openid_connect.login), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", answered(openid_connect.callback), name="openid_connect_callback"),
    path("oidc/cancelled/", office.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/failed/", office.login_error, name="socialaccount_login_error"),
]
