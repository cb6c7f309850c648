"""What an editor does with a correction: sees the difference, and accepts or refuses it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from activities.findings import blocking_of
from activities.models import Activity
from bilingual.history import reason_of
from focalpoints.facts import BY_NAME, Entry, Fact, Plain, digest_of
from focalpoints.models import Answer, AnswerState


class DecidedError(Exception):
    """The answer waits for nobody any more: another editor decided, or the country answered anew."""


class ChangedSinceError(Exception):
    """The entry says something else than the editor saw."""


@dataclass(frozen=True)
class Difference:
    """A fact as it was when the country answered, as it is now, and as it should be."""

    fact: Fact
    then: Plain
    now: Plain
    proposed: Plain

    @property
    def has_changed(self) -> bool:
        """Whether somebody entered something else since."""
        return self.now not in (self.then, self.proposed)

    @property
    def is_done(self) -> bool:
        """Whether the entry already says what was proposed."""
        return self.now == self.proposed


class Proposal:
    """An open correction beside what the entry says now."""

    def __init__(self, answer: Answer, activity: Activity):
        self.answer = answer
        self.entry = Entry(activity, answer.country)

    @cached_property
    def differences(self) -> list[Difference]:
        """What the country wants to read otherwise, fact by fact."""
        names = [name for name in BY_NAME if name in self.answer.proposed]
        now = self.entry.plain
        return [
            Difference(BY_NAME[name], self.answer.facts.get(name), now.get(name), self.answer.proposed[name])
            for name in names
        ]

    @property
    def has_changed(self) -> bool:
        """Whether something it is about was changed since the country answered."""
        return any(difference.has_changed for difference in self.differences)

    @property
    def has_changed_since(self) -> bool:
        """Whether the entry says anything else than when the country answered."""
        return self.entry.has_changed_since(self.answer.facts)

    @property
    def digest(self) -> str:
        """A token of what the editor sees: the facts in question as they are now."""
        return digest_of({difference.fact.name: difference.now for difference in self.differences})


def proposal_of(answer: Answer) -> Proposal:
    """Return the correction beside its entry, with few queries."""
    activity = Activity.objects.select_related("participation", "kind").prefetch_related("country_participations")
    return Proposal(answer, activity.get(pk=answer.activity_id))


@transaction.atomic
def accept(key: int, user: Any, seen: str) -> list[str]:
    """Enter what a country proposed, as a change of ``user``, with the country as its reason.

    ``seen`` is the digest of what the editor saw (`Proposal.digest`). Return what the entry has to be looked at for
    now: as after any change of a published record, it stays published, and no report is issued before that is mended.
    Raises `DecidedError`, `ChangedSinceError`, and ``ValidationError`` when the rules of the records refuse it; then
    nothing is changed.
    """
    answer = _locked(key)
    proposal = proposal_of(answer)
    if proposal.digest != seen:
        raise ChangedSinceError
    found = _enter(proposal, user) if proposal.differences else []
    _decide(answer, user, AnswerState.ACCEPTED)
    return found


@transaction.atomic
def refuse(key: int, user: Any, reason: str) -> Answer:
    """Refuse what a country proposed, for a reason that it will read. Raises `DecidedError`."""
    answer = _locked(key)
    answer.reason = reason
    return _decide(answer, user, AnswerState.REFUSED)


def _locked(key: int) -> Answer:
    """The open answer; it and its activity stay locked until the decision is written."""
    # In the order in which `focalpoints.answering` locks them, so that neither waits for the other for ever.
    of_answer = Answer.objects.filter(pk=key).values("activity")
    list(Activity.objects.select_for_update().filter(pk__in=of_answer).values_list("pk"))
    answer = Answer.objects.select_for_update(of=("self",)).select_related("country").get(pk=key)
    if answer.state != AnswerState.OPEN:
        raise DecidedError
    return answer


def _enter(proposal: Proposal, user: Any) -> list[str]:
    """Write the proposed facts; return what blocks the entry since then."""
    before = _blocking(proposal.entry.activity)
    amended = proposal.entry.amended(proposal.answer.proposed)
    amended.told_on(timezone.localdate(proposal.answer.answered_at))
    if errors := amended.errors():
        raise ValidationError([sentence for sentences in errors.values() for sentence in sentences])
    amended.save(user, reason_of("confirmed", proposal.answer.country.name))
    after = _blocking(proposal.entry.activity)
    return [sentence for key, sentence in after.items() if key not in before]


def _blocking(activity: Activity) -> dict[str, str]:
    """What stands in the way of publishing the stored record, by name; of one that is not published, nothing."""
    record = Activity.objects.for_findings().published().filter(pk=activity.pk).first()
    found = blocking_of(record, timezone.localdate()) if record else []
    return {each.key: str(each.message) for each in found}


def _decide(answer: Answer, user: Any, state: str) -> Answer:
    answer.state = state
    answer.decided_by = user
    answer.decided_at = timezone.now()
    answer.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return answer
