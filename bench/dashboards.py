"""What the pages that add everything up cost, warm and just after a change, however many activities there are.

Run with `make bench`, or alone with the numbers of activities. Each page is asked for through the client, in turn with
the page on which copies are verified, which is of the same frame and counts nothing: the figure is the ratio of the
medians of this process's time, in which SQLite's is. "made" is the dashboard for the first reader after a change.
DATABASE_URL may name a PostgreSQL to use; it is emptied.
"""

import io
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from start import ROUNDS, fill, page

SIZES, LIMIT = (1_000, 10_000, 100_000), 2.0  # how many times its ratio at the fewest a warm page may have at the most


def spread() -> None:
    """Give the activities codes that pages know, the areas of the roadmap, and every other one a second kind."""
    from django.db.models import CharField, F, Value
    from django.db.models.functions import Cast, Concat, LPad, Mod

    from activities.models import Activity, ActivityKind
    from roadmap.models import CooperationArea

    running = LPad(Cast("pk", CharField()), 6, Value("0"))
    Activity.objects.filter(code__startswith="BENCH").update(code=Concat(Value("2024-"), running))
    numbered = Activity.objects.annotate(turn=Mod(F("pk"), 5), half=Mod(F("pk"), 2))
    for turn, area in enumerate(CooperationArea.objects.order_by("number")[:4]):
        numbered.filter(turn=turn).update(area=area, roadmap=area.roadmap_id)
    numbered.filter(half=1).update(kind=ActivityKind.objects.get(code="webinar"))


def measure(pages):
    """Return the median processor seconds of each of ``pages``, asked for in turn."""
    for ask in pages.values():
        ask()
    taken = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, ask in pages.items():
            begun = time.process_time()
            ask()
            taken[name].append(time.process_time() - begun)
    return {name: statistics.median(each) for name, each in taken.items()}


def run(sizes) -> bool:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from bilingual.data_version import note_change
    from roadmap.models import CooperationArea

    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("load_reference_data", stdout=io.StringIO())
    client, area = Client(), CooperationArea.objects.select_related("roadmap").order_by("number").first()
    pages = {
        "verify": page(client, "/en/verify/"),
        "programme": page(client, "/en/programme/"),
        "area": page(client, f"/en/roadmap/{area.roadmap.code}/{area.number}/"),
        "periods": page(client, "/en/periods/"),
        "calendar": page(client, "/en/calendar/"),
    }
    warm = list(pages)

    def made():
        note_change()
        pages["programme"]()

    ratios, there = [], 0
    print(f"{connection.vendor}; times the page of verification, in brackets milliseconds")
    print("| activities | " + " | ".join([*warm, "made"]) + " |")
    print("|---" * (len(warm) + 2) + "|")
    for size in sizes:
        for first in range(there, size, 5_000):
            fill(first, min(first + 5_000, size))
        there = size
        spread()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found = measure(pages) | measure({"made": made})
        told = [f"{found[name] / found['verify']:.2f} ({1000 * found[name]:.0f})" for name in found]
        print(f"| {size} | " + " | ".join(told) + " |", flush=True)
        ratios.append({name: found[name] / found["verify"] for name in warm[1:]})
    growth = {name: ratios[-1][name] / ratios[0][name] for name in ratios[0]}
    print(", ".join(f"{name} grew {times:.2f} times" for name, times in growth.items()), f"(at most {LIMIT})")
    return max(growth.values()) > LIMIT


def main(sizes) -> bool:
    import django

    work = Path(tempfile.mkdtemp(prefix="bench-dashboards-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{work}/bench.sqlite3")
    django.setup()
    try:
        return run(sizes)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or SIZES))
