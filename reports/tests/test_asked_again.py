"""A question that the desk asks back can be answered from where it stands: the form brings all that it needs."""

import pytest

from reports.models import ReportItem
from reports.tests.desk import first, make_world, page_of, sign_in

pytestmark = pytest.mark.django_db


def sent_again(response, **filled) -> tuple[str, dict]:
    """The address and the values of the form of a page that asks again."""
    form = page_of_any(response).select_one("[data-ask] form")
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return form["action"], values | filled


def page_of_any(response):
    response.status_code, status = 200, response.status_code
    assert status == 422
    return page_of(response)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_waiver_whose_reason_was_too_short_is_written_once_it_is_longer(client, language):
    report = make_world(1)
    ReportItem.objects.update(override_en="Own words")
    sign_in(client)
    page = f"/{language}/desk/COMCEC-40/"
    offered = page_of(client.get(page)).select_one("#preflight form:has([name=finding])")
    finding = offered.select_one("[name=finding]")["value"]
    asked = client.post(offered["action"], {"finding": finding, "reason": "ok"})
    address, values = sent_again(asked, reason="Agreed with the host of the activity")
    client.post(address, values)
    assert [waiver.finding for waiver in report.waivers.all()] == [finding]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_item_whose_reason_was_too_short_is_left_out_once_it_is_longer(client, language):
    report = make_world(2)
    code = first(report).code
    sign_in(client)
    asked = client.post(f"/{language}/desk/COMCEC-40/items/{code}/inclusion/", {"version": 1, "reason_left_out": "ok"})
    address, values = sent_again(asked, reason_left_out="Told in the report of last year")
    client.post(address, values)
    item = report.items.get(activity__code=code)
    assert (item.is_included, item.reason_left_out) == (False, "Told in the report of last year")
