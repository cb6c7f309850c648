"""Who may see the pages of a country, and how everybody else is answered."""

import logging
from datetime import date
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from bilingual.api.limits import PerAddress, refused
from focalpoints.answering import Respondent
from focalpoints.models import ConfirmationRequest, Refusal
from partners.models import NationalFocalPoint
from roadmap.calendar import session_periods
from roadmap.models import Period

# One line for each link that opens something and each that does not; neither the link nor its reader stands there.
log = logging.getLogger("focalpoints.access")

OPENED = "confirmations"  # in the session: the requests whose links were opened in this browser
MOST_OPENED = 20
# What is gone was there; what is unknown or not opened yet is not.
_GONE = (Refusal.WITHDRAWN, Refusal.EXPIRED, Refusal.OUT_OF_OFFICE, Refusal.OTHER_ADDRESS)


class NotOpenError(Exception):
    """A page that does not open for this reader, with the answer that tells why."""

    def __init__(self, response: HttpResponse):
        super().__init__()
        self.response = response


class PersonalPage(View):
    """A page for one focal point: kept by nobody and found by no search engine."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = refused(request, PerAddress()) if request.method == "POST" else None
            response = response or super().dispatch(request, *args, **kwargs)
        except NotOpenError as error:
            response = error.response
        return only_for_its_reader(response)

    def render(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        return render(self.request, template, {"section": "countries", **context}, status=status)


def only_for_its_reader(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches and search engines.

    What a browser tells of the page before stays as on every page: without any, it would name no origin with a form
    that it sends, and Django refuses such forms.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def not_open(request: HttpRequest, why: Refusal) -> NotOpenError:
    """Return the refusal of a link, as a page that tells what to do, and log it."""
    log.info("refused reason=link_%s", why.value)
    context = {"section": "countries", "why": why, "heading": why.label}
    return NotOpenError(render(request, "focalpoints/refused.html", context, status=410 if why in _GONE else 404))


class ByLink:
    """Whoever opened the link of a request in this browser; it is looked at anew at every step."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def asked(self) -> ConfirmationRequest:
        """The request. Raises `NotOpenError` for one that was not opened here or opens no more."""
        if self.kwargs["number"] not in self.request.session.get(OPENED, []):
            raise not_open(self.request, Refusal.NOT_OPENED)
        found = ConfirmationRequest.objects.select_related("country", "meeting", "focal_point__country")
        asked = found.filter(pk=self.kwargs["number"]).first()
        why = asked.refusal_on(timezone.localdate()) if asked else Refusal.UNKNOWN
        if why or asked is None:
            raise not_open(self.request, why or Refusal.UNKNOWN)
        return asked

    @property
    def respondent(self) -> Respondent:
        assert self.asked.focal_point is not None  # noqa: S101 -- without one, `asked` refuses
        return Respondent(self.asked.focal_point, request=self.asked)

    @property
    def period(self) -> Period | None:
        return self.asked.period


class ByAccount:
    """A focal point in office who is signed in."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def respondent(self) -> Respondent:
        """Who asks. Raises `NotOpenError` for anybody else: to the login, or to a page that says whose this is."""
        focal_point = focal_point_of(self.request, timezone.localdate())
        return Respondent(focal_point, user=self.request.user)

    @cached_property
    def period(self) -> Period | None:
        """The period of the address. Raises ``Http404`` where there is none of that number."""
        periods = {each.number: each.period for each in session_periods()}
        if self.kwargs["number"] not in periods:
            raise Http404
        return periods[self.kwargs["number"]]


def focal_point_of(request: HttpRequest, day: date) -> NationalFocalPoint:
    """Return the focal point in office whom the reader is. Raises `NotOpenError` for anybody else."""
    if not request.user.is_authenticated:
        raise NotOpenError(redirect_to_login(request.get_full_path()))
    terms = NationalFocalPoint.objects.in_office_of(request.user, day).select_related("country")
    if (focal_point := terms.first()) is None:
        raise NotOpenError(render(request, "focalpoints/not_in_office.html", {"section": "countries"}, status=404))
    return focal_point
