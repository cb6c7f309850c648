"""Pages of recovery codes, where the codes cannot be read."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let ``view`` lead to the account page, which says why, where no key opens the codes (`accounts.sealing`)."""

    @wraps(view)
    def reading(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("account")

    return reading
