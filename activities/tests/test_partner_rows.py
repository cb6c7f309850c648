"""The rows of partners: light, since an activity may have many, and whole in what they say."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Partnership, PublicationState, Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_profile,
    make_project,
)
from activities.tests.forms import address, opened, saved, sent_by_browser
from partners.models import OICGroup
from partners.tests.factories import make_country, make_institution

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
NAME = {
    "name_ar": "المؤسسة الوطنية للتكوين المهني والتشغيل ",
    "name_en": "National Institute for Vocational Training ",
}


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


@LANGUAGES
def test_the_form_with_every_member_and_forty_partners_costs_ten_queries_and_150_kilobytes(root, language):
    activity = make_activity(venue_country=make_country(), parent=make_project())
    count_participants(activity, 171, profile=make_profile(), member_countries=57)
    for number in range(57):
        code = f"W{chr(65 + number // 26)}{chr(65 + number % 26)}"
        add_country(activity, make_country(code, oic_group=list(OICGroup)[number % 3]), 3)
    for number in range(40):
        named = {field: f"{name}{number}" for field, name in NAME.items()}
        role = list(Role)[number % len(Role)]
        add_partner(
            activity, make_institution(seat=make_country(), **named), role, post_ar="المدير", post_en="Director"
        )
    url = address("change", activity.pk, language=language)
    root.get(url)
    with CaptureQueriesContext(connection) as caught:
        response = root.get(url)
    assert response.content.count(b'class="country"') == 57
    assert response.content.count(b"data-shared") == 40
    assert len(caught) <= 10
    assert len(response.content) <= 150_000


@LANGUAGES
def test_saving_a_form_in_which_nothing_was_touched_changes_nothing(root, language):
    activity = make_activity(version=7)
    add_partner(activity, post_ar="المدير", post_en="Director “General” <b>", order=2)
    add_partner(activity, described_as_en="Bodies", role=Role.FUNDER)
    columns = ("institution", "role", "order", "described_as_ar", "described_as_en", "post_ar", "post_en")
    before = list(Partnership.objects.values_list(*columns))
    for whole in ("", "?whole"):
        sent = sent_by_browser(root, activity, language, whole)
        assert sent["partnerships-TOTAL_FORMS"] == "2"
        response = saved(root, activity, sent, language)
        assert response.status_code == 302, response.context["errors_at"]
        assert list(Partnership.objects.values_list(*columns)) == before
    assert Partnership.versions.count() == 2
    assert Activity.objects.get().version == 7


def test_a_text_is_written_changed_and_taken_out_in_a_row(root):
    activity = make_activity()
    partner = add_partner(activity, post_en="Director")
    sent = sent_by_browser(root, activity)
    assert saved(root, activity, sent | {"partnerships-0-post_en": "Minister"}).status_code == 302
    partner.refresh_from_db()
    assert partner.post_en == "Minister"
    sent = sent_by_browser(root, activity) | {"partnerships-0-post_en": "", "partnerships-0-name_then_en": "Old name"}
    assert saved(root, activity, sent).status_code == 302
    partner.refresh_from_db()
    assert (partner.post_en, partner.name_then_en) == (None, "Old name")


def test_without_scripts_every_field_of_every_row_is_a_link_away(root):
    activity = make_activity()
    add_partner(activity)
    page = root.get(address("change", activity.pk)).content.decode()
    assert 'name="partnerships-0-post_en"' not in page
    assert '<noscript><p class="help"><a href="?whole">' in page
    whole = root.get(address("change", activity.pk) + "?whole").content.decode()
    assert 'name="partnerships-0-post_en"' in whole
    assert "data-shared" not in whole


def test_a_row_with_an_error_is_shown_whole_and_the_others_keep_what_was_typed(root):
    activity = make_activity()
    add_partner(activity), add_partner(activity, post_en="Director")
    sent = opened(root, activity) | {"partnerships-0-role": "nothing", "partnerships-1-post_en": "Minister"}
    page = saved(root, activity, sent).content.decode()
    assert page.count("data-shared") == 1
    assert 'name="partnerships-0-post_en"' in page
    assert "\nMinister</textarea>" in page


def test_who_may_not_add_partners_has_whole_rows(client):
    activity = make_activity(state=PublicationState.DRAFT)
    add_partner(activity, post_en="Director")
    user = User.objects.create_user("somebody", is_staff=True)
    names = ("view_activity", "change_activity", "view_partnership", "change_partnership")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    page = client.get(address("change", activity.pk)).content.decode()
    assert "data-shared" not in page
    assert 'name="partnerships-0-name_then_en"' in page
