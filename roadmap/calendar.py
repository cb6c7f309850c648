"""Where a day stands between the sessions of COMCEC, which alone cut the programme's time into periods."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from roadmap.models import Meeting, MeetingKind, Period


@dataclass(frozen=True)
class SessionPeriod:
    """The days from one session to the next; ``after`` is ``None`` while the next one's dates are not known."""

    period: Period
    before: Meeting
    after: Meeting | None

    @property
    def number(self) -> int:
        """The number of the session that ends the period, held or not."""
        return self.before.number + 1


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


def session_periods() -> list[SessionPeriod]:
    """Return every period that `session_period` can return, the earliest first, in one query.

    The running one ends with the last day there is, since whatever is planned lies in it until a session is entered.
    """
    sessions = list(Meeting.objects.filter(kind=MeetingKind.SESSION, end__isnull=False).order_by("end", "number"))
    bounds = [*pairwise(sessions), *((each, None) for each in sessions[-1:])]
    return [
        SessionPeriod(Period(before.end + timedelta(days=1), after.end if after else date.max), before, after)
        for before, after in bounds
        if after is None or (after.number == before.number + 1 and after.end > before.end)
    ]
