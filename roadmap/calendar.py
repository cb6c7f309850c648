"""Where a day stands between the sessions of COMCEC, which alone cut the programme's time into periods."""

from dataclasses import dataclass
from datetime import date, timedelta

from roadmap.models import Meeting, MeetingKind, Period


@dataclass(frozen=True)
class SessionPeriod:
    """The days from one session to the next; ``after`` is ``None`` while the next one's dates are not known."""

    period: Period
    before: Meeting
    after: Meeting | None


def session_period(day: date, *, today: date) -> SessionPeriod | None:
    """Return the period in which ``day`` lies; a period without a known end runs until ``today``.

    ``None`` where a session that bounds it is not stored: a period must not swallow the one beside it.
    """
    sessions = Meeting.objects.filter(kind=MeetingKind.SESSION, end__isnull=False)
    before = sessions.filter(end__lt=day).order_by("-end").first()
    after = sessions.filter(end__gte=day).order_by("end").first()
    if before is None or (after and after.number != before.number + 1):
        return None
    start = before.end + timedelta(days=1)
    return SessionPeriod(Period(start, after.end if after else max(day, today)), before, after)
