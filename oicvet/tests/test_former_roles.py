"""Who may read former reports and accept drafts from them, and that this opens nothing else."""

import pytest
from django.urls import reverse

from activities.models import Activity
from activities.tests.factories import make_kind
from reports.models import FormerReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(admin_user):
    make_kind()
    said = {"value": "training-course", "passage": "words", "confidence": 0.95}
    readings = {"kind": said, "title": {**said, "value": "Rope Making"}}
    row = {"number": "1", "parent": "", "readings": readings, "partners": []}
    return FormerReading.objects.create(file_name="Report 39", language="en", read_by=admin_user, proposals=[row])


def addresses(reading):
    return [reverse("desk_read"), reverse("desk_proposals", args=[reading.pk])]


@pytest.mark.parametrize("role", ["Report officer", "Administrator", None])
def test_whoever_writes_reports_accepts_rows_of_a_former_one_as_drafts(signed_in, reading, role):
    client = signed_in(role)
    assert addresses(reading)[0] in client.get(reverse("desk")).content.decode()
    assert [client.get(address).status_code for address in addresses(reading)] == [200, 200]
    client.post(addresses(reading)[1], {"version": 1, "only": "1"})
    assert Activity.objects.get().state == "draft"


@pytest.mark.parametrize("role", ["Data entry", "Editor", "National focal point"])
def test_for_anybody_else_there_is_no_such_page(signed_in, reading, role):
    client = signed_in(role)
    assert [client.get(address).status_code for address in addresses(reading)] == [404, 404]
    assert client.post(addresses(reading)[1], {"version": 1, "only": "1"}).status_code == 404
    assert not Activity.objects.exists()


def test_a_report_officer_enters_activities_in_no_other_way(signed_in):
    client = signed_in("Report officer")
    assert client.get(reverse("admin:activities_activity_add")).status_code == 404


def test_the_help_page_says_so(signed_in):
    said = "Read former reports, and accept what they tell as drafts."
    assert said in signed_in("Report officer").get("/en/admin/help/").content.decode()
