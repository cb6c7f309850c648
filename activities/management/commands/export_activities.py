"""Write the programme's data as a spreadsheet, or the empty template of one."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from activities.sheets.export import everything, write_table, write_workbook
from activities.sheets.shape import BY_KEY
from activities.sheets.template import write_template
from bilingual.files import write_to
from bilingual.terminal import SpokenCommand, terminal_language


class Command(SpokenCommand):
    """Export everything that the sheets hold; the import reads the file back without a change."""

    help = "Write activities with partners, countries and all that belongs to them as a workbook or CSV file."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a name that ends in .xlsx, or in .csv for one sheet")
        parser.add_argument("--language", choices=("ar", "en"), help="whose direction and headings the workbook has")
        parser.add_argument("--sheet", default="activities", help="the sheet that a CSV file holds, such as countries")
        parser.add_argument("--template", action="store_true", help="write the empty template instead")

    def handle(self, *, file, language, sheet, template, **options):
        path = Path(file)
        language = language or terminal_language()
        if path.suffix.lower() not in (".xlsx", ".csv") or (template and path.suffix.lower() == ".csv"):
            raise CommandError(_("Name a file that ends in .xlsx, or in .csv for the rows of one sheet."))
        if sheet not in BY_KEY:
            raise CommandError(
                _("There is no sheet “%(sheet)s”: say one of %(known)s.")
                % {"sheet": sheet, "known": ", ".join(BY_KEY)}
            )
        try:
            with write_to(path) as target, override(language):
                self._write(target, path.suffix.lower(), sheet, language, template)
        except OSError as error:
            message = _("The file %(file)s cannot be written: %(reason)s.")
            raise CommandError(message % {"file": file, "reason": error.strerror}) from error
        self.stdout.write(str(path))

    def _write(self, target, suffix, sheet, language, template):
        if template:
            write_template(target, language)
        elif suffix == ".csv":
            target.writelines(write_table(BY_KEY[sheet], everything()[sheet]))
        else:
            write_workbook(target, everything(), language)
