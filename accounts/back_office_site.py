"""The back office has no door of its own: whoever signs in or out of it does so at the portal's gate."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.next_page import next_page


class BackOffice(AdminSite):
    """The admin for staff who passed the gate, second factor and all (`accounts.second_factor`)."""

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead on: to the gate, to the page that was asked for, or, those who have no place here, to their account."""
        wanted = next_page(request)
        if self.has_permission(request):
            return redirect(wanted or "admin:index")
        if request.user.is_authenticated:
            told = _("The back office is for the programme’s staff. Your account opens what follows.")
            messages.info(request, told)
            return redirect("account")
        return redirect_to_login(wanted or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Sign out, at the gate."""
        from allauth.account.views import logout

        return logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Lead to where everybody changes their password."""
        return redirect("account_change_password")
