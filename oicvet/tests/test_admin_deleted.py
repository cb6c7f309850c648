"""Records that were deleted: told with who did it, and brought back with their rows as a new change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, CountryParticipation, Participation, Partnership, PublicationState
from activities.tests.factories import add_country, add_partner, count_participants, make_activity
from bilingual.history import change_set
from oicvet.tests.backoffice import address, history, said
from partners.models import Country, Institution
from partners.tests.factories import make_country, make_institution

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def make_draft(**said_of_it):
    """A draft with a partner, a country and counts."""
    activity = make_activity(state=PublicationState.DRAFT, **said_of_it)
    add_partner(activity)
    add_country(activity, count=3)
    count_participants(activity, 40)
    return activity


def delete(client, record):
    """Delete a record as the back office does; return its key."""
    key = record.pk
    answer = client.post(address(type(record), "delete", key), {"post": "yes"})
    assert answer.status_code == 302
    return key


def bring_back(client, model, key, language="en"):
    page = address(model, "return", key, language=language)
    return client.post(page, {"token": client.get(page).context["plan"].token})


@LANGUAGES
def test_a_deleted_record_is_told_with_who_did_it(root, language):
    key = delete(root, make_draft(title_en="Gone course", title_ar="دورة ذهبت"))
    page = root.get(address(Activity, "changelist", language=language))
    assert address(Activity, "deleted", language=language) in page.content.decode()
    text = said(root.get(address(Activity, "deleted", language=language)))
    assert {"en": "Gone course", "ar": "دورة ذهبت"}[language] in text
    assert "root" in text
    page = root.get(address(Activity, "return", key, language=language))
    assert {"en": "Gone course", "ar": "دورة ذهبت"}[language] in said(page)
    assert page.context["plan"].can_be_done
    assert not Activity.objects.exists()


def test_it_comes_back_with_its_rows_and_its_history_goes_on(root):
    activity = make_draft()
    code, taken_out = activity.code, add_partner(activity)
    rows = [list(model.objects.exclude(pk=taken_out.pk).values()) for model in (Partnership, CountryParticipation)]
    taken_out.delete()
    key = delete(root, activity)
    assert bring_back(root, Activity, key).status_code == 302
    assert Activity.objects.get().code == code
    assert [list(model.objects.values()) for model in (Partnership, CountryParticipation)] == rows
    assert (Participation.objects.get().headcount, Participation.objects.get().sum_of_countries) == (40, 3)
    latest, deletion = history(root, Activity.objects.get()).context["page"][:2]
    assert "brought back after it had been deleted" in latest.reason
    assert latest.by == deletion.by == "root"
    assert said(root.get(address(Activity, "deleted"))).count("Look at it") == 0


def test_one_that_was_published_comes_back_as_a_draft_and_says_so(root):
    activity = make_draft()
    Activity.objects.filter(pk=activity.pk).update(state=PublicationState.PUBLISHED)
    key = activity.pk
    with change_set():
        Activity.objects.get(pk=key).delete()
    assert "Publication: draft, as for a new record." in said(root.get(address(Activity, "return", key)))
    bring_back(root, Activity, key)
    assert Activity.objects.get().state == PublicationState.DRAFT


@LANGUAGES
def test_a_code_that_somebody_has_taken_meanwhile_is_refused_with_the_reason(root, language):
    key = delete(root, make_institution(code="ministry"))
    other = make_institution(code="ministry")
    page = root.get(address(Institution, "return", key, language=language))
    (refusal,) = page.context["plan"].refusals
    assert refusal.startswith({"en": "Code: ", "ar": "الرمز: "}[language])
    assert bring_back(root, Institution, key, language).status_code == 200
    assert list(Institution.objects.all()) == [other]


def test_a_record_whose_country_is_gone_is_refused(root):
    country = make_country("QQQ", short_name_en="Gone land")
    key = delete(root, make_institution(country=country))
    country.delete()
    page = root.get(address(Institution, "return", key))
    assert "Gone land (no longer there)" in said(page)
    assert not page.context["plan"].can_be_done


def test_a_country_comes_back_with_its_membership(root):
    country = make_country("QQQ")
    periods = list(country.memberships.values("pk", "status", "start"))
    key = delete(root, country)
    assert bring_back(root, Country, key).status_code == 302
    assert list(Country.objects.get(code="QQQ").memberships.values("pk", "status", "start")) == periods
    assert len(periods) == 1


@pytest.mark.parametrize(
    ("role", "status"), [("Data entry", 200), ("Editor", 200), ("Administrator", 200), ("Report officer", 404)]
)
def test_whoever_may_add_such_records_sees_the_deleted_ones(signed_in, root, role, status):
    key = delete(root, make_draft())
    client = signed_in(role)
    for page in (address(Activity, "deleted"), address(Activity, "return", key)):
        assert client.get(page).status_code == status
    linked = address(Activity, "deleted") in client.get(address(Activity, "changelist")).content.decode()
    assert linked is (status == 200)


def test_nothing_comes_back_twice_or_without_having_been_read(root):
    key = delete(root, make_draft())
    page = address(Activity, "return", key)
    for hostile in ({}, {"token": "\x00"}, {"token": "9" * 400}):
        assert root.post(page, hostile).status_code == 200
    assert not Activity.objects.exists()
    bring_back(root, Activity, key)
    assert root.get(page).status_code == 404
    for nothing in ("999999", "x", "9" * 40, "-1", "%00", "0"):
        assert root.get(f"/en/admin/activities/activity/deleted/{nothing}/").status_code == 404
    assert root.get(address(Activity, "deleted") + "?p=x%00").status_code == 200


def test_deleted_records_cost_the_same_for_one_and_for_thirty(root):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert root.get(address(Activity, "deleted")).status_code == 200
        return len(caught)

    delete(root, make_draft())
    queries()
    first = queries()
    for _number in range(29):
        with change_set():
            make_draft().delete()
    assert queries() == first
