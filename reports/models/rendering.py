"""Renderings that somebody asked for: jobs with a state that the desk shows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models.report import Report


class RenderingState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("state of a rendering", "waiting")
    RUNNING = "running", pgettext_lazy("state of a rendering", "rendering")
    DONE = "done", pgettext_lazy("state of a rendering", "done")
    FAILED = "failed", pgettext_lazy("state of a rendering", "failed")
    CANCELLED = "cancelled", pgettext_lazy("state of a rendering", "cancelled")


UNFINISHED = (RenderingState.WAITING, RenderingState.RUNNING)


class Rendering(models.Model):
    """One job: the draft of a report in a language, or the issue of an edition."""

    class Purpose(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("purpose of a rendering", "draft")
        ISSUE = "issue", pgettext_lazy("purpose of a rendering", "edition")

    report = models.ForeignKey(Report, models.CASCADE, related_name="renderings", verbose_name=_("report"))
    purpose = models.CharField(_("purpose"), max_length=5, choices=Purpose, default=Purpose.DRAFT)
    language = models.CharField(
        _("language"),
        max_length=4,
        default="both",
        choices=[("ar", _("Arabic")), ("en", _("English")), ("both", _("Arabic and English in one file"))],
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="renderings", verbose_name=_("requested by")
    )
    # The language in which whoever asked is told why it failed.
    spoken = models.CharField(max_length=2, default="ar")
    state = models.CharField(_("state"), max_length=9, choices=RenderingState, default=RenderingState.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), blank=True, null=True)
    finished_at = models.DateTimeField(_("finished"), blank=True, null=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        constraints = [
            models.UniqueConstraint(
                fields=["requested_by"],
                condition=Q(state__in=UNFINISHED),
                name="one_rendering_at_a_time_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.report.code} ({self.language}): {self.get_state_display()}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


class WorkerSign(models.Model):
    """When a worker was last seen alive."""

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self):
        return self.name
