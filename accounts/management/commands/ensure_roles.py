from django.core.management.base import BaseCommand

from accounts.roles import ROLES, ensure_roles


class Command(BaseCommand):
    help = "Give each role its group with exactly the permissions of this version. Safe to run again."

    def handle(self, *args, **options):
        changed = ensure_roles()
        self.stdout.write(f"Roles: {len(ROLES)}, of which {changed} were missing or different.")
