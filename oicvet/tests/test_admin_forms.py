"""What staff enter is kept, what cannot be is refused at its field, in the language of the page."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from activities.models import Activity, ActivityStatus, PublicationState, Role, Standing
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_profile,
    make_project,
)
from oicvet.tests.backoffice import address, errors_of, form_of, send
from partners.models import Country, Institution
from partners.tests.factories import make_country, make_institution
from reports.models import Report
from reports.tests.factories import make_report
from roadmap.models import Meeting, Roadmap
from roadmap.tests.factories import make_meeting, make_roadmap

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])

REPORTED = {"participation__0__headcount": "10", "participation__0__headcount_standing": Standing.REPORTED}


@LANGUAGES
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"start_date": "2024-03-14", "end_date": "2024-03-13"}, "end_date"),
        ({"start_date": "2024-03-14", "end_date": ""}, "end_date"),
        ({"start_date": "31/02/2024"}, "start_date"),
        ({"title_ar": "عنوان\u202eمقلوب"}, "title_ar"),
        ({"title_en": ""}, "title_en"),
        ({"status": ""}, "status"),
        (REPORTED | {"participation__0__headcount": "0"}, "participation.headcount"),
        (REPORTED | {"participation__0__headcount": "-3"}, "participation.headcount"),
        (REPORTED | {"participation__0__headcount": "9" * 5000}, "participation.headcount"),
        (REPORTED | {"participation__0__headcount": "3000000000"}, "participation.headcount"),
        (REPORTED | {"participation__0__headcount": ""}, "participation.headcount"),
        (
            REPORTED
            | {
                "participation__0__women": "6",
                "participation__0__men": "5",
                "participation__0__sexes_standing": Standing.REPORTED,
            },
            "participation.women",
        ),
        ({"participation__0__member_countries": "3"}, "participation.member_countries"),
        ({"partnerships__0__described_as_en": "others"}, "partnerships.institution"),
        ({"countries__CXX__count": "-1"}, "countries"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(root, language, changes, field):
    activity = make_activity()
    add_partner(activity)
    add_country(activity, make_country(code="CXX"))
    count_participants(activity, None)
    response = send(root, address(Activity, "change", activity.pk, language=language), **changes)
    errors = errors_of(response)
    assert list(errors) == [field]
    assert all(errors[field])
    assert not Activity.objects.exclude(start_date=date(2024, 3, 13)).exists()


@LANGUAGES
def test_an_activity_that_is_its_own_project_is_refused(root, language):
    activity = make_activity()
    response = send(root, address(Activity, "change", activity.pk, language=language), parent=activity.pk)
    assert list(errors_of(response)) == ["parent"]


@LANGUAGES
def test_only_a_project_has_parts(root, language):
    response = send(
        root, address(Activity, "change", make_activity().pk, language=language), parent=make_activity().pk
    )
    assert list(errors_of(response)) == ["parent"]


@LANGUAGES
def test_an_activity_is_entered_with_all_that_belongs_to_it(root, language):
    kind, institution, country, profile = make_kind(), make_institution(), make_country(), make_profile()
    empty = form_of(root.get(address(Activity, "add", language=language)))
    entered = {
        "kind": kind.pk,
        "title_ar": "دورة في\r\nالتقييم",
        "title_en": "A course on assessment",
        "start_date": "٠٩/٠١/٢٠٢٤",
        "end_date": "2024-01-10",
        "status": ActivityStatus.HELD,
        "mode": "online",
        "state": PublicationState.PUBLISHED,
        "partnerships-TOTAL_FORMS": "1",
        "partnerships-0-role": Role.CO_ORGANISER,
        "partnerships-0-institution": institution.pk,
        "partnerships-0-order": "0",
        "participation-0-headcount": "١٬٢٨٤",
        "participation-0-headcount_standing": Standing.REPORTED,
        "participation-0-profile": profile.pk,
        f"countries-{country.code}": "on",
        f"countries-{country.code}-count": "1284",
    }
    response = root.post(address(Activity, "add", language=language), empty | entered)
    assert response.status_code == 302, errors_of(response)
    activity = Activity.objects.get()
    assert (activity.code, activity.title_ar) == ("2024-001", "دورة في التقييم")
    assert (activity.start_date, activity.end_date) == (date(2024, 1, 9), date(2024, 1, 10))
    assert activity.participation.headcount == 1284
    assert [row.institution for row in activity.partnerships.all()] == [institution]
    assert [(row.country, row.count) for row in activity.country_participations.all()] == [(country, 1284)]


@LANGUAGES
def test_a_draft_may_speak_one_language_and_lose_it_again(root, language):
    activity = make_activity(title_en=None, state=PublicationState.DRAFT)
    url = address(Activity, "change", activity.pk, language=language)
    assert send(root, url, title_ar="", title_en="In English now").status_code == 302
    activity.refresh_from_db()
    assert (activity.title_ar, activity.title_en) == (None, "In English now")
    assert list(errors_of(send(root, url, title_en=""))) == ["title_ar"]


@LANGUAGES
def test_saving_without_a_change_changes_nothing(root, language):
    activity = make_activity(venue_ar="أنقرة", venue_en="Ankara", objective_en="Only in English")
    add_partner(activity, post_ar="المدير", post_en="The Director")
    count_participants(activity, 40, women=10, member_countries=3)
    add_country(activity)
    before = _everything_about(activity)
    assert send(root, address(Activity, "change", activity.pk, language=language)).status_code == 302
    assert _everything_about(activity) == before


def _everything_about(activity):
    rows = [Activity.objects.filter(pk=activity.pk), activity.partnerships, activity.country_participations]
    values = [list(each.values()) for each in rows]
    values[0][0].pop("changed_at")
    values[0][0].pop("title")  # the column without a language holds whichever saved last
    for name in ("venue", "status_reason", "audience", "objective", "topics", "summary"):
        values[0][0].pop(name)
    for row in values[1]:
        for name in ("described_as", "name_then", "post"):
            row.pop(name)
    participation = type(activity.participation).objects.filter(activity=activity).values().get()
    return values, participation


@pytest.mark.parametrize(
    ("model", "make", "changes", "field"),
    [
        (Country, lambda: make_country(), {"code": "x1"}, "code"),
        (Country, lambda: make_country(), {"short_name_en": ""}, "short_name_en"),
        (Country, lambda: make_country(), {"memberships__0__until": "1960-01-01"}, "memberships.until"),
        (Institution, lambda: make_institution(), {"name_ar": "", "name_en": ""}, "name_ar"),
        (Institution, lambda: make_institution(), {"website": "http://127.0.0.1/"}, "website"),
        (Roadmap, lambda: make_roadmap(), {"valid_to": "2019-01-01"}, "valid_to"),
        (Meeting, lambda: make_meeting(), {"end": ""}, "end"),
        (Meeting, lambda: make_meeting(), {"end": "2024-11-01"}, "end"),
    ],
)
def test_other_tables_refuse_at_the_field_too(root, model, make, changes, field):
    response = send(root, address(model, "change", make().pk), **changes)
    assert list(errors_of(response)) == [field]


def test_an_institution_is_not_part_of_itself(root):
    institution = make_institution()
    response = send(root, address(Institution, "change", institution.pk), parent=institution.pk)
    assert list(errors_of(response)) == ["parent"]


# Reports


def add_report(client, meeting, language="en", **changes):
    empty = form_of(client.get(address(Report, "add", language=language)))
    entered = {"meeting": meeting.pk, "as_of": "2024-11-01"}
    return client.post(address(Report, "add", language=language), empty | entered | changes)


@LANGUAGES
def test_a_new_report_is_filled_with_what_it_can_tell(root, language):
    make_meeting(39)
    meeting = make_meeting(40)
    inside, later, project = make_activity(), make_activity(end_date=date(2024, 9, 1)), make_project()
    make_activity(parent=project, end_date=date(2024, 10, 1))
    make_activity(end_date=date(2022, 1, 1))
    make_activity(state=PublicationState.DRAFT)
    response = add_report(root, meeting, language)
    assert response.status_code == 302
    assert [item.activity for item in Report.objects.get().items.all()] == [inside, later, project]
    assert any("3" in str(message) for message in get_messages(response.wsgi_request))


def test_a_new_report_with_items_is_left_as_it_is(root):
    make_meeting(39)
    activity, other = make_activity(), make_activity()
    rows = {
        "items-TOTAL_FORMS": "1",
        "items-0-activity": other.pk,
        "items-0-position": "1",
        "items-0-is_included": "on",
    }
    assert add_report(root, make_meeting(40), **rows).status_code == 302
    assert [item.activity for item in Report.objects.get().items.all()] == [other]
    assert activity.report_items.count() == 0


def test_a_report_that_is_saved_again_is_not_filled_again(root):
    make_activity()
    report = make_report()
    assert send(root, address(Report, "change", report.pk), document_code="OIC/COMCEC/40-24/REP").status_code == 302
    assert report.items.count() == 0


@LANGUAGES
def test_a_report_whose_period_is_unknown_says_why_at_the_meeting(root, language):
    errors = errors_of(add_report(root, make_meeting(40), language))
    assert list(errors) == ["meeting"]
    assert "39" in errors["meeting"][0]
    assert not Report.objects.exists()


def test_the_list_of_reports_adds_what_is_missing_from_one(root):
    report = make_report(make_activity())
    new = make_activity()
    action = {"action": "propose_missing_items", "_selected_action": [report.pk]}
    response = root.post(address(Report, "changelist"), action)
    assert response.status_code == 302
    assert [item.activity for item in report.items.all()][-1] == new
    assert "1 activity" in str(*get_messages(response.wsgi_request))


def test_the_list_of_reports_says_when_nothing_can_be_added(root):
    report = make_report()
    Meeting.objects.filter(number=39).update(start=None, end=None)
    action = {"action": "propose_missing_items", "_selected_action": [report.pk]}
    response = root.post(address(Report, "changelist"), action)
    assert "39" in str(*get_messages(response.wsgi_request))


def test_an_item_is_left_out_for_a_reason(root):
    report = make_report(make_activity())
    sent = form_of(root.get(address(Report, "change", report.pk)))
    del sent["items-0-is_included"]
    response = root.post(address(Report, "change", report.pk), sent)
    assert list(errors_of(response)) == ["items.reason_left_out"]
