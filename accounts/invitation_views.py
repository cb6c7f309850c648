"""The page that the link of an invitation opens."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts import invitations
from accounts.access_log import note
from accounts.forms import InvitedForm
from accounts.invitations import Refusal, Refused


class InvitationView(View):
    """Shows what the invitation is for and asks for a password; who has an account signs in and accepts with it."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            self.invitation = invitations.read(token)
            self.owner = invitations.account_for(self.invitation)
            return super().dispatch(request, token)
        except Refused as refused:
            note("refused", reason=f"invitation_{refused.reason.value}")
            status = 404 if refused.reason is Refusal.FORGED else 410
            return render(request, "account/invitation_refused.html", {"reason": refused.reason.value}, status=status)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(self._form())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if self.owner:
            return self._accept_with_own(token)
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form)
        user = form.user
        user.set_password(form.cleaned_data["password1"])
        invitations.accept(token, user)
        self._sign_in(user)
        return self._welcome()

    def _accept_with_own(self, token: str) -> HttpResponse:
        if self.request.user != self.owner:
            return self._page(None)
        invitations.accept(token, self.owner)
        return self._welcome()

    def _sign_in(self, user) -> None:
        if self.request.user.is_authenticated:
            get_adapter().logout(self.request)
        record_authentication(self.request, user, method="password")
        get_adapter().login(self.request, user)
        self.request.session.set_expiry(0)

    def _welcome(self) -> HttpResponse:
        messages.success(self.request, _("Welcome. This page tells what you may do, now and at any time."))
        return redirect("account")

    def _form(self, data=None) -> InvitedForm | None:
        return None if self.owner else InvitedForm(data=data, user=invitations.new_account(self.invitation))

    def _page(self, form: InvitedForm | None) -> HttpResponse:
        told = {
            "invitation": self.invitation,
            "form": form,
            "is_theirs": self.request.user == self.owner,
            "former_term": invitations.other_term(self.invitation, self.owner),
        }
        return render(self.request, "account/invitation.html", told)
