"""How soon workbooks that mean harm get their verdict, and what that costs the process that serves pages.

Run with `make bench`, or alone. The files of `activities/tests/hostile.py`, and a good one cut off at 64 places, are
sent as the page sends them and looked at in this process, the large ones too, which a worker would take. Seconds are
told beside those of a good small file in the same run, memory as the growth of the most this process ever had.
"""

import io
import json
import logging
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
SECONDS, MEGABYTES, CUTS = 5, 20, 64
GOOD = "good"


def make(folder):
    """Write all files, in a process of its own: making them takes more memory than reading them may."""
    from activities.tests.hostile import FILES
    from activities.tests.sheets import COURSE, workbook_of

    good = workbook_of(activities=[COURSE]).getvalue()
    (folder / GOOD).write_bytes(good)
    for made in FILES:
        (folder / made.__name__).write_bytes(made().getvalue())
    for part in range(CUTS):
        (folder / f"cut_off_{part:02}").write_bytes(good[: len(good) * part // CUTS])


def verdict(path, user):
    """Send the file, and return what came of it and after how many seconds."""
    from activities.models import ImportState
    from activities.sheets.receipts import cancel, look, send

    begun = time.perf_counter()
    with path.open("rb") as file:
        receipt = send(file, path.name, user)
    if receipt.state == ImportState.WAITING:  # too large for the page: this is what the worker does
        look(receipt)
    seconds = time.perf_counter() - begun
    state = receipt.state
    cancel(receipt)
    return state, seconds


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(folder):
    """Look at all files, and print for each the verdict, the seconds, and by how many megabytes the peak grew."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    logging.disable()
    call_command("migrate", verbosity=0)
    call_command("load_reference_data", stdout=io.StringIO())
    user = User.objects.create_superuser("bench")
    goods = [verdict(folder / GOOD, user) for _ in range(5)]
    before = peak()
    told = []
    for path in sorted(folder.iterdir()):
        if path.name != GOOD:
            known = peak()
            told.append((path.name, path.stat().st_size, *verdict(path, user), peak() - known))
    growth = peak() - before
    goods += [verdict(folder / GOOD, user) for _ in range(5)]
    print(json.dumps({"goods": goods, "told": told, "growth": growth}))


def tell(goods, told, growth):
    assert {state for state, _seconds in goods} == {"ready"}  # noqa: S101 -- whoever comes next is served as ever
    assert {state for _name, _size, state, *_rest in told} == {"refused"}  # noqa: S101 -- none may pass
    usual = statistics.median(seconds for _state, seconds in goods)
    print(f"Verdicts on {len(told)} hostile workbooks; a good small one takes {usual:.2f} s")
    cuts = [line for line in told if line[0].startswith("cut_off")]
    slowest = max(cuts, key=lambda line: line[3])
    for name, size, _state, seconds, megabytes in [line for line in told if line not in cuts] + [slowest]:
        label = f"slowest of {len(cuts)} {name}" if name == slowest[0] else name
        print(f"  {label:28} {size / 1e6:6.2f} MB {seconds:6.2f} s, ratio {seconds / usual:5.1f}, {megabytes:+.1f} MB")
    longest = max(line[3] for line in told)
    print(f"  slowest {longest:.2f} s, ratio {longest / usual:.1f} (at most {SECONDS} s: {_said(longest <= SECONDS)})")
    print(f"  memory of the process up by {growth:.1f} MB (at most {MEGABYTES}: {_said(growth <= MEGABYTES)})")


def _said(is_kept):
    return "kept" if is_kept else "NOT KEPT"


def main():
    work = Path(tempfile.mkdtemp(prefix="bench-hostile-"))
    os.environ["DATABASE_URL"] = f"sqlite:///{work}/bench.sqlite3"
    os.environ["TMPDIR"] = str(work)
    files = work / "files"
    files.mkdir()
    try:
        child("--make", files)
        tell(**json.loads(child("--measure", files)))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def child(*arguments):
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--make", folder]:
            import django

            django.setup()
            make(Path(folder))
        case ["--measure", folder]:
            measure(Path(folder))
        case _:
            main()
