"""What the start page of the back office counts, for one reader: only what their role may act on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.admin.filters import ATTENTION
from activities.attention import IN_REVIEW, KINDS, needing
from activities.models import Activity
from bilingual.state_queries import Condition
from focalpoints.admin.answers import MAY_DECIDE
from focalpoints.admin.requests import MAY_ASK, LetterFilter
from focalpoints.models import Answer, AnswerState, ConfirmationRequest
from reports.translating.kinds import kinds_for
from reports.translating.selection import Selection

MOST_COUNTED = 999
# What is said of texts that the translation desk lists.
TEXTS = {
    Condition.MISSING: _("%(kind)s: a text is missing in one language"),
    Condition.STALE: _("%(kind)s: a text is behind the other language"),
}


@dataclass(frozen=True)
class Line:
    """A number and the list it was counted from; ``is_capped`` where there are more."""

    label: str
    number: int
    is_capped: bool
    address: str


def what_needs(user: Any, day: date) -> list[Line]:
    """Return what needs ``user`` on ``day``, in a number of queries that does not grow with the records."""
    return [*_activities(user, day), *_corrections(user), *_letters(user, day), *_texts(user)]


def _activities(user: Any, day: date) -> list[Line]:
    if not user.has_perm("activities.change_activity"):
        return []
    may_publish = user.has_perm("activities.publish_activity")
    kinds = [kind for kind in KINDS if kind != IN_REVIEW or may_publish]
    return [_line(kind, day) for kind in kinds]


def _corrections(user: Any) -> list[Line]:
    if not user.has_perms(MAY_DECIDE):
        return []
    found = Answer.objects.open().order_by().values("pk")[: MOST_COUNTED + 1].count()
    page = f"{reverse('admin:focalpoints_answer_changelist')}?state__exact={AnswerState.OPEN}"
    return [_counted(gettext("corrections proposed by countries"), found, page)]


def _letters(user: Any, day: date) -> list[Line]:
    """Letters to countries that did not go, where there are any whose link would still open."""
    if not user.has_perm(MAY_ASK):
        return []
    in_need = ConfirmationRequest.objects.open_on(day).in_need(timezone.now())
    found = in_need.order_by().values("pk")[: MOST_COUNTED + 1].count()
    page = f"{reverse('admin:focalpoints_confirmationrequest_changelist')}?letter={LetterFilter.IN_NEED}"
    return [_counted(gettext("letters to countries that were not sent"), found, page)] if found else []


def _line(kind: str, day: date) -> Line:
    found = needing(kind, day).order_by().values("pk")[: MOST_COUNTED + 1].count()
    return _counted(str(ATTENTION[kind]), found, f"{reverse('admin:activities_activity_changelist')}?needs={kind}")


def _counted(label: str, number: int, page: str) -> Line:
    return Line(label, min(number, MOST_COUNTED), number > MOST_COUNTED, page)


def _texts(user: Any) -> list[Line]:
    """Texts of all that is no activity, where there is something to do: one query for all kinds together."""
    kinds = [kind for kind in kinds_for(user) if kind.model is not Activity]
    asked = [Selection(kind, condition=condition) for kind in kinds for condition in TEXTS]
    if not asked:
        return []
    counts = [_count_of(selection, place) for place, selection in enumerate(asked)]
    found = dict(counts[0].union(*counts[1:], all=True))
    page = reverse("translations")
    return [
        _counted(_label_of(asked[place]), number, f"{page}?{asked[place].query}")
        for place, number in sorted(found.items())
        if number
    ]


def _count_of(selection: Selection, place: int) -> Any:
    """Return one row: ``place`` and the number of records. Its columns are called what no model calls a field."""
    records = selection.records().select_related(None).order_by()
    of_all = records.annotate(_asked_as=Value(place)).values("_asked_as")
    return of_all.annotate(_count=Count("pk")).values_list("_asked_as", "_count")


def _label_of(selection: Selection) -> str:
    return str(TEXTS[Condition(str(selection.condition))]) % {"kind": selection.kind.label}
