"""What a worker does: renderings that somebody asked for, and former reports that take long to read."""

import logging
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskContext, task

from reports.assembly import assemble
from reports.composition import compose
from reports.former import sending
from reports.issuing import IssueError, issue
from reports.models import Edition, Rendering
from reports.rendering import Progress, RenderingError, build
from roadmap.models import PeriodUnknownError, Programme

logger = logging.getLogger(__name__)


class Cancelled(Exception):  # noqa: N818 -- nothing went wrong
    """The rendering is no longer wanted, so whoever does it stops."""


@task(takes_context=True)
def render(context: TaskContext, number: int) -> None:
    """Do the rendering with that key, unless it was cancelled while it waited. Its row tells how it went."""
    rendering = Rendering.objects.filter(pk=number).select_related("report__meeting", "requested_by").first()
    if rendering and rendering.begin(worker=context.task_result.worker_ids[-1]):
        with override(rendering.spoken):
            _carry_out(rendering)


@task()
def read_former_report(number: int) -> None:
    """Read the former report with that key, unless it was forgotten. Its row tells how it went."""
    sending.carry_out(number)


def _carry_out(rendering: Rendering) -> None:
    """Do a rendering that has begun, and write down how it went, in the active language."""
    work = _issue if rendering.purpose == Rendering.Purpose.ISSUE else _draft
    try:
        work(rendering, partial(_go_on, rendering))
    except Cancelled:
        logger.info("Rendering %s stopped: it is no longer wanted", rendering.pk)
    except (RenderingError, IssueError, PeriodUnknownError) as error:
        rendering.fail(str(error))
    except Programme.DoesNotExist:
        rendering.fail(_("The programme is not entered yet."))
    except Exception:
        logger.exception("Rendering %s failed", rendering.pk)
        reason = _("It was not printed, because of a fault in the portal. The log says more: rendering %(number)s.")
        rendering.fail(reason % {"number": rendering.pk})


def _go_on(rendering: Rendering) -> None:
    """Return while the rendering is wanted. Raises `Cancelled` once it is not."""
    if not rendering.is_wanted():
        raise Cancelled


def _draft(rendering: Rendering, progress: Progress) -> None:
    """Build the draft, unless it stands already."""
    report = rendering.report
    facts = assemble(report)
    html = compose(facts, rendering.language)
    name = f"{report.code}-{rendering.language}"
    path, _is_new = build(html, Path(settings.REPORTS_DIR), name, facts, progress=progress)
    rendering.finish(path.name)


def _issue(rendering: Rendering, progress: Progress) -> None:
    """Issue an edition of the report."""

    def finish(edition: Edition) -> None:
        # In the transaction of the edition: there is one exactly when the job is done.
        if not rendering.finish(str(edition)):
            raise Cancelled

    issue(rendering.report, rendering.requested_by, progress=progress, written=finish)
