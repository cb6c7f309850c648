"""What was done to a report on the desk is told like that of any record, and a former text comes back."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from reports.models import Report, Waiver
from reports.tests.desk import codes_in_order, first, make_world, page_of, sign_in, words

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def report(client):
    sign_in(client)
    return make_world()


def address(name, *args, language="en"):
    with override(language):
        return reverse(name, args=args)


def history(client, report, language="en"):
    return client.get(address("admin:reports_report_history", report.pk, language=language))


def latest(client, report):
    return history(client, report).context["page"][0]


def write(client, report, text, version):
    sent = {"version": version, "text_ar": "نص المقدمة", "text_en": text}
    return client.post(address("desk_section", report.code, "introduction"), sent)


@BOTH_LANGUAGES
def test_a_text_that_was_written_is_told(client, report, language):
    write(client, report, "First words", 1)
    write(client, report, "Second words", 2)
    page = history(client, report, language)
    entry = page.context["page"][0]
    assert entry.by == "officer"
    text = words(page_of(page))
    for said in ("First words", "Second words", {"en": "Introduction", "ar": "مقدمة"}[language]):
        assert said in text
    assert (
        address("admin:reports_report_history", report.pk) in client.get(f"/en/desk/{report.code}/").content.decode()
    )


def test_the_head_the_order_and_what_is_left_out_are_told(client, report):
    client.post(address("desk_head", report.code), {"version": 1, "as_of": "2024-11-03", "document_code": "OIC/40"})
    assert [(row.label, len(row.fields)) for row in latest(client, report).rows] == [("", 2)]
    assert "OIC/40" in words(page_of(history(client, report)))
    item = report.items.first()
    version = Report.objects.get().version
    client.post(address("desk_item_move", report.code, item.activity.code), {"version": version, "to": "down"})
    assert len(latest(client, report).rows) == 2
    sent = {"version": item.version, "is_included": "", "reason_left_out": "Told elsewhere"}
    client.post(address("desk_item_inclusion", report.code, item.activity.code), sent)
    assert "Told elsewhere" in words(page_of(history(client, report)))


def test_who_let_a_finding_pass_and_why_is_told(client, report):
    user = User.objects.get(username="officer")
    Waiver.objects.create(report=report, finding="x", sentence="A figure is pending.", reason="Known", waived_by=user)
    text = words(page_of(history(client, report)))
    for said in ("A figure is pending.", "Known"):
        assert said in text


def test_a_former_text_comes_back_and_nobody_saves_over_it_unseen(client, report):
    sign_in(client, "view_report", "change_report", "change_reportsection")
    write(client, report, "First words", 1)
    wanted = report.sections.get(kind="introduction").versions.first().change_set
    write(client, report, "Second words", 2)
    page = address("admin:reports_report_restore", report.pk, wanted)
    answer = client.post(page, {"token": client.get(page).context["plan"].token})
    assert answer.status_code == 302
    assert report.sections.get(kind="introduction").text_en == "First words"
    assert write(client, report, "Third words", 3).status_code == 409
    assert report.sections.get(kind="introduction").text_en == "First words"


def test_a_waiver_is_not_brought_back(client, report):
    sign_in(client, "view_report", "change_report", "change_reportsection")
    write(client, report, "First words", 1)
    waiver = Waiver.objects.create(
        report=report, finding="x", sentence="A", reason="Known", waived_by=User.objects.get()
    )
    wanted = waiver.versions.get().change_set
    waiver.delete()
    plan = client.get(address("admin:reports_report_restore", report.pk, wanted)).context["plan"]
    assert not [step for step in plan.steps if isinstance(step.instance, Waiver)]


def test_a_deleted_report_comes_back_with_its_sections_and_items(client, report):
    client.force_login(User.objects.create_superuser("root"))
    codes, sections = codes_in_order(report), list(report.sections.values_list("pk", "kind", "position"))
    key = report.pk
    client.post(address("admin:reports_report_delete", key), {"post": "yes"})
    assert not Report.objects.exists()
    page = address("admin:reports_report_return", key)
    assert client.post(page, {"token": client.get(page).context["plan"].token}).status_code == 302
    again = Report.objects.get(pk=key)
    assert codes_in_order(again) == codes
    assert list(again.sections.values_list("pk", "kind", "position")) == sections


def test_a_history_of_a_report_costs_the_same_for_three_items_and_for_thirty(client):
    sign_in(client)

    def queries(report):
        with CaptureQueriesContext(connection) as caught:
            assert history(client, report).status_code == 200
        return len(caught)

    few = make_world(3)
    write(client, few, "Words", 1)
    queries(few)
    first_cost = queries(few)
    for number in range(2, 12):
        write(client, few, f"Words {number}", number)
    assert first(few)
    queries(few)  # tells what was said after the last saving, and forgets it
    assert queries(few) == first_cost
