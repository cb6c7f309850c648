"""The pages of the desk: the list of reports, a new report, the page of one, its preview and its figures."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from activities.models import Activity, ActivityStatus, PublicationState
from activities.tests.factories import make_activity, make_project
from reports.assembly import assemble
from reports.models import Edition, Rendering, Report
from reports.tests.desk import OFFICER, codes_in_order, first, make_world, page_of, sign_in, words
from reports.tests.factories import make_edition, make_report
from roadmap.models import MeetingKind
from roadmap.tests.factories import make_area, make_meeting, make_programme, make_roadmap

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def officer(client):
    return sign_in(client)


def issue(report, user, number=1):
    """Write an edition of ``report`` straight into the database, as it reads now."""
    return Edition.objects.create(
        report=report,
        number=number,
        code=f"TEST-000{number}",
        issued_at=timezone.now(),
        issued_by=user,
        facts=assemble(report).to_json(),
        documents={},
        assets={},
        versions={},
    )


# The list.


def listed(client, language="en"):
    return [words(row) for row in page_of(client.get(f"/{language}/desk/")).select(".desk-reports > li")]


def test_the_list_tells_meeting_period_and_state(client, officer):
    make_report()
    assert listed(client) == [
        "40th Session of COMCEC Period: 6 November 2023 – 5 November 2024 As of 1 November 2024 Draft, not issued yet"
    ]


def test_the_list_tells_the_last_edition_and_what_changed_since(client, officer):
    report = make_world()
    edition = issue(report, officer)
    assert "Edition 1, issued on" in listed(client)[0]
    assert "changed" not in listed(client)[0]
    edition.citations.create(activity=first(report))
    first(report).save()
    assert "Records have changed since" in listed(client)[0]


def test_the_list_tells_what_is_being_rendered(client, officer):
    Rendering.objects.create(report=make_report(), requested_by=officer)
    assert "Rendering is under way" in listed(client)[0]


def test_the_list_says_that_a_period_is_not_known(client, officer):
    make_report(meeting=make_meeting(44))
    assert "period not known yet" in listed(client)[0]


def test_without_reports_the_list_says_so(client, officer):
    assert "No report has been prepared yet." in client.get("/en/desk/").content.decode()


@pytest.mark.parametrize("size", [1, 30])
def test_queries_of_the_list_do_not_grow(client, officer, django_assert_num_queries, size):
    for number in range(1, size + 1):
        make_report(meeting=make_meeting(number))
    with django_assert_num_queries(5):
        assert len(listed(client)) == size


# A new report.


def begin(client, language="en", **sent):
    values = {"code": "COMCEC-40", "as_of": "2024-11-01"} | sent
    return client.post(f"/{language}/desk/new/", values, follow=True)


def test_a_new_report_is_offered_for_meetings_without_one(client, officer):
    make_report(meeting=make_meeting(39))
    make_meeting(40)
    page = page_of(client.get("/en/desk/new/"))
    assert [words(row) for row in page.select(".desk-reports > li")] == [
        "40th Session of COMCEC Period: 6 November 2023 – 5 November 2024"
    ]


@BOTH_LANGUAGES
def test_a_missing_date_names_the_meeting_to_enter(client, language):
    sign_in(client, *OFFICER, "add_meeting", "change_meeting")
    undated = make_meeting(41, start=None, end=None)
    make_meeting(50)
    make_meeting(42)
    page = page_of(client.get(f"/{language}/desk/new/"))
    add, change = f"/{language}/admin/roadmap/meeting/add/", f"/{language}/admin/roadmap/meeting/{undated.pk}/change/"
    assert [link["href"] for link in page.select(".waiting a")] == [add, f"{change}#id_start", f"{change}#id_start"]
    assert page.select_one(f'.onward a[href="{add}"]')


@BOTH_LANGUAGES
def test_whoever_enters_no_meetings_is_told_who_does(client, officer, language):
    make_meeting(41, start=None, end=None)
    for address in (f"/{language}/desk/new/", f"/{language}/desk/new/?meeting=COMCEC-41"):
        page = page_of(client.get(address))
        assert "COMCEC-41" in words(page.select_one(".waiting"))
        assert not page.select('main a[href*="/admin/"]')


def test_a_new_report_speaks_as_of_today_or_of_the_end_of_its_period(client, officer):
    today = timezone.localdate()
    coming = today.year + 1 - 1984  # the session of next year, whose period has begun and not ended
    for number in (39, 40, coming - 1, coming):
        make_meeting(number)
    for number, day in ((40, "2024-11-05"), (coming, today.isoformat())):
        page = page_of(client.get(f"/en/desk/new/?meeting=COMCEC-{number}"))
        assert page.select_one("[name=as_of]")["value"] == day


@BOTH_LANGUAGES
def test_a_new_report_proposes_what_can_be_told(client, officer, language):
    make_programme()
    make_meeting(39)
    make_meeting(40)
    told = [make_activity(), make_activity(status=ActivityStatus.PLANNED, start_date=date(2024, 12, 1))]
    make_activity(state=PublicationState.DRAFT)
    roadmap = make_roadmap()
    response = begin(client, language, roadmaps=[roadmap.pk])
    report = Report.objects.get()
    assert response.redirect_chain == [(f"/{language}/desk/COMCEC-40/", 302)]
    assert codes_in_order(report) == [activity.code for activity in told]
    assert list(report.roadmaps.all()) == [roadmap]
    if language == "en":
        assert "2 activities were proposed." in response.content.decode()


def test_a_new_report_carries_over_what_was_announced(client, officer):
    make_programme()
    make_meeting(38)
    announced = make_activity(status=ActivityStatus.PLANNED, start_date=date(2024, 1, 10))
    before = make_report(announced, meeting=make_meeting(39), as_of=date(2023, 11, 1))
    before.sections.filter(kind="introduction").update(text_ar="نص", text_en="Text")
    issue(before, officer)
    make_meeting(40)
    shown = begin(client).content.decode()
    assert "1 of them was announced in the last edition" in shown
    assert "1 text was taken over from the last report" in shown
    assert "taken over from the last report: check" in shown


OWN_PERIOD = {"period_start": "2024-01-01", "period_end": "2024-10-31", "period_reason": "An interim account"}


def test_a_new_report_may_have_a_period_of_its_own_with_a_reason(client, officer):
    make_programme()
    make_meeting(39)
    make_meeting(40)
    assert begin(client, **OWN_PERIOD | {"period_reason": ""}).status_code == 422
    assert begin(client, **OWN_PERIOD).status_code == 200
    assert Report.objects.get().period.start == date(2024, 1, 1)


@pytest.mark.parametrize("own", [{}, OWN_PERIOD])
@pytest.mark.parametrize("dates", [{}, {"start": None, "end": None}])
def test_a_report_needs_the_dates_it_prints(client, officer, own, dates):
    make_programme()
    make_meeting(40, **dates)
    response = begin(client, **own)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"period_start"}
    assert not Report.objects.exists()


def test_a_meeting_that_lost_its_dates_is_named(client, officer):
    make_programme()
    make_meeting(39)
    meeting = make_meeting(40, start=None, end=None)
    make_report(meeting=meeting, **{**OWN_PERIOD, "period_start": date(2024, 1, 1), "period_end": date(2024, 10, 31)})
    for page in ("", "preview/", "issue/"):
        assert "enter the dates of" in client.get(f"/en/desk/COMCEC-40/{page}").content.decode()


@pytest.mark.parametrize("code", ["", "COMCEC-41", "COMCEC-40\x00", "x" * 5000, "COMCEC-٤٠", "COMCEC-FC-40"])
def test_a_meeting_that_is_none_gets_no_report(client, officer, code):
    make_meeting(39)
    make_meeting(40)
    assert begin(client, code=code).status_code == 404
    assert client.get("/en/desk/new/", {"meeting": code}).status_code == 404
    assert not Report.objects.exists()


def test_a_meeting_gets_one_report(client, officer):
    make_report()
    assert begin(client).status_code == 404
    assert Report.objects.count() == 1


def test_a_committee_report_is_begun_under_its_own_address(client, officer):
    make_programme()
    make_meeting(39)
    make_meeting(40, kind=MeetingKind.FOLLOW_UP)
    response = begin(client, code="COMCEC-FC-40", as_of="2024-05-01")
    assert response.redirect_chain == [("/en/desk/COMCEC-FC-40/", 302)]


# The page of one report.


@BOTH_LANGUAGES
def test_the_page_shows_each_item_in_both_languages_with_doors(client, officer, language):
    report = make_world()
    page = page_of(client.get(f"/{language}/desk/COMCEC-40/"))
    row = page.select_one(f"#item-{first(report).code}")
    assert [column["lang"] for column in row.select(".told > div")] == [language, {"ar": "en", "en": "ar"}[language]]
    door = row.select_one('[lang="en"] [data-fact$=".headcount"]')
    assert door.name == "a"
    record = f"/{language}/admin/activities/activity/{first(report).pk}/change/"
    assert door["href"] == f"{record}#id_participation-0-headcount"


def test_the_page_offers_facts_with_their_words(client, officer):
    make_world()
    offered = page_of(client.get("/en/desk/COMCEC-40/")).select("#offered li")
    shown = next(row for row in offered if row.code.text == "{report.participations}")
    assert [span["lang"] for span in shown.select("span")] == ["ar", "en"]
    assert "42 participations" in words(shown)


def test_an_item_that_is_not_published_says_so(client, officer):
    report = make_world()
    activity = first(report)
    activity.state = PublicationState.WITHDRAWN
    activity.save()
    row = page_of(client.get("/en/desk/COMCEC-40/")).select_one(f"#item-{activity.code}")
    assert "does not tell this activity" in words(row)


def test_areas_without_activities_ask_for_the_reason(client, officer):
    report = make_world()
    area = make_area(report.roadmaps.get())
    assert page_of(client.get("/en/desk/COMCEC-40/")).select_one(f"#area-{area.pk} textarea")


def test_a_report_whose_period_is_unknown_opens_and_says_why(client, officer):
    make_programme()
    make_report(make_activity(), meeting=make_meeting(44))
    page = page_of(client.get("/en/desk/COMCEC-44/"))
    assert "enter the dates of COMCEC session 43 first" in words(page.select_one("#head"))


def test_a_report_without_the_programme_opens_and_says_why(client, officer):
    make_report(make_activity())
    assert "enter the programme first" in words(page_of(client.get("/en/desk/COMCEC-40/")).select_one("#head"))


def queries_of_the_page(client):
    with CaptureQueriesContext(connection) as queries:
        page_of(client.get("/en/desk/COMCEC-40/"))
    return len(queries)


def test_the_page_assembles_the_report_once(client, officer):
    make_world()
    with CaptureQueriesContext(connection) as queries:
        page_of(client.get("/en/desk/COMCEC-40/"))
    counted = [each["sql"] for each in queries if 'COUNT(DISTINCT "activities_countryparticipation"' in each["sql"]]
    assert len(counted) == 1, "who took part in how much is asked once for each assembly"


def test_queries_of_the_page_do_not_grow(client, officer):
    report = make_world(1)
    report.items.update(override_ar="حضر {headcount}", override_en="{headcount}")
    queries_of_the_page(client)  # fills what is kept between requests
    for_one = queries_of_the_page(client)
    for position in range(2, 31):
        report.items.create(activity=make_activity(), position=position, override_ar="نص", override_en="Text")
    assert queries_of_the_page(client) == for_one


def test_the_page_says_what_differs_from_the_last_edition(client, officer):
    report = make_world()
    issue(report, officer)
    assert "still says what the last edition says" in client.get("/en/desk/COMCEC-40/").content.decode()
    participation = first(report).participation
    participation.headcount = 43
    participation.save()
    for languages in (["ar", "en"], ["en", "ar"]):
        panel = page_of(client.get(f"/{languages[0]}/desk/COMCEC-40/")).select_one("#editions")
        assert [row["lang"] for row in panel.select(".differences p")][:2] == languages
        assert "43" in words(panel)


# The preview.


@pytest.mark.parametrize("language", ["ar", "en", "both"])
@pytest.mark.parametrize("page_language", ["ar", "en"])
def test_the_preview_shows_the_report_with_doors(client, officer, page_language, language):
    make_world()
    page = page_of(client.get(f"/{page_language}/desk/COMCEC-40/preview/", {"language": language}))
    languages = {"both": {"ar", "en"}}.get(language, {language})
    assert {part["lang"] for part in page.select(".report")} == languages
    doors = page.select("a.door[href]")
    assert all(door["href"].startswith(f"/{page_language}/") for door in doors)
    assert any(door["data-fact"] == "report.held" for door in doors)


def test_side_by_side_each_item_stands_beside_itself(client, officer):
    make_world()
    page = page_of(client.get("/en/desk/COMCEC-40/preview/", {"language": "both"}))
    rows = [[each["id"][3:] for each in row.select(".item")] for row in page.select(".row")]
    paired = [ids for ids in rows if ids]
    assert len(paired) == 3
    assert all(ar == en for ar, en in paired)


@pytest.mark.parametrize("language", ["", "fr", "AR", "both ", "\x00", "x" * 5000])
def test_a_preview_in_another_language_is_no_page(client, officer, language):
    make_world(1)
    assert client.get("/en/desk/COMCEC-40/preview/", {"language": language}).status_code == 404


def test_a_preview_that_cannot_be_told_says_why(client, officer):
    make_programme()
    make_report(meeting=make_meeting(44))
    assert "enter the dates" in client.get("/en/desk/COMCEC-44/preview/").content.decode()


# The records behind a figure.


def behind(client, fact):
    page = page_of(client.get("/en/desk/COMCEC-40/records/", {"fact": fact}))
    return [row.bdi.text for row in page.select(".records-behind > li") if row.bdi]


def test_a_sum_opens_the_records_it_was_summed_from(client, officer):
    report = make_world()
    held = codes_in_order(report)
    assert behind(client, "report.held") == held
    assert behind(client, "report.participations") == held[:1]
    assert behind(client, "report.pending") == held[1:]
    assert behind(client, "area.2020-2025.1.held") == held
    assert behind(client, "kind.training-course.held") == held
    assert behind(client, "month.2024-03.held") == held


def test_a_project_is_counted_by_its_parts(client, officer):
    make_programme()
    project = make_project()
    part = make_activity(parent=project)
    make_report(project)
    assert behind(client, "report.held") == [part.code]


@pytest.fixture
def announced():
    """Two activities that the 39th session's edition announced: one was held since, the other was withdrawn."""
    held, withdrawn = make_activity(status="planned"), make_activity(status="planned")
    make_programme()
    make_meeting(38)
    before = make_report(held, withdrawn, meeting=make_meeting(39), as_of=date(2023, 11, 5))
    edition = make_edition(before, held, withdrawn, facts=assemble(before).to_json())
    Activity.objects.filter(pk=held.pk).update(status="held")
    Activity.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    make_report(held, meeting=make_meeting(40))
    return edition, held, withdrawn


def test_what_was_announced_opens_with_what_became_of_it(client, officer, announced):
    _edition, held, withdrawn = announced
    assert behind(client, "report.promised") == [held.code, withdrawn.code]
    assert behind(client, "report.kept") == [held.code]
    page = page_of(client.get("/en/desk/COMCEC-40/records/", {"fact": "report.promised"}))
    assert [words(row.select_one(".desk-state")) for row in page.select(".records-behind > li")] == [
        "held",
        "outcome not recorded yet",
    ]
    assert page.select(".records-behind a")[1]["href"] == f"/en/admin/activities/activity/{withdrawn.pk}/change/"


@pytest.mark.parametrize("fact", ["before.held", "before.number"])
def test_a_figure_of_the_last_report_opens_its_edition(client, officer, announced, fact):
    edition, _held, _withdrawn = announced
    response = client.get("/en/desk/COMCEC-40/records/", {"fact": fact})
    assert response["Location"] == f"/en/editions/{edition.code}/"


@pytest.mark.parametrize(
    "fact",
    ["", "report.nothing", "report.kept", "before.held", "area.x.1.held", "\x00", "<b>", "x" * 5000, "imprint.number"],
)
def test_a_figure_that_the_report_does_not_state_is_no_page(client, officer, fact):
    make_world(1)
    assert client.get("/en/desk/COMCEC-40/records/", {"fact": fact}).status_code == 404


# The list for the Coordination Office.


@BOTH_LANGUAGES
def test_the_page_offers_the_list_of_groups(client, officer, language):
    report = make_world(1)
    Activity.objects.update(cooperation_group="A")
    page = page_of(client.get(f"/{language}/desk/COMCEC-40/"))
    response = client.get(page.select_one("#renderings a[href$='.xlsx']")["href"])
    assert response["Content-Disposition"] == 'attachment; filename="COMCEC-40-groups.xlsx"'
    book = load_workbook(BytesIO(response.content))
    codes = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert any(first(report).code in row for row in codes)


def test_a_report_that_cannot_be_told_has_no_list_of_groups(client, officer):
    make_programme()
    make_report(meeting=make_meeting(44))
    assert client.get("/en/desk/COMCEC-44/groups.xlsx").status_code == 404
