"""The token by which caches know that nothing has changed: every door through which data come moves it."""

import pytest
from django.db import transaction

from activities.models import Activity
from activities.tests.factories import make_activity
from bilingual.data_version import KEPT, DataChange, clear_old, data_version
from bilingual.history import write_versions

pytestmark = pytest.mark.django_db


def test_reading_and_waiting_leave_it_as_it_is():
    activity = make_activity()
    before = data_version()
    Activity.objects.get(pk=activity.pk)
    assert data_version() == before


def test_a_save_a_deletion_and_a_bulk_write_move_it():
    activity = make_activity()
    seen = [data_version()]
    activity.funding_call = 3
    activity.save()
    seen.append(data_version())
    Activity.objects.filter(pk=activity.pk).update(funding_call=4)
    write_versions([activity], added=False)
    seen.append(data_version())
    activity.delete()
    seen.append(data_version())
    assert len(set(seen)) == 4


def test_what_is_rolled_back_was_never_noted():
    before = data_version()
    with transaction.atomic():
        make_activity()
        transaction.set_rollback(True)
    assert data_version() == before


def test_a_change_that_becomes_visible_after_a_younger_one_moves_it_too():
    DataChange.objects.create(pk=5)
    DataChange.objects.create(pk=7)
    before = data_version()
    DataChange.objects.create(pk=6)
    assert data_version() != before


def test_it_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        data_version()


def test_old_changes_are_cleared_away():
    DataChange.objects.bulk_create(DataChange(pk=key) for key in (3, KEPT, KEPT + 1, 2 * KEPT - 1))
    latest = DataChange.objects.create(pk=2 * KEPT)
    clear_old(latest)
    assert list(DataChange.objects.order_by("pk").values_list("pk", flat=True)) == [KEPT + 1, 2 * KEPT - 1, 2 * KEPT]
