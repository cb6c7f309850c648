"""Invitations: how accounts begin."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.group_names import group_label
from accounts.roles import FOCAL_POINT, role_of_group
from partners.models import NationalFocalPoint


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    UNSENT = "unsent", pgettext_lazy("invitation", "not sent")
    OPEN = "open", pgettext_lazy("invitation", "sent")
    EXPIRED = "expired", pgettext_lazy("invitation", "expired")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")


class InvitationQuerySet(models.QuerySet):
    def in_state(self, state: str, now: datetime):
        """Invitations that stand as ``state`` says at ``now``."""
        return self.filter(_IN_STATE[state](now - timedelta(days=settings.INVITATION_DAYS)))

    def of_focal_points(self):
        """Invitations by which a national focal point gets an account, and nobody any other role."""
        roles = Invitation.roles.through.objects.filter(invitation=OuterRef("pk"))
        return self.filter(~Exists(roles.exclude(group__name=FOCAL_POINT.group_name)), focal_point__isnull=False)


_PENDING = Q(accepted_at=None, withdrawn_at=None)
_IN_STATE = {
    InvitationState.UNSENT: lambda oldest: _PENDING & Q(sent_at=None),
    InvitationState.OPEN: lambda oldest: _PENDING & Q(sent_at__gt=oldest),
    InvitationState.EXPIRED: lambda oldest: _PENDING & Q(sent_at__lte=oldest),
    InvitationState.ACCEPTED: lambda oldest: Q(accepted_at__isnull=False),
    InvitationState.WITHDRAWN: lambda oldest: Q(accepted_at=None, withdrawn_at__isnull=False),
}


class Invitation(models.Model):
    """A message to somebody who is to have an account. Its link opens once, for some days, until it is sent again."""

    email = models.EmailField(_("e-mail"), help_text=_("The link is sent here, and this is how they will sign in."))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, help_text=_("In which the message is written.")
    )
    roles = models.ManyToManyField(Group, blank=True, related_name="+", verbose_name=_("roles"))
    focal_point = models.ForeignKey(
        NationalFocalPoint,
        models.CASCADE,
        blank=True,
        null=True,
        related_name="invitations",
        verbose_name=_("national focal point"),
        help_text=_("Whose account it will be; their country and their term are told there."),
    )
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("invited by")
    )
    # Each sending makes the links of those before it void.
    sendings = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, editable=False)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="invitations", verbose_name=_("account")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def state_at(self, now: datetime) -> InvitationState:
        """Return how the invitation stands at ``now``, as `InvitationQuerySet.in_state` asks the database."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.sent_at is None:
            return InvitationState.UNSENT
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED

    @property
    def expires_at(self) -> datetime | None:
        """When the link stops opening."""
        return self.sent_at and self.sent_at + timedelta(days=settings.INVITATION_DAYS)

    @property
    def is_for_staff(self) -> bool:
        """Whether one of the roles works in the back office; a group that is none of ours does."""
        return any(role is None or role.is_staff for role in map(role_of_group, self.role_names))

    @property
    def role_names(self) -> list[str]:
        """The names of the groups as the database keeps them."""
        return [group.name for group in self.roles.all()]


# Pages that say what would be deleted with a record name these rows, too.
Invitation.roles.through.__str__ = lambda row: group_label(row.group)
