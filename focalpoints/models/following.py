"""Who follows what: areas, countries and partners, told of in a weekly digest."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Country, Institution
from roadmap.models import CooperationArea

# A claim that is older was left by a run that was killed: the digest is sent by the next one.
CLAIM = timedelta(hours=1)
# One of these names what is followed.
FOLLOWED = ("area", "country", "institution")


def _only(name: str) -> Q:
    return Q(**{f"{each}__isnull": each != name for each in FOLLOWED})


class Follow(models.Model):
    """That somebody follows an area, a country or an institution.

    It is the reader's own: nobody needs a permission to have one, and none is given to change those of others.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows", verbose_name=_("account")
    )
    area = models.ForeignKey(
        CooperationArea,
        models.CASCADE,
        blank=True,
        null=True,
        related_name="followers",
        verbose_name=_("cooperation area"),
    )
    country = models.ForeignKey(
        Country, models.CASCADE, blank=True, null=True, related_name="followers", verbose_name=_("country")
    )
    institution = models.ForeignKey(
        Institution, models.CASCADE, blank=True, null=True, related_name="followers", verbose_name=_("institution")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.CheckConstraint(
                condition=_only("area") | _only("country") | _only("institution"),
                name="follow_names_one",
                violation_error_message=_("An area, a country or an institution is followed, one at a time."),
            ),
            # Without a condition: of two institutions made one, the follows of one reader are made one by this rule.
            *[models.UniqueConstraint(fields=["user", name], name=f"follow_{name}_once") for name in FOLLOWED],
        ]

    def __str__(self):
        """Return what is followed, and never by whom: the back office names rows when it moves or deletes them."""
        return str(self.target)

    @property
    def target(self) -> Any:
        """The area, country or institution."""
        return self.area or self.country or self.institution


def week_of(moment: datetime) -> datetime:
    """Return the beginning of the week of ``moment``: its Monday at midnight, on the portal's clock."""
    local = timezone.localtime(moment)
    monday = local.date() - timedelta(days=local.weekday())
    return timezone.make_aware(datetime.combine(monday, time.min))


class SubscriptionQuerySet(models.QuerySet):
    def due(self, until: datetime):
        """Those of readers who can be told and have not been in the week of ``until``: one a week each."""
        follows = Follow.objects.filter(user=OuterRef("user"))
        ready = self.filter(is_paused=False, told_until__lt=week_of(until), user__is_active=True)
        return ready.exclude(user__email="").filter(Exists(follows)).unclaimed()

    def unclaimed(self):
        """Those that no run is about to send to."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM))


class Subscription(models.Model):
    """How a reader wants the digest, and up to which moment they have been told."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscription", verbose_name=_("account")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    told_until = models.DateTimeField(_("told until"), default=timezone.now)
    is_paused = models.BooleanField(_("paused"), default=False)
    claimed_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When a run began to send to this reader: two runs at once do not send twice",
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self):
        return str(self.pk)

    def pause(self) -> None:
        """Send nothing until the reader asks for it again."""
        Subscription.objects.filter(pk=self.pk).update(is_paused=True)

    def resume(self) -> None:
        """Send again, of what happens from now on."""
        Subscription.objects.filter(pk=self.pk, is_paused=True).update(is_paused=False, told_until=timezone.now())
