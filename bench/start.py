"""What the first page of the back office and the list of activities cost, however many activities there are.

Run with `make bench`, or alone with the numbers of activities. Each page is asked for through the client, in turn with
the help, a page of the same frame that counts nothing: the figure is the ratio of the medians. A bare COUNT of the
table stands beside it. DATABASE_URL may name a PostgreSQL to use; it is emptied.
"""

import io
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
SIZES, ROUNDS, COUNTRIES, A_YEAR = (1_000, 10_000, 100_000), 7, 5, 3_000
TEXTS = ("title", "objective", "summary")
LIMIT = 2.0  # how many times its ratio at the fewest activities a page may have at the most
TODAY = datetime.now(UTC).date()
WORDS = {
    "en": "quality assurance technical vocational education trainers labour market green skills hotels ports".split(),
    "ar": "ضمان الجودة التعليم الفني المهني المدربين المهارات سوق العمل الأخضر الفنادق الموانئ".split(),
}


def text(language, seed, length):
    words = WORDS[language]
    return " ".join(words[(seed * 7 + n * n * (1 + seed % 5)) % len(words)] for n in range(length)) + f" {seed}"


def fill(first, last):
    """Add the activities from ``first`` to ``last``, complete but for one in a hundred."""
    from activities.models import Activity, ActivityKind, CountryParticipation, Participation, sum_countries
    from bilingual.bulk import roomy_statements
    from bilingual.remembering import record_texts
    from partners.models import Country

    kind, countries = ActivityKind.objects.get(code="training-course"), list(Country.objects.all()[:57])
    with roomy_statements():
        activities = [_activity(n, kind) for n in range(first, last)]
        Activity.objects.bulk_create(activities)
        record_texts(activities, added=True)
        Participation.objects.bulk_create(
            Participation(activity=a, headcount=5 * COUNTRIES + (a.pk % 100 == 0), headcount_standing="reported")
            for a in activities
        )
        CountryParticipation.objects.bulk_create(
            CountryParticipation(activity=a, country=countries[(a.pk + n) % 57], count=5)
            for a in activities
            for n in range(COUNTRIES)
        )
        sum_countries([activity.pk for activity in activities])
    for activity in activities[::100]:
        activity.title_ar += " المعدل"
        activity.venue_en = "Ankara"
        activity.save()


def _activity(n, kind):
    from activities.models import Activity

    day = TODAY + timedelta(days=60 - n * 365 // A_YEAR)
    said = {f"{name}_{language}": text(language, n, 8) for name in TEXTS for language in WORDS}
    code = f"BENCH-{n:06}"
    made = Activity(kind=kind, code=code, start_date=day, end_date=day + timedelta(days=n % 4), **said)
    made.year, made.state = made.end_date.year, "published"
    made.status = "planned" if day > TODAY else "held"
    made.search = made.search_text()
    return made


def seconds(ask):
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def measure(client, pages):
    """Return the median seconds of each of ``pages``, asked for in turn."""
    for ask in pages.values():
        ask()
    taken = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, ask in pages.items():
            taken[name].append(seconds(ask))
    return {name: statistics.median(each) for name, each in taken.items()}


def page(client, address):
    def ask():
        assert client.get(address).status_code == 200, address  # noqa: S101 -- what is measured must be what is said

    return ask


def main(sizes):
    import django

    work = Path(tempfile.mkdtemp(prefix="bench-start-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{work}/bench.sqlite3")
    django.setup()
    try:
        return run(sizes)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def run(sizes):
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from activities.models import Activity

    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("load_reference_data", stdout=io.StringIO())
    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    listed = "/en/admin/activities/activity/"
    pages = {
        "help": page(client, "/en/admin/help/"),
        "start": page(client, "/en/admin/"),
        "list": page(client, listed),
        "search": page(client, f"{listed}?q=vocational+skills"),
        "rare": page(client, f"{listed}?q=BENCH-000123"),
        "stale": page(client, f"{listed}?needs=stale"),
        "disagree": page(client, f"{listed}?needs=disagree"),
        "count": lambda: Activity.objects.count(),
    }
    ratios, there = [], 0
    print(f"{connection.vendor}; times the help page, in brackets milliseconds")
    print("| activities | " + " | ".join(pages) + " |")
    print("|---" * (len(pages) + 1) + "|")
    for size in sizes:
        for first in range(there, size, 5_000):
            fill(first, min(first + 5_000, size))
        there = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found = measure(client, pages)
        told = [f"{found[name] / found['help']:.2f} ({1000 * found[name]:.0f})" for name in pages]
        print(f"| {size} | " + " | ".join(told) + " |", flush=True)
        ratios.append({name: found[name] / found["help"] for name in ("start", "list")})
    growth = {name: ratios[-1][name] / ratios[0][name] for name in ratios[0]}
    print(", ".join(f"{name} grew {times:.2f} times" for name, times in growth.items()), f"(at most {LIMIT})")
    return max(growth.values()) > LIMIT


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or SIZES))
