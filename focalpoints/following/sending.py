"""Sending the digests that are due: each to its reader alone, and each written down as soon as it is sent.

A run may be repeated at any time, and two may run at once: each reader is claimed before their message is sent, and
what they were told is written down after it. A run that is killed between the two leaves its claim. An hour later the
next run sends that one message again, under the same id: nobody is forgotten, and no more than one message for each
run that was killed comes twice.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from focalpoints.following.digests import Digest, Digests
from focalpoints.following.mailing import digest_message
from focalpoints.models import Subscription

log = logging.getLogger(__name__)

# What is being written while a run reads could be missed for good; so much is left for the next week.
SETTLED = timedelta(minutes=5)
BATCH = 200  # readers whose news are read together: what is withdrawn meanwhile is not told to the next ones


@dataclass
class Outcome:
    """What a run did, in numbers."""

    sent: int = 0
    without_news: int = 0
    failed: int = 0


def send_digests(now: datetime, *, is_dry: bool = False) -> Outcome:
    """Send every digest that is due at ``now``; with ``is_dry`` only count. A failure touches nobody else."""
    until = now - SETTLED
    outcome = Outcome()
    for batch in _batches(until):
        _send_batch(batch, until, outcome, is_dry=is_dry)
    return outcome


def _batches(until: datetime) -> Iterator[list[Subscription]]:
    due, last = Subscription.objects.due(until).select_related("user").order_by("pk"), 0
    while batch := list(due.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _send_batch(batch: list[Subscription], until: datetime, outcome: Outcome, *, is_dry: bool) -> None:
    digests = Digests(batch, until)
    quiet = []
    for subscription in batch:
        digest = digests.of(subscription)
        if not digest:
            quiet.append(subscription.pk)
        elif is_dry:
            outcome.sent += 1
        elif _is_claimed(subscription, until):
            is_sent = _is_sent(digest)
            _write_down(subscription, until if is_sent else None)
            outcome.sent += is_sent
            outcome.failed += not is_sent
    outcome.without_news += len(quiet)
    if not is_dry:
        Subscription.objects.due(until).filter(pk__in=quiet).update(told_until=until)


def _is_claimed(subscription: Subscription, until: datetime) -> bool:
    """Claim the digest for this run, unless another has it or its reader has stopped it meanwhile."""
    due = Subscription.objects.due(until).filter(pk=subscription.pk, language=subscription.language)
    return bool(due.update(claimed_at=timezone.now()))


def _is_sent(digest: Digest) -> bool:
    try:
        digest_message(digest).send()
    except Exception as error:  # whatever it is, the others are to have theirs
        # Errors of mail servers hold addresses: only their sort is logged.
        log.error("The digest of account %d was not sent: %s", digest.subscription.user_id, type(error).__name__)
        return False
    return True


def _write_down(subscription: Subscription, told_until: datetime | None) -> None:
    """Give the claim back; with ``told_until``, as done."""
    done = {"told_until": told_until} if told_until else {}
    Subscription.objects.filter(pk=subscription.pk).update(claimed_at=None, **done)
