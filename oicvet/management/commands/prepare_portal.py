"""Everything between an installed environment and a portal that can be shown, in one process."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

DEMO_MEETING = "COMCEC-40"


class Command(BaseCommand):
    help = (
        "Bring the database up to date and load reference and demo data; with --report, build the demo report too. "
        "Safe to run again: what was entered stays, and what has not changed is not built again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--report", action="store_true", help="also build the demo report as PDF")

    def handle(self, *args, report, **options):
        self._say("Bringing the database up to date")
        self._call("migrate", interactive=False, verbosity=0)
        self._call("install_triggers")
        self._say("Loading reference data")
        self._call("load_reference_data")
        self._say("Loading demo data")
        self._call("load_demo_data")
        if report:
            self._build_reports()

    def _build_reports(self):
        self._say(f"Building the report to {DEMO_MEETING}, where it has changed")
        for language in ("ar", "en", "both"):
            self._call("build_report", meeting=DEMO_MEETING, language=language, output=settings.REPORTS_DIR)

    def _call(self, name, **options):
        call_command(name, stdout=self.stdout, stderr=self.stderr, **options)

    def _say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()
