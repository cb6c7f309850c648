"""Why a request could not be answered: which parameter, and what to do about it, in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, MethodNotAllowed, NotFound, Throttled
from rest_framework.response import Response
from rest_framework.views import exception_handler

from bilingual.api.limits import wait
from bilingual.text import Bilingual, in_both


@dataclass(frozen=True)
class Reason:
    """What is wrong, and with which parameter if with one."""

    message: Bilingual
    parameter: str | None = None


class UnreadableError(APIException):
    """The address asks for something in a way that cannot be read."""

    status_code = 400

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = list(reasons)
        super().__init__()


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer what a view raised; ``None`` leaves a failure of ours to the site."""
    if isinstance(error, SuspiciousOperation):  # more parameters than anybody types
        error = UnreadableError([Reason(in_both(lambda: _("This request could not be read: shorten its address.")))])
    response = exception_handler(error, context)
    if response is not None:
        response.data = told(_reasons(error))
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = "ar, en"
    return response


def told(reasons: Iterable[Reason]) -> dict[str, Any]:
    """Return the body of a refusal."""
    errors = [
        {"parameter": each.parameter, "message": {"ar": each.message.ar, "en": each.message.en}} for each in reasons
    ]
    return {"errors": errors}


def _reasons(error: Exception) -> list[Reason]:
    match error:
        case UnreadableError():
            return error.reasons
        case MethodNotAllowed():
            return [Reason(in_both(lambda: _("This can only be read: use GET.")))]
        case Throttled():
            return [Reason(in_both(lambda: wait(int(error.wait or 1))))]
        case NotFound() | Http404():
            return [Reason(in_both(lambda: _("There is nothing at this address, or it is not published.")))]
    return [Reason(in_both(lambda: _("This request could not be answered.")))]
