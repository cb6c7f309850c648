"""The table in which the gate counts: a row is one statement, what is over goes, and nobody can fill it."""

import threading

import pytest
from django.db import connection

from accounts import counting
from accounts.counting import CountedCache

pytestmark = pytest.mark.django_db
TABLE = "accounts_counted"
ROOM = 50


@pytest.fixture
def counted(monkeypatch):
    """A store that looks at every write whether something is over."""
    monkeypatch.setattr(counting, "LOOK", 0)
    return CountedCache(TABLE, {"OPTIONS": {"MAX_ENTRIES": ROOM}})


def keys():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {TABLE} ORDER BY cache_key")  # noqa: S608 -- our own name
        return [key.rpartition(":")[2] for (key,) in cursor.fetchall()]


def test_a_row_is_read_as_it_was_written(counted):
    counted.set("tries", [3.5, 2.0], 60)
    assert counted.get("tries") == [3.5, 2.0]
    counted.set("tries", [4.5], 60)
    assert (counted.get("tries"), keys()) == ([4.5], ["tries"])
    counted.delete("tries")
    assert counted.get("tries") is None


def test_a_row_in_force_is_not_added_again_and_one_that_is_over_is(counted):
    assert [counted.add("lock", 1, 60), counted.add("lock", 2, 60), counted.get("lock")] == [True, False, 1]
    counted._looks_at = float("inf")  # no look: the row that is over stands there still
    assert [counted.touch("lock", -1), counted.add("lock", 3, 60), counted.get("lock")] == [True, True, 3]
    assert not counted.touch("nothing", 60)


def test_a_row_without_an_end_stays(counted):
    counted.set("kept", 1, None)
    counted.set("another", 1, 60)
    assert (counted.get("kept"), keys()) == (1, ["another", "kept"])


def test_what_is_over_goes_without_being_asked_for(counted):
    counted.set("kept", 1, 60)
    for number in range(20):
        counted.set(f"over-{number}", 1, -1)
    counted.set("new", 1, 60)
    assert keys() == ["kept", "new"]


def test_of_too_many_those_go_whose_time_is_over_first(counted, caplog):
    counted.set("account", 1, 900)
    for number in range(ROOM + 20):
        counted.set(f"address-{number:02}", 1, 60 + number)
    assert len(keys()) == ROOM + 1  # and the one that was written after the look
    assert "account" in keys()
    assert "address-00" not in keys()
    assert "rows more than it has room for" in caplog.text


def test_a_write_is_one_statement_however_many_rows_there_are(django_assert_num_queries):
    counted = CountedCache(TABLE, {})
    counted.set("first", 1, 60)
    for rows in (1, 40):
        for number in range(rows):
            counted.set(f"row-{number}", 1, 60)
        with django_assert_num_queries(1):
            counted.set("tries", 1, 60)
        with django_assert_num_queries(1):
            counted.add("lock", 1, 60)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a database in memory serves one thread")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_a_row_at_once_one_does(counted):
    """Also while the row of somebody who was killed stands there, and everybody tidies."""
    for number in range(20):
        counted.set(f"lock-{number}", 0, -1)
    start, added = threading.Barrier(8, timeout=60), []

    def add():
        store = CountedCache(TABLE, {})
        try:
            for number in range(20):
                start.wait()
                added.extend([number] if store.add(f"lock-{number}", 1, 60) else [])
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted.clear()
    assert sorted(added) == list(range(20))
