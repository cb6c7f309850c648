"""Activities that may be one activity entered twice: on a common day, under a title that is nearly the same."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from activities.models import Activity
from bilingual.search import fold
from bilingual.states import LANGUAGES
from bilingual.text import Bilingual

_IS_CLOSE = 0.75
_MOST_COMPARED = 200  # activities of the same days; more of them share a day only in a test
_MOST_SHOWN = 5
_LETTERS_READ = 300


class Titles:
    """Compares titles: the rule that says which are close, for a form and for a whole list alike.

    Two titles are as close as they share pairs of neighbouring letters, from 0 to 1 (Dice's coefficient), in the
    language in which they are closest. Words in another order are close, and so is a word with a slip in it; forms
    of letters, marks, punctuation and spaces do not count.
    """

    def __init__(self) -> None:
        self._bits: dict[tuple[str, str], int] = {}

    def ready(self, titles: Bilingual) -> tuple[int, ...]:
        """Return ``titles`` as they are compared: for each language a number with a bit for each pair of letters."""
        return tuple(self._pairs(titles.in_(language)) for language in LANGUAGES)

    def closeness(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        """Return how close two titles are that were made ready here."""
        return max(_share(first, second) for first, second in zip(one, other, strict=True))

    def are_close(self, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Return whether two titles that were made ready here may be one."""
        return self.closeness(one, other) >= _IS_CLOSE

    def _pairs(self, title: str) -> int:
        letters = "".join(filter(str.isalnum, fold(title)[:_LETTERS_READ]))
        bits, known = 0, self._bits
        for pair in set(zip(letters, letters[1:] or letters, strict=False)):
            bits |= 1 << known.setdefault(pair, len(known))
        return bits


def similar_to(activity: Activity) -> list[Activity]:
    """Return what is close to ``activity``, which need not be saved: on a common day, with a title folded alike.

    The closest come first, five at most; one query. Without days or a title nothing can be close.
    """
    if not (activity.start_date and activity.end_date and activity.titles) or activity.end_date < activity.start_date:
        return []
    common = Activity.objects.filter(start_date__lte=activity.end_date, end_date__gte=activity.start_date)
    others = common.exclude(pk=activity.pk).select_related("kind").order_by("-code")[:_MOST_COMPARED]
    titles = Titles()
    own = titles.ready(activity.titles)
    close = [(titles.closeness(own, titles.ready(other.titles)), other) for other in others]
    found = sorted((row for row in close if row[0] >= _IS_CLOSE), key=lambda row: (-row[0], row[1].code))
    return [other for _closeness, other in found[:_MOST_SHOWN]]


def alike_in(activities: QuerySet[Any]) -> set[int]:
    """Return the keys of those of ``activities`` that are close to another of them; one query."""
    rows = activities.values_list("pk", "start_date", "end_date", "title_ar", "title_en")
    titles, found = Titles(), set()
    running: list[tuple[int, date, tuple[int, ...]]] = []
    for key, start, end, ar, en in sorted(rows, key=lambda row: row[1:3]):
        own = titles.ready(Bilingual(ar=ar or "", en=en or ""))
        running = [each for each in running if each[1] >= start]
        for other, _end, theirs in running:
            if titles.are_close(own, theirs):
                found |= {key, other}
        running.append((key, end, own))
    return found


def _share(one: int, other: int) -> float:
    return 2 * (one & other).bit_count() / (one.bit_count() + other.bit_count()) if one and other else 0.0
