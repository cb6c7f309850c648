"""Renderings as jobs: asked for on the desk, done by a worker, told of at every step, stopped at will."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from reports.models import Rendering, RenderingState, Report, WorkerSign
from reports.models.rendering import UNFINISHED
from reports.tasks import render

# Workers sign every two seconds. One that has not signed for this long does not answer …
SILENT = timedelta(seconds=6)
# … and after this, longer than it ever waits for a database that others write to, it is gone, and so are its jobs.
GONE = timedelta(seconds=30)
# How long the record of a finished job is kept.
KEPT = timedelta(days=90)


class BusyError(Exception):
    """Somebody asked for a rendering while another of theirs is unfinished; the message names it."""


def request_rendering(report: Report, user: User, purpose: str, language: str) -> Rendering:
    """Put a rendering of ``report`` in line for a worker and return it.

    ``purpose`` is one of `Rendering.Purpose`, ``language`` is ar, en or both. Should it fail, ``user`` is told why in
    the language that is active now. Raises `BusyError` while another rendering of ``user`` is unfinished.
    """
    settle_abandoned(timezone.now())
    spoken = (get_language() or "ar")[:2]
    try:
        # The job and its place in line are written together, so that neither is ever there without the other.
        with transaction.atomic():
            rendering = Rendering.objects.create(
                report=report, requested_by=user, purpose=purpose, language=language, spoken=spoken
            )
            render.enqueue(rendering.pk)
    except IntegrityError:
        raise BusyError(_what_runs(user)) from None
    return rendering


def _what_runs(user: User) -> str:
    """Say, in the active language, which rendering of ``user`` is unfinished."""
    unfinished = Rendering.objects.filter(requested_by=user, state__in=UNFINISHED).select_related("report__meeting")
    rendering = unfinished.first()
    if rendering is None:
        return _("Another rendering of yours has ended just now: ask once more.")
    named = {"report": rendering.report.code}
    if rendering.purpose == Rendering.Purpose.ISSUE:
        return _("Your edition of %(report)s is still being issued: wait for it, or cancel it.") % named
    return _("Your draft of %(report)s is still being rendered: wait for it, or cancel it.") % named


def cancel(rendering: Rendering) -> bool:
    """Cancel a rendering that waits or runs, and return whether it was; one that has ended stays as it is.

    What prints it is ended within a second.
    """
    return rendering.cancel()


def worker_is_alive(now: datetime) -> bool:
    """Whether a worker has given a sign of life in the few seconds before ``now``."""
    return WorkerSign.objects.filter(seen_at__gt=now - SILENT).exists()


def settle_abandoned(now: datetime) -> int:
    """Tell as failed what workers were doing who are gone as of ``now``; return how many renderings that were."""
    alive = WorkerSign.objects.filter(seen_at__gt=now - GONE).values("name")
    return _stop(Rendering.objects.filter(started_at__lte=now - GONE).exclude(worker__in=alive))


def stop_work_of(worker: str) -> int:
    """Tell as failed what ``worker`` is doing, because it ends; return how many renderings that were."""
    return _stop(Rendering.objects.filter(worker=worker))


def _stop(renderings: QuerySet[Rendering]) -> int:
    return sum(_tell_stopped(renderings.filter(state=RenderingState.RUNNING)))


def _tell_stopped(renderings: Iterable[Rendering]) -> Iterable[bool]:
    for rendering in renderings:
        with override(rendering.spoken):
            yield rendering.fail(_("The worker stopped before this was done: ask once more."))


def tidy(now: datetime) -> None:
    """Put waiting renderings in line again whose worker may be gone, and forget what ended long before ``now``."""
    # One that is in line twice is still done once: it begins only while it waits.
    for rendering in Rendering.objects.filter(state=RenderingState.WAITING).order_by("requested_at"):
        render.enqueue(rendering.pk)
    Rendering.objects.filter(finished_at__lt=now - KEPT).delete()
    DBTaskResult.objects.filter(started_at__lt=now - KEPT).delete()
    WorkerSign.objects.filter(seen_at__lt=now - KEPT).delete()
