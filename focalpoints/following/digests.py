"""What readers are told: the news of the activities they follow, each activity once, under what they follow.

What is read is read once for any number of readers (`activities.news`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from activities.models.links import TO_COUNTRIES, TO_INSTITUTIONS, pairs
from activities.news import ActivityNews, Change, NewsItem
from focalpoints.models import Follow, Subscription
from partners.models import Country

MOST = 12  # activities told under one heading; the page that is followed has the rest
# What leads under a heading: what cannot wait, then what is new.
_RANKS = {change: rank for rank, change in enumerate(Change)}


@dataclass(frozen=True)
class Section:
    """One thing that is followed, with its news; ``more`` counts those left out."""

    target: Any
    items: Sequence[NewsItem]
    more: int


@dataclass(frozen=True)
class Digest:
    """What one reader is told at one time. It is false when there is nothing to tell."""

    subscription: Subscription
    until: datetime
    sections: Sequence[Section]

    def __bool__(self) -> bool:
        return bool(self.sections)

    @property
    def total(self) -> int:
        """How many activities have news."""
        return sum(len(section.items) + section.more for section in self.sections)


class Digests:
    """The digests of some readers, until one moment."""

    def __init__(self, readers: Iterable[Subscription], until: datetime) -> None:
        self.until = until
        self._told = {each.user_id: each.told_until for each in readers}
        self._follows = self._read_follows()
        begun = [self._since(each) for follows in self._follows.values() for each in follows]
        self._news = ActivityNews(min(begun, default=until), until)
        self._links = {
            "country": self._linked(TO_COUNTRIES),
            "institution": self._linked(TO_INSTITUTIONS),
        }

    def of(self, subscription: Subscription) -> Digest:
        """Return what to tell the reader of ``subscription``, one of those this was made for."""
        seen: set[int] = set()
        sections = [self._section(each, seen) for each in self._follows[subscription.user_id]]
        return Digest(subscription, self.until, [section for section in sections if section.items])

    def _read_follows(self) -> dict[int, list[Follow]]:
        found: dict[int, list[Follow]] = defaultdict(list)
        follows = Follow.objects.filter(user__in=self._told).select_related(
            "area__roadmap", "country", "institution__seat"
        )
        for each in follows.order_by("pk"):
            found[each.user_id].append(each)
        return found

    def _since(self, follow: Follow) -> datetime:
        return max(self._told[follow.user_id], follow.since)

    def _linked(self, ways: Any) -> dict[str, set[int]]:
        keys = defaultdict(set)
        for key, code in pairs(self._news.found, ways):
            keys[code].add(key)
        return keys

    def _section(self, follow: Follow, seen: set[int]) -> Section:
        since = self._since(follow)
        keys = self._about(follow, since) - seen
        items = [item for key in keys if (item := self._news.of(key, since))]
        seen.update(item.activity.pk for item in items)
        items.sort(key=_order)
        return Section(follow.target, items[:MOST], len(items[MOST:]))

    def _about(self, follow: Follow, since: datetime) -> set[int]:
        """The keys of the activities that have to do with what is followed, as its page lists them."""
        activities = self._news.activities
        if follow.area_id:
            return {key for key, each in activities.items() if each.area_id == follow.area_id}
        if follow.country:
            return self._links["country"].get(follow.country.code, set()) | self._open_to(follow.country, since)
        return self._links["institution"].get(follow.target.code, set())

    def _open_to(self, country: Country, since: datetime) -> set[int]:
        """Those for which its people could register, whether or not it has anything else to do with them."""
        day = timezone.localdate(since)
        return {
            key
            for key, each in self._news.activities.items()
            if each.registration_until and each.registration_until >= day and each.is_open_to(country)
        }


def _order(item: NewsItem) -> tuple[Any, ...]:
    activity = item.activity
    begins = activity.start_date.toordinal() if activity.start_date else 0
    return min(_RANKS[change] for change in item.changes), not begins, begins, activity.code
