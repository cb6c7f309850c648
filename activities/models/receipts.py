"""What was imported: each file with its hash, who sent it and when, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", pgettext_lazy("state of an import", "waiting")
    READING = "reading", pgettext_lazy("state of an import", "being read")
    READY = "ready", pgettext_lazy("state of an import", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("state of an import", "confirmed")
    WRITING = "writing", pgettext_lazy("state of an import", "being written")
    DONE = "done", pgettext_lazy("state of an import", "imported")
    REFUSED = "refused", pgettext_lazy("state of an import", "refused")
    CANCELLED = "cancelled", pgettext_lazy("state of an import", "cancelled")


# Somebody or something is still to do the next step.
UNFINISHED = (
    ImportState.WAITING,
    ImportState.READING,
    ImportState.READY,
    ImportState.CONFIRMED,
    ImportState.WRITING,
)
# A worker has it, or will.
AT_WORK = (ImportState.WAITING, ImportState.READING, ImportState.CONFIRMED, ImportState.WRITING)


class ImportReceipt(models.Model):
    """One file that was sent to be imported. Its state is the only word on it; it changes by `move` alone.

    ``counts`` are those of `activities.sheets.plan.Plan`, ``shown`` is what the preview tells, and ``plan`` the digest
    of what was confirmed. History groups what was written under ``change_set``. It is done in the same transaction in
    which the rows are written: a receipt that says so is never wrong.
    """

    file_name = models.CharField(_("file"), max_length=200)
    file_hash = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    file_size = models.PositiveIntegerField(_("size in bytes"))
    encoding = models.CharField(_("kind of file"), max_length=10, blank=True)
    sheet = models.CharField(max_length=20, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="imports",
        verbose_name=_("sent by"),
    )
    # The language in which the preview and the reasons are written.
    spoken = models.CharField(max_length=2, default="ar")
    state = models.CharField(_("state"), max_length=9, choices=ImportState, default=ImportState.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    counts = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    plan = models.CharField(max_length=64, blank=True)
    change_set = models.UUIDField(blank=True, null=True)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), blank=True, null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.UniqueConstraint(
                fields=["sent_by"],
                condition=Q(state__in=AT_WORK),
                name="one_import_at_a_time_per_person",
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        """Whether the next step is not the reader's but a worker's."""
        return self.state in AT_WORK

    def move(self, state: ImportState, seen: tuple[ImportState, ...], **said: Any) -> bool:
        """Go to ``state`` if the row still is in one of ``seen``, and return whether it did."""
        changes = {"state": state, **said}
        if state not in UNFINISHED:
            changes["finished_at"] = timezone.now()
        if not ImportReceipt.objects.filter(pk=self.pk, state__in=seen).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True
