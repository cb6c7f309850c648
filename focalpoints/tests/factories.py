"""Requests to confirm, and answers; a test says only what matters to it."""

from datetime import timedelta

from django.utils import timezone

from activities.models import Activity
from activities.tests.factories import make_activity
from focalpoints.answering import Respondent, answer
from focalpoints.facts import Entry
from focalpoints.models import Answer, ConfirmationRequest
from partners.models import Country, NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point
from roadmap.models import Meeting, MeetingKind
from roadmap.tests.factories import make_meeting


def make_session(number: int = 40) -> Meeting:
    """Return a session of COMCEC whose period is known: with the one before it."""
    sessions = Meeting.objects.filter(kind=MeetingKind.SESSION)
    for each in (number - 1, number):
        if not sessions.filter(number=each).exists():
            make_meeting(each)
    return sessions.get(number=number)


def make_request(focal_point: NationalFocalPoint | None = None, **said) -> ConfirmationRequest:
    """Return a request about the period of the 40th session, open for a month."""
    focal_point = focal_point or make_focal_point(email="focal.point@example.org")
    values = {"country": focal_point.country, "open_until": timezone.localdate() + timedelta(days=30)}
    if "meeting" not in said:
        said["meeting"] = make_session()
    return ConfirmationRequest.objects.create(focal_point=focal_point, **values | said)


def make_answer(activity: Activity | None = None, country: Country | None = None, **said) -> Answer:
    """Return an answer of ``country``, which hosted ``activity``: a confirmation, unless something is proposed."""
    country = country or (activity.venue_country if activity else None) or make_country()
    activity = activity or make_activity(venue_country=country)
    point = NationalFocalPoint.objects.filter(country=country).first() or make_focal_point(country=country)
    activity = Activity.objects.get(pk=activity.pk)
    return answer(activity.code, Respondent(point), Entry(activity, country).digest, **said)
