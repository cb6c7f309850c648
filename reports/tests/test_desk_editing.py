"""What officers do on the desk: every action, by two of them at once, and with input that nobody should send."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from activities.models import ActivityStatus
from activities.tests.factories import make_activity, make_project
from reports.models import COMPUTED, CoverageNote, ReportItem
from reports.tests.desk import codes_in_order, first, make_world, page_of, sign_in, words
from reports.tests.factories import make_report
from roadmap.tests.factories import make_area, make_meeting, make_roadmap

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
HOSTILE = ["a\x00b", "\u202eevil", "x" * 20_001, "\u2066open"]


@pytest.fixture
def report(client):
    sign_in(client)
    return make_world()


def address(name, *args, language="en"):
    with override(language):
        return reverse(name, args=args)


def page_of_error(response):
    return BeautifulSoup(response.content, "html.parser")


def section(report, kind="introduction"):
    return report.sections.get(kind=kind)


def send_text(client, report, language="en", **sent):
    values = {"version": 1, "text_ar": "نص المقدمة", "text_en": "An introduction"} | sent
    return client.post(address("desk_section", report.code, "introduction", language=language), values)


# Sections.


@BOTH_LANGUAGES
def test_a_text_is_saved_in_both_languages(client, report, language):
    response = send_text(client, report, language)
    assert response.headers["Location"] == f"/{language}/desk/COMCEC-40/#section-introduction"
    saved = section(report)
    assert (saved.text_ar, saved.text_en, saved.version) == ("نص المقدمة", "An introduction", 2)


def test_an_empty_text_is_stored_as_nothing(client, report):
    send_text(client, report, text_ar="  ", text_en="")
    assert (section(report).text_ar, section(report).text_en) == (None, None)


def test_a_text_taken_over_waits_until_it_is_said_to_be_checked(client, report):
    report.sections.filter(kind="introduction").update(text_ar="قديم", text_en="Old", needs_check=True)
    send_text(client, report)
    assert section(report).needs_check
    send_text(client, report, version=2, is_checked="on")
    assert not section(report).needs_check


@BOTH_LANGUAGES
def test_a_text_that_somebody_else_saved_first_is_shown_beside_mine(client, report, language):
    send_text(client, report, text_en="Theirs")
    response = send_text(client, report, language, text_en="Mine")
    assert response.status_code == 409
    shown = response.content.decode()
    assert "Theirs" in shown
    assert "Mine" in shown
    assert section(report).text_en == "Theirs"


def test_what_both_saved_stands_in_the_language_of_the_page_first(client, report):
    send_text(client, report, text_ar="نصهم", text_en="Theirs")
    for languages in (["ar", "en"], ["en", "ar"]):
        page = BeautifulSoup(
            send_text(client, report, languages[0], text_ar="نصي", text_en="Mine").content, "html.parser"
        )
        assert [row["lang"] for row in page.select(".theirs")] == languages


def test_whoever_has_seen_both_versions_may_save_theirs(client, report):
    send_text(client, report, text_en="Theirs")
    page = send_text(client, report, text_en="Mine").context["form"]
    sent = {name: page.data[name] for name in ("version", "text_ar", "text_en")}
    assert client.post(address("desk_section", report.code, "introduction"), sent).status_code == 302
    assert section(report).text_en == "Mine"


def test_the_same_text_saved_twice_is_no_conflict(client, report):
    send_text(client, report)
    assert send_text(client, report).status_code == 302


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_cannot_be_stored_comes_back_with_its_error(client, report, text):
    response = send_text(client, report, text_en=text, text_ar="باق")
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"text_en"}
    assert "باق" in response.content.decode()
    assert section(report).texts.en == ""


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 40, "2", "\x00"])
def test_a_version_nobody_has_read_saves_nothing(client, report, version):
    assert send_text(client, report, version=version).status_code in (409, 422)
    assert section(report).version == 1


@pytest.mark.parametrize("kind", sorted(COMPUTED)[:3])
def test_a_section_worked_out_from_facts_has_no_text_to_save(client, report, kind):
    values = {"version": 1, "text_ar": "س", "text_en": "x"}
    assert client.post(address("desk_section", report.code, kind), values).status_code == 404


def test_a_section_is_left_out_and_included_again(client, report):
    where = address("desk_section_inclusion", report.code, "figures")
    client.post(where, {"version": 1})
    assert not section(report, "figures").is_included
    client.post(where, {"version": 2, "is_included": "on"})
    assert section(report, "figures").is_included


def test_a_section_left_out_by_somebody_else_is_asked_about(client, report):
    report.sections.filter(kind="challenges").update(version=2, is_included=False)
    where = address("desk_section_inclusion", report.code, "challenges")
    assert client.post(where, {"version": 1, "is_included": "on"}).status_code == 409
    assert not section(report, "challenges").is_included


def test_a_section_moves_down_and_to_a_place(client, report):
    where = address("desk_section_move", report.code, "introduction")
    client.post(where, {"version": 1, "to": "down"})
    assert list(report.sections.values_list("kind", flat=True))[:2] == ["figures", "introduction"]
    client.post(where, {"version": 2, "to": "99"})
    assert report.sections.last().kind == "introduction"


# Items.


def move(client, report, code, to="down", version=1, language="en"):
    where = address("desk_item_move", report.code, code, language=language)
    return client.post(where, {"version": version, "to": to})


@pytest.mark.parametrize(
    ("place", "to", "expected"),
    [(0, "down", [1, 0, 2]), (2, "up", [0, 2, 1]), (0, "up", [0, 1, 2]), (2, "0", [2, 0, 1]), (0, "99999", [1, 2, 0])],
)
def test_an_item_moves(client, report, place, to, expected):
    codes = codes_in_order(report)
    assert move(client, report, codes[place], to).headers["Location"].endswith(f"#item-{codes[place]}")
    assert codes_in_order(report) == [codes[each] for each in expected]


def codes_of_rows(page):
    return [row["id"].removeprefix("item-") for row in page.select("#item-rows > li")]


def test_what_is_to_come_stands_after_what_was_held_as_in_print(client):
    sign_in(client)
    report = make_world(2)
    area = make_area(report.roadmaps.get(), number=9)
    coming = [
        make_activity(start_date=date(2024, 12, day), status=ActivityStatus.PLANNED, roadmap=area.roadmap, area=area)
        for day in (1, 2)
    ]
    for position, activity in enumerate(coming):
        report.items.create(activity=activity, position=position)
    page = page_of(client.get(f"/en/desk/{report.code}/"))
    rows = codes_of_rows(page)
    assert rows[2:] == [activity.code for activity in coming]
    assert [words(number) for number in page.select("#item-rows .row-number")] == ["1", "2", "3", "4"]
    stopped = [button["id"] for button in page.select('#item-rows [aria-disabled="true"]')]
    assert stopped == [f"i-{rows[0]}-up", f"i-{rows[1]}-down", f"i-{rows[2]}-up", f"i-{rows[3]}-down"]
    report.refresh_from_db()
    client.post(f"/en/desk/{report.code}/items/{rows[3]}/move/", {"to": "up", "version": report.version})
    assert codes_of_rows(page_of(client.get(f"/en/desk/{report.code}/"))) == [*rows[:2], rows[3], rows[2]]


@BOTH_LANGUAGES
def test_an_order_that_somebody_else_changed_is_asked_about(client, report, language):
    codes = codes_in_order(report)
    move(client, report, codes[0])
    response = move(client, report, codes[2], "up", language=language)
    assert response.status_code == 409
    theirs = [codes[1], codes[0], codes[2]]
    assert codes_in_order(report) == theirs
    sent = {"version": response.context["version"], "to": response.context["to"]}
    client.post(address("desk_item_move", report.code, codes[2]), sent)
    assert codes_in_order(report) == [codes[1], codes[2], codes[0]]


@pytest.mark.parametrize("to", ["", "sideways", "-1", "\x00", "9" * 30, "٣"])
def test_a_place_that_is_none_moves_nothing(client, report, to):
    codes = codes_in_order(report)
    assert move(client, report, codes[0], to).status_code == 302
    assert codes_in_order(report) == codes


def test_an_item_is_left_out_for_a_reason_and_told_again(client, report):
    code = codes_in_order(report)[0]
    where = address("desk_item_inclusion", report.code, code)
    client.post(where, {"version": 1, "reason_left_out": "Told last year"})
    item = report.items.get(activity__code=code)
    assert (item.is_included, item.reason_left_out) == (False, "Told last year")
    assert "Told last year" in client.get("/en/desk/COMCEC-40/").content.decode()
    client.post(where, {"version": 2, "is_included": "on"})
    item.refresh_from_db()
    assert (item.is_included, item.reason_left_out) == (True, "")


@BOTH_LANGUAGES
def test_an_item_is_not_left_out_without_a_reason(client, report, language):
    code = codes_in_order(report)[0]
    response = client.post(address("desk_item_inclusion", report.code, code, language=language), {"version": 1})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"reason_left_out"}
    assert report.items.get(activity__code=code).is_included


@pytest.mark.parametrize("reason", [".", "ok", "… … …", "n/a", "كما اتفقنا"])
def test_an_item_is_not_left_out_for_a_reason_that_explains_nothing(client, report, reason):
    code = codes_in_order(report)[0]
    where = address("desk_item_inclusion", report.code, code)
    response = client.post(where, {"version": 1, "reason_left_out": reason})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"reason_left_out"}
    assert report.items.get(activity__code=code).is_included


def override_item(client, report, code, language="en", **sent):
    values = {"version": 1, "override_ar": "حضر {headcount}.", "override_en": "Attended by {headcount}."} | sent
    return client.post(address("desk_override", report.code, code, language=language), values)


@BOTH_LANGUAGES
def test_own_words_stand_beside_what_they_replace(client, report, language):
    code = first(report).code
    override_item(client, report, code, language)
    row = page_of(client.get(f"/{language}/desk/COMCEC-40/")).select_one(f"#item-{code}")
    assert "42 participants" in words(row.select_one(".own-words"))
    assert "Title" in words(row.select_one(".replaced"))


def test_own_words_say_when_the_facts_under_them_changed(client, report):
    activity = first(report)
    override_item(client, report, activity.code)
    assert "have changed" not in client.get("/en/desk/COMCEC-40/").content.decode()
    activity.participation.headcount = 43
    activity.participation.save()
    assert "have changed: compare" in client.get("/en/desk/COMCEC-40/").content.decode()


def test_own_words_say_so_when_the_facts_changed_while_they_were_written(client, report):
    activity = first(report)
    page = page_of(client.get("/en/desk/COMCEC-40/"))
    seen = page.select_one(f"#item-{activity.code} input[name=seen]")["value"]
    activity.participation.headcount = 43
    activity.participation.save()
    override_item(client, report, activity.code, seen=seen)
    page = page_of(client.get("/en/desk/COMCEC-40/"))
    assert "have changed: compare" in words(page)
    seen = page.select_one(f"#item-{activity.code} input[name=seen]")["value"]
    override_item(client, report, activity.code, version=2, seen=seen)
    assert "have changed" not in client.get("/en/desk/COMCEC-40/").content.decode()


@pytest.mark.parametrize("seen", ["x", "\x00", "a" * 65, "é" * 64])
def test_own_words_do_not_rest_on_facts_that_were_made_up(client, report, seen):
    assert override_item(client, report, first(report).code, seen=seen).status_code == 422


def test_own_words_can_be_taken_back(client, report):
    code = first(report).code
    override_item(client, report, code)
    override_item(client, report, code, version=2, override_ar="", override_en="")
    item = report.items.get(activity__code=code)
    assert (item.override_ar, item.override_en, item.override_basis) == (None, None, "")


def test_own_words_that_somebody_else_saved_first_are_asked_about(client, report):
    code = first(report).code
    override_item(client, report, code, override_en="Theirs")
    response = override_item(client, report, code, override_en="Mine")
    assert response.status_code == 409
    assert report.items.get(activity__code=code).override_en == "Theirs"


@pytest.mark.parametrize("text", HOSTILE)
def test_own_words_that_cannot_be_stored_come_back_with_the_error(client, report, text):
    response = override_item(client, report, first(report).code, override_en=text)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"override_en"}


@pytest.mark.parametrize("name", ["desk_override", "desk_item_inclusion", "desk_item_move"])
def test_an_item_of_another_report_is_no_page(client, report, name):
    other = make_report(make_activity(), meeting=make_meeting(41))
    foreign = first(other).code
    sent = {"version": 1, "to": "up", "reason_left_out": "x", "override_en": "x"}
    assert client.post(address(name, report.code, foreign), sent).status_code == 404
    assert ReportItem.objects.get(activity__code=foreign).version == 1


def test_missing_activities_are_proposed(client, report):
    new = make_activity()
    response = client.post(address("desk_propose", report.code), follow=True)
    assert "1 activity was added." in response.content.decode()
    assert new.code in codes_in_order(report)
    assert "Nothing is missing" in client.post(address("desk_propose", report.code), follow=True).content.decode()


def test_an_item_that_became_part_of_a_project_can_still_be_left_out(client, report):
    activity = first(report)
    activity.parent = make_project()
    activity.save()
    where = address("desk_item_inclusion", report.code, activity.code)
    assert client.post(where, {"version": 1, "reason_left_out": "Told with its project"}).status_code in (302, 422)


# The head, and areas without activities.


def head(**said):
    return {"version": 1, "as_of": "2024-11-02", "original_language": "", "document_code": ""} | said


def test_the_head_is_saved(client, report):
    roadmap = make_roadmap()
    sent = head(document_code="OIC/COMCEC/40-24/REP", original_language="ar", roadmaps=[roadmap.pk])
    assert client.post(address("desk_head", report.code), sent).headers["Location"].endswith("#head")
    report.refresh_from_db()
    assert (report.document_code, report.original_language, report.version) == ("OIC/COMCEC/40-24/REP", "ar", 2)
    assert list(report.roadmaps.all()) == [roadmap]


def test_a_period_of_its_own_asks_for_the_reason(client, report):
    sent = head(period_start="2024-01-01", period_end="2024-06-30")
    response = client.post(address("desk_head", report.code), sent)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"period_reason"}
    response = client.post(address("desk_head", report.code), sent | {"period_reason": "ok"})
    assert response.context["form"].errors.keys() == {"period_reason"}
    sent["period_reason"] = "Asked for by the Coordination Office"
    assert client.post(address("desk_head", report.code), sent).status_code == 302


def test_a_head_that_somebody_else_saved_first_is_asked_about(client, report):
    client.post(address("desk_head", report.code), head(document_code="THEIRS"))
    response = client.post(address("desk_head", report.code), head(document_code="MINE"))
    assert response.status_code == 409
    assert [difference.theirs for difference in response.context["differences"]] == ["THEIRS"]
    report.refresh_from_db()
    assert report.document_code == "THEIRS"


def test_a_head_whose_period_is_unknown_names_the_meeting_at_the_period(client):
    sign_in(client)
    report = make_report(meeting=make_meeting(44))
    response = client.post(address("desk_head", report.code), head())
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"period_start"}


@BOTH_LANGUAGES
@pytest.mark.parametrize("roadmap", ["0", "-1", "x", "\x00", "9" * 40, "\u0663"])
def test_a_roadmap_that_is_none_comes_back_with_its_error(client, report, roadmap, language):
    values = {"version": report.version, "as_of": "2024-11-01", "roadmaps": [roadmap]}
    response = client.post(address("desk_head", report.code, language=language), values)
    assert response.status_code == 422
    assert page_of_error(response).select(".field-error")


@pytest.mark.parametrize("day", ["0000-01-01", "2024-13-40", "x", "\x00", "9" * 5000, ""])
def test_a_day_that_is_none_comes_back_with_its_error(client, report, day):
    response = client.post(address("desk_head", report.code), head(as_of=day))
    assert response.status_code == 422
    assert "as_of" in response.context["form"].errors


@pytest.fixture
def empty_area(report):
    return make_area(report.roadmaps.get())


def note(client, report, area, **sent):
    values = {"reason_ar": "سبب", "reason_en": "A reason", "seen_ar": "", "seen_en": ""} | sent
    return client.post(address("desk_area", report.code, area.pk), values)


def test_the_reason_for_an_empty_area_is_saved(client, report, empty_area):
    assert note(client, report, empty_area).status_code == 302
    saved = CoverageNote.objects.get()
    assert (saved.area, saved.reason_ar, saved.reason_en) == (empty_area, "سبب", "A reason")
    sent = {"seen_ar": "سبب", "seen_en": "A reason", "reason_en": "Another"}
    assert note(client, report, empty_area, **sent).status_code == 302
    assert CoverageNote.objects.get().reason_en == "Another"


def test_a_reason_that_somebody_else_gave_first_is_asked_about(client, report, empty_area):
    note(client, report, empty_area, reason_en="Theirs")
    assert note(client, report, empty_area, reason_en="Mine").status_code == 409
    assert CoverageNote.objects.get().reason_en == "Theirs"


def test_an_area_of_another_roadmap_is_no_page(client, report):
    assert note(client, report, make_area()).status_code == 404
    assert not CoverageNote.objects.exists()


@pytest.mark.parametrize("path", ["areas/0/", f"areas/{'9' * 20}/", "areas/x/", "sections/none/", "items/x/move/"])
def test_a_part_that_no_report_has_is_no_page(client, report, path):
    assert client.post(f"/en/desk/COMCEC-40/{path}", {"version": 1}).status_code == 404


@pytest.mark.parametrize("code", ["COMCEC-41", "COMCEC-9999", "comcec-40", "COMCEC-99999", "COMCEC-FC-40", "%00"])
def test_a_report_that_is_none_is_no_page(client, report, code):
    assert client.get(f"/en/desk/{code}/").status_code == 404
    assert client.post(f"/en/desk/{code}/head/", head()).status_code == 404


def test_a_form_without_its_token_is_refused(report):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    sign_in(strict)
    assert send_text(strict, report).status_code == 403
    assert section(report).version == 1
