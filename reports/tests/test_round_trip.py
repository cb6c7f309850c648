"""To a translator and back: the workbook, what its return shows, and what it never does."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from activities.models import Activity
from activities.tests.factories import add_partner, make_activity
from bilingual.states import Progress, TextState, states_of
from partners.tests.factories import make_focal_point
from reports.tests.desk import page_of, sign_in, words
from reports.tests.factories import make_report
from reports.translating.workbook import COLUMNS
from roadmap.tests.factories import (
    make_abbreviation,
    make_area,
    make_meeting,
    make_objective,
    make_programme,
    make_roadmap,
)

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
TARGET = COLUMNS.index("translation") + 1
ODD = "=1+1\n\n«نص» \"quoted\" 'x' _x0041_\ttab"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client):
    return sign_in(client, "change_activity", "change_reportsection", "change_cooperationarea", name="editor")


def address(name, language="en"):
    with override(language):
        return reverse(name)


def export(client, **asked):
    response = client.get(address("translations_export"), {"to": "ar"} | asked)
    assert response.status_code == 200
    return load_workbook(BytesIO(response.content))


def written(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def filled(book, *texts):
    """The workbook with ``texts`` as its translations, from the first row on."""
    for row, text in enumerate(texts, start=3):
        book.active.cell(row, TARGET).value = text
    return written(book)


def send(client, content, language="en", name="back.xlsx"):
    return client.post(address("translations_import", language), {"workbook": SimpleUploadedFile(name, content)})


def confirm(client, preview, *taken):
    page = page_of(preview) if preview.status_code == 200 else page_of_any(preview)
    sent = {node["name"]: node["value"] for node in page.select("form.desk-form input[type=hidden]")}
    return client.post(address("translations_confirm"), sent | {"take": taken}, follow=True)


def page_of_any(response):
    response.status_code = 200
    return page_of(response)


def make_half(**said):
    return make_activity(**{"objective_en": "Strengthen systems"} | said)


def fresh(activity):
    return Activity.objects.get(pk=activity.pk)


def state(activity, field="objective", language="ar") -> TextState:
    row = fresh(activity)
    return states_of([row])[row][field, language]


# Out.


@pytest.mark.parametrize(("language", "from_the_right"), [("ar", True), ("en", False)])
def test_a_workbook_runs_as_its_language_and_locks_all_but_the_translation(client, editor, language, from_the_right):
    make_activity(objective_en="Aim" if language == "ar" else None, objective_ar=None if language == "ar" else "هدف")
    page = export(client, to=language).active
    assert (page.title, page.sheet_view.rightToLeft) == (f"translation-{language}", from_the_right)
    assert page.protection.sheet
    assert [cell.value for cell in page[1]] == list(COLUMNS)
    assert [cell.protection.locked for cell in page[3]] == [name != "translation" for name in COLUMNS]


def test_a_workbook_holds_what_is_listed(client, editor):
    stale = make_activity(objective_ar="هدف", objective_en="Aim")
    row = fresh(stale)
    row.objective_en = "Another aim"
    row.save()
    missing = make_half()
    make_activity(objective_ar="هدف", objective_en="Aim")
    keys = [row[0].value for row in export(client).active.iter_rows(min_row=3)]
    assert keys == [f"activities:{missing.code}:objective", f"activities:{stale.code}:objective"]
    assert [row[0].value for row in export(client, state="stale").active.iter_rows(min_row=3)] == keys[1:]


def test_text_like_a_formula_is_text(client, editor):
    make_half(objective_en="=HYPERLINK(1)\n+1")
    cell = export(client).active.cell(3, COLUMNS.index("source") + 1)
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)\n+1")


@pytest.mark.parametrize("number", [1, 25])
def test_more_texts_cost_no_more_queries(client, editor, number, django_assert_max_num_queries):
    for _ in range(number):
        make_half()
    client.get(address("translations"))
    with django_assert_max_num_queries(10):
        assert export(client).active.max_row == number + 2


def test_more_than_a_workbook_holds_is_said(client, editor, monkeypatch):
    monkeypatch.setattr("reports.translating.round_trip.MOST_TEXTS", 1)
    make_half()
    make_half()
    response = client.get(address("translations_export"), {"to": "ar"}, follow=True)
    assert "A workbook holds 1 texts at most" in words(page_of(response))


# Back.


@BOTH_LANGUAGES
def test_a_translation_is_previewed_then_written_as_a_draft(client, editor, language):
    activity = make_half(version=3)
    preview = send(client, filled(export(client), "تعزيز النظم"), language)
    assert "تعزيز النظم" in preview.content.decode()
    assert fresh(activity).objective_ar is None
    confirm(client, preview)
    saved = fresh(activity)
    assert (saved.objective_ar, saved.objective_en, saved.version) == ("تعزيز النظم", "Strengthen systems", 4)
    assert (state(activity).progress, state(activity).is_stale, state(activity).by) == (
        Progress.DRAFT,
        False,
        editor.pk,
    )
    assert saved.versions.latest().history_user == editor


def test_a_text_comes_back_byte_for_byte(client, editor):
    activity = make_half(topics_ar=None, topics_en="x", objective_en=None)
    book = export(client)
    cell = book.active.cell(3, TARGET)
    cell.value = ODD.replace("_x", "_x005F_x")  # as a spreadsheet program writes it
    cell.data_type = "s"
    confirm(client, send(client, written(book)))
    assert fresh(activity).topics_ar == ODD


def test_a_workbook_sent_back_as_it_was_changes_nothing(client, editor):
    activity = make_activity(objective_ar="هدف", objective_en="Aim")
    before = activity.versions.count()
    preview = send(client, written(export(client, state="all")))
    assert "The workbook changes nothing." in words(page_of(preview))
    assert activity.versions.count() == before


def test_the_same_workbook_twice_changes_nothing_more(client, editor):
    activity = make_half()
    content = filled(export(client), "هدف")
    confirm(client, send(client, content))
    before = activity.versions.count()
    assert "The workbook changes nothing." in words(page_of(send(client, content)))
    assert activity.versions.count() == before


def change(activity, **texts):
    row = fresh(activity)
    for column, text in texts.items():
        setattr(row, column, text)
    row.save()


@pytest.mark.parametrize("changed", [{"objective_en": "Another aim"}, {"objective_ar": "كتبه غيري"}])
def test_what_changed_since_the_export_is_shown_and_kept(client, editor, changed):
    activity = make_half()
    book = filled(export(client), "تعزيز النظم")
    change(activity, **changed)
    before = fresh(activity).objective_ar
    preview = send(client, book)
    assert "1 conflict" in words(page_of(preview))
    assert next(iter(changed.values())) in preview.content.decode()
    confirm(client, preview)
    assert fresh(activity).objective_ar == before


def test_a_translation_of_an_older_original_is_behind_once_taken(client, editor):
    activity = make_half()
    book = filled(export(client), "تعزيز النظم")
    change(activity, objective_en="Another aim")
    confirm(client, send(client, book), f"activities:{activity.code}:objective")
    assert fresh(activity).objective_ar == "تعزيز النظم"
    assert state(activity).is_stale


def test_a_translation_takes_the_place_of_another_when_somebody_says_so(client, editor):
    activity = make_half()
    book = filled(export(client), "تعزيز النظم")
    change(activity, objective_ar="كتبه غيري")
    confirm(client, send(client, book), f"activities:{activity.code}:objective")
    assert fresh(activity).objective_ar == "تعزيز النظم"


def test_what_changes_between_preview_and_confirmation_is_shown_again(client, editor):
    activity, other = make_half(), make_half()
    preview = send(client, filled(export(client), "الأول", "الثاني"))
    change(activity, objective_ar="كتبه غيري")
    response = confirm(client, preview)
    assert response.status_code == 409
    assert "كتبه غيري" in response.content.decode()
    assert (fresh(activity).objective_ar, fresh(other).objective_ar) == ("كتبه غيري", None)
    confirm(client, response)
    assert (fresh(activity).objective_ar, fresh(other).objective_ar) == ("كتبه غيري", "الأول")


def row_of(key, text, language="ar", **said):
    book = Workbook()
    book.active.title = f"translation-{language}"
    values = dict.fromkeys(COLUMNS, "") | {"key": key, "translation": text} | said
    book.active.append(list(COLUMNS))
    book.active.append(list(COLUMNS))
    book.active.append([values[name] for name in COLUMNS])
    return written(book)


KEYS = ["activities:2024-999:objective", "activities:{}:note", "activities:{}:code", "users:1:password", "x", ":::"]
KEYS += [
    "institutions:body:name",
    "sections:COMCEC-40.figures:text",
    "sections:COMCEC-9999.x:text",
    "activities:ا:title",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_text_that_is_not_known_or_not_theirs_is_refused(client, editor, key):
    activity = make_half()
    make_report(activity)
    preview = send(client, row_of(key.format(activity.code), "نص"))
    assert "1 row refused" in words(page_of(preview))


@pytest.mark.parametrize("text", ["=1+1", 3.5, True, "a\u202eb", "x" * 20_001])
def test_what_is_no_text_is_refused_with_its_reason(client, editor, text):
    activity = make_half()
    preview = send(client, row_of(f"activities:{activity.code}:objective", text))
    assert "1 row refused" in words(page_of(preview))
    confirm(client, preview)
    assert fresh(activity).objective_ar is None


def test_a_text_that_stands_twice_is_written_once(client, editor):
    activity = make_half()
    book = load_workbook(BytesIO(row_of(f"activities:{activity.code}:objective", "الأول", source_hash="")))
    book.active.append([cell.value for cell in book.active[3]])
    preview = send(client, written(book))
    assert "1 row refused" in words(page_of(preview))


def test_a_workbook_without_hashes_overwrites_nothing(client, editor):
    activity = make_activity(objective_ar="هدف", objective_en="Aim")
    preview = send(client, row_of(f"activities:{activity.code}:objective", "نص"))
    assert "1 conflict" in words(page_of(preview))


def test_a_text_is_never_emptied(client, editor):
    activity = make_activity(objective_ar="هدف", objective_en="Aim")
    confirm(client, send(client, filled(export(client, state="all"), None, " ")))
    assert fresh(activity).objective_ar == "هدف"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"key,translation", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"x" * (3 << 20)]
)
@BOTH_LANGUAGES
def test_what_is_no_workbook_is_refused_with_a_sentence(client, editor, content, language):
    response = send(client, content, language)
    assert response.status_code == 422
    assert "field-error" in response.content.decode()


def test_a_workbook_of_another_shape_is_refused(client, editor):
    book = Workbook()
    assert send(client, written(book)).status_code == 422
    book.active.title = "translation-ar"
    book.active.append(["key", "translation"])
    assert send(client, written(book)).status_code == 422


def test_a_preview_of_somebody_else_cannot_be_confirmed(client, editor):
    activity = make_half()
    preview = send(client, filled(export(client), "نص"))
    sign_in(client, "change_activity", name="another")
    response = confirm(client, preview)
    assert "no longer kept here" in words(page_of(response))
    assert fresh(activity).objective_ar is None


def test_texts_of_every_kind_come_back(client, editor):
    sign_in(client, *PERMISSIONS, name="everything")
    area = make_area(make_roadmap(code="2020-2025"), summary_en="Summary")
    report = make_report(make_activity())
    report.sections.filter(kind="introduction").update(text_en="Introduction")
    report.items.update(override_en="Paragraph")
    report.coverage_notes.create(area=area, reason_en="Reason")
    make_programme(aim_en="Aim")
    add_partner(make_activity(), described_as_en="Trainers")
    make_focal_point(post_en="Director")
    make_abbreviation(meaning_ar=None)
    make_meeting(41, place_ar=None, place_en="Ankara")
    make_objective(area, title_ar=None).indicators.create(title_en="Standards adopted")
    kinds = ("areas", "work-plan", "indicators", "programme", "sections", "paragraphs", "notes")
    for kind in (*kinds, "partners", "focal-points", "abbreviations", "meetings"):
        assert "1 text was written" in words(
            page_of(confirm(client, send(client, filled(export(client, kind=kind), "نص"))))
        )
    area.refresh_from_db()
    assert area.summary_ar == "نص"


PERMISSIONS = ("change_programme", "change_reportsection", "change_reportitem", "change_coveragenote")
PERMISSIONS += ("change_activity", "change_cooperationarea", "change_partnership", "change_nationalfocalpoint")
PERMISSIONS += ("change_abbreviation", "change_meeting", "change_workplanitem", "change_indicator")


@pytest.mark.parametrize("workbook", ["", "../../etc/passwd", "0" * 64])
def test_a_confirmation_of_nothing_is_no_page(client, editor, workbook):
    assert client.post(address("translations_confirm"), {"workbook": workbook, "plan": "x"}).status_code == 404
