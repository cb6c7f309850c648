"""Spreadsheets in the back office: lists that are exported, files that are sent, seen, confirmed and remembered."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override

from activities.models import Activity, ImportReceipt, ImportState
from activities.sheets import kept, receipts
from activities.sheets.columns import Sort
from activities.sheets.plan import Complaint, Draft, Plan
from activities.sheets.preview import preview_of
from activities.sheets.shape import ACTIVITIES
from activities.sheets.tables import Tables
from activities.tests import hostile
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_kind
from activities.tests.sheets import COURSE, changed, exported, opened, plan_of, rows_of, workbook_of
from partners.models import Institution, Membership, NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point, make_institution, suspend
from roadmap.models import CooperationArea
from roadmap.tests.factories import make_area, make_roadmap

pytestmark = pytest.mark.django_db

EXPORT = "/en/admin/activities/activity/export/"
IMPORT = "/en/admin/activities/activity/import/"
# The kinds of files, as the forms number them.
WORKBOOK, TABLE, ARABIC_TABLE = "0", "1", "2"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def sent(client, file, name="file.xlsx", url=IMPORT, **said):
    """Send a file as a browser does; return the receipt and the page it leads to."""
    file.seek(0)
    fields = {"import_file": SimpleUploadedFile(name, file.read()), "format": WORKBOOK, "resource": "0"}
    response = client.post(url, fields | said)
    assert response.status_code == 302, response.content.decode()
    return ImportReceipt.objects.latest("pk"), client.get(response.url)


def step(client, receipt, name):
    response = client.post(f"/en/admin/activities/importreceipt/{receipt.pk}/{name}/", follow=True)
    receipt.refresh_from_db()
    return response


def downloaded(response):
    return io.BytesIO(b"".join(response))


# Out


def test_an_export_holds_what_the_list_shows(staff):
    make_activity(title_en="Assessment")
    planned = make_activity(title_en="Quality", status="planned")
    add_partner(planned, make_institution(code="body"))
    add_country(planned, make_country("MAR"))
    add_country(make_activity(title_en="Other"), make_country("TUR"))
    file = downloaded(staff.post(EXPORT + "?status__exact=planned", {"format": WORKBOOK}))
    assert [row["title_en"] for row in rows_of(file)] == ["Quality"]
    assert [row["country"] for row in rows_of(file, "Participating countries")] == ["MAR"]
    assert [row["code"] for row in rows_of(file, "Institutions")] == ["body"]
    assert rows_of(file, "National focal points") == []
    assert staff.get(EXPORT + "?q=assessment").context["number"] == 1


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("/en/admin/partners/institution/export/", "institutions"),
        ("/en/admin/partners/nationalfocalpoint/export/", "focal_points"),
        ("/en/admin/roadmap/cooperationarea/export/", "areas"),
    ],
)
def test_other_lists_go_out_too(staff, url, key):
    make_institution()
    make_focal_point()
    make_area()
    assert staff.get(url).status_code == 200
    response = staff.post(url, {"format": TABLE})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert key in response["Content-Disposition"]


def test_the_list_of_countries_goes_out_as_their_membership(staff):
    """One row a period, of the countries that the list shows, as the command writes them; it comes back unchanged."""
    suspend(make_country("MAR", oic_group="arab"), date(2012, 8, 15), until=date(2013, 1, 1))
    make_country("TUR", oic_group="asia")
    address = "/en/admin/partners/country/export/?oic_group__exact=arab"
    assert staff.get(address).context["number"] == 2
    file = downloaded(staff.post(address, {"format": WORKBOOK}))
    rows = rows_of(file, "Membership of countries")
    assert [(row["country"], row["status"]) for row in rows] == [("MAR", "member"), ("MAR", "suspended")]
    assert plan_of(file).does_nothing


def test_membership_goes_out_to_whoever_may_see_it(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    for permission, status in (("view_country", 404), ("view_membership", 200)):
        User.objects.get().user_permissions.add(Permission.objects.get(codename=permission))
        assert client.get("/en/admin/partners/country/export/").status_code == status


SHEETS_IN = {
    "institutions": ({"name_en": "New body", "kind": "other"}, Institution),
    "focal_points": (
        {"country": "MAR", "name_en": "Somebody", "language": "en", "start": date(2024, 1, 1)},
        NationalFocalPoint,
    ),
    "membership": ({"country": "TUR", "status": "suspended", "start": date(2020, 1, 1)}, Membership),
    "areas": ({"roadmap": "2020-2025", "number": 9, "title_ar": "مجال", "title_en": "Area"}, CooperationArea),
}


@pytest.mark.parametrize("key", SHEETS_IN)
def test_each_sheet_is_imported_in_the_back_office(staff, key):
    make_country("MAR")
    make_country("TUR")
    make_roadmap(code="2020-2025")
    row, model = SHEETS_IN[key]
    before = model.objects.count()
    receipt, _response = sent(staff, workbook_of(**{key: [row]}))
    assert (receipt.counts["refused"], receipt.counts["added"]) == (0, {key: 1})
    step(staff, receipt, "confirm")
    assert model.objects.count() == before + 1


def test_a_text_table_opens_in_excel_in_arabic(staff):
    make_activity(title_ar="عنوان", title_en="=1+1")
    content = staff.post(EXPORT, {"format": TABLE}).content
    assert content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["title_ar"], row["title_en"], row["start_date"]) == ("عنوان", "'=1+1", "2024-03-13")


def test_nothing_is_exported_for_a_filter_that_is_none(staff):
    response = staff.get(EXPORT + "?title_ar__regex=(((")
    assert (response.status_code, response.url) == (302, "/en/admin/activities/activity/?e=1")


@pytest.mark.parametrize("said", [{}, {"format": ""}, {"format": "9"}])
def test_a_file_of_no_kind_is_asked_for_again(staff, said):
    response = staff.post(EXPORT, said)
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("size", [1, 15])
def test_an_export_costs_the_same_whatever_its_length(staff, django_assert_max_num_queries, size):
    for _ in range(size):
        activity = make_activity()
        add_partner(activity)
        add_country(activity)
        count_participants(activity, 12)
    with django_assert_max_num_queries(14):
        downloaded(staff.post(EXPORT, {"format": WORKBOOK}))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_template_offers_lists_and_its_examples_are_never_imported(staff, language):
    make_kind()
    make_country("TUR")
    make_institution()
    file = downloaded(staff.get(f"/{language}/admin/activities/activity/template/"))
    book = opened(file)
    page = book.worksheets[1]
    assert page.sheet_view.rightToLeft is (language == "ar")
    lists = {str(rule.sqref).split(":")[0].rstrip("0123456789") for rule in page.data_validations.dataValidation}
    keys = [cell.value for cell in page[1]]
    letters = {page.cell(1, keys.index(key) + 1).column_letter for key in ("kind", "mode", "status", "venue_country")}
    assert letters <= lists
    # Nothing that the import understands is refused while it is typed, such as the bare word of a choice.
    rules = [rule for rule in page.data_validations.dataValidation if rule.type == "list" and "!" in rule.formula1]
    assert not any(rule.showErrorMessage for rule in rules)
    example = dict(zip(keys, (cell.value for cell in page[4]), strict=True))
    assert example["status"].startswith("held · ")
    order = {"ar": 2, "en": 1}
    assert [page.cell(4, keys.index(f"title_{each}") + 1).alignment.readingOrder for each in order] == [2, 1]
    assert {row[0].alignment.readingOrder for row in book.worksheets[0].iter_rows(max_row=8)} == {order[language]}
    _receipt, response = sent(staff, file)
    text = response.content.decode()
    assert _receipt.counts["examples"] == 8
    assert "There is nothing to change" in text


# In


def test_a_file_is_shown_confirmed_and_remembered(staff):
    activity = make_activity(title_en="Old title")
    file = changed(exported(), {(0, "title_en"): "New title"})
    receipt, response = sent(staff, file)
    assert receipt.state == ImportState.READY
    text = response.content.decode()
    assert "Old title" in text
    assert "New title" in text
    activity.refresh_from_db()
    assert activity.title_en == "Old title"
    step(staff, receipt, "confirm")
    activity.refresh_from_db()
    assert (receipt.state, activity.title_en) == (ImportState.DONE, "New title")
    assert receipt.file_hash == receipts.hash_of(file)[0]
    assert receipt.change_set == activity.versions.first().change_set
    assert activity.versions.first().history_user == receipt.sent_by
    _again, response = sent(staff, file)
    assert "There is nothing to change" in response.content.decode()


def test_a_file_that_was_kept_is_gone_once_it_is_written_or_forgotten(staff, own_folder):
    make_kind()
    first, _page = sent(staff, workbook_of(activities=[COURSE]))
    step(staff, first, "confirm")
    second, _page = sent(staff, workbook_of(activities=[COURSE | {"title_en": "x"}]))
    step(staff, second, "cancel")
    assert (second.state, Activity.objects.count()) == (ImportState.CANCELLED, 1)
    assert list((own_folder / "imports").iterdir()) == []


def test_what_changed_after_the_preview_stops_the_import(staff):
    activity = make_activity(title_en="Old")
    receipt, _page = sent(staff, changed(exported(), {(0, "title_en"): "New"}))
    Activity.objects.filter(pk=activity.pk).update(title_en="Portal")
    response = step(staff, receipt, "confirm")
    assert receipt.state == ImportState.REFUSED
    assert "changed after you saw the preview" in response.content.decode()
    activity.refresh_from_db()
    assert activity.title_en == "Portal"


def test_an_import_is_written_once(staff):
    make_kind()
    receipt, _page = sent(staff, workbook_of(activities=[COURSE]))
    step(staff, receipt, "confirm")
    step(staff, receipt, "confirm")
    step(staff, receipt, "cancel")
    assert (receipt.state, Activity.objects.count()) == (ImportState.DONE, 1)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_rows_held_back_are_shown_and_come_back(staff, language):
    make_kind()
    receipt, response = sent(
        staff,
        workbook_of(activities=[COURSE, COURSE | {"kind": "unheard-of"}]),
        url=f"/{language}/admin/activities/activity/import/",
    )
    assert "unheard-of" in response.content.decode()
    back = staff.get(f"/{language}/admin/activities/importreceipt/{receipt.pk}/held-back/")
    assert len(opened(downloaded(back)).sheetnames) == 1


@pytest.mark.parametrize("make", [hostile.entity_bomb, hostile.macros, hostile.encrypted, hostile.far_away_cell])
def test_a_hostile_file_is_refused_and_the_next_page_is_as_ever(staff, make):
    receipt, response = sent(staff, make())
    assert (receipt.state, response.status_code) == (ImportState.REFUSED, 200)
    assert receipt.reason in response.content.decode().replace("&quot;", '"')
    assert staff.get("/en/admin/activities/activity/").status_code == 200


def test_csv_is_read_in_the_encoding_that_is_named(staff):
    make_kind()
    text = "kind,title_ar,start_date,end_date,status\ntraining-course,عنوان,2024-03-13,2024-03-13,held\n"
    for kind, encoding, state in [
        (TABLE, "utf-8-sig", ImportState.READY),
        (TABLE, "utf-8", ImportState.READY),
        (ARABIC_TABLE, "cp1256", ImportState.READY),
        (TABLE, "cp1256", ImportState.REFUSED),
        (ARABIC_TABLE, "utf-8", ImportState.REFUSED),
        (TABLE, "utf-16", ImportState.REFUSED),
        (WORKBOOK, "utf-8", ImportState.REFUSED),
    ]:
        receipt, _page = sent(staff, io.BytesIO(text.encode(encoding)), format=kind)
        assert receipt.state == state, (kind, encoding, receipt.reason)
        if state == ImportState.READY:
            assert "عنوان" in receipt.shown["added"][0]["name"]


def test_a_preview_stays_small_whatever_the_file(staff):
    make_kind()
    kinds = ("training-course", "bad" * 40)
    said = {"objective_ar": "ن" * 15_000}
    rows = [COURSE | said | {"title_en": f"T{n}" + "x" * 280, "kind": kinds[n % 2]} for n in range(300)]
    _receipt, response = sent(staff, workbook_of(activities=rows))
    assert len(response.content) < 300_000
    assert "… and 50 more" in response.content.decode()


def plan_of_the_worst(rows):
    """A plan that changes, adds and refuses ``rows`` rows each, every text as long, wide and marked as may be."""
    told = ACTIVITIES.told
    texts = [n for n, column in enumerate(told) if column.sort is Sort.TEXT]
    old = tuple("<ن&" * 5000 if n in texts else None for n in range(len(told)))
    new = tuple('ن>"' * 5000 if n in texts else None for n in range(len(told)))
    drafts = [Draft(n, new, key=n, before=old, changed=tuple(texts)) for n in range(rows)]
    drafts += [Draft(n + rows, new) for n in range(rows)]
    complaints = [Complaint("activities", "ن" * 31, n, "kind", "&ن" * 100, "“<ن>” " * 60) for n in range(rows)]
    return Plan(Tables(), {"activities": "ن" * 31}, {"activities": drafts}, {}, complaints)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_preview_of_ten_thousand_rows_is_a_small_page_for_a_few_queries(
    staff, language, django_assert_max_num_queries
):
    sizes = []
    for rows in (10, 10_000):
        plan = plan_of_the_worst(rows)
        with override(language):
            said = {"counts": plan.counts, "shown": preview_of(plan), "plan": "x"}
        receipt = ImportReceipt.objects.create(
            file_name="ن" * 200, file_hash="0" * 64, file_size=1, state=ImportState.READY, **said
        )
        with django_assert_max_num_queries(14) as queries:
            response = staff.get(f"/{language}/admin/activities/importreceipt/{receipt.pk}/change/")
        sizes.append((len(response.content), len(queries)))
        assert response.context["shown"]["changed"]
        assert response.context["shown"]["added"]
        assert response.context["shown"]["complaints"]
    assert sizes[1][0] < 300_000, sizes
    assert sizes[0][1] == sizes[1][1]
    shown = response.context["shown"]
    assert [len(shown[name]) + shown[f"{name}_more"] for name in ("changed", "added", "complaints")] == [10_000] * 3


# Jobs


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(receipts, "SMALL", 10)


def test_a_large_file_is_a_job_that_tells_its_progress(staff, large):
    make_kind()
    receipt, response = sent(staff, workbook_of(activities=[COURSE]))
    assert (receipt.state, response["Refresh"]) == (ImportState.WAITING, "3")
    receipts.advance(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.state == ImportState.READY
    step(staff, receipt, "confirm")
    assert receipt.state == ImportState.CONFIRMED
    receipts.advance(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.state, Activity.objects.count()) == (ImportState.DONE, 1)
    receipts.advance(receipt.pk)
    assert Activity.objects.count() == 1


def test_one_file_at_a_time_is_at_work_for_each_person(staff, large):
    make_kind()
    sent(staff, workbook_of(activities=[COURSE]))
    response = staff.post(IMPORT, {"import_file": SimpleUploadedFile("x.xlsx", b"x" * 20), "format": WORKBOOK})
    assert "still at work" in response.content.decode()


def test_what_was_cut_off_is_told_as_stopped(staff, large, monkeypatch):
    make_kind()
    receipt, _page = sent(staff, workbook_of(activities=[COURSE]))
    receipt.move(ImportState.READING, (ImportState.WAITING,))
    receipts.settle_abandoned()
    receipt.refresh_from_db()
    assert receipt.state == ImportState.READING
    monkeypatch.setattr(kept, "STILL", -1)
    receipts.settle_abandoned()
    receipt.refresh_from_db()
    assert receipt.state == ImportState.REFUSED


def test_a_file_that_nobody_confirms_is_forgotten_after_a_week(staff, own_folder):
    make_kind()
    receipt, _page = sent(staff, workbook_of(activities=[COURSE, COURSE | {"kind": "none"}]))
    receipts.settle_abandoned()
    receipt.refresh_from_db()
    assert receipt.state == ImportState.READY
    ImportReceipt.objects.update(sent_at=timezone.now() - timedelta(days=8))
    receipts.settle_abandoned()
    receipt.refresh_from_db()
    assert (receipt.state, list((own_folder / "imports").iterdir())) == (ImportState.CANCELLED, [])


# Who


def test_whoever_may_not_enter_activities_sends_nothing(client):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_activity", "view_importreceipt"]))
    client.force_login(user)
    assert client.get(IMPORT).status_code == 404
    assert client.post(IMPORT, {}).status_code == 404
    text = client.get("/en/admin/activities/activity/").content.decode()
    assert "Import a spreadsheet" not in text
    assert "Export as a spreadsheet" in text
    assert client.get(EXPORT).status_code == 200


def test_whoever_enters_activities_finds_the_way_in(staff):
    assert f'href="{IMPORT}"' in staff.get("/en/admin/activities/activity/").content.decode()
    assert "import/" not in staff.get("/en/admin/partners/institution/").content.decode()


def test_no_file_goes_past_its_receipt(staff):
    response = staff.post("/en/admin/activities/activity/process_import/", {"import_file_name": "x", "format": "0"})
    assert response.status_code == 404


def test_nobody_confirms_the_file_of_another(staff, client):
    make_kind()
    receipt, _page = sent(staff, workbook_of(activities=[COURSE]))
    client.force_login(User.objects.create_superuser("other"))
    page = f"/en/admin/activities/importreceipt/{receipt.pk}/"
    assert client.get(f"{page}change/").status_code == 200
    assert client.post(f"{page}confirm/").status_code == 403
    assert client.get(f"{page}confirm/").status_code == 405
    assert Activity.objects.count() == 0


def test_a_receipt_that_is_not_there_is_no_page(staff):
    for address in ("99/change/", "x/change/", "99/held-back/", f"{'9' * 30}/change/"):
        assert staff.get(f"/en/admin/activities/importreceipt/{address}").status_code in (302, 404), address
