"""Do what officers have asked for, such as drafts and editions of reports, until told to end."""

from bilingual.terminal import SpokenCommand
from reports.worker import Worker, new_name


class Command(SpokenCommand):
    """Run one worker: it does one rendering at a time."""

    help = "Render the drafts and editions that were asked for on the desk, one after the other, until told to end."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--parent", type=int, help="the process that starts this one: once it has ended, end too")

    def handle(self, *, batch, parent, **options):
        Worker(new_name(), batch=batch).run_visibly(parent)
