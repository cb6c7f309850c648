"""Activities that may be one activity entered twice: held on the same days, under a title that is nearly the same."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from activities.models import Activity
from bilingual.search import fold
from bilingual.text import Bilingual

_IS_CLOSE = 0.75
_MOST_COMPARED = 200  # activities of the same days; more of them share a day only in a test
_MOST_SHOWN = 5


def similar_to(activity: Activity) -> list[Activity]:
    """Return what is close to ``activity``, which need not be saved: on a common day, with a title folded alike.

    The closest come first, five at most; one query. Without days or a title nothing can be close.
    """
    if not (activity.start_date and activity.end_date and activity.titles) or activity.end_date < activity.start_date:
        return []
    common = Activity.objects.filter(start_date__lte=activity.end_date, end_date__gte=activity.start_date)
    others = common.exclude(pk=activity.pk).select_related("kind").order_by("-code")[:_MOST_COMPARED]
    close = [(closeness(activity.titles, other.titles), other) for other in others]
    found = sorted((row for row in close if row[0] >= _IS_CLOSE), key=lambda row: (-row[0], row[1].code))
    return [other for _closeness, other in found[:_MOST_SHOWN]]


def closeness(one: Bilingual, other: Bilingual) -> float:
    """Return how close two titles are, from 0 to 1: in the language in which they are closest."""
    return max(_ratios(one, other), default=0.0)


def _ratios(one: Bilingual, other: Bilingual) -> Iterator[float]:
    for language in ("ar", "en"):
        first, second = (_letters(titles.in_(language)) for titles in (one, other))
        if first and second:
            yield SequenceMatcher(None, first, second, autojunk=False).ratio()


def _letters(title: str) -> str:
    """A title without what writers vary: forms of letters, marks, punctuation and spaces."""
    return "".join(character for character in fold(title)[:300] if character.isalnum())
