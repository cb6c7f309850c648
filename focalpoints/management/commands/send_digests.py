"""Send the weekly digests that are due: for cron."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilingual.terminal import SpokenCommand
from focalpoints.following.sending import Outcome, send_digests


class Command(SpokenCommand):
    """Send to each reader what is new about what they follow, once a week; say how many, and nothing about whom."""

    help = (
        "Send the digests that are due. It may run as often as you like: each reader is sent one a week at most. "
        "Fails when a message could not be sent; the next run tries again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count what would be sent, and send nothing")

    def handle(self, *, dry_run, **options):
        outcome = send_digests(timezone.now(), is_dry=dry_run)
        self.stdout.write(_said(outcome, is_dry=dry_run))
        if outcome.failed:
            words = ngettext(
                "%(number)d message could not be sent; the next run tries again.",
                "%(number)d messages could not be sent; the next run tries again.",
                outcome.failed,
            )
            raise CommandError(words % {"number": outcome.failed})


def _said(outcome: Outcome, *, is_dry: bool) -> str:
    numbers = {"sent": outcome.sent, "quiet": outcome.without_news}
    if is_dry:
        return _("Digests to send: %(sent)d. Readers without news: %(quiet)d.") % numbers
    return _("Digests sent: %(sent)d. Readers without news: %(quiet)d.") % numbers
