from django.core.management.base import BaseCommand

from oicvet.loading import load_reference_data
from oicvet.loading.rows import said


class Command(BaseCommand):
    help = (
        "Add what is missing of countries, roadmap, kinds of activity, profiles, meetings, abbreviations, programme "
        "and roles. What is there stays as staff left it; safe to run again."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"Reference data: {said(load_reference_data())}.")
