"""Look whether an edition is still what it was when it was issued."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bilingual.terminal import SpokenCommand
from reports.codes import read_code
from reports.inspection import Verdict, check_edition
from reports.models import Edition


class Command(SpokenCommand):
    """Check the files of one edition against their checksums and, under the same versions, make them again."""

    help = (
        "Check an edition: its files against their SHA-256 and, under the versions with which it was issued, against "
        "what the frozen text gives when it is printed again. Fails, naming each file that is not the same."
    )

    def add_arguments(self, parser):
        parser.add_argument("edition", metavar="NUMBER", help="1 with --meeting, or COMCEC-40/1, or the short code")
        parser.add_argument("--meeting", help="the meeting's code, such as COMCEC-40, where NUMBER is only a number")

    def handle(self, *, edition, meeting, **options):
        found = self._find(edition, meeting)
        verdict = check_edition(found)
        named = {"edition": str(found), "code": found.code}
        if verdict.damaged:
            damaged = {"damaged": ", ".join(verdict.damaged)}
            raise CommandError(_("%(edition)s (%(code)s) is not as it was issued: %(damaged)s.") % (named | damaged))
        self.stdout.write(self._said(verdict, named))

    def _said(self, verdict: Verdict, named: dict[str, str]) -> str:
        if verdict.differing:
            message = _("%(edition)s (%(code)s): files intact, not re-rendered: versions differ (%(names)s).")
            return message % (named | {"names": ", ".join(verdict.differing)})
        number = len(verdict.repeated)
        message = ngettext(
            "%(edition)s (%(code)s): files intact; %(number)d was re-rendered, with the same bytes.",
            "%(edition)s (%(code)s): files intact; %(number)d were re-rendered, with the same bytes.",
            number,
        )
        return message % (named | {"number": number})

    def _find(self, named: str, meeting: str | None) -> Edition:
        editions = Edition.objects.select_related("report__meeting")
        report, _slash, number = named.rpartition("/")
        report = report or meeting or ""
        if number.isascii() and number.isdigit() and len(number) < 5:
            wanted = [
                edition
                for edition in editions.filter(number=int(number))
                if not report or edition.report.code == report.upper()
            ]
            return self._only(wanted, named)
        try:
            return self._only(list(editions.filter(code=read_code(named))), named)
        except ValueError:
            return self._only([], named)

    def _only(self, found: list[Edition], named: str) -> Edition:
        if len(found) == 1:
            return found[0]
        if found:
            choices = {"number": named, "editions": ", ".join(str(edition) for edition in found)}
            raise CommandError(_("There are several editions %(number)s: say %(editions)s.") % choices)
        raise CommandError(
            _("There is no edition “%(edition)s”. Name it like COMCEC-40/1, or by its short code.")
            % {"edition": named}
        )
