"""What the report will say of an activity is told in its form, before it is saved."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from activities.models import Activity
from activities.tests.factories import add_partner, count_participants, make_activity, make_kind, make_project
from activities.tests.forms import opened
from roadmap.models import Programme
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def told(client, sent, activity=None, language="en"):
    with override(language):
        url = reverse("admin:activities_activity_check")
    return client.post(f"{url}?of={activity.pk}" if activity else url, sent)


@LANGUAGES
def test_the_sentence_tells_what_is_typed_in_both_languages(root, language):
    make_programme()
    activity = make_activity()
    add_partner(activity)
    count_participants(activity, 40)
    sent = opened(root, activity, language) | {
        "title_ar": "عنوان جديد",
        "title_en": "A new title",
        "end_date": "2024-03-15",
        "participation-0-headcount": "61",
    }
    page = told(root, sent, activity, language).content.decode()
    said = ("عنوان جديد", "A new title", "13–15 March 2024", "61", '<div class="told" lang="ar"')
    assert [words for words in said if words not in page] == []
    assert Activity.objects.get().title_en != "A new title"


def test_a_new_activity_is_told_before_it_has_a_code(root):
    make_programme()
    sent = {"kind": make_kind().pk, "title_en": "A course", "status": "planned"}
    page = told(root, sent).content.decode()
    assert "A course" in page
    assert Activity.objects.count() == 0


def test_a_part_and_a_project_are_told_as_in_a_report(root):
    make_programme()
    project = make_project(title_en="The project")
    part = make_activity(parent=project, title_en="The part")
    assert "Under this project" in told(root, opened(root, part), part).content.decode()
    assert "The project" in told(root, opened(root, project), project).content.decode()


@pytest.mark.parametrize("sent", [{}, {"kind": "x"}, {"title_ar": "\x00"}, {"start_date": "9" * 999}])
def test_the_sentence_waits_until_there_is_something_to_tell(root, sent):
    assert told(root, sent).status_code == 200
    make_programme()
    assert told(root, sent | {"title_ar": "<script>"}).status_code == 200


def test_what_is_typed_is_text_and_no_markup(root):
    make_programme()
    page = told(root, {"kind": make_kind().pk, "title_en": "<b>x</b>", "title_ar": "<script>"}).content.decode()
    assert "<b>" not in page
    assert "<script>" not in page


@LANGUAGES
def test_the_sentence_is_for_those_who_may_save(client, language):
    make_programme()
    activity = make_activity()
    assert told(client, {}, activity, language).status_code == 302
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert told(client, {}, activity, language).status_code == 404
    assert told(client, {}, None, language).status_code == 404
    assert Programme.objects.exists()
