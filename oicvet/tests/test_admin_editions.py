"""Editions in the back office: read by whoever reads reports, and changed by nobody."""

import pytest

from activities.models import Activity, PublicationState
from activities.tests.factories import make_activity
from oicvet.tests.backoffice import address
from reports.models import Edition
from reports.tests.factories import make_edition, make_report

pytestmark = pytest.mark.django_db


def test_nobody_adds_changes_or_deletes_an_edition(root):
    edition = make_edition()
    before = Edition.objects.values().get()
    assert root.post(address(Edition, "change", edition.pk), {"number": 9, "code": "00000000"}).status_code == 405
    for page in (address(Edition, "add"), address(Edition, "delete", edition.pk)):
        assert root.get(page).status_code == 404
        assert root.post(page, {"number": 9, "post": "yes"}).status_code == 404
    action = {"action": "delete_selected", "_selected_action": [edition.pk], "post": "yes"}
    root.post(address(Edition, "changelist"), action)
    assert Edition.objects.values().get() == before


def test_a_report_that_was_issued_is_not_deleted(root):
    edition = make_edition()
    page = root.get(address(type(edition.report), "delete", edition.report.pk))
    assert page.context["protected"]
    assert root.post(address(type(edition.report), "delete", edition.report.pk), {"post": "yes"}).status_code == 200
    assert Edition.objects.get().report == edition.report


def test_an_edition_shows_files_waivers_changes_and_versions(root):
    edition = make_edition(
        code="7ZK4M0QD",
        waivers=[{"finding": "x", "sentence": "Found.", "reason": "Because.", "by": "Somebody", "on": "2024-10-20"}],
        changes=[{"ar": "تغيير", "en": "A change"}],
        versions={"weasyprint": "70.0"},
    )
    text = root.get(address(Edition, "change", edition.pk)).content.decode()
    for shown in ("7ZK4-M0QD", "Found.", "Because.", "Somebody", "A change", "weasyprint 70.0", "COMCEC-40-1-ar.pdf"):
        assert shown in text
    assert edition.files.first().sha256 in text
    assert 'name="_save"' not in text


def test_what_an_edition_does_not_have_is_shown_as_nothing(root):
    edition = make_edition()
    assert ">None<" not in root.get(address(Edition, "change", edition.pk)).content.decode()


@pytest.mark.parametrize(("language", "words"), [("ar", "اسحبه بدلا من ذلك"), ("en", "Withdraw it instead")])
def test_what_an_edition_tells_is_not_deleted_and_the_page_says_what_to_do(root, language, words):
    activity = make_activity(state=PublicationState.DRAFT)
    make_edition(make_report(), activity)
    url = address(Activity, "delete", activity.pk, language=language)
    assert words in root.get(url).content.decode()
    assert words in root.post(url, {"post": "yes"}).content.decode()
    action = {"action": "delete_selected", "_selected_action": [activity.pk], "post": "yes"}
    page = root.post(address(Activity, "changelist", language=language), action)
    assert words in page.content.decode()
    assert Activity.objects.get() == activity
