"""Which role finds what at the translation desk."""

import pytest

from activities.tests.factories import make_activity
from reports.tests.desk import page_of

pytestmark = pytest.mark.django_db

RECORDS = {"activities", "partners", "links", "institutions"}
TABLES = {"countries", "focal-points", "activity-kinds", "profiles", "roadmaps", "areas", "meetings", "abbreviations"}
TABLES |= {"programme", "work-plan", "indicators"}
REPORTS = {"sections", "paragraphs", "notes"}
KINDS = {
    "Data entry": RECORDS,
    "Editor": RECORDS | TABLES,
    "Report officer": REPORTS,
    "Administrator": RECORDS | TABLES | REPORTS,
    None: RECORDS | TABLES | REPORTS,
}


@pytest.mark.parametrize("role", KINDS)
def test_each_role_finds_the_records_it_may_change(signed_in, role):
    page = page_of(signed_in(role).get("/en/translations/"))
    assert {node["href"].removeprefix("?kind=") for node in page.select("nav.desk-nav a")} == KINDS[role]


@pytest.mark.parametrize("role", KINDS)
def test_a_record_opens_only_for_whoever_may_change_it(signed_in, role):
    address = f"/en/translations/activities/{make_activity().code}/"
    expected = 200 if "activities" in KINDS[role] else 404
    client = signed_in(role)
    assert client.get(address).status_code == expected
    assert (client.post(address, {}).status_code == 404) == (expected == 404)


PAGES = ["", "workbook/?to=ar", "import/"]


@pytest.mark.parametrize("page", PAGES)
def test_for_a_focal_point_there_is_no_such_page(signed_in, page):
    assert signed_in("National focal point").get(f"/en/translations/{page}").status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "activities/2024-001/"])
def test_whoever_is_not_signed_in_is_led_to_the_login(client, page):
    assert client.get(f"/en/translations/{page}").headers["Location"].startswith("/en/account/login/")


@pytest.mark.parametrize("role", [*KINDS, "National focal point"])
def test_the_head_of_the_page_leads_those_who_may(signed_in, role):
    assert ('href="/en/translations/"' in signed_in(role).get("/en/").content.decode()) == (role in KINDS)
