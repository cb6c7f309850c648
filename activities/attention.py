"""What needs somebody today: selections of activities that have a name, for the start page and the list's filter.

A withdrawn activity needs nobody. Each selection is one queryset that an index answers, so that it costs what it finds
and not what there is. Only the look for duplicates reads titles, those of activities that ended since the beginning of
last year or are still to come.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from activities.duplicates import alike_in
from activities.models import Activity, Participation, PublicationState, Standing
from activities.models.participation import COUNTS_DISAGREE
from bilingual.state_queries import Condition, with_texts_that_are
from bilingual.states import LANGUAGES, bilingual_fields

PENDING, OVERDUE, IN_REVIEW = "figures", "overdue", "in-review"
ONE_LANGUAGE, STALE = "one-language", "stale"
DISAGREE, DUPLICATES = "disagree", "duplicates"
KINDS = (PENDING, OVERDUE, IN_REVIEW, ONE_LANGUAGE, STALE, DISAGREE, DUPLICATES)

_MOST_COMPARED = 1000


def needing(kind: str, day: date) -> QuerySet[Any]:
    """Return the activities that need what ``kind``, one of ``KINDS``, says as of ``day``."""
    active: Any = Activity.objects.exclude(state=PublicationState.WITHDRAWN)
    match kind:
        case "figures":
            return active.filter(pk__in=_without_a_headcount())
        case "overdue":
            return active.overdue(day)
        case "in-review":
            return active.filter(state=PublicationState.IN_REVIEW)
        case "one-language":
            return with_texts_that_are(active, Condition.MISSING, bilingual_fields(Activity), LANGUAGES)
        case "stale":
            return with_texts_that_are(active, Condition.STALE, bilingual_fields(Activity), LANGUAGES)
        case "disagree":
            return active.filter(pk__in=Participation.objects.filter(COUNTS_DISAGREE).values("activity"))
        case "duplicates":
            return active.filter(pk__in=alike_in(_recent(active, day)))
    raise ValueError(kind)


def _without_a_headcount() -> QuerySet[Any]:
    held = Activity.objects.held().order_by()
    pending = held.filter(participation__headcount_standing=Standing.PENDING).values("pk")
    return held.filter(participation=None).values("pk").union(pending, all=True)


def _recent(active: Any, day: date) -> QuerySet[Any]:
    return active.filter(end_date__gte=date(day.year - 1, 1, 1)).order_by("-end_date", "-pk")[:_MOST_COMPARED]
