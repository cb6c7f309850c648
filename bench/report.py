"""What the report costs: our printer against Chromium printing the same HTML, and how the cost grows.

Run with `make bench`. Every figure is a ratio within one run, since seconds mean little on a machine that does other
things too: the median of interleaved pairs of cold processes, with the processor time of all their children. Peak
memory is that of the largest single process.
"""

import ctypes
import io
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WORK = Path(tempfile.mkdtemp(prefix="bench-report-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
os.environ["DATABASE_URL"] = f"sqlite:///{WORK}/bench.sqlite3"

import django  # noqa: E402 -- the settings above come first

django.setup()

from django.core.management import call_command  # noqa: E402

from reports.assembly import assemble  # noqa: E402
from reports.composition import compose  # noqa: E402
from reports.facts import ActivityFacts, ReportFacts  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.rendering import STATIC_DIR, print_job, printer_command  # noqa: E402

PAIRS = 5
SIZES = (14, 100, 500)
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """What one cold run took: seconds of processor time, megabytes of the largest process, bytes of the file."""

    seconds: float
    megabytes: float
    size: int


def measure(command: list[str], document: Path, result: Path, *, pipe: bool) -> Cost:
    """Run ``command`` to its end, orphans included, and return what it cost."""
    with document.open("rb") as stdin, result.open("wb") as stdout:
        subprocess.Popen(
            command,
            stdin=stdin if pipe else subprocess.DEVNULL,
            stdout=stdout if pipe else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        seconds = peak = 0.0
        while True:
            try:
                _, _, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            seconds += usage.ru_utime + usage.ru_stime
            peak = max(peak, usage.ru_maxrss / 1024)
    if not result.read_bytes().startswith(b"%PDF"):
        sys.exit(f"{command[0]} printed no PDF")
    return Cost(seconds, peak, result.stat().st_size)


def ours(document: Path) -> Cost:
    job = WORK / "job.json"
    job.write_bytes(print_job(document.read_text()))
    return measure(printer_command(), job, WORK / "ours.pdf", pipe=True)


def theirs(browser: str, document: Path) -> Cost:
    local = WORK / "chromium.html"
    local.write_text(document.read_text().replace('"/static/', f'"file://{STATIC_DIR}/'))
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--user-data-dir={WORK}/profile",
        "--no-pdf-header-footer",
        f"--print-to-pdf={WORK}/chromium.pdf",
        local.as_uri(),
    ]
    (WORK / "chromium.pdf").touch()
    return measure(command, document, WORK / "chromium.pdf", pipe=False)


def enlarged(facts: ReportFacts, size: int) -> ReportFacts:
    """The same report with ``size`` records, made of the real ones again and again under codes of their own."""
    items: list[ActivityFacts] = []
    while sum(1 + len(item.parts) for item in items) < size:
        n = len(items)
        source = facts.items[n % len(facts.items)]
        items.append(renamed(source, f"{2000 + n // 900}-{n % 900 + 100}", str(n + 1)))
    return replace(facts, items=tuple(items))


def renamed(item: ActivityFacts, code: str, number: str) -> ActivityFacts:
    parts = (renamed(part, f"{code}{n}", f"{number}.{n}") for n, part in enumerate(item.parts, start=1))
    return replace(item, code=code, number=number, parts=tuple(parts))


def compare(facts: ReportFacts, document: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("Chromium is not installed: the comparison did not run.")
        return
    document.write_text(compose(facts, "both"))
    pairs = [(ours(document), theirs(browser, document)) for _ in range(PAIRS)]
    print(f"The demo report, both languages in one file, {PAIRS} interleaved pairs (median):")
    print(f"  {'':24}{'ours':>10}{'Chromium':>10}{'ratio':>8}")
    rows = [("processor time, s", "seconds"), ("peak memory, MB", "megabytes"), ("file, kB", "size")]
    for label, name in rows:
        scale = 1000 if name == "size" else 1
        a, b = (statistics.median(getattr(pair[side], name) / scale for pair in pairs) for side in (0, 1))
        ratio = statistics.median(getattr(us, name) / getattr(them, name) for us, them in pairs)
        print(f"  {label:24}{a:10.2f}{b:10.2f}{ratio:8.2f}")


def grow(facts: ReportFacts, document: Path) -> None:
    costs = {}
    print("Growth, both languages in one file:")
    print(f"  {'records':>8}{'s':>10}{'MB':>10}{'kB':>10}")
    for size in SIZES:
        document.write_text(compose(enlarged(facts, size), "both"))
        costs[size] = cost = ours(document)
        print(f"  {size:8}{cost.seconds:10.2f}{cost.megabytes:10.0f}{cost.size / 1000:10.0f}")
    small, large = SIZES[0], SIZES[-1]
    exponent = math.log(costs[large].seconds / costs[small].seconds) / math.log(large / small)
    print(f"  exponent of processor time from {small} to {large} records: {exponent:.2f}")


def main() -> None:
    # Chromium's helpers outlive their parent; as their reaper we see what they cost.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    call_command("migrate", verbosity=0)
    call_command("load_demo_data", stdout=io.StringIO())
    facts = assemble(Report.objects.get(meeting__number=40, meeting__kind="session"))
    document = WORK / "report.html"
    compare(facts, document)
    grow(facts, document)


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
