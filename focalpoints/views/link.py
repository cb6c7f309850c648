"""A link from an e-mail, exchanged for a page whose address holds no secret."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from bilingual.api.limits import PerAddress, refused
from focalpoints.models import ConfirmationRequest, Refusal
from focalpoints.views.access import MOST_OPENED, OPENED, NotOpenError, log, not_open, only_for_its_reader


class LinkView(View):
    """Opens the request of a link in this browser. Looking changes nothing: mail programs open links by themselves."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = refused(request, PerAddress()) or super().dispatch(request, *args, **kwargs)
        return only_for_its_reader(response)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            asked = _asked_by(request, token)
        except NotOpenError as error:
            return error.response
        if not request.user.is_authenticated:
            request.session.set_expiry(0)  # on a computer that others use, it ends with the browser
        request.session.cycle_key()  # nobody who knew this session before comes in with it
        opened = [key for key in request.session.get(OPENED, []) if key != asked.pk]
        request.session[OPENED] = [*opened, asked.pk][-MOST_OPENED:]
        log.info("opened link request=%d", asked.pk)
        return HttpResponseRedirect(reverse("linked_entries", args=[asked.pk]))


def _asked_by(request: HttpRequest, token: str) -> ConfirmationRequest:
    """The request of a link. Raises `NotOpenError` for one that opens nothing."""
    try:
        asked: ConfirmationRequest = ConfirmationRequest.objects.by_token(token)
    except ConfirmationRequest.DoesNotExist as error:
        raise not_open(request, Refusal.UNKNOWN) from error
    if why := asked.refusal_on(timezone.localdate()):
        raise not_open(request, why)
    return asked
