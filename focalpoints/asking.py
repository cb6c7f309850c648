"""Asking focal points to confirm what is recorded of their countries: who can be asked, and the letters."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from activities.models import Activity
from activities.models.links import TO_COUNTRIES, pairs
from bilingual.addresses import portal_address
from focalpoints.models import ConfirmationRequest
from partners.models import NationalFocalPoint
from roadmap.models import Meeting, Period


@dataclass(frozen=True)
class Candidate:
    """A focal point in office, with the number of its country's entries, and the request that it has already."""

    focal_point: NationalFocalPoint
    entries: int
    asked: ConfirmationRequest | None

    @property
    def can_be_asked(self) -> bool:
        """Whether a letter can reach it and there is something to ask about."""
        return bool(self.focal_point.email and self.entries)

    @property
    def is_proposed(self) -> bool:
        """Whether the form offers to ask it: not a second time while its link opens."""
        return self.can_be_asked and self.asked is None


def candidates(meeting: Meeting, period: Period, day: date) -> list[Candidate]:
    """Return all focal points in office on ``day``, by country, in a number of queries that does not grow."""
    told = Activity.objects.listed().within(period)
    entries = Counter(code for _activity, code in pairs(told, TO_COUNTRIES))
    open_ones = ConfirmationRequest.objects.filter(meeting=meeting).open_on(day)
    asked = {request.focal_point_id: request for request in open_ones.order_by("pk")}
    points = NationalFocalPoint.objects.in_office_on(day).select_related("country").order_by("country__code", "pk")
    return [Candidate(point, entries[point.country.code], asked.get(point.pk)) for point in points]


def ask(points: Iterable[NationalFocalPoint], meeting: Meeting, open_until: date, user: Any) -> list[str]:
    """Make a request to each of ``points`` and send it its letter.

    Return whom a letter could not be sent to. Their requests are kept, unsent, so that they can be sent again.
    """
    requests = [
        ConfirmationRequest.objects.create(
            country=point.country, focal_point=point, meeting=meeting, open_until=open_until, asked_by=user
        )
        for point in points
    ]
    return send(requests)


def send(requests: Iterable[ConfirmationRequest]) -> list[str]:
    """Send each request its letter, one recipient to a message; return whom that failed for."""
    failed = []
    connection = get_connection()
    for request in requests:
        try:
            letter_of(request, connection).send()
        except OSError:  # what SMTP and files fail with; the address may be in the error, so it is not logged
            failed.append(str(request.focal_point))
        else:
            request.sent_at = timezone.now()
            request.save(update_fields=["sent_at"])
    return failed


def letter_of(request: ConfirmationRequest, connection: Any = None) -> EmailMessage:
    """Return the letter of a request, in the language of its focal point."""
    point = request.focal_point
    assert point is not None  # noqa: S101 -- who is asked again is looked for first
    with override(point.language):
        link = portal_address(reverse("confirm", args=[request.token]))
        context = {"request": request, "focal_point": point, "period": request.period, "link": link}
        subject = render_to_string("focalpoints/mail/subject.txt", context)
        body = render_to_string("focalpoints/mail/confirm.txt", context)
    answer_to = [request.asked_by.email] if request.asked_by and request.asked_by.email else []
    return EmailMessage(
        " ".join(subject.split()),
        body,
        to=[point.email],
        reply_to=answer_to,
        headers={"Content-Language": point.language},
        connection=connection,
    )
