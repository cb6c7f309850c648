"""What a reader asked the catalogue for, as a value: what the database finds for it, and its address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from activities.filters import FILTERS, Filter
from activities.models import Activity
from activities.models.queries import ActivityQuerySet


class Sort(TextChoices):
    """The order of what is found; an address does not name the first one."""

    DATE = "date", pgettext_lazy("sort by", "date")
    TITLE = "title", pgettext_lazy("sort by", "title")
    PARTICIPANTS = "participants", pgettext_lazy("sort by", "participants")


@dataclass(frozen=True)
class Selection:
    """Words to search for, for each filter the values of which an activity must have one, and an order.

    ``whole`` names the filters of which a reader wants to see every value.
    """

    words: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.DATE
    whole: tuple[str, ...] = ()

    @classmethod
    def read(cls, cleaned: Mapping[str, object]) -> "Selection":
        """Return what a checked form holds; a field that could not be read is not there, and asks for nothing."""
        values = {each.name: tuple(cleaned.get(each.name) or ()) for each in FILTERS}
        return cls(
            cleaned.get("q") or "",
            {name: chosen for name, chosen in values.items() if chosen},
            Sort(cleaned.get("sort") or Sort.DATE),
            tuple(cleaned.get("whole") or ()),
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.values)

    @property
    def size(self) -> int:
        """How many values are chosen, the words aside."""
        return sum(len(chosen) for chosen in self.values.values())

    def activities(self, *, apart_from: Filter | None = None) -> ActivityQuerySet:
        """Return what the database finds, or would if one filter were not set: what `activities.finding` counts."""
        found = Activity.objects.listed().matching(self.words)
        for each in FILTERS:
            if each is not apart_from and each.name in self.values:
                found = each.narrow(found, self.values[each.name])
        return found

    def without(self, name: str, value: str) -> "Selection":
        """Return the selection with one value less."""
        rest = tuple(each for each in self.values.get(name, ()) if each != value)
        values = {**self.values, name: rest}
        return replace(self, values={each: chosen for each, chosen in values.items() if chosen})

    def with_words(self, words: str) -> "Selection":
        """Return the selection with other words."""
        return replace(self, words=words)

    def sorted_by(self, sort: Sort) -> "Selection":
        """Return the same in another order."""
        return replace(self, sort=sort)

    def showing_all_of(self, name: str) -> "Selection":
        """Return the same with every value of a filter to be seen."""
        return replace(self, whole=(*self.whole, name))

    @property
    def canonical_query(self) -> str:
        """The query string that asks for this, without a page; the same one however it was asked for."""
        words = {"q": self.words} if self.words else {}
        sort = {"sort": self.sort} if self.sort != Sort.DATE else {}
        return urlencode({**words, **self.values, **sort}, doseq=True)

    @property
    def query(self) -> str:
        """The query string that asks for this and shows it as it is shown."""
        return "&".join(filter(None, [self.canonical_query, urlencode({"whole": self.whole}, doseq=True)]))

    @property
    def address(self) -> str:
        return f"?{self.query}" if self.query else "."
