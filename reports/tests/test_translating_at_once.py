"""Several translators at the same moment, each with a connection of their own: nothing of theirs is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from activities.models import Activity
from activities.tests.factories import make_activity
from bilingual.states import text_hash
from bilingual.tests.shared import shared_database
from reports.tests.desk import sign_in

FIELDS = ("venue", "audience", "objective", "topics", "summary")
ENGLISH = {f"{field}_en": "Text" for field in FIELDS}


@pytest.fixture
def activity(transactional_db, tmp_path):
    with shared_database(tmp_path):
        yield make_activity(**ENGLISH)


def at_once(activity, texts):
    """Let translators save one of ``texts`` each, in the same moment; return the answers in ascending order."""
    clients = [Client() for _ in texts]
    for number, client in enumerate(clients):
        sign_in(client, "change_activity", name=f"translator-{number}")
    start = Barrier(len(texts))
    titles = {"title_ar": activity.title_ar, "title_en": activity.title_en}
    shown = titles | {f"{field}_ar": "" for field in FIELDS} | ENGLISH
    seen = {f"seen-{column}": text_hash(text) for column, text in shown.items()}

    def send(number):
        start.wait()
        try:
            address = f"/en/translations/activities/{activity.code}/"
            return clients[number].post(address, shown | seen | texts[number]).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(texts)) as threads:
        return sorted(threads.map(send, range(len(texts))))


def test_one_translation_is_saved_and_the_others_are_asked(activity):
    texts = [{"objective_ar": f"هدف {letter}"} for letter in "ابجده"]
    assert at_once(activity, texts) == [302] + [409] * 4
    saved = Activity.objects.get(pk=activity.pk)
    assert {"objective_ar": saved.objective_ar} in texts
    assert saved.version == activity.version + 1


def test_translations_of_different_texts_are_all_saved(activity):
    texts = [{f"{field}_ar": letter} for field, letter in zip(FIELDS, "ابجده", strict=True)]
    assert at_once(activity, texts) == [302] * 5
    saved = Activity.objects.get(pk=activity.pk)
    assert [getattr(saved, f"{field}_ar") for field in FIELDS] == list("ابجده")
    assert saved.version == activity.version + 5
