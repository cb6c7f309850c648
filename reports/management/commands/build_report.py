"""Build the progress report to a meeting as PDF."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from bilingual.terminal import SpokenCommand
from reports.assembly import assemble
from reports.composition import BOTH, LANGUAGES, compose
from reports.models import Report
from reports.rendering import RenderingError, build
from roadmap.models import Meeting, PeriodUnknownError, Programme


class Command(SpokenCommand):
    """Print one report into a folder; a PDF that would not change is left as it is."""

    help = "Build the progress report to a meeting as PDF, in Arabic, in English, or both in one file."

    def add_arguments(self, parser):
        parser.add_argument("--meeting", required=True, help="the meeting's code, such as COMCEC-40")
        parser.add_argument("--language", default=BOTH, help="ar, en or both")
        parser.add_argument("--output", default=str(settings.REPORTS_DIR), help="the folder to write into")

    def handle(self, *, meeting, language, output, **options):
        if language not in (*LANGUAGES, BOTH):
            raise CommandError(_("There is no language “%(language)s”: say ar, en or both.") % {"language": language})
        report = self._report(meeting)
        try:
            facts = assemble(report)
            path, is_new = build(compose(facts, language), Path(output), f"{report.code}-{language}", facts)
        except (PeriodUnknownError, RenderingError) as error:
            raise CommandError(str(error)) from error
        except Programme.DoesNotExist as error:
            raise CommandError(_("The programme is not entered yet: run load_reference_data.")) from error
        except OSError as error:
            reason = {"folder": output, "reason": error.strerror}
            raise CommandError(_("The folder %(folder)s cannot be written: %(reason)s.") % reason) from error
        self.stdout.write(f"{path} ({_('built') if is_new else _('unchanged')})")

    def _report(self, code: str) -> Report:
        try:
            meeting = Meeting.objects.by_code(code)
        except Meeting.DoesNotExist as error:
            message = _("There is no meeting “%(code)s”. Meetings are named like COMCEC-40 or COMCEC-FC-40.")
            raise CommandError(message % {"code": code}) from error
        report = Report.objects.filter(meeting=meeting).select_related("meeting").first()
        if report is None:
            raise CommandError(
                _("No report to %(code)s has been prepared: add it under Reports.") % {"code": meeting.code}
            )
        return report
