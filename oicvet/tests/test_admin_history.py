"""The history of a record: who changed what, in words, and a former state brought back as a new change."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, CountryParticipation, Partnership, PublicationState
from activities.tests.factories import add_country, add_partner, count_participants, make_activity
from bilingual.history import change_set, write_versions
from oicvet.tests.backoffice import address, history, make_everything, said, send
from partners.models import Country, Institution
from partners.tests.factories import make_country, make_institution
from roadmap.models import Meeting
from roadmap.tests.factories import make_meeting

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def sets_of(record):
    """Return the change sets of a record, the oldest first."""
    rows = type(record).versions.filter(id=record.pk).order_by("history_id")
    return list(dict.fromkeys(rows.values_list("change_set", flat=True)))


def restore_page(record, wanted, language="en"):
    return address(type(record), "restore", record.pk, wanted, language=language)


def bring_back(client, record, wanted):
    page = client.get(restore_page(record, wanted))
    assert page.status_code == 200
    return client.post(restore_page(record, wanted), {"token": page.context["plan"].token})


def test_one_save_of_an_activity_with_its_rows_is_one_entry(root):
    activity = make_activity(title_en="Before")
    with change_set():
        activity.title_en = "After"
        activity.save()
        add_partner(activity, make_institution(name_en="Labour Ministry", acronym=""))
        count_participants(activity, 1200)
    page = history(root, activity)
    assert len(page.context["page"]) == 2
    latest = page.context["page"][0]
    assert [row.kind for row in latest.rows] == ["~", "+", "+"]
    text = said(page)
    for words in ("Before", "After", "Labour Ministry", "co-organiser", "1,200", "reported"):
        assert words in text


@LANGUAGES
def test_values_are_said_in_the_language_of_the_page(root, language):
    activity = make_activity(venue_country=make_country("QQQ", short_name_ar="بلد كبير", short_name_en="Big land"))
    activity.is_reportable = False
    activity.save()
    text = said(history(root, activity, language))
    expected = {
        "en": ("Big land", "held", "13 March 2024", "yes", "no"),
        "ar": ("بلد كبير", "منجز", "13 مارس 2024", "نعم", "لا"),
    }[language]
    for words in expected:
        assert words in text, words


def test_who_did_it_and_why_is_told(root):
    activity = make_activity()
    root.get(address(Activity, "change", activity.pk))
    send(root, address(Activity, "change", activity.pk), title_en="By root")
    activity.refresh_from_db()
    with change_set():
        write_versions([activity], added=False, reason="Import of plan.xlsx")
    assert [entry.by for entry in history(root, activity).context["page"]] == ["root", ""]
    activity.note = "Changed by a file"
    activity.save()
    Activity.versions.filter(note="Changed by a file").update(history_change_reason="Import of plan.xlsx")
    assert "Import of plan.xlsx" in said(history(root, activity))


@pytest.mark.parametrize(
    ("make", "number"), [(make_activity, 1), (make_institution, 1), (make_country, 2), (make_meeting, 1)]
)
def test_each_sort_of_record_has_its_history(root, make, number):
    assert len(history(root, make()).context["page"]) == number


def test_what_is_hostile_is_shown_as_text(root):
    activity = make_activity(title_en="<script>alert(1)</script>")
    assert "<script>alert(1)" not in history(root, activity).content.decode()


def test_a_history_is_not_there_for_whoever_may_not_see_the_record(signed_in, client):
    country = make_country()
    first = sets_of(country)[0]
    signed_in("National focal point")
    for page in (address(Country, "history", country.pk), restore_page(country, first)):
        assert client.get(page).status_code == 302  # to the way in, which tells nothing
    signed_in("Data entry")
    assert client.get(address(Country, "history", country.pk)).status_code == 200
    assert client.get(restore_page(country, first)).status_code == 404
    for nothing in ("999999", "x", "9" * 40, "%00"):
        assert client.get(f"/en/admin/partners/country/{nothing}/history/").status_code == 404
    assert client.get(address(Country, "history", country.pk) + "?p=x%00").status_code == 200


def test_a_state_that_never_was_is_not_there(root):
    activity = make_activity()
    assert root.get(restore_page(activity, uuid.uuid4())).status_code == 404
    other = make_activity()
    assert root.get(restore_page(activity, sets_of(other)[0])).status_code == 404


def test_a_former_state_comes_back_with_its_rows_as_a_new_change(root):
    activity = make_activity(title_en="Before", title_ar="قبل")
    with change_set():
        kept, taken = add_partner(activity), add_partner(activity, described_as_en="Centres", described_as_ar="مراكز")
        counts = count_participants(activity, 40)
        country = add_country(activity, count=3)
        activity.save()
    wanted, taken_key = sets_of(activity)[-1], taken.pk
    with change_set():
        taken.delete()
        country.count = 9
        country.save()
        added = add_country(activity).pk
        counts.headcount = 41
        counts.save()
        activity.title_en = "After"
        activity.save()
    before = Activity.versions.count()
    version = activity.version
    assert bring_back(root, activity, wanted).status_code == 302
    activity.refresh_from_db()
    counts.refresh_from_db()
    assert (activity.title_en, activity.title_ar, activity.version > version) == ("Before", "قبل", True)
    assert counts.headcount == 40
    assert list(CountryParticipation.objects.values_list("pk", "count")) == [(country.pk, 3)]
    assert set(Partnership.objects.values_list("pk", flat=True)) == {kept.pk, taken_key}
    again = Partnership.objects.get(pk=taken_key)
    assert (again.described_as_en, again.described_as_ar) == ("Centres", "مراكز")
    assert not CountryParticipation.objects.filter(pk=added).exists()
    assert Activity.versions.count() == before + 1
    page = history(root, activity)
    assert page.context["page"][0].by == "root"
    assert "A former state was brought back" in page.context["page"][0].reason
    assert root.get(restore_page(activity, wanted)).context["plan"].steps == []


def test_reading_the_plan_changes_nothing(root):
    activity = make_activity(title_en="Before")
    activity.title_en = "After"
    activity.save()
    page = root.get(restore_page(activity, sets_of(activity)[0]))
    assert "Before" in said(page)
    activity.refresh_from_db()
    assert activity.title_en == "After"


def test_a_record_that_changed_since_the_plan_was_read_is_left_alone(root):
    activity = make_activity(title_en="Before")
    activity.title_en = "After"
    activity.save()
    wanted = sets_of(activity)[0]
    token = root.get(restore_page(activity, wanted)).context["plan"].token
    activity.title_en = "Meanwhile"
    activity.save()
    page = root.post(restore_page(activity, wanted), {"token": token})
    assert "Somebody changed this record meanwhile" in said(page)
    for hostile in ({}, {"token": "\x00"}, {"token": "9" * 400}):
        assert root.post(restore_page(activity, wanted), hostile).status_code == 200
    activity.refresh_from_db()
    assert activity.title_en == "Meanwhile"


def test_publication_stays_as_it_is_and_says_so(root):
    activity = make_activity(state=PublicationState.DRAFT, title_en="Before")
    activity.state, activity.title_en = PublicationState.PUBLISHED, "After"
    activity.save()
    wanted = sets_of(activity)[0]
    assert "Publication stays as it is now: published" in said(root.get(restore_page(activity, wanted)))
    bring_back(root, activity, wanted)
    activity.refresh_from_db()
    assert (activity.state, activity.title_en) == (PublicationState.PUBLISHED, "Before")


@LANGUAGES
def test_a_state_that_breaks_a_rule_now_is_refused_with_the_reason(root, language):
    activity = make_activity(state=PublicationState.DRAFT, title_en=None)
    activity.state, activity.title_en = PublicationState.PUBLISHED, "Now there"
    activity.save()
    wanted = sets_of(activity)[0]
    page = root.get(restore_page(activity, wanted, language))
    assert len(page.context["plan"].refusals) >= 1
    assert (
        root.post(restore_page(activity, wanted, language), {"token": page.context["plan"].token}).status_code == 200
    )
    activity.refresh_from_db()
    assert activity.title_en == "Now there"


def test_a_published_activity_gets_no_blocking_finding_that_it_did_not_have(root):
    activity = make_activity(status="planned")
    activity.status = "held"
    activity.save()
    page = bring_back(root, activity, sets_of(activity)[0])
    assert "is still planned" in said(page)
    activity.refresh_from_db()
    assert activity.status == "held"


def test_a_row_whose_institution_is_gone_is_told_and_nothing_is_dropped(root):
    activity = make_activity()
    gone = make_institution(name_en="Gone Institute", acronym="")
    with change_set():
        partner = add_partner(activity, gone)
        activity.save()
    wanted = sets_of(activity)[-1]
    with change_set():
        partner.delete()
        activity.title_en = "After"
        activity.save()
    gone.delete()
    page = root.get(restore_page(activity, wanted))
    assert "Gone Institute (no longer there)" in said(page)
    assert not page.context["plan"].can_be_done
    assert "Gone Institute (no longer there)" in said(history(root, activity))


def test_a_former_state_needs_the_permission_for_each_row(signed_in):
    activity = make_activity(state=PublicationState.DRAFT)
    first = sets_of(activity)[0]
    count_participants(activity, 40)
    client = signed_in("Data entry")
    page = client.get(restore_page(activity, first))
    assert not page.context["plan"].can_be_done
    assert "Your role may not do this to: participation." in said(page)


def test_a_history_costs_the_same_for_one_change_and_for_thirty(root):
    activity = make_everything()

    def queries():
        costs = []
        first = sets_of(activity)[0]
        for page in (address(Activity, "history", activity.pk), restore_page(activity, first)):
            root.get(page)
            with CaptureQueriesContext(connection) as caught:
                assert root.get(page).status_code == 200
            costs.append(len(caught))
        return costs

    activity.venue_country = make_country()
    activity.save()
    costs = queries()
    for number in range(29):
        with change_set():
            activity.title_en = f"Title {number}"
            activity.venue_country = make_country()
            activity.save()
            add_partner(activity, make_institution(seat=make_country()))
            add_country(activity)
    assert queries() == costs
    assert max(costs) <= 26


def test_an_institution_and_a_meeting_come_back_too(root):
    for record, field, before, after in (
        (make_institution(name_en="Old"), "name_en", "Old", "New"),
        (make_meeting(), "place_en", "Istanbul", "Ankara"),
        (make_country(), "spellings", "", "Other"),
    ):
        setattr(record, field, after)
        record.save()
        assert bring_back(root, record, sets_of(record)[0]).status_code == 302
        record.refresh_from_db()
        assert getattr(record, field) == before
    assert Institution.versions.count() == 3
    assert Meeting.versions.filter(history_change_reason__startswith="restored").count() == 1
