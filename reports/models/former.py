"""What was read from a former report and waits for somebody to accept it, row by row."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bilingual.fields import NameField

KEPT = timedelta(days=30)


class FormerReadingQuerySet(models.QuerySet):
    def outdated(self):
        """Readings that nobody has needed for a month; the file itself was never kept."""
        return self.filter(read_at__lt=timezone.now() - KEPT)


class FormerReading(models.Model):
    """One former report as it was read: its proposals, and which of them became activities.

    ``proposals`` holds rows of `reports.former.proposals.Proposal`, ``accepted`` the code of the activity that each
    accepted one became, by its number. ``version`` counts acceptances, so that two people do not accept one twice.
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

    objects = FormerReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at", "-pk"]
        verbose_name = _("former report")
        verbose_name_plural = _("former reports")
        default_permissions = ()

    def __str__(self):
        return self.file_name

    @property
    def waiting(self) -> int:
        """How many proposals nobody has accepted yet."""
        return len(self.proposals) - len(self.accepted)
