"""The tables of a report as a workbook: what the facts say, as text, numbers and days, in both languages."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from activities.figures import Figures, Tally
from bilingual.text import Bilingual
from reports.codes import in_halves
from reports.facts import (
    AreaFacts,
    AttendanceFacts,
    CountryFacts,
    Imprint,
    KindRow,
    MonthRow,
    ParticipationFacts,
    PartnersByRole,
    ReportFacts,
)
from reports.tests import programmes
from reports.tests.programmes import ORGAN, PARTNERS, report_of_one, taking_part
from reports.workbook import group_list, to_workbook

thorough = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SHEETS = {
    "ar": {
        "figures": "الأرقام الرئيسية",
        "activities": "الأنشطة",
        "areas": "حسب مجال التعاون",
        "kinds": "حسب النوع",
        "months": "حسب الشهر",
        "countries": "البلدان",
        "groups": "المجموعتان أ وب",
    },
    "en": {
        "figures": "Key figures",
        "activities": "Activities",
        "areas": "By cooperation area",
        "kinds": "By kind",
        "months": "By month",
        "countries": "Countries",
        "groups": "Groups A and B",
    },
}
PENDING = {"ar": "قيد الانتظار", "en": "pending"}
HEAD = 5


def sheet(file: bytes, name: str, language: str = "en"):
    return load_workbook(BytesIO(file))[SHEETS[language][name]]


def table(file: bytes, name: str, language: str = "en") -> list[dict]:
    """The rows of a sheet by heading, up to the empty row before its notes."""
    rows = [[cell.value for cell in row] for row in sheet(file, name, language).iter_rows(min_row=HEAD)]
    found = []
    for row in rows[1:]:
        if not any(value is not None for value in row):
            break
        found.append(dict(zip(rows[0], row, strict=True)))
    return found


def full_report(**said) -> ReportFacts:
    tally = Tally(held=1, planned=2, participations=82, reporting=1)
    return replace(
        report_of_one(**{"participation": taking_part(82, 14), **said}),
        figures=Figures(tally, 3, 2, None),
        areas=(
            AreaFacts("2020-2025", 1, programmes.AREAS[0], tally),
            AreaFacts("2020-2025", 2, programmes.AREAS[1], Tally()),
        ),
        without_area=Tally(held=2, pending=2),
        kinds=(KindRow(programmes.KINDS[0], tally),),
        months=(MonthRow("earlier", Tally(held=1)), MonthRow("2024-06", tally)),
        attendance=AttendanceFacts(3, 1, tuple(CountryFacts(*each, 1) for each in programmes.COUNTRIES)),
    )


# Values.


@pytest.mark.parametrize("language", ["ar", "en"])
@thorough
@given(facts=programmes.reports())
def test_the_rows_are_the_records_of_the_facts(language, facts):
    rows = table(to_workbook(facts), "activities", language)
    records = [each for item in facts.items for each in (item, *item.parts)]
    values = [list(row.values()) for row in rows]
    told = [(number, code, title) for number, code, _kind, title, *_rest in values]
    assert told == [(each.number, each.code, each.title.in_(language)) for each in records]
    starts = [row[4].date() if isinstance(row[4], datetime) else None for row in values]
    assert starts == [each.start for each in records]


@thorough
@given(facts=programmes.reports())
def test_both_languages_hold_the_same_numbers(facts):
    book = load_workbook(BytesIO(to_workbook(facts)))
    half = len(book.sheetnames) // 2
    numbers = [
        [
            [cell.value for cell in row if isinstance(cell.value, int | datetime)]
            for row in page.iter_rows(min_row=HEAD)
        ]
        for page in book.worksheets
    ]
    assert numbers[:half] == numbers[half:]


@thorough
@given(facts=programmes.reports())
def test_a_headcount_is_the_number_reported_or_a_word(facts):
    for row, record in zip(
        table(to_workbook(facts), "activities"),
        [each for item in facts.items for each in (item, *item.parts)],
        strict=True,
    ):
        counts = record.turnout
        if counts and counts.headcount is not None:
            assert row["Participants"] == counts.headcount
        else:
            assert row["Participants"] in ("pending", "not stated", "–")


def test_figures_and_breakdowns_are_those_of_the_facts():
    file = to_workbook(full_report())
    figures = {row["Figure"]: row["Number"] for row in table(file, "figures")}
    assert figures["Activities held"] == 1
    assert figures["Participations reported"] == 82
    assert figures["Member countries that took part"] == "not stated"
    [first, second, without] = table(file, "areas")
    assert (first["No."], first["Held"], first["Planned"], first["Participations reported"]) == (1, 1, 2, 82)
    assert (second["Held"], second["Participations reported"]) == (0, "–")
    assert (without["Held"], without["Participations reported"]) == (2, "pending")
    assert [row["Month"] for row in table(file, "months")] == ["Before this period", "June 2024"]
    assert [row["Code"] for row in table(file, "countries")] == [code for code, _name in programmes.COUNTRIES]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_figure_that_is_awaited_is_a_word_and_never_zero(language):
    waiting = ParticipationFacts(taking_part(1, 1).people, None, "pending", None, None, "pending")
    values = list(table(to_workbook(full_report(participation=waiting)), "activities", language)[0].values())
    assert PENDING[language] in values
    assert 0 not in values


def test_an_estimate_is_a_number_that_says_about():
    counts = replace(taking_part(82, 14), headcount_standing="estimated")
    for language, about in (("ar", "نحو"), ("en", "about")):
        page = sheet(to_workbook(full_report(participation=counts)), "activities", language)
        [cell] = [cell for row in page.iter_rows() for cell in row if cell.value == 82]
        assert about in cell.number_format


def test_partners_stand_in_the_columns_of_their_roles():
    partners = PartnersByRole(organisers=(ORGAN, PARTNERS[0]), providers=(PARTNERS[2],))
    [row] = table(to_workbook(full_report(partners=partners)), "activities")
    assert row["Organisers"] == "SESRIC; Ministry of Education of Malaysia"
    assert row["Content providers"] == "KOBIA"
    assert row["Hosts"] is None


# The list for the COMCEC Coordination Office.


def test_the_group_list_sorts_what_was_held_and_is_planned_into_groups():
    one = report_of_one().items[0]
    items = [
        replace(one, code="2024-001", group=""),
        replace(one, code="2024-002", group="B", status="planned"),
        replace(one, code="2024-003", group="A"),
        replace(one, code="2024-004", group="A", status="cancelled"),
    ]
    rows = table(group_list(replace(full_report(), items=tuple(items))), "groups")
    assert [(row["Code"], row["Group"][:7]) for row in rows] == [
        ("2024-003", "Group A"),
        ("2024-002", "Group B"),
        ("2024-001", "In neit"),
    ]


def test_the_group_list_has_nothing_but_that_list_in_both_languages():
    book = load_workbook(BytesIO(group_list(full_report())))
    assert book.sheetnames == [SHEETS["ar"]["groups"], SHEETS["en"]["groups"]]


# Cells.


@pytest.mark.parametrize("title", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("https://example.org")'])
def test_a_title_that_looks_like_a_formula_stays_text(title):
    page = sheet(to_workbook(full_report(title=Bilingual(title, title))), "activities")
    [cell] = [cell for row in page.iter_rows() for cell in row if cell.value == title]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_no_cell_of_the_file_is_a_formula():
    file = to_workbook(full_report(title=Bilingual("=1", "=1")))
    with ZipFile(BytesIO(file)) as package:
        pages = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
    assert pages
    assert not [page for page in pages if b"<f>" in page]


@pytest.mark.parametrize("title", ["a\x0bb", "x" * 40_000, "ب" + "\u0651" * 20_000, "<&>\"'"])
def test_hostile_titles_make_a_whole_file(title):
    [row] = table(to_workbook(full_report(title=Bilingual(title, title))), "activities")
    assert row["Title"] == title.replace("\x0b", "\ufffd")[:32_767]


def test_days_are_days_and_numbers_are_numbers():
    [row] = table(to_workbook(full_report()), "activities")
    assert row["First day"] == datetime(2024, 6, 25)  # noqa: DTZ001 -- a spreadsheet knows no zones
    assert row["Participants"] == 82
    assert row["Countries"] == 14


# Sheets.


def test_arabic_sheets_run_from_the_right_and_english_ones_from_the_left():
    book = load_workbook(BytesIO(to_workbook(full_report())))
    sides = {page.title: bool(page.sheet_view.rightToLeft) for page in book.worksheets}
    assert sides == {**dict.fromkeys(SHEETS["ar"].values(), True), **dict.fromkeys(SHEETS["en"].values(), False)}


def test_the_head_stays_in_view_and_is_printed_on_every_page():
    for page in load_workbook(BytesIO(to_workbook(full_report()))).worksheets:
        assert page.freeze_panes == f"A{HEAD + 1}"
        assert page.print_title_rows == f"${HEAD}:${HEAD}"
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
        assert all(page.column_dimensions[cell.column_letter].width > 5 for cell in page[HEAD])


@pytest.mark.parametrize(
    ("language", "draft", "edition"),
    [
        ("ar", "مسودة للمراجعة، بتاريخ 1 نوفمبر 2024", "الإصدار 2"),
        ("en", "Draft for review, as of 1 November 2024", "Edition 2"),
    ],
)
def test_every_sheet_names_the_report_and_its_state(language, draft, edition):
    imprint = Imprint(2, "K7Q2MX", date(2024, 11, 20), "https://vet.example.org/v/K7Q2MX")
    for name in SHEETS[language]:
        page = sheet(to_workbook(full_report()), name, language)
        assert "COMCEC-40" in page["A1"].value
        assert page["A3"].value == draft
        page = sheet(to_workbook(full_report(), imprint), name, language)
        assert page["A3"].value.startswith(edition)
        assert in_halves(imprint.code) in page["A3"].value


def test_tables_that_have_nothing_to_tell_are_left_out():
    empty = replace(full_report(), areas=(), kinds=(), months=(), attendance=AttendanceFacts())
    names = load_workbook(BytesIO(to_workbook(empty))).sheetnames
    assert names == [SHEETS[language][name] for language in SHEETS for name in ("figures", "activities", "groups")]


# The file.


def test_equal_facts_give_equal_bytes_and_the_file_knows_no_other_day_than_the_reports():
    file = to_workbook(full_report())
    assert to_workbook(full_report()) == file
    with ZipFile(BytesIO(file)) as package:
        assert {member.date_time for member in package.infolist()} == {(2024, 11, 1, 0, 0, 0)}
        days = set(re.findall(r"\d{4}-\d\d-\d\dT", package.read("docProps/core.xml").decode()))
    assert days == {"2024-11-01T"}


def test_the_file_says_whose_it_is_and_is_dated_by_the_reports_day():
    facts = full_report()
    about = load_workbook(BytesIO(to_workbook(facts))).properties
    assert facts.code in about.title
    assert about.creator == about.lastModifiedBy == "SESRIC"
    assert about.created.date() == about.modified.date() == facts.as_of


def office_reads_sheets() -> bool:
    """Whether LibreOffice is here, and with it the part that reads spreadsheets."""
    program = shutil.which("soffice")
    return bool(program) and (Path(program).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not office_reads_sheets(), reason="LibreOffice Calc is not installed here")
def test_libreoffice_opens_the_workbook_and_shows_its_text(tmp_path):
    import pypdf

    path = tmp_path / "report.xlsx"
    path.write_bytes(to_workbook(full_report(title=Bilingual("=1+1", "=1+1"))))
    office, profile = shutil.which("soffice"), f"-env:UserInstallation=file://{tmp_path}/office"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 -- on a file of our own
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    assert "Draft for review" in text
    assert "=1+1" in text
