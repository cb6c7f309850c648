"""Renderings that somebody asked for: jobs with a state that the desk shows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
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
    """One job: the draft of a report in a language, or the issue of an edition.

    Its state is the only word on it. It changes by `begin`, `finish`, `fail` and `cancel`, each on the condition that
    the row still is where the change starts from, and each tells whether it came about: so a job begins once and
    ends once, however many would begin or end it.
    """

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
    # Who does it, as its `WorkerSign` is named: how a job is told from one whose worker is gone.
    worker = models.CharField(max_length=64, blank=True, default="", editable=False)
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

    def begin(self, worker: str) -> bool:
        """Let ``worker`` do it, if it still waits."""
        return self._move(RenderingState.RUNNING, (RenderingState.WAITING,), worker=worker, started_at=timezone.now())

    def finish(self, file_name: str) -> bool:
        """It is done, if it still runs."""
        return self._end(RenderingState.DONE, (RenderingState.RUNNING,), file_name=file_name)

    def fail(self, reason: str) -> bool:
        """It failed because of ``reason``, a sentence for whoever asked, if it still runs."""
        return self._end(RenderingState.FAILED, (RenderingState.RUNNING,), reason=reason)

    def cancel(self) -> bool:
        """It is no longer wanted, if it still waits or runs."""
        return self._end(RenderingState.CANCELLED, UNFINISHED)

    def is_wanted(self) -> bool:
        """Whether it still runs, as the database has it now."""
        return Rendering.objects.filter(pk=self.pk, state=RenderingState.RUNNING).exists()

    def _end(self, state: RenderingState, seen: tuple[RenderingState, ...], **said) -> bool:
        return self._move(state, seen, finished_at=timezone.now(), **said)

    def _move(self, state: RenderingState, seen: tuple[RenderingState, ...], **said) -> bool:
        changes = {"state": state, **said}
        if not Rendering.objects.filter(pk=self.pk, state__in=seen).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True


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
