"""What the list of texts with something to do costs at the translation desk, as the portal grows.

Run it alone, with the numbers of activities if others are wanted. Each activity has all its texts in both languages,
reviewed; of forty, something is to be done. Every figure is a ratio of processor time within one run: the list of work
to the list of all activities, which is one page read in order, and the largest portal to the smallest.
DATABASE_URL may name a PostgreSQL to use.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WORK = Path(tempfile.mkdtemp(prefix="bench-translations-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{WORK}/bench.sqlite3")

import django  # noqa: E402 -- the settings above come first

django.setup()

from django.test.utils import setup_test_environment  # noqa: E402

SIZES, TO_DO, TIMES, CHUNK = (1_000, 5_000, 20_000), 40, 15, 500


def add_activities(kind, first, last):
    """Add activities ``first`` to ``last``, with the states of their texts."""
    from activities.models import Activity
    from bilingual.remembering import record_texts
    from bilingual.states import LANGUAGES, bilingual_fields

    for start in range(first, last, CHUNK):
        rows = range(start, min(start + CHUNK, last))
        records = [Activity(code=f"{1970 + n // 900}-{100 + n % 900}", kind=kind, search=" x ") for n in rows]
        for record in records:
            for field in bilingual_fields(Activity):
                for language in LANGUAGES:
                    setattr(record, f"{field}_{language}", f"{field} of {record.code} in {language} " * 4)
        Activity.objects.bulk_create(records)
        record_texts(records, added=True)


def leave_work():
    """Let the Arabic objective of some activities be behind, and that of others be missing."""
    from activities.models import Activity

    for n, record in enumerate(Activity.objects.order_by("pk")[:TO_DO]):
        if n % 2:
            record.objective_en = f"{record.objective_en} changed"
        else:
            record.objective_ar = None
        record.save()


def seconds(client, address):
    """Return the processor time of one request, the median of several."""
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main(sizes):
    from django.contrib.auth.models import User
    from django.test import Client

    from activities.tests.factories import make_kind

    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    kind, done, costs = make_kind(), 0, []
    for size in sizes:
        add_activities(kind, done, size)
        if not done:
            leave_work()
        done = size
        work, everything = (seconds(client, f"/en/translations/{query}") for query in ("", "?state=all"))
        costs.append(work)
        print(f"{size} activities: work {work * 1000:.0f} ms, all {everything * 1000:.0f} ms, {work / everything:.2f}")
    print(f"work, {sizes[-1]} to {sizes[0]} activities: {costs[-1] / costs[0]:.2f}")


if __name__ == "__main__":
    from django.db import connection

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        shutil.rmtree(WORK, ignore_errors=True)
