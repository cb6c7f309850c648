"""What every filter is: how the database narrows, what an activity's values are, and their names.

A filter says the same thing twice, since `activities.selection` asks the database and `activities.index` counts
without it; a test compares the two.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from activities.models.queries import ActivityQuerySet
from bilingual.templatetags.bilingual import in_either
from bilingual.text import Bilingual


@dataclass(frozen=True)
class Option:
    """A value that a filter offers, and its name."""

    value: str
    label: Bilingual | Promise | str
    number: int | None = None  # of a cooperation area

    @property
    def html(self) -> SafeString:
        """The name as pages of the active language show it."""
        named = isinstance(self.label, Bilingual)
        name = in_either(self.label) if named else format_html("<bdi>{}</bdi>", capfirst(self.label))
        return format_html('<span class="option-number">{}</span> {}', self.number, name) if self.number else name


class Filter:
    """A filter by the values of some columns."""

    is_long = False  # a long one is folded away until a reader opens it

    def __init__(self, name: str, label: Promise, *columns: str) -> None:
        self.name = name
        self.label = label
        self.columns = columns or (name,)

    def narrow(self, activities: ActivityQuerySet, values: Sequence[str]) -> ActivityQuerySet:
        """Return the activities that have one of ``values``, by the database."""
        return activities.filter(**{f"{self.columns[0]}__in": values})

    def reader(self) -> Callable[..., Iterable[str]]:
        """Return how what stands in the columns of an activity is read as its values."""
        return lambda cell: () if cell is None else (str(cell),)

    def options(self, present: Collection[str]) -> Iterator[Option]:
        """Yield the values with their names, in the order readers expect: those ``present``, or more."""
        return (Option(value, value) for value in sorted(present, reverse=True))

    def in_order(self, options: Sequence[Option]) -> Sequence[Option]:
        """Return the options as readers of the active language expect them to stand."""
        return options
