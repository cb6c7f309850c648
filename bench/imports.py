"""What an import costs: ours against a floor that writes the same rows without looking at them.

Run with `make bench`, or alone with a number of rows. The floor reads the same file with the same reader and fills
the same tables, history, texts' states and search included, with `bulk_create` for each; it checks nothing. What both
call, such as the search text and the copying of history, is as fast for the floor as for us. Each runs in a process
and a database of its own, in turn; the figures are medians. DATABASE_URL may name a PostgreSQL to use.
"""

import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
PAIRS, ROWS, COUNTRIES = 3, 10_000, 20
LIMITS = {"ratio": 1.2, "queries": 0.15, "megabytes": 250}

WORDS = {
    "en": "quality assurance in technical and vocational education training of trainers labour market green".split(),
    "ar": "ضمان الجودة في التعليم والتدريب الفني والمهني تدريب المدربين المهارات سوق العمل الأخضر المؤهلات".split(),
}


def text(language, seed, length):
    words = WORDS[language]
    return " ".join(words[(seed * 7 + n * n) % len(words)] for n in range(length)) + f" {seed}"


def write_file(path, rows, countries, institutions):
    """Write the file that is imported: ``rows`` new activities with their partners and countries."""
    from activities.sheets.shape import ACTIVITIES, PARTNERSHIPS
    from activities.sheets.shape import COUNTRIES as PARTICIPATING
    from activities.sheets.writing import Book, cells

    book = Book("en")
    page = book.add_columns(ACTIVITIES, ACTIVITIES.columns)
    for n in range(rows):
        day = date(2015, 1, 1) + timedelta(days=n % 3600)
        said = {"code": f"new-{n}", "kind": "training-course", "start_date": day, "end_date": day, "mode": "online"}
        said |= {"status": "held", "headcount": 20 + n % 80, "headcount_standing": "reported", "state": "draft"}
        for name, length in (("title", 8), ("audience", 10), ("objective", 14), ("topics", 12), ("summary", 24)):
            said |= {f"{name}_{language}": text(language, n, length) for language in ("ar", "en")}
        page.append(cells(page, [said.get(column.key) for column in ACTIVITIES.columns]))
    page = book.add_columns(PARTNERSHIPS, PARTNERSHIPS.columns)
    for n in range(rows):
        for role, step in (("organiser", 0), ("content_provider", 1)):
            said = {"activity": f"new-{n}", "role": role, "institution": institutions[(n + step) % len(institutions)]}
            page.append(cells(page, [said.get(column.key) for column in PARTNERSHIPS.columns]))
    page = book.add_columns(PARTICIPATING, PARTICIPATING.columns)
    for n in range(rows):
        for k in range(COUNTRIES):
            said = {"activity": f"new-{n}", "country": countries[(n + k) % len(countries)], "count": 1 + k}
            page.append(cells(page, [said.get(column.key) for column in PARTICIPATING.columns]))
    with path.open("wb") as file:
        book.save(file)


def ours(path):
    """Import the file as the portal does: read, plan, write with a receipt."""
    from activities.sheets.importing import reading
    from activities.sheets.receipts import import_now, receipt_for

    with path.open("rb") as file, reading(file) as read:
        assert not read.plan.complaints, read.plan.complaints[:3]  # noqa: S101 -- what is measured must be what is said
        import_now(receipt_for(file, path.name), read.plan)


def floor(path):
    """Write the same rows with one bulk statement for each table."""
    from django.db import transaction
    from django.utils import timezone

    from activities.models import (
        Activity,
        ActivityKind,
        CodeCounter,
        CountryParticipation,
        Participation,
        Partnership,
    )
    from activities.sheets.reading import cells_of
    from bilingual.bulk import roomy_statements
    from bilingual.history import change_set, write_versions
    from bilingual.models import TranslationState
    from bilingual.states import address_of, text_hash
    from partners.models import Country, Institution

    def rows(found, position):
        header, *_ = (cells for _number, cells in found.rows(position))
        for number, cells in found.rows(position):
            if number > 3:
                yield dict(zip(header, cells, strict=False))

    with path.open("rb") as file, cells_of(file) as found, roomy_statements(), change_set(), transaction.atomic():
        kinds = {kind.code: kind for kind in ActivityKind.objects.all()}
        activities, counts, by_code = [], [], {}
        for row in rows(found, 0):
            days = {name: date.fromisoformat(row[name]["date"]) for name in ("start_date", "end_date")}
            own = {
                key: value for key, value in row.items() if value is not None and key not in COUNTED | {"code", "kind"}
            }
            activity = Activity(kind=kinds[row["kind"]], **own | days, year=days["end_date"].year)
            activities.append(activity)
            by_code[row["code"]] = activity
            counts.append({key: row[key] for key in COUNTED})
        years = {}
        for activity in activities:
            years.setdefault(activity.year, []).append(activity)
        for year, those in years.items():
            for activity, code in zip(those, CodeCounter.next_codes(year, len(those)), strict=True):
                activity.code = code
                activity.search = activity.search_text()
        Activity.objects.bulk_create(activities)
        write_versions(activities, added=True)
        states = []
        for activity in activities:
            kind, key = address_of(activity)
            for field in ("title", "audience", "objective", "topics", "summary"):
                texts = {language: getattr(activity, f"{field}_{language}") for language in ("ar", "en")}
                for language, other in (("ar", "en"), ("en", "ar")):
                    states.append(
                        TranslationState(
                            content_type_id=kind,
                            object_id=key,
                            field=field,
                            language=language,
                            made_from=text_hash(texts[other]),
                            at=timezone.now(),
                        )
                    )
        TranslationState.objects.bulk_create(states)
        institutions = dict(Institution.objects.values_list("code", "pk"))
        countries = dict(Country.objects.values_list("code", "pk"))
        tables = [
            [Participation(activity=a, **said) for a, said in zip(activities, counts, strict=True)],
            [
                Partnership(
                    activity=by_code[r["activity"]], role=r["role"], institution_id=institutions[r["institution"]]
                )
                for r in rows(found, 1)
            ],
            [
                CountryParticipation(
                    activity=by_code[r["activity"]], country_id=countries[r["country"]], count=r["count"]
                )
                for r in rows(found, 2)
            ],
        ]
        for table in tables:
            type(table[0]).objects.bulk_create(table)
            write_versions(table, added=True)


COUNTED = {"headcount", "headcount_standing"}


def prepare(path, rows):
    """Make a database with what the file refers to, and the file."""
    import django

    django.setup()
    from django.core.management import call_command

    from partners.models import Country, Institution

    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("load_reference_data", stdout=io.StringIO())
    Institution.objects.bulk_create(
        Institution(code=f"body-{n}", name_ar=f"مؤسسة {n}", name_en=f"Body {n}") for n in range(200)
    )
    if not path.exists():
        countries = list(Country.objects.order_by("code").values_list("code", flat=True))
        write_file(path, rows, countries, [f"body-{n}" for n in range(200)])


def run(which, path):
    """Run one of the two in this process, and print what it cost."""
    import django

    django.setup()
    from django.db import connection

    from activities.models import Activity, CountryParticipation

    count = [0]

    def counted(execute, sql, params, many, context):
        count[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        begun = time.perf_counter()
        cpu = time.process_time()
        {"ours": ours, "floor": floor}[which](path)
        seconds, processor = time.perf_counter() - begun, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reader = resource.getrusage(resource.RUSAGE_CHILDREN)
    written = [Activity.objects.count(), CountryParticipation.versions.count()]
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor": processor + reader.ru_utime + reader.ru_stime,
                "queries": count[0],
                "megabytes": peak,
                "reader": reader.ru_maxrss / 1024,
                "written": written,
            }
        )
    )


def child(*arguments):
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def main(rows):
    work = Path(tempfile.mkdtemp(prefix="bench-imports-"))
    try:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{work}/bench.sqlite3")
        os.environ["MEDIA_ROOT"] = str(work)
        path = work / "file.xlsx"
        costs = {"ours": [], "floor": []}
        for _ in range(PAIRS):
            for which, known in costs.items():
                child("--prepare", path, rows)
                known.append(json.loads(child("--run", which, path)))
        tell(rows, path.stat().st_size, costs)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def tell(rows, size, costs):
    middle = {
        which: {name: statistics.median(run[name] for run in runs) for name in runs[0] if name != "written"}
        for which, runs in costs.items()
    }
    assert costs["ours"][0]["written"] == costs["floor"][0]["written"]  # noqa: S101 -- the same work
    print(f"Import of {rows:,} activities, each with two partners and {COUNTRIES} countries ({size / 1e6:.1f} MB):")
    print(f"  {'':22}{'ours':>10}{'floor':>10}")
    for name, label in (
        ("seconds", "seconds"),
        ("processor", "processor time, s"),
        ("queries", "queries"),
        ("megabytes", "peak memory, MB"),
        ("reader", "of the reader, MB"),
    ):
        print(f"  {label:22}{middle['ours'][name]:10.1f}{middle['floor'][name]:10.1f}")
    ratio = statistics.median(
        a["processor"] / b["processor"] for a, b in zip(costs["ours"], costs["floor"], strict=True)
    )
    clock = statistics.median(a["seconds"] / b["seconds"] for a, b in zip(costs["ours"], costs["floor"], strict=True))
    print(f"  ratio of seconds {clock:.2f}, of processor time {ratio:.2f} (at most {LIMITS['ratio']})")
    print(f"  queries a row {middle['ours']['queries'] / rows:.3f} (at most {LIMITS['queries']})")
    print(f"  peak memory {middle['ours']['megabytes']:.0f} MB (at most {LIMITS['megabytes']})")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--prepare", path, rows]:
            prepare(Path(path), int(rows))
        case ["--run", which, path]:
            run(which, Path(path))
        case [rows]:
            main(int(rows))
        case _:
            main(ROWS)
