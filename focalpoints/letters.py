"""The letters by which focal points are asked to confirm: each to its focal point alone, sent once.

A letter is claimed before it is sent, and what became of it is written down after. A worker that is killed between the
two leaves its claim, and the list of requests says so: whether the letter went, nobody knows, and somebody decides.
"""

import logging
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from bilingual.addresses import portal_address
from focalpoints.models import ConfirmationRequest, LetterState

log = logging.getLogger(__name__)


def carry_out(number: int) -> None:
    """Send the letter of the request with that key, unless it was sent meanwhile or its link opens no more."""
    now = timezone.now()
    waiting = ConfirmationRequest.objects.filter(pk=number, letter=LetterState.WAITING)
    if not waiting.update(letter=LetterState.SENDING, claimed_at=now):
        return
    related = ("country", "meeting", "focal_point__country", "asked_by")
    request = ConfirmationRequest.objects.select_related(*related).get(pk=number)
    _write_down(request, LetterState.SENT if _is_sent(request, now) else LetterState.FAILED)


def _is_sent(request: ConfirmationRequest, now: datetime) -> bool:
    if request.refusal_on(timezone.localdate(now)):
        return False
    try:
        letter_of(request).send()
    except Exception as error:  # whatever it is, the others are to have theirs
        # Errors of mail servers hold addresses: only their sort is logged.
        log.error("The letter of request %d was not sent: %s", request.pk, type(error).__name__)
        return False
    return True


def _write_down(request: ConfirmationRequest, state: LetterState) -> None:
    """Write what became of the letter, unless somebody has put it in line again meanwhile."""
    claimed = ConfirmationRequest.objects.filter(
        pk=request.pk, letter=LetterState.SENDING, claimed_at=request.claimed_at
    )
    done: dict[str, Any] = {}
    if state == LetterState.SENT and request.focal_point:
        done = {"sent_at": timezone.now(), "sent_to": request.focal_point.email}
    claimed.update(letter=state, claimed_at=None, **done)


def letter_of(request: ConfirmationRequest) -> EmailMessage:
    """Return the letter of a request, in the language of its focal point."""
    point = request.focal_point
    assert point is not None  # noqa: S101 -- who is asked again is looked for first
    with override(point.language):
        link = portal_address(reverse("confirm", args=[request.token]))
        context = {"request": request, "focal_point": point, "period": request.period, "link": link}
        subject = render_to_string("focalpoints/mail/subject.txt", context)
        body = render_to_string("focalpoints/mail/confirm.txt", context)
    answer_to = [request.asked_by.email] if request.asked_by and request.asked_by.email else []
    return EmailMessage(
        " ".join(subject.split()),
        body,
        to=[point.email],
        reply_to=answer_to,
        headers={"Content-Language": point.language},
    )
