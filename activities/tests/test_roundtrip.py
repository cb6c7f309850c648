"""What is exported and imported again is byte for byte the same, and changes nothing."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity, Partnership
from activities.sheets.export import write_table
from activities.sheets.importing import Source
from activities.sheets.shape import BY_KEY, SHEETS
from activities.sheets.texts import from_table, in_table
from activities.tests.factories import (
    add_country,
    add_link,
    add_partner,
    count_participants,
    make_activity,
    make_profile,
    make_project,
)
from activities.tests.sheets import all_stored, exported, imported, opened, plan_of
from bilingual.text import normalise
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db

TRICKY = [
    "=1+1",
    "==1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''=1",
    "'quoted'",
    '=HYPERLINK("https://x.example","x")',
    'say "no", twice',
    "a;b,c\td",
    "_x000D_",
    "_x005F_x000D_",
    "=المجموع",
    "عنوان «بين قوسين»",
    "\u200fيمين then left",
    "TRUE",
    "2024-03-13",
    "007",
    "1e5",
    "|cmd",
    "\uffff",
    "مثال",
    "EXAMPLE",
    "code",
]
LETTERS = st.sampled_from("=+-@'\"\n,;\t_x0DAب ةéA1\u200f\u2067\u2069\u2028<&>%|") | st.characters(
    blacklist_categories=("Cs", "Cc")
)


def storable(text):
    """Whether the gate lets ``text`` through as it is."""
    from django.core.exceptions import ValidationError

    from bilingual.text import validate_prose

    try:
        validate_prose(text)
    except ValidationError:
        return False
    return bool(text) and normalise(text) == text


PROSE = st.text(LETTERS, min_size=1, max_size=60).map(normalise).filter(storable)


def full_activity(**said):
    area = make_area(make_roadmap(code="2020-2025"), number=1)
    activity = make_activity(
        roadmap=area.roadmap,
        area=area,
        parent=make_project(),
        venue_country=make_country("TUR"),
        working_languages="ar fr",
        open_to="MAR TUR",
        registration_until=date(2024, 3, 1),
        **said,
    )
    add_link(activity, label_en="=1+1", order=2)
    add_link(activity, label_ar=None)
    add_partner(activity, make_institution(code="sesric"))
    add_partner(activity, described_as_en="=Centres", described_as_ar="مراكز", post_en="@Director")
    add_country(activity, make_country("MAR"), 4)
    add_country(activity, make_country("AZE"))
    count_participants(activity, 80, women=30, member_countries=22, profile=make_profile(), source="'The Ministry")
    make_focal_point(email="x@example.org")
    return activity


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_export_imported_again_changes_nothing(language):
    full_activity(topics_en="one\ntwo", note="=note")
    count_participants(make_activity(), None)
    before = all_stored()
    with override(language):
        file = exported(language=language)
        plan = imported(file)
    assert (plan.complaints, plan.does_nothing) == ([], True)
    assert plan.unchanged == sum(map(len, before.values()))
    assert (all_stored(), Activity.versions.filter(history_type="~").count()) == (before, 0)


def test_a_truth_that_libreoffice_saved_as_a_formula_is_a_truth():
    """LibreOffice writes TRUE() and FALSE() in place of truth values; any other formula stays one."""
    make_activity(title_ar_is_official=False, note="TRUE()")
    truths = (b't="b"><v>1', b't="b"><f aca="false">TRUE()</f><v>1'), (b't="b"><v>0', b't="b"><f>FALSE()</f><v>0')
    plan = plan_of(rewritten(exported(), *truths))
    assert (plan.complaints, plan.does_nothing) == ([], True)
    sneaky = (b't="b"><v>1', b't="b"><f>TRUE()+1</f><v>1')
    with override("en"):
        sentences = {complaint.sentence for complaint in plan_of(rewritten(exported(), sneaky)).complaints}
    assert sentences == {"This is a formula. Paste its result as a value."}


def rewritten(file, *changes):
    """Return a workbook in whose parts bytes are replaced; each change is found."""
    made, found = io.BytesIO(), set()
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(made, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            for old, new in changes:
                found |= {old} if old in content else set()
                content = content.replace(old, new)
            copy.writestr(name, content)
    assert found == {old for old, _new in changes}
    made.seek(0)
    return made


def office_reads_sheets() -> bool:
    """Whether LibreOffice is here, and with it the part that reads spreadsheets."""
    program = shutil.which("soffice")
    return bool(program) and (Path(program).resolve().parent / "libsclo.so").exists()


@pytest.mark.skipif(not office_reads_sheets(), reason="LibreOffice Calc is not installed here")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_export_that_libreoffice_saved_changes_nothing(language, tmp_path):
    full_activity(topics_en="one\ntwo", note="=note", title_ar_is_official=False)
    path, back = tmp_path / "export.xlsx", tmp_path / "back"
    path.write_bytes(exported(language=language).getvalue())
    office, profile = shutil.which("soffice"), f"-env:UserInstallation=file://{tmp_path}/office"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(back), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 -- on a file of our own
    plan = plan_of(io.BytesIO((back / "export.xlsx").read_bytes()))
    assert (plan.complaints, plan.does_nothing) == ([], True)


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_that_looks_like_something_else_comes_back_as_it_was(text):
    values = {"title_ar": text.replace("\t", " "), "title_en": text.replace("\t", " "), "objective_en": text}
    activity = make_activity(**values, note=text)
    file = exported()
    Activity.objects.filter(pk=activity.pk).update(**dict.fromkeys(values, "x"), note="x")
    [draft] = plan_of(file).drafts["activities"]
    keys = [column.key for column in BY_KEY["activities"].told]
    assert {key: draft.values[keys.index(key)] for key in values} == values


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(PROSE, min_size=1, max_size=4))
def test_any_text_that_can_be_stored_survives_the_way_out_and_in(texts):
    Partnership.objects.all().delete()
    Activity.objects.all().delete()
    for text in texts:
        make_activity(objective_en=text, objective_ar=text, note=text)
    before = all_stored()
    for source, file in ((Source(), exported()), (Source("utf-8", "activities"), table())):
        plan = plan_of(file, source=source)
        assert plan.complaints == []
        assert [draft.changed for draft in plan.drafts["activities"]] == []
    assert all_stored() == before


@given(text=st.text(LETTERS, max_size=20) | st.sampled_from(TRICKY))
def test_the_mark_before_a_formula_is_taken_away_again(text):
    assert from_table(in_table(text)) == text
    assert not in_table(text).startswith(("=", "+", "-", "@"))


def table(key="activities"):
    sheet = BY_KEY[key]
    return io.BytesIO(b"".join(write_table(sheet, sheet.model.objects.all())))


@pytest.mark.parametrize("key", BY_KEY)
def test_each_sheet_goes_out_and_in_as_csv(key):
    full_activity()
    plan = plan_of(table(key), source=Source("utf-8", key))
    assert (plan.complaints, plan.does_nothing) == ([], True)
    assert plan.unchanged == BY_KEY[key].model.objects.count()


def test_a_day_before_excel_began_to_count_comes_back():
    make_focal_point(start=date(1850, 2, 3))
    assert imported(exported()).does_nothing


def test_every_sheet_has_keys_and_headings_in_both_languages():
    for language, direction in (("ar", True), ("en", False)):
        book = opened(exported(language=language))
        assert book.sheetnames == [sheet.name(language) for sheet in SHEETS]
        for sheet in SHEETS:
            page = book[sheet.name(language)]
            assert page.sheet_view.rightToLeft is direction
            keys, first, second = ([cell.value for cell in row] for row in page.iter_rows(max_row=3))
            assert keys == [column.key for column in sheet.columns]
            assert [first, second] == [
                [column.heading.in_(spoken) for column in sheet.columns]
                for spoken in (language, "en" if language == "ar" else "ar")
            ]


def test_text_is_text_whatever_it_begins_with():
    make_activity(title_en="=1+1")
    page = opened(exported())["Activities"]
    cell = page.cell(4, [c.value for c in page[1]].index("title_en") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
