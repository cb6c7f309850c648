"""The gate's own views: signing in with a second factor where one is asked for, and the account page."""

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import add_query_params
from allauth.mfa.totp import views as totp
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.duties import duties_of
from accounts.next_page import next_page
from accounts.second_factor import awaits_second_factor, has_second_factor, needs_second_factor


class SignInView(account.LoginView):
    """The one door. Staff who have yet to set up a second factor are led to do so."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not awaits_second_factor(request):
            return super().dispatch(request, *args, **kwargs)
        if not has_second_factor(request.user):
            return _on_to(request, "mfa_activate_totp")
        # The session is older than the second factor: whoever opened it has never shown one.
        get_adapter().logout(request)
        return _on_to(request, "account_login")


class SetUpSecondFactorView(totp.ActivateTOTPView):
    """Set up an app that shows codes. The first code counts as the second factor of this session."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response

    def get_success_url(self) -> str:
        return _with_next(self.request, super().get_success_url())

    def get_context_data(self, **kwargs) -> dict:
        is_asked_for = needs_second_factor(self.request.user)
        return super().get_context_data(**kwargs, is_asked_for=is_asked_for)


class AccountView(LoginRequiredMixin, TemplateView):
    """Who the reader is to the portal, and what they may do and see."""

    template_name = "account/account.html"

    def get_context_data(self, **kwargs) -> dict:
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            duties=duties_of(user, timezone.localdate()),
            has_second_factor=has_second_factor(user),
            needs_second_factor=needs_second_factor(user),
        )


def _on_to(request: HttpRequest, page: str) -> HttpResponse:
    return redirect(_with_next(request, reverse(page)))


def _with_next(request: HttpRequest, address: str) -> str:
    wanted = next_page(request)
    return add_query_params(address, {REDIRECT_FIELD_NAME: wanted}) if wanted else address
