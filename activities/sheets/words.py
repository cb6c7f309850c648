"""What the import says: why a file is not read, and what is wrong with a cell; each with its remedy."""

from django.utils.translation import gettext as _

from activities.sheets.verdicts import Refused
from bilingual.languages import active_language
from bilingual.numbers import say_number


def sentence_of(refusal: Refused) -> str:
    """Return why a file is not read, and what to do, in the active language."""
    sentence = _sentences().get(refusal.code) or _sentences()["damaged"]
    details = {
        name: say_number(value, active_language()) if isinstance(value, int) else value
        for name, value in refusal.details.items()
    }
    where = _where(refusal.details)
    return f"{where}{sentence % details}" if details else f"{where}{sentence}"


def _where(details: dict) -> str:
    if not details.get("sheet"):
        return ""
    if "row" in details:
        return _("Sheet “%(sheet)s”, row %(row)d: ") % details
    return _("Sheet “%(sheet)s”: ") % details


def _sentences() -> dict[str, str]:
    return {
        "file_too_large": _("The file is larger than %(limit)s MB. Import it in parts."),
        "encrypted": _(
            "The workbook is protected by a password, or it is of the old kind (.xls). Open it, take the password "
            "away, and save it as an Excel workbook (.xlsx)."
        ),
        "no_workbook": _(
            "This is no Excel workbook (.xlsx). Save it as one, or choose CSV and the encoding of the file."
        ),
        "no_table": _("This is a workbook and no CSV file: choose “Excel workbook”."),
        "damaged": _(
            "The file is damaged or incomplete: nothing of it was read. Save it again and send it once more."
        ),
        "damaged_table": _("The quotation marks of the file are out of order here. Save it again as CSV."),
        "too_many_members": _("The workbook has far more parts than a table needs. Copy the rows into the template."),
        "unpacks_too_large": _(
            "The workbook unpacks to far more than a table needs. Copy the rows into the template."
        ),
        "macros": _("The workbook holds macros. Save it as a workbook without macros (.xlsx)."),
        "links": _(
            "The workbook refers to other files or holds embedded ones. Copy the rows as values into the template."
        ),
        "doctype": _("The workbook holds a part that none written by Excel has. Copy the rows into the template."),
        "too_many_sheets": _("The workbook has more sheets than the template. Keep those of the template."),
        "too_many_rows": _("Nothing is read beyond row %(limit)s. Delete what stands below, or import it in parts."),
        "too_many_columns": _("Nothing is read beyond column %(limit)s. Delete the columns that stand further on."),
        "cell_too_long": _("A cell holds more than %(limit)s characters. Shorten it."),
        "too_many_cells": _("The sheet holds more cells than can be read at once. Import it in parts."),
        "too_costly": _("Reading the file took more time or memory than it may. Copy the rows into the template."),
        "not_utf8": _(
            "The text of the file is not UTF-8. Save it as “CSV UTF-8”, or choose Windows-1256 if it comes from an "
            "older Arabic program."
        ),
        "is_utf8": _("The text of the file is UTF-8 and not Windows-1256: choose UTF-8."),
        "not_text": _("The file is no text in the chosen encoding. Save it as “CSV UTF-8”."),
        "unknown_sheet": _(
            "The portal knows no such sheet. Name it as in the template, or delete it; nothing was read."
        ),
        "sheet_twice": _("This sheet stands in the file twice. Keep one of them; nothing was read."),
        "no_sheet": _("The file holds no row that could be imported."),
        "unknown_heading": _(
            "The column “%(heading)s” is not one of this sheet. Name it as in the template, or delete it; nothing was "
            "read."
        ),
        "heading_twice": _("The column “%(heading)s” stands here twice. Keep one of them; nothing was read."),
        "missing_heading": _("The column “%(heading)s” is missing. Take it over from the template."),
    }
