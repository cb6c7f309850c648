"""Asking a country to confirm what is recorded of it: one request to one focal point, with a link of its own."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models import Activity
from activities.models.queries import ActivityQuerySet
from bilingual.text import left_to_right
from partners.models import Country, NationalFocalPoint
from roadmap.models import Meeting, Period, PeriodUnknownError


def _signer() -> Signer:
    # A dot ends the key: it is in no base64 alphabet, and mail programs leave it in a link.
    return Signer(sep=".", salt="focalpoints.confirmation")


class Refusal(models.TextChoices):
    """Why a link opens nothing. What its reader can do about it is told by the page."""

    UNKNOWN = "unknown", _("This link is not complete or not ours")
    WITHDRAWN = "withdrawn", _("This link was withdrawn")
    EXPIRED = "expired", _("This link has expired")
    OUT_OF_OFFICE = "out_of_office", _("The focal point to whom this link was sent is no longer in office")
    OTHER_ADDRESS = "other_address", _("This link was sent to an address that is no longer that of the focal point")
    NOT_OPENED = "not_opened", _("Open the link in the e-mail first")


class LetterState(models.TextChoices):
    """How far the letter of a request has come. A worker sends it, and nobody waits for that."""

    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    FAILED = "failed", _("could not be sent")
    # Of one that has been sent for so long that its worker must have been killed; never stored.
    CUT_OFF = "cut_off", _("was cut off, perhaps after it was sent")


# No mail server is waited for so long: whoever still sends then was killed.
CUT_OFF_AFTER = timedelta(minutes=10)


class ConfirmationRequestQuerySet(models.QuerySet):
    def by_token(self, token: str) -> Any:
        """Return the request to which a link leads. Raises ``DoesNotExist`` for a link that we did not sign."""
        try:
            key = uuid.UUID(hex=_signer().unsign(token))
        except (BadSignature, ValueError) as error:
            raise self.model.DoesNotExist from error
        return self.select_related("country", "meeting", "focal_point").get(key=key)

    def open_on(self, day: date):
        """Those whose links still open on ``day``, as far as they themselves say."""
        return self.filter(withdrawn_at=None, open_until__gte=day)

    def not_being_sent(self, now: datetime):
        """Those whose letter no worker is sending at ``now``, so that it can be put in line."""
        is_cut_off = models.Q(claimed_at__lt=now - CUT_OFF_AFTER)
        return self.exclude(models.Q(letter=LetterState.SENDING) & ~is_cut_off)

    def in_need(self, now: datetime):
        """Those whose letter did not go, or perhaps did not: somebody has to look."""
        return self.filter(letter__in=(LetterState.FAILED, LetterState.SENDING)).not_being_sent(now)


class ConfirmationRequest(models.Model):
    """That a focal point was asked to confirm the entries of its country in the period of a meeting.

    The link is signed and carries a random key: neither a copy of the database nor the secret alone can make one, and
    it can be withdrawn. It serves whoever was asked, and only while they are in office and their address is the one
    that it went to.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="confirmation_requests", verbose_name=_("country")
    )
    focal_point = models.ForeignKey(
        NationalFocalPoint,
        models.SET_NULL,
        null=True,
        related_name="confirmation_requests",
        verbose_name=_("national focal point"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        related_name="confirmation_requests",
        verbose_name=_("meeting"),
        help_text=_("The entries of the period that it closes are asked about."),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    letter = models.CharField(_("letter"), max_length=7, choices=LetterState, default=LetterState.WAITING)
    claimed_at = models.DateTimeField(_("sending since"), blank=True, null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), blank=True, null=True)
    sent_to = models.EmailField(_("sent to"), blank=True, default="", editable=False)
    open_until = models.DateField(_("open until"), help_text=_("The last day on which the link opens."))
    withdrawn_at = models.DateTimeField(_("withdrawn"), blank=True, null=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request to confirm")
        verbose_name_plural = _("requests to confirm")
        indexes = [models.Index(fields=["meeting", "focal_point"], name="confirmation_of_meeting")]

    def __str__(self):
        return f"{self.country} · {left_to_right(self.meeting.code)}"

    @property
    def token(self) -> str:
        """What stands in the link: the key with our signature. It is never stored, shown or logged."""
        return _signer().sign(self.key.hex)

    def letter_at(self, now: datetime) -> LetterState:
        """How far the letter has come at ``now``."""
        if self.letter == LetterState.SENDING and (self.claimed_at is None or now - self.claimed_at > CUT_OFF_AFTER):
            return LetterState.CUT_OFF
        return LetterState(self.letter)

    def refusal_on(self, day: date) -> Refusal | None:
        """Why the link does not open on ``day``; ``None`` where it does."""
        if self.withdrawn_at:
            return Refusal.WITHDRAWN
        if day > self.open_until:
            return Refusal.EXPIRED
        point = self.focal_point
        if point is None or point.country_id != self.country_id or not point.is_in_office_on(day):
            return Refusal.OUT_OF_OFFICE
        if self.sent_to and self.sent_to != point.email:  # whoever reads mail there is perhaps somebody else
            return Refusal.OTHER_ADDRESS
        return None

    @property
    def period(self) -> Period | None:
        """The days asked about; ``None`` while a date that bounds them is not stored."""
        try:
            return self.meeting.period()
        except PeriodUnknownError:
            return None


def entries_of(country: Country, period: Period | None) -> ActivityQuerySet:
    """Return what readers are told of ``country`` in ``period``: the entries that it can confirm, in order."""
    if period is None:
        return Activity.objects.none()
    return Activity.objects.listed().within(period).involving([country]).in_order()
