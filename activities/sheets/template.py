"""The empty workbook that staff fill in: headings, lists to choose from, one example a sheet, and explanations."""

from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from activities.models import LANGUAGES_OF_WORK, Activity, ActivityKind, ParticipantProfile
from activities.sheets.columns import Column, Sort
from activities.sheets.layout import EXAMPLE, EXPLANATIONS, LISTS
from activities.sheets.shape import BY_KEY, SHEETS, Sheet
from activities.sheets.tables import SEPARATOR, labels_of
from activities.sheets.writing import (
    BOLD,
    EXAMPLE_TINT,
    HEADER_ROWS,
    READING_ORDER,
    TYPEFACE,
    Book,
    cell,
    height_of,
    wrapped,
)
from bilingual.languages import language_name
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.models import CooperationArea, Roadmap

ROWS = 5000  # in which the lists are offered
_TITLE = Font(name=TYPEFACE, bold=True, size=13)
_EXPLAINED_WIDTHS = (26, 24, 34, 70, 50)

_EXAMPLES: dict[str, dict[str, Any]] = {
    "activities": {
        "title_ar": "ضمان الجودة في التعليم والتدريب الفني والمهني",
        "title_en": "Quality Assurance in TVET",
        "start_date": date(2024, 3, 13),
        "end_date": date(2024, 3, 14),
        "mode": "online",
        "status": "held",
        "working_languages": "ar en",
        "headcount": 80,
        "headcount_standing": "reported",
        "women": 35,
        "men": 45,
        "sexes_standing": "reported",
        "member_countries": 22,
        "countries_standing": "reported",
        "is_reportable": True,
        "title_ar_is_official": True,
        "title_en_is_official": True,
        "state": "draft",
    },
    "partnerships": {"role": "co_organiser", "order": 1},
    "countries": {"count": 4},
    "links": {
        "label_ar": "التسجيل",
        "label_en": "Registration",
        "url": "https://www.example.org/registration",
        "order": 1,
    },
    "institutions": {
        "name_ar": "وزارة التعليم المهني",
        "name_en": "Ministry of Vocational Education",
        "takes_the": True,
        "kind": "ministry",
        "website": "https://www.example.org/",
    },
    "focal_points": {
        "name_ar": "اسم المسؤول",
        "name_en": "Name of the official",
        "email": "name@example.org",
        "language": "ar",
        "is_public": False,
        "start": date(2024, 1, 1),
    },
    "membership": {"status": "member", "start": date(1969, 9, 25), "start_precision": "day", "until_precision": "day"},
    "areas": {"number": 1, "title_ar": "عنوان المجال", "title_en": "Title of the area", "title_ar_is_official": True},
}


def write_template(file: IO[bytes], language: str) -> None:
    """Write the template to ``file``; ``language`` gives its direction and the language of what it explains."""
    with override(language):
        book = Book(language)
        _write_explanations(book)
        lists = _Lists()
        for sheet in SHEETS:
            _write_sheet(book, sheet, lists)
        lists.write(book)
        book.save(file)


def _write_sheet(book: Book, sheet: Sheet, lists: "_Lists") -> None:
    page = book.add_columns(sheet, sheet.columns)
    for number, column in enumerate(sheet.columns, start=1):
        if rule := _rule(column, lists, book.language):
            letter = get_column_letter(number)
            rule.add(f"{letter}{HEADER_ROWS + 1}:{letter}{ROWS}")
            page.data_validations.append(rule)
    values = zip(sheet.columns, _example(sheet, book.language, lists), strict=True)
    page.append([_in_direction(cell(page, value, fill=EXAMPLE_TINT), column) for column, value in values])


def _in_direction(made: Any, column: Column) -> Any:
    """Let a text in one of both languages be read as that language is."""
    if order := READING_ORDER.get(column.key[-2:]) if column.key[-3:-2] == "_" else None:
        made.alignment = Alignment(readingOrder=order)
    return made


def _example(sheet: Sheet, language: str, lists: "_Lists") -> Iterator[Any]:
    """Yield the cells of a row that shows how it is done, marked so that it is never imported."""
    said = _EXAMPLES[sheet.key]
    yield EXAMPLE[language]
    for column in sheet.columns[1:]:
        yield lists.entry(column, said[column.key]) if column.key in said else lists.first(column)


def _rule(column: Column, lists: "_Lists", language: str) -> DataValidation | None:
    """Return what a spreadsheet program checks in the column; import checks it again, and more."""
    if name := lists.name(column):
        rule = DataValidation("list", formula1=lists.range_of(name, language), allow_blank=True)
        # The bare word and the name alone are understood as well, and codes may be those that the same file adds.
        rule.showErrorMessage = False
    elif column.sort is Sort.DAY:
        rule = DataValidation(
            "date", operator="greaterThan", formula1="25569", allow_blank=True, showErrorMessage=True
        )
    elif column.sort is Sort.NUMBER:
        rule = DataValidation(
            "whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True, showErrorMessage=True
        )
    elif column.sort is Sort.FLAG:
        rule = DataValidation("list", formula1='"TRUE,FALSE"', allow_blank=True, showErrorMessage=True)
    else:
        return None
    help_text = column.explanation(language)
    if help_text:
        rule.promptTitle, rule.prompt = column.heading.in_(language)[:32], help_text[:255]
        rule.showInputMessage = True
    return rule


class _Lists:
    """What may be chosen: a column of the sheet of lists for each table of codes and each set of choices."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str]] = {
            "kinds": _codes(ActivityKind.objects.all(), "name"),
            "profiles": _codes(ParticipantProfile.objects.all(), "name"),
            "roadmaps": _codes(Roadmap.objects.all(), "short_title", "title"),
            "countries": _codes(Country.objects.all(), "short_name"),
            "institutions": _codes(Institution.objects.order_by("code"), "name"),
            "languages": _languages(),
            "projects": _codes(Activity.objects.filter(kind__is_project=True).order_by("code"), "title"),
        }
        for area in CooperationArea.objects.select_related("roadmap").order_by("roadmap", "number"):
            title = Bilingual.of(area, "title")
            self.columns.setdefault("areas", []).append(
                f"{area.roadmap.code}{SEPARATOR}{area.number}{SEPARATOR}{title}"
            )
        for sheet in SHEETS:
            for column in sheet.columns:
                if column.sort is Sort.CHOICE:
                    self.columns[f"{sheet.key}.{column.key}"] = _choices(column, sheet)

    def name(self, column: Column) -> str:
        """Return the list of a column, ``""`` for none."""
        if column.sort is Sort.CHOICE:
            return next(name for name in self.columns if _is_choice_of(name, column))
        if column.key == "project":
            return "projects"
        is_by_code = column.sort in (Sort.RECORD, Sort.CODES)
        return column.table if is_by_code and column.table in self.columns else ""

    def first(self, column: Column) -> Any:
        """Return what an example shows in a column of codes: something that exists, or nothing."""
        needed = column.sort is Sort.RECORD and not column.may_be_empty
        entries = self.columns.get(column.table, ()) if needed or column.key == "institution" else ()
        return next(iter(entries), None)

    def entry(self, column: Column, value: Any) -> Any:
        """Return how the list of a column of choices offers ``value``; any other value as it is."""
        if column.sort is not Sort.CHOICE:
            return value
        return next(each for each in self.columns[self.name(column)] if each.startswith(f"{value}{SEPARATOR}"))

    def range_of(self, name: str, language: str) -> str:
        """Return where a list stands, as a rule of a cell names it."""
        letter = get_column_letter(list(self.columns).index(name) + 1)
        return f"{quote_sheetname(LISTS[language])}!${letter}$2:${letter}${max(len(self.columns[name]), 1) + 1}"

    def write(self, book: Book) -> None:
        page = book.add_sheet(LISTS[book.language], (30 for _name in self.columns))
        page.append([cell(page, name, font=BOLD) for name in self.columns])
        for number in range(max(map(len, self.columns.values()))):
            page.append(
                [cell(page, entries[number]) if number < len(entries) else None for entries in self.columns.values()]
            )


def _is_choice_of(name: str, column: Column) -> bool:
    sheet, _dot, key = name.partition(".")
    return bool(key) and BY_KEY[sheet].by_key.get(key) is column


def _codes(records: Any, *fields: str) -> list[str]:
    return [SEPARATOR.join(filter(None, [record.code, labels_of(record, fields[0])])) for record in records]


def _languages() -> list[str]:
    names = ((code, language_name(code, "ar"), language_name(code, "en")) for code in LANGUAGES_OF_WORK)
    return [f"{code}{SEPARATOR}{ar} / {en}" for code, ar, en in names]


def _choices(column: Column, sheet: Sheet) -> list[str]:
    """Return what a column of choices offers: the word that is stored, and what it is called in both languages."""
    entries = []
    for value, label in column.choices():
        names = []
        for language in ("ar", "en"):
            with override(language):
                names.append(str(label))
        entries.append(f"{value}{SEPARATOR}{' / '.join(dict.fromkeys(names))}")
    return entries


def _write_explanations(book: Book) -> None:
    page = book.add_sheet(EXPLANATIONS[book.language], _EXPLAINED_WIDTHS)
    page.append([_spoken(cell(page, _("How to fill in this workbook"), font=_TITLE), book)])
    sentences = _sentences()
    for sentence in sentences:
        page.append([_spoken(cell(page, sentence), book)])
    page.append([])
    heads = (_("Sheet"), _("Column"), _("Heading"), _("What belongs there"), _("Choices"))
    page.append([_spoken(cell(page, head, font=BOLD), book) for head in heads])
    explained = (_explained(sheet, column, book.language) for sheet in SHEETS for column in sheet.columns)
    for number, texts in enumerate(explained, start=len(sentences) + 4):
        page.row_dimensions[number].height = height_of(zip(texts, _EXPLAINED_WIDTHS, strict=True))
        page.append([wrapped(cell(page, text), book.language) for text in texts])


def _spoken(made: Any, book: Book) -> Any:
    """A line that runs on over the empty cells beside it."""
    made.alignment = Alignment(readingOrder=READING_ORDER[book.language])
    return made


def _explained(sheet: Sheet, column: Column, language: str) -> list[str]:
    choices = ", ".join(f"{value} ({label})" for value, label in column.choices())
    about = " ".join(filter(None, [_sort_of(column), column.explanation(language)]))
    return [sheet.name(language), column.key, column.heading.in_(language), about, choices]


def _sort_of(column: Column) -> str:
    said = {
        Sort.DAY: _("A day: a date cell, or year, month and day such as 2024-03-13."),
        Sort.NUMBER: _("A whole number."),
        Sort.FLAG: _("TRUE or FALSE."),
        Sort.CHOICE: _("One of the choices."),
        Sort.CODES: _("Codes from the lists, with a space between two; or names in either language, with a comma."),
        Sort.RECORD: _("A code from the lists; the name in either language will do where it is unmistakable."),
    }
    must = "" if column.may_be_empty or column.default() is not None else _("Required.")
    return " ".join(filter(None, [must, said.get(column.sort, "")]))


def _sentences() -> list[str]:
    return [
        _("The first row of each sheet has the names by which the import knows the columns: leave it as it is."),
        _("Columns that you do not need may be deleted; none may be added."),
        _("The example row is never imported; overwrite it or leave it."),
        _("What is not known stays empty. A figure that nobody reported is never zero."),
        _("Rows are added or changed, never deleted: delete records in the portal."),
        _("Write values, not formulas."),
        _("An activity is imported with all its rows or not at all."),
    ]
