"""Files that mean harm get a clear verdict, soon and at little cost, and whoever comes next is served as ever."""

import io
import resource
import sys

import pytest
from django.utils.translation import override

from activities.sheets.limits import AT_ONCE, Limits
from activities.sheets.reading import cells_of
from activities.sheets.verdicts import Refused
from activities.sheets.words import _sentences, sentence_of
from activities.tests import hostile

MEGABYTES = 20


def peak():
    """The most memory that this process ever had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def verdict(file, **how):
    with pytest.raises(Refused) as refusal, cells_of(file, **how):
        pass
    return refusal.value


@pytest.mark.parametrize("make", hostile.FILES, ids=lambda make: make.__name__)
def test_a_hostile_workbook_gets_its_verdict_at_little_cost(make):
    file = make()
    before = peak()
    refusal = verdict(file)
    assert refusal.code == hostile.FILES[make]
    for language in ("ar", "en"):
        with override(language):
            assert "%(" not in sentence_of(refusal)
    assert peak() - before <= MEGABYTES


def test_a_workbook_cut_off_anywhere_is_refused_whole():
    whole = hostile.archive(hostile.sheet_of(f'<row r="2">{hostile.text_cell("A2", "text")}</row>')).getvalue()
    for part in range(64):
        assert verdict(io.BytesIO(whole[: len(whole) * part // 64])).code in ("damaged", "no_workbook")
    with cells_of(io.BytesIO(whole)) as cells:
        assert list(cells.rows(0)) == [(1, ["code", "title_en"]), (2, ["text"])]


def test_what_a_workbook_says_of_its_own_size_is_not_asked():
    lie = '<dimension ref="A1:XFD1048576"/>'
    sheet = hostile.sheet_of("").replace("<sheetData>", f"{lie}<sheetData>")
    with cells_of(hostile.archive(sheet)) as cells:
        assert list(cells.rows(0)) == [(1, ["code", "title_en"])]


def test_empty_rows_and_cells_far_away_are_nothing():
    rows = '<row r="900000"><c r="A900000" s="1"/></row><row r="1048576"/>'
    with cells_of(hostile.archive(hostile.sheet_of(rows))) as cells:
        assert cells.count(0) == 1


@pytest.mark.parametrize("limits", [Limits(clock=0), Limits(memory=1 << 20)], ids=["time", "memory"])
def test_a_reader_that_takes_too_much_is_ended(limits):
    assert verdict(hostile.archive(hostile.sheet_of("<row/>" * 100_000)), limits=limits).code == "too_costly"


def test_a_file_beyond_the_size_of_an_upload_is_not_even_read():
    assert verdict(io.BytesIO(bytes(AT_ONCE.file + 1)), limits=AT_ONCE).code == "file_too_large"


def test_every_verdict_has_its_sentence_in_both_languages():
    with override("en"):
        english = _sentences()
    with override("ar"):
        arabic = _sentences()
    assert english.keys() == arabic.keys()
    assert [code for code in english if english[code] == arabic[code]] == []


def test_the_reader_knows_nothing_of_django():
    import subprocess

    code = "import sys, activities.sheets.reader; print({'django', 'openpyxl'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"  # noqa: S603
