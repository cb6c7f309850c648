"""What is new about the activities that readers see, told from their history.

An activity as it was at one moment is compared with what it is at a later one; what came and went between the two is
no news. Nothing is told of what readers may not see now, whatever it was before.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from activities.models import Activity, ActivityStatus, Participation, PublicationState
from activities.models.queries import ActivityQuerySet
from bilingual.changes import ADDED, REMOVED

CLOSING_DAYS = 14  # so long before its last day a registration is told of, in two weekly digests at most


class Change(StrEnum):
    """What can be new about an activity."""

    CLOSING = "closing"  # one can register for a few days more
    NEW = "new"  # it was not published before
    STATUS = "status"
    DATES = "dates"
    REGISTRATION = "registration"
    FIGURES = "figures"  # how many took part is known now


@dataclass(frozen=True)
class State:
    """What is news about an activity when it changes, as it was at one moment."""

    is_public: bool = False
    status: str | None = None
    start: date | None = None
    end: date | None = None
    registration_until: date | None = None
    headcount: int | None = None
    headcount_standing: str = ""

    @property
    def tells_headcount(self) -> bool:
        """Whether it was held and how many took part was known."""
        return self.status == ActivityStatus.HELD and self.headcount is not None


@dataclass(frozen=True)
class NewsItem:
    """An activity with what is new about it; ``before`` and ``after`` say what it was and what it became."""

    activity: Activity
    before: State
    after: State
    changes: tuple[Change, ...]


class _Timeline:
    """What the history of one record says, the oldest first."""

    def __init__(self) -> None:
        self._moments: list[datetime] = []
        self._values: list[Any] = []
        self._begins_whole = False

    def add(self, moment: datetime, sort: str, value: Any) -> None:
        self._begins_whole = self._begins_whole or (not self._moments and sort == ADDED)
        self._moments.append(moment)
        self._values.append(None if sort == REMOVED else value)

    def at(self, moment: datetime) -> Any:
        """Return the value at ``moment``, ``None`` for none. What is older than the history was as that first says."""
        place = bisect_right(self._moments, moment)
        if place or self._begins_whole:
            return self._values[place - 1] if place else None
        return self._values[0] if self._values else None


class ActivityNews:
    """What is new about all listed activities until a moment, since any moment from ``earliest`` on.

    Read once, in a number of queries that depends on nothing, for any number of readers.
    """

    def __init__(self, earliest: datetime, until: datetime) -> None:
        self.until = until
        self.day = timezone.localdate(until)
        self.found: ActivityQuerySet = self._found(earliest)
        self.activities = {each.pk: each for each in self.found.select_related("kind", "participation")}
        self._states = self._timelines(
            Activity, "id", ("state", "status", "start_date", "end_date", "registration_until"), earliest
        )
        self._counts = self._timelines(Participation, "activity_id", ("headcount", "headcount_standing"), earliest)

    def of(self, key: int, since: datetime) -> NewsItem | None:
        """Return what is new since ``since`` about the activity with this key, ``None`` for nothing."""
        activity = self.activities[key]
        before, after = self._state(key, since), self._state(key, self.until)
        changes = tuple(self._changes(activity, before, after))
        return NewsItem(activity, before, after, changes) if changes else None

    def _found(self, earliest: datetime) -> Any:
        said = {"history_date__gt": earliest, "history_date__lte": self.until}
        last = self.day + timedelta(days=CLOSING_DAYS)
        closing = Activity.objects.open_for_registration(self.day).filter(registration_until__lte=last)
        return Activity.objects.listed().filter(
            Q(pk__in=_versions(Activity).filter(**said).values("id"))
            | Q(pk__in=_versions(Participation).filter(**said).values("activity_id"))
            | Q(pk__in=closing.order_by().values("pk"))
        )

    def _timelines(self, model: Any, key: str, told: tuple[str, ...], earliest: datetime) -> dict[int, _Timeline]:
        """Return by activity what changed after ``earliest``, and what was so then."""
        own = _versions(model).filter(**{f"{key}__in": self.found.order_by().values("pk")})
        at_first = own.filter(history_date__lte=earliest).order_by().values("id").annotate(last=Max("history_id"))
        wanted = own.filter(Q(history_date__gt=earliest) | Q(pk__in=at_first.values("last")))
        rows = wanted.filter(history_date__lte=self.until).order_by("history_date", "history_id")
        timelines: dict[int, _Timeline] = defaultdict(_Timeline)
        for activity, moment, sort, *values in rows.values_list(key, "history_date", "history_type", *told):
            timelines[activity].add(moment, sort, values)
        return timelines

    def _state(self, key: int, moment: datetime) -> State:
        said = self._states[key].at(moment) if key in self._states else None
        counted = self._counts[key].at(moment) if key in self._counts else None
        if said is None:
            return State()
        state, *facts = said
        return State(state == PublicationState.PUBLISHED, *facts, *(counted or ()))

    def _changes(self, activity: Activity, before: State, after: State) -> Any:
        if self._is_closing(activity):
            yield Change.CLOSING
        if not after.is_public:  # published since ``until``: it is for the next time
            return
        if not before.is_public:
            yield Change.NEW
            return
        if after.status != before.status:
            yield Change.STATUS
        if after.start and (after.start, after.end) != (before.start, before.end):
            yield Change.DATES
        if after.registration_until != before.registration_until and activity.is_open_for_registration(self.day):
            yield Change.REGISTRATION
        if after.tells_headcount and not before.tells_headcount:
            yield Change.FIGURES

    def _is_closing(self, activity: Activity) -> bool:
        last = activity.registration_until
        is_open = activity.is_open_for_registration(self.day)
        return bool(is_open and last and last <= self.day + timedelta(days=CLOSING_DAYS))


def _versions(model: Any) -> QuerySet[Any]:
    versions: QuerySet[Any] = model.versions.all()
    return versions
