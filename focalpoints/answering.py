"""Taking down what a country says of an entry. Nothing of the entry changes by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from activities.models import Activity
from focalpoints.facts import Entry, Plain
from focalpoints.models import Answer, AnswerState, ConfirmationRequest
from partners.models import Country, NationalFocalPoint


class ChangedMeanwhileError(Exception):
    """The entry no longer says what the country saw: it has to look again before it answers."""


@dataclass(frozen=True)
class Respondent:
    """Who answers for a country: a focal point in office, by the link of ``request`` or from the account ``user``."""

    focal_point: NationalFocalPoint
    request: ConfirmationRequest | None = None
    user: Any = None

    @property
    def country(self) -> Country:
        return self.focal_point.country


@transaction.atomic
def answer(
    code: str, who: Respondent, seen: str, proposed: Mapping[str, Plain] | None = None, note: str = ""
) -> Answer:
    """Write down that the entry ``code`` is right, or with ``proposed`` or ``note`` what it should say instead.

    ``seen`` is the digest of the facts as the country saw them (`Entry.digest`). The former answer of the country, as
    far as no editor has decided on it, is outdated from now on. Raises `ChangedMeanwhileError` when the entry says
    something else by now, and ``Activity.DoesNotExist`` when it is no longer before readers.
    """
    activity = Activity.objects.published().select_for_update().get(code=code)
    entry = Entry(activity, who.country)
    if entry.digest != seen:
        raise ChangedMeanwhileError
    Answer.objects.in_force().filter(country=who.country, activity=activity).update(state=AnswerState.OUTDATED)
    return Answer.objects.create(
        country=who.country,
        activity=activity,
        facts=entry.plain,
        proposed=dict(proposed or {}),
        note=note,
        state=AnswerState.OPEN if proposed or note else AnswerState.CONFIRMED,
        focal_point=who.focal_point,
        request=who.request,
        answered_by=who.user,
    )
