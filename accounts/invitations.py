"""Sending an invitation, reading its link, and accepting it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from smtplib import SMTPDataError, SMTPRecipientsRefused

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.access_log import note
from accounts.models import Invitation, InvitationState
from partners.models import NationalFocalPoint

log = logging.getLogger(__name__)

_SALT = "accounts.invitation"


class Refusal(Enum):
    """Why a link does not open."""

    FORGED = "forged"
    REPLACED = "replaced"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"
    CLOSED = "closed"


class Refused(Exception):  # noqa: N818 -- it is the answer to a link, as `Http404` is to an address
    """A link does not open, for ``reason``."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


_OF_STATE = {
    InvitationState.UNSENT: Refusal.REPLACED,
    InvitationState.EXPIRED: Refusal.EXPIRED,
    InvitationState.ACCEPTED: Refusal.ACCEPTED,
    InvitationState.WITHDRAWN: Refusal.WITHDRAWN,
}


def send(invitation: Invitation, by: User | None = None) -> None:
    """Send ``invitation``, in its language; whatever link was sent before no longer opens.

    The log names the account of who sent it, ``by``. Raises what the mail server raises; nothing has changed then.
    """
    sending = invitation.sendings + 1
    with override(invitation.language):
        link = _link_of(invitation, sending)
        said = {"invitation": invitation, "link": link, "days": settings.INVITATION_DAYS}
        subject = " ".join(render_to_string("account/email/invitation_subject.txt", said).split())
        body = render_to_string("account/email/invitation_message.txt", said).strip()
    send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", f"{body}\n", None, [invitation.email])
    invitation.sendings, invitation.sent_at, invitation.withdrawn_at = sending, timezone.now(), None
    # Nothing else of the row: its guest may have accepted while the mail server was waited for.
    invitation.save(update_fields=["sendings", "sent_at", "withdrawn_at"])
    note("sent invitation", by)


@dataclass
class Outcome:
    """What became of invitations that were to be sent."""

    sent: list[Invitation] = field(default_factory=list)
    refused: list[Invitation] = field(default_factory=list)
    left: Sequence[Invitation] = ()


def send_all(chosen: Sequence[Invitation], by: User | None = None) -> Outcome:
    """Send each of ``chosen``. A refused address stops nobody else; a mail server that is away is not asked again."""
    outcome = Outcome()
    for number, invitation in enumerate(chosen):
        try:
            send(invitation, by)
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            _note_failure(invitation, error)
            outcome.refused.append(invitation)
        except OSError as error:  # errors of mail servers are of this sort, too
            _note_failure(invitation, error)
            outcome.left = chosen[number:]
            break
        else:
            outcome.sent.append(invitation)
    return outcome


def _note_failure(invitation: Invitation, error: Exception) -> None:
    # Errors of mail servers hold addresses: only their sort is logged.
    log.error("Invitation %d was not sent: %s", invitation.pk, type(error).__name__)


def withdraw(invitation: Invitation, by: User | None = None) -> None:
    """Let the link of ``invitation`` open no more; the log names who withdrew it, ``by``."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    note("withdrew invitation", by)


def link_of(invitation: Invitation) -> str:
    """Return the address that opens ``invitation`` as it was sent last, in the active language."""
    return _link_of(invitation, invitation.sendings)


def _link_of(invitation: Invitation, sending: int) -> str:
    token = signing.dumps([invitation.pk, sending], salt=_SALT)
    return settings.PORTAL_URL + reverse("invitation", args=[token])


def read(token: str) -> Invitation:
    """Return the invitation that ``token`` opens now. Raises `Refused`, for a reason that the reader is told."""
    try:
        key, sending = signing.loads(token, salt=_SALT)
        invitation = Invitation.objects.select_related("focal_point__country").get(pk=key)
    except (signing.BadSignature, Invitation.DoesNotExist) as error:
        raise Refused(Refusal.FORGED) from error
    state = invitation.state_at(timezone.now())
    if state in _OF_STATE:
        raise Refused(_OF_STATE[state])
    if sending != invitation.sendings:
        raise Refused(Refusal.REPLACED)
    _look_at_the_office(invitation)
    return invitation


def _look_at_the_office(invitation: Invitation) -> None:
    point = invitation.focal_point
    if point is None:
        return
    is_over = point.end is not None and point.end < timezone.localdate()
    if is_over or (point.user_id is not None and point.user_id != getattr(account_for(invitation), "pk", None)):
        raise Refused(Refusal.TAKEN)


def account_for(invitation: Invitation) -> User | None:
    """Return the account that already has the invited address; None for most. Raises `Refused` where it is closed."""
    found = User.objects.filter(email__iexact=invitation.email).order_by("-is_active", "pk").first()
    if found is not None and not found.is_active:
        raise Refused(Refusal.CLOSED)
    return found


def other_term(invitation: Invitation, owner: User | None) -> NationalFocalPoint | None:
    """Return the term that the account of ``owner`` holds and gives up for the one offered; None for most."""
    if owner is None or invitation.focal_point is None:
        return None
    terms = NationalFocalPoint.objects.filter(user=owner).exclude(pk=invitation.focal_point.pk)
    return terms.select_related("country").first()


def new_account(invitation: Invitation) -> User:
    """Return the account that ``invitation`` would open, not saved yet."""
    name = get_adapter().generate_unique_username([invitation.email])
    return User(username=name, email=invitation.email)


@transaction.atomic
def accept(token: str, user: User) -> Invitation:
    """Give ``user``, an account new or old, what the invitation of ``token`` offers. Raises `Refused`.

    Of two who open one link at the same moment, the second is told that it has been used.
    """
    # Held until the end; whoever comes second reads what the first has written.
    key = read(token).pk
    Invitation.objects.select_for_update().get(pk=key)
    invitation = read(token)
    user.is_staff = user.is_staff or invitation.is_for_staff
    user.save()
    user.groups.add(*invitation.roles.all())
    if invitation.focal_point:
        if former := other_term(invitation, user):
            former.user = None
            former.save()
        invitation.focal_point.user = user
        invitation.focal_point.save()
    invitation.user, invitation.accepted_at = user, timezone.now()
    invitation.save(update_fields=["user", "accepted_at"])
    note("accepted invitation", user)
    return invitation
