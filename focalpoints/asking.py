"""Asking focal points to confirm what is recorded of their countries: who can be asked, and who is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from activities.models import Activity
from activities.models.links import TO_COUNTRIES, pairs
from focalpoints.models import ConfirmationRequest, LetterState
from focalpoints.tasks import send_letter
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
    requests = ConfirmationRequest.objects.filter(meeting=meeting).open_on(day).select_related("focal_point")
    asked = {each.focal_point_id: each for each in requests.order_by("pk") if each.refusal_on(day) is None}
    points = NationalFocalPoint.objects.in_office_on(day).select_related("country").order_by("country__code", "pk")
    return [Candidate(point, entries[point.country.code], asked.get(point.pk)) for point in points]


@transaction.atomic
def ask(points: Iterable[NationalFocalPoint], meeting: Meeting, open_until: date, user: Any, known: int = 0) -> int:
    """Make a request to each of ``points`` and put its letter in line; return how many.

    ``known`` is the latest request that ``user`` saw (`latest_request`): whom somebody asked after that, be it by a
    second click, is not asked once more.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)  # one asks at a time
    unseen = ConfirmationRequest.objects.filter(meeting=meeting, pk__gt=known)
    asked_since = set(unseen.values_list("focal_point_id", flat=True))
    said = {"meeting": meeting, "open_until": open_until, "asked_by": user}
    requests = [
        ConfirmationRequest.objects.create(country=point.country, focal_point=point, **said)
        for point in points
        if point.pk not in asked_since
    ]
    return put_in_line(requests)


def latest_request() -> int:
    """Return the number of the request that was made last, 0 where none was."""
    return ConfirmationRequest.objects.aggregate(latest=Max("pk"))["latest"] or 0


@transaction.atomic
def put_in_line(requests: Iterable[ConfirmationRequest]) -> int:
    """Let a worker send each request its letter, or send it again; return how many.

    One that is being sent is left to the worker that does. One that waits already is still sent once.
    """
    free = ConfirmationRequest.objects.not_being_sent(timezone.now())
    number = 0
    for request in requests:
        if free.filter(pk=request.pk).update(letter=LetterState.WAITING, claimed_at=None):
            send_letter.enqueue(request.pk)
            number += 1
    return number
