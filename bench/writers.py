"""Whether many hands can write at once, and whether anything is lost or half written when a process is killed.

Run with `make bench`, or alone; the first part also on the PostgreSQL that DATABASE_URL names. Twenty processes save
the same few activities again and again, each as the form does: read, lock, change, save. Then processes that save and
import are killed at random moments, and what they had acknowledged is looked for.
"""

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
WRITERS, SAVES, RECORDS, KILLS = 20, 15, 3, 100
ROWS = 40  # of an import that is killed


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, __file__, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def prepare():
    """Make a database with a few activities."""
    from django.core.management import call_command

    from activities.models import Activity, ActivityKind

    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("load_reference_data", stdout=io.StringIO())
    kind = ActivityKind.objects.get(code="training-course")
    for number in range(RECORDS):
        Activity.objects.create(kind=kind, title_en=f"Activity {number}", note="0", year=2024)


def save_often(seed, saves):
    """Add one to a number in a record, ``saves`` times, and say after each that it is saved."""
    from django.db import transaction

    from activities.models import Activity
    from bilingual.history import change_set

    chance = random.Random(seed)  # noqa: S311 -- which record is next is no secret
    keys = list(Activity.objects.order_by("pk").values_list("pk", flat=True)[:RECORDS])
    for _ in range(saves):
        key = chance.choice(keys)
        with transaction.atomic(), change_set():
            activity = Activity.objects.select_for_update().get(pk=key)
            activity.note = str(int(activity.note) + 1)
            activity.version += 1
            activity.save()
        print(key, flush=True)


def import_often(folder, seed):
    """Import files of activities with countries, one after the other, and say after each that it is imported."""
    from activities.sheets.importing import reading
    from activities.sheets.receipts import import_now, receipt_for
    from activities.tests.sheets import COURSE, workbook_of

    for number in range(10_000):
        name = f"{seed}-{number}"
        file = workbook_of(
            activities=[COURSE | {"code": f"new-{n}", "title_en": f"{name} {n}"} for n in range(ROWS)],
            countries=[{"activity": f"new-{n}", "country": "TUR"} for n in range(ROWS)],
        )
        with reading(file) as read:
            import_now(receipt_for(file, name), read.plan)
        print(name, flush=True)


def many_hands():
    """Let twenty processes save at once, and count what went wrong."""
    from django.db import connection

    from activities.models import Activity

    prepare()
    begun = time.perf_counter()
    writers = [start("--save", seed, SAVES) for seed in range(WRITERS)]
    ends = [writer.communicate() for writer in writers]
    seconds = time.perf_counter() - begun
    acknowledged = sum(len(out.split()) for out, _error in ends)
    errors = [error.strip().rpartition("\n")[2] for _out, error in ends if error.strip()]
    stored = sum(int(note) for note in Activity.objects.values_list("note", flat=True))
    versions = Activity.versions.filter(history_type="~").count()
    print(f"{WRITERS} writers, {SAVES} saves each, of {RECORDS} records, on {connection.vendor}: {seconds:.1f} s")
    print(f"  acknowledged {acknowledged}, errors {len(errors)}, lost {acknowledged - stored}, versions {versions}")
    for error in errors[:3]:
        print(f"  {error[:200]}")
    return len(errors) + abs(acknowledged - stored) + abs(versions - acknowledged)


def kills(folder):
    """Kill what saves and what imports at random moments, and count what was lost or half written."""
    from django.db import connection

    from activities.models import Activity, CountryParticipation, ImportReceipt, ImportState

    prepare()
    chance = random.Random(7)  # noqa: S311 -- moments, not secrets
    saved, imported, failed, half = 0, set(), [], 0
    for number in range(KILLS):
        which = ("--save", number, 10**6) if number % 2 else ("--import", folder, number)
        process = start(*which)
        first = process.stdout.readline().split()  # it is at work once it has acknowledged something
        time.sleep(chance.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        out, error = process.communicate()
        if error.strip():
            failed.append(error.strip().rpartition("\n")[2][:200])
        if number % 2:
            saved += len(first + out.split())
        else:
            imported |= {*first, *out.split()}
        connection.close()
    stored = sum(int(note) for note in Activity.objects.exclude(note="").values_list("note", flat=True))
    done = set(ImportReceipt.objects.filter(state=ImportState.DONE).values_list("file_name", flat=True))
    lost = max(0, saved - stored) + len(imported - done)
    half += sum(Activity.objects.filter(title_en__startswith=f"{name} ").count() != ROWS for name in done) + (
        CountryParticipation.objects.count() != len(done) * ROWS
    )
    half += Activity.versions.filter(history_type="+").count() != Activity.objects.count()
    half += Activity.versions.filter(history_type="~").count() != stored
    half += Activity.objects.count() != len(done) * ROWS + RECORDS
    print(f"{KILLS} kills during saves and imports, on {connection.vendor}:")
    print(f"  saves acknowledged {saved}, stored {stored}; imports acknowledged {len(imported)}, stored {len(done)}")
    print(f"  acknowledged and lost {lost}, half written {half}, failed of themselves {len(failed)} {failed[:2]}")
    return lost + half + len(failed)


def main():
    import django

    work = Path(tempfile.mkdtemp(prefix="bench-writers-"))
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{work}/bench.sqlite3")
    django.setup()
    try:
        return 1 if many_hands() + kills(work) else 0
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--save", seed, saves]:
            import django

            django.setup()
            save_often(int(seed), int(saves))
        case ["--import", folder, seed]:
            import django

            django.setup()
            import_often(folder, seed)
        case _:
            sys.exit(main())
