"""Publishing by spreadsheet: what the form and the pre-flight would stop is refused, at its row and column."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.utils.translation import override

from activities.models import Activity, PublicationState
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_kind
from activities.tests.sheets import COURSE, changed, exported, imported, opened, plan_of, rows_of, saved, workbook_of
from partners.models import Country, Institution
from partners.tests.factories import make_country, make_institution

pytestmark = pytest.mark.django_db

PUBLISHED = COURSE | {"state": "published"}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def tables():
    make_kind()
    make_country("TUR")
    make_country("MAR")
    make_institution(code="sesric", name_ar="سيسرك", name_en="Statistical Centre")


def told(file, **said):
    """Return sheet, row, column and sentence of each complaint."""
    return [(c.sheet, c.row, c.column, c.sentence) for c in plan_of(file, **said).complaints]


def places(file, **said):
    return {complaint[:3] for complaint in told(file, **said)}


def publishing(activity):
    """Return the export of a draft in which its publication is changed."""
    assert activity.state == PublicationState.DRAFT
    return changed(exported(), {(0, "state"): "published"})


def test_what_stops_publishing_is_told_at_its_column_with_the_remedy():
    row = PUBLISHED | {"code": "new-1", "status": "planned"}
    ((sheet, number, column, sentence),) = told(workbook_of(activities=[row]))
    assert (sheet, number, column) == ("activities", 2, "status")
    assert "still planned" in sentence
    assert sentence.endswith("Mend this, or leave the activity unpublished.")


def test_what_may_pass_for_a_reason_is_left_to_the_portal():
    ((_sheet, _number, column, sentence),) = told(workbook_of(activities=[PUBLISHED | {"objective_en": "Teach"}]))
    assert column == "objective_ar"
    assert "the text is in English only" in sentence
    assert sentence.endswith("Mend this, or publish the activity in the portal, where it may pass for a reason.")


def test_sentences_are_in_arabic_for_whoever_reads_arabic():
    with override("ar"):
        sentences = [said[3] for said in told(workbook_of(activities=[PUBLISHED | {"status": "planned"}]))]
    assert len(sentences) == 1
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(sentences[0])


def test_a_row_without_a_code_is_called_what_it_is():
    ((*_place, sentence),) = told(workbook_of(activities=[PUBLISHED | {"status": "planned"}]))
    assert "this activity\u2069 ended" in sentence


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_published_is_not_asked(state):
    row = COURSE | {"state": state, "status": "planned", "objective_en": "Teach"}
    assert told(workbook_of(activities=[row])) == []


def test_nothing_wrong_is_published():
    imported(workbook_of(activities=[PUBLISHED | {"objective_ar": "تعليم", "objective_en": "Teach"}]))
    assert Activity.objects.get().state == PublicationState.PUBLISHED


def test_a_draft_of_the_portal_is_asked_with_all_that_hangs_on_it():
    activity = make_activity(state=PublicationState.DRAFT)
    add_partner(activity, described_as_en="Centres")
    file = publishing(activity)
    ((sheet, row, column, sentence),) = told(file)
    assert (sheet, row, column) == ("activities", 4, "")
    assert "the text is in English only" in sentence
    activity.partnerships.update(described_as_ar="مراكز")
    assert told(changed(exported(), {(0, "state"): "published"})) == []


def test_counts_that_the_file_brings_are_compared():
    row = PUBLISHED | {"code": "new-1", "headcount": 20, "headcount_standing": "reported", "women": 5, "men": 9}
    row |= {"sexes_standing": "reported"}
    countries = [{"activity": "new-1", "country": code, "count": 3} for code in ("TUR", "MAR")]
    file = workbook_of(activities=[row], countries=countries)
    assert {(sheet, row, column) for sheet, row, column in places(file) if column} == {
        ("activities", 2, "women"),
        ("activities", 2, "headcount"),
    }


def test_countries_of_portal_and_file_are_taken_together():
    activity = make_activity(state=PublicationState.DRAFT)
    count_participants(activity, 20)
    add_country(activity, Country.objects.get(code="TUR"), 12)
    file = publishing(activity)
    book = opened(file)
    page = book["Participating countries"]
    keys = [cell.value for cell in page[1]]
    page.append([{"activity": activity.code, "country": "MAR", "count": 8}.get(key) for key in keys])
    assert places(file) == {("activities", 4, "headcount")}
    assert told(saved(book)) == []


def test_a_partner_of_the_file_is_told_in_its_own_row():
    file = workbook_of(
        activities=[PUBLISHED | {"code": "new-1"}],
        partnerships=[
            {"activity": "new-1", "role": "organiser", "institution": "sesric"},
            {"activity": "new-1", "role": "host", "described_as_en": "Centres"},
        ],
    )
    assert ("partnerships", 3, "described_as_ar") in places(file)
    assert ("activities", 2, "") in places(file)  # held back together
    assert not any(sheet == "partnerships" and column for sheet, row, column in places(file) if row == 2)


def test_an_institution_is_taken_as_the_same_file_names_it():
    Institution.objects.create(code="centre", name_en="Centre")
    rows = {
        "activities": [PUBLISHED | {"code": "new-1"}],
        "partnerships": [{"activity": "new-1", "role": "organiser", "institution": "centre"}],
    }
    ((_sheet, _row, column, sentence),) = [said for said in told(workbook_of(**rows)) if said[2]]
    assert (column, "has no official Arabic name" in sentence) == ("institution", True)
    rows["partnerships"][0]["institution"] = "new-centre"
    new = {"code": "new-centre", "name_en": "New Centre", "kind": "other"}
    assert "institution" in {column for *_place, column in places(workbook_of(**rows, institutions=[new]))}
    assert told(workbook_of(**rows, institutions=[new | {"name_ar": "المركز الجديد"}])) == []


def test_what_is_published_gets_no_blocking_finding_that_it_did_not_have():
    make_activity()
    file = changed(exported(), {(0, "start_date"): date(2099, 1, 1), (0, "end_date"): date(2099, 1, 2)})
    ((sheet, row, column, sentence),) = told(file)
    assert (sheet, row, column) == ("activities", 4, "status")
    assert sentence.endswith("The activity is published: mend this first.")


def test_what_was_published_for_a_reason_can_still_be_corrected():
    activity = make_activity(objective_en="Teach")
    count_participants(activity, 20, women=3, men=4)
    assert told(changed(exported(), {(0, "venue_ar"): "تونس", (0, "venue_en"): "Tunis"})) == []


def test_a_partner_row_alone_is_asked_too():
    activity = make_activity()
    add_partner(activity, described_as_ar="مراكز", described_as_en="Centres")
    pile = "Centres e" + "\u0301" * 40
    book = opened(changed(exported(), {(0, "described_as_en"): pile}, "Partners"))
    del book["Activities"]
    ((sheet, row, column, sentence),) = told(saved(book))
    assert (sheet, row, column) == ("partnerships", 4, "described_as_en")
    assert "cannot be printed" in sentence


def test_data_entry_does_not_publish_however_right_the_row_is():
    user = User.objects.create_user("data-entry", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_activity", "change_activity"]))
    assert places(workbook_of(activities=[PUBLISHED]), user=user) == {("activities", 2, "state")}


def test_the_command_refuses_what_the_form_refuses(tmp_path, capsys):
    file = tmp_path / "file.xlsx"
    file.write_bytes(workbook_of(activities=[PUBLISHED | {"status": "planned"}]).getvalue())
    with pytest.raises(CommandError, match="1 row was held back"):
        call_command("import_activities", str(file), "--language", "en")
    assert "still planned" in capsys.readouterr().out
    assert not Activity.objects.exists()
    with (tmp_path / "file-held-back.xlsx").open("rb") as file:
        held = rows_of(file)
    assert "still planned" in held[0]["reasons"]


@pytest.mark.parametrize("rows", [2, 40])
def test_what_is_asked_costs_the_same_however_many_rows(rows, django_assert_max_num_queries):
    def line(number, **more):
        return PUBLISHED | {"code": f"new-{number}", "title_en": f"Title {number}"} | more

    activities = [line(n) for n in range(rows)]
    partners = [{"activity": f"new-{n}", "role": "organiser", "institution": "sesric"} for n in range(rows)]
    for _n in range(rows):
        stored = make_activity(state=PublicationState.DRAFT)
        add_partner(stored, make_institution())
    file = changed(exported(), {(n, "state"): "published" for n in range(rows)})
    new = workbook_of(activities=activities, partnerships=partners)
    with django_assert_max_num_queries(20):
        assert told(new) == []
    with django_assert_max_num_queries(40):
        assert told(file) == []
