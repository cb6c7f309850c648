"""What needs somebody today: selections of activities that have a name, for the start page and the list's filter.

A withdrawn activity needs nobody. Each selection is one queryset; only the look for duplicates reads titles, those of
activities that ended since the beginning of last year or are still to come.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from activities.models import Activity, CountryParticipation, Participation, PublicationState, Standing
from bilingual.search import fold
from bilingual.state_queries import Condition, with_texts_that_are
from bilingual.states import LANGUAGES, bilingual_fields
from bilingual.text import Bilingual

PENDING, OVERDUE, IN_REVIEW = "figures", "overdue", "in-review"
ONE_LANGUAGE, STALE = "one-language", "stale"
DISAGREE, DUPLICATES = "disagree", "duplicates"
KINDS = (PENDING, OVERDUE, IN_REVIEW, ONE_LANGUAGE, STALE, DISAGREE, DUPLICATES)

_IS_CLOSE = 0.75  # of the words of two titles, how many they share
_MOST_COMPARED = 5000
_WORD = re.compile(r"[^\W_]+")


def needing(kind: str, day: date) -> QuerySet[Any]:
    """Return the activities that need what ``kind``, one of ``KINDS``, says as of ``day``."""
    active: Any = Activity.objects.exclude(state=PublicationState.WITHDRAWN)
    match kind:
        case "figures":
            return active.held().filter(Q(participation=None) | Q(participation__headcount_standing=Standing.PENDING))
        case "overdue":
            return active.overdue(day)
        case "in-review":
            return active.filter(state=PublicationState.IN_REVIEW)
        case "one-language":
            return with_texts_that_are(active, Condition.MISSING, bilingual_fields(Activity), LANGUAGES)
        case "stale":
            return with_texts_that_are(active, Condition.STALE, bilingual_fields(Activity), LANGUAGES)
        case "disagree":
            return active.filter(_disagreeing())
        case "duplicates":
            return active.filter(pk__in=_alike(active, day))
    raise ValueError(kind)


def _disagreeing() -> Q:
    """Women and men, or the people of all countries, that do not add up to the headcount."""
    sexes = Participation.objects.filter(activity=OuterRef("pk"), women__isnull=False, men__isnull=False).exclude(
        headcount=F("women") + F("men")
    )
    rows = CountryParticipation.objects.filter(activity=OuterRef("activity"))
    people = rows.order_by().values("activity").annotate(people=Sum("count")).values("people")
    countries = (
        Participation.objects.filter(activity=OuterRef("pk"), headcount__isnull=False)
        .filter(Exists(rows), ~Exists(rows.filter(count=None)))
        .exclude(headcount=Subquery(people))
    )
    return Q(Exists(sexes.filter(headcount__isnull=False))) | Q(Exists(countries))


def _alike(active: Any, day: date) -> set[int]:
    """The keys of activities of the same days whose titles share most of their words."""
    recent = active.filter(end_date__gte=date(day.year - 1, 1, 1)).order_by("-end_date", "-pk")
    of_days: dict[tuple[date, date], list[Activity]] = {}
    for activity in recent.only("pk", "start_date", "end_date", "title_ar", "title_en")[:_MOST_COMPARED]:
        of_days.setdefault((activity.start_date, activity.end_date), []).append(activity)
    return {key for group in of_days.values() if len(group) > 1 for key in _close(group)}


def _close(group: list[Activity]) -> Iterator[int]:
    words = {
        activity.pk: [frozenset(_WORD.findall(fold(Bilingual.of(activity, "title").in_(each)))) for each in LANGUAGES]
        for activity in group
    }
    for one, other in combinations(words, 2):
        if any(_share(first, second) >= _IS_CLOSE for first, second in zip(words[one], words[other], strict=True)):
            yield one
            yield other


def _share(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first and second else 0.0
