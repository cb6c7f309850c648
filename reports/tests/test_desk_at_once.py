"""Several officers at the same moment, each with a connection of their own: one saves, the others are asked."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from activities.tests.factories import make_activity
from bilingual.tests.shared import shared_database
from reports.models import CoverageNote
from reports.tests.desk import codes_in_order, make_world, sign_in
from roadmap.tests.factories import make_area

OFFICERS = 5


@pytest.fixture
def report(transactional_db, tmp_path):
    with shared_database(tmp_path):
        yield make_world()


def at_once(address, sent):
    """Let each officer send a form in the same moment; return the answers in ascending order."""
    clients = [Client() for _ in range(OFFICERS)]
    for number, client in enumerate(clients):
        sign_in(client, name=f"officer-{number}")
    start = Barrier(OFFICERS)

    def send(number):
        start.wait()
        try:
            return clients[number].post(f"/en/desk/COMCEC-40/{address}", sent(number)).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(OFFICERS) as threads:
        return sorted(threads.map(send, range(OFFICERS)))


def test_one_text_is_saved_and_the_others_are_asked(report):
    def text(number):
        return {"version": 1, "text_ar": f"نص {'ابجد'[number % 4]}", "text_en": f"Text of officer {number}"}

    assert at_once("sections/introduction/", text) == [302] + [409] * (OFFICERS - 1)
    assert report.sections.get(kind="introduction").version == 2


def test_one_item_moves_and_the_others_are_asked(report):
    codes = codes_in_order(report)
    answers = at_once(f"items/{codes[0]}/move/", lambda number: {"version": 1, "to": str(number % 2 + 1)})
    assert answers == [302] + [409] * (OFFICERS - 1)
    assert sorted(codes_in_order(report)) == codes
    assert len(set(report.items.values_list("position", flat=True))) == len(codes)


def test_one_reason_is_saved_and_the_others_are_asked(report):
    area = make_area(report.roadmaps.get())

    def reason(number):
        return {"reason_ar": "سبب", "reason_en": f"Reason {number}", "seen_ar": "", "seen_en": ""}

    assert at_once(f"areas/{area.pk}/", reason) == [302] + [409] * (OFFICERS - 1)
    assert CoverageNote.objects.count() == 1


def test_what_is_missing_is_added_once(report):
    missing = {make_activity().code, make_activity().code}
    assert at_once("items/propose/", lambda _number: {}) == [302] * OFFICERS
    assert missing <= set(codes_in_order(report))
    assert report.items.count() == len(codes_in_order(report)) == 5
