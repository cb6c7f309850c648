"""Put back what keeps issued editions unchanged in the database."""

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _

from bilingual.terminal import SpokenCommand
from reports.triggers import install


class Command(SpokenCommand):
    """Create the triggers on issued editions that a database lacks, and say which."""

    help = "Create the triggers that keep issued editions unchanged, where one is missing. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="the database, default by default")

    def handle(self, *, database, **options):
        with transaction.atomic(using=database):
            created = install(connections[database])
        if created:
            self.stdout.write(_("Created: %(triggers)s") % {"triggers": ", ".join(created)})
        else:
            self.stdout.write(_("Every trigger on issued editions is there."))
