from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from oicvet.loading import load_demo_data
from oicvet.loading.demo import demo_role
from oicvet.loading.rows import said


class Command(BaseCommand):
    help = (
        "Add what is missing of the demo data: the activities of one reporting period, the report on them, and an "
        "account per role. What is there stays as it is; safe to run again."
    )

    def handle(self, *args, **options):
        if not getattr(settings, "DEMO_ACCOUNTS_ALLOWED", False):
            raise CommandError(
                "Demo data bring accounts with a public password, and these settings do not allow that."
            )
        self.stdout.write(f"Demo data: {said(load_demo_data())}.")
        self._show_accounts()

    def _show_accounts(self):
        self.stdout.write("\nDemo accounts (here only; production turns them away)\n")
        rows = [("Role", "User name", "Password")]
        rows += [(demo_role(name).group_name, name, DEMO_PASSWORD) for name in DEMO_ACCOUNTS]
        for role, name, password in rows:
            self.stdout.write(f"  {role:<22}{name:<22}{password}")
