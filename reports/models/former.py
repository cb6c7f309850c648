"""What was read from a former report, or is being read, and waits for somebody to accept it, row by row."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bilingual.fields import NameField

KEPT = timedelta(days=30)
# A reading takes half a minute; one that a worker began and has not ended after this was cut off.
CUT_OFF = timedelta(minutes=3)


class ReadingState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a reading", "waiting")
    RUNNING = "running", pgettext_lazy("state of a reading", "being read")
    DONE = "done", pgettext_lazy("state of a reading", "read")
    FAILED = "failed", pgettext_lazy("state of a reading", "not read")


UNFINISHED = (ReadingState.WAITING, ReadingState.RUNNING)


class FormerReadingQuerySet(models.QuerySet):
    def outdated(self):
        """Readings that nobody has needed for a month; the file itself was never kept."""
        return self.filter(read_at__lt=timezone.now() - KEPT)

    def cut_off(self):
        """Readings that a worker began so long ago that it must be gone."""
        return self.filter(state=ReadingState.RUNNING, started_at__lt=timezone.now() - CUT_OFF)


class FormerReading(models.Model):
    """One former report as it was read: its proposals, and which of them became activities.

    ``proposals`` holds rows of `reports.former.proposals.Proposal`, ``accepted`` the code of the activity that each
    accepted one became, by its number. ``version`` counts acceptances, so that two people do not accept one twice.

    What takes longer than a page may is read by a worker, for which ``content`` keeps the file until then. The state
    changes by `move` alone, on the condition that it still is where the change starts from.
    """

    file_name = NameField(_("file"))
    sha256 = models.CharField(max_length=64, editable=False)
    language = models.CharField(
        _("language of the report"), max_length=2, choices=[("ar", _("Arabic")), ("en", _("English"))]
    )
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("read by"))
    read_at = models.DateTimeField(_("read on"), auto_now_add=True)
    proposals = models.JSONField(default=list, editable=False)
    accepted = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=ReadingState, default=ReadingState.DONE, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    # The language in which whoever sent it is told why it was not read.
    spoken = models.CharField(max_length=2, default="ar", editable=False)
    content = models.BinaryField(default=bytes, editable=False)
    started_at = models.DateTimeField(blank=True, null=True, editable=False)

    objects = FormerReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-pk"]
        verbose_name = _("former report")
        verbose_name_plural = _("former reports")
        default_permissions = ()
        permissions = [("accept_formerreading", _("Can read former reports and accept drafts from them"))]
        constraints = [
            models.UniqueConstraint(
                fields=["read_by"], condition=Q(state__in=UNFINISHED), name="one_reading_at_a_time_per_person"
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def move(self, state: str, seen: tuple[str, ...], **said) -> bool:
        """Change the state if it still is one of ``seen``; return whether it was."""
        changes = {"state": state, **said}
        if not FormerReading.objects.filter(pk=self.pk, state__in=seen).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True

    @property
    def waiting(self) -> int:
        """How many proposals nobody has accepted yet."""
        return len(self.proposals) - len(self.accepted)
