"""Take in a spreadsheet: what the portal exported and somebody changed, or a template that was filled in."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from activities.models import ImportReceipt
from activities.sheets.applying import ChangedMeanwhile
from activities.sheets.importing import WORKBOOK, Source, reading
from activities.sheets.preview import preview_of, sheet_name
from activities.sheets.receipts import import_now, receipt_for
from activities.sheets.shape import BY_KEY
from activities.sheets.verdicts import Refused
from activities.sheets.words import sentence_of
from bilingual.files import write_to
from bilingual.terminal import SpokenCommand, terminal_language


class Command(SpokenCommand):
    """Say what a file would change, row by row, and change it unless told otherwise."""

    help = "Import activities and what belongs to them from a workbook (.xlsx) or a CSV file."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file to read")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--language", choices=("ar", "en"), help="the language of what is said")
        parser.add_argument("--encoding", choices=("utf-8", "windows-1256"), default="utf-8", help="of a CSV file")
        parser.add_argument("--sheet", default="", help="which sheet a CSV file holds, such as countries")
        parser.add_argument("--user", help="the account to which the history ascribes the changes")

    def handle(self, *, file, language, **options):
        with override(language or terminal_language()):
            self._import(Path(file), **options)

    def _import(self, path, *, dry_run, encoding, sheet, user, **_options):
        user = self._user(user)
        if sheet and sheet not in BY_KEY:
            raise CommandError(
                _("There is no sheet “%(sheet)s”: say one of %(known)s.")
                % {"sheet": sheet, "known": ", ".join(BY_KEY)}
            )
        try:
            with path.open("rb") as opened, reading(opened, _source(path, encoding, sheet), user) as read:
                self._tell(read.plan)
                receipt = None if dry_run else receipt_for(opened, path.name, user)
                if receipt:
                    import_now(receipt, read.plan, user)
                held = self._write_held_back(path, read)
        except OSError as error:
            message = _("The file %(file)s cannot be read: %(reason)s.")
            raise CommandError(message % {"file": path, "reason": error.strerror}) from error
        except Refused as refusal:
            raise CommandError(sentence_of(refusal)) from refusal
        except ChangedMeanwhile as error:
            raise CommandError(
                _("Somebody changed these records at the same moment. Nothing was imported.")
            ) from error
        self._conclude(receipt, read.plan, held)

    def _user(self, name):
        if not name:
            return None
        found = get_user_model().objects.filter(username=name).first()
        if found is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": name})
        return found

    def _tell(self, plan):
        shown = preview_of(plan)
        for row in shown["added"]:
            self.stdout.write(_("Added: %(sheet)s, row %(row)d: %(name)s") % row)
        self._tell_more(shown["added_more"])
        for row in shown["changed"]:
            self.stdout.write(_("Changed: %(sheet)s, row %(row)d: %(name)s") % row)
            for field in row["fields"]:
                self.stdout.write(f"    {field['heading']}: {field['old'] or '–'} → {field['new'] or '–'}")
            self._tell_more(row["fields_more"])
        self._tell_more(shown["changed_more"])
        for row in shown["complaints"]:
            self.stdout.write(self._complaint(row))
        self._tell_more(shown["complaints_more"])
        self._tell_counts(plan.counts)

    def _tell_more(self, count):
        if count:
            self.stdout.write(ngettext("… and %(count)d more", "… and %(count)d more", count) % {"count": count})

    def _complaint(self, row):
        said = {**row, "heading": row["heading"] or "–", "value": row["value"] or "–"}
        if row["conflict"]:
            return _("Conflict: %(sheet)s, row %(row)d, %(heading)s, “%(value)s”: %(sentence)s") % said
        return _("Refused: %(sheet)s, row %(row)d, %(heading)s, “%(value)s”: %(sentence)s") % said

    def _tell_counts(self, counts):
        for key, number in counts["added"].items():
            self.stdout.write(_("%(sheet)s: %(number)d to add") % {"sheet": sheet_name(key), "number": number})
        for key, number in counts["changed"].items():
            self.stdout.write(_("%(sheet)s: %(number)d to change") % {"sheet": sheet_name(key), "number": number})
        self.stdout.write(_("Rows that change nothing: %(number)d") % {"number": counts["unchanged"]})
        if counts["examples"]:
            self.stdout.write(_("Example rows passed over: %(number)d") % {"number": counts["examples"]})

    def _write_held_back(self, path, read):
        if not read.plan.complaints:
            return None
        target = path.with_name(f"{path.stem}-held-back.xlsx")
        with write_to(target) as file:
            read.write_held_back(file)
        return target

    def _conclude(self, receipt: ImportReceipt | None, plan, held):
        if receipt is None:
            self.stdout.write(_("This was a dry run: nothing was written."))
        elif plan.does_nothing:
            self.stdout.write(_("There is nothing to change."))
        else:
            self.stdout.write(
                _("Imported. Receipt %(number)d, SHA-256 %(hash)s.")
                % {"number": receipt.pk, "hash": receipt.file_hash}
            )
        if held:
            counts = plan.counts
            number = counts["refused"] + counts["conflicts"]
            raise CommandError(
                ngettext(
                    "%(number)d row was held back. It stands, with its reasons, in %(file)s.",
                    "%(number)d rows were held back. They stand, with their reasons, in %(file)s.",
                    number,
                )
                % {"number": number, "file": held}
            )


def _source(path: Path, encoding: str, sheet: str) -> Source:
    if path.suffix.lower() not in (".csv", ".txt"):
        return Source(WORKBOOK)
    return Source("cp1256" if encoding == "windows-1256" else "utf-8", sheet)
