"""Do what staff have asked for, such as drafts and editions of reports and letters to countries, until told to end."""

from bilingual.terminal import SpokenCommand
from reports.worker import Worker, new_name


class Command(SpokenCommand):
    """Run one worker: it does one thing at a time."""

    help = "Do what staff asked for, one after the other, until told to end: drafts, editions, imports, letters."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--parent", type=int, help="the process that starts this one: once it has ended, end too")

    def handle(self, *, batch, parent, **options):
        Worker(new_name(), batch=batch).run_visibly(parent)
