"""What the report costs: our printer against Chromium printing the same HTML, and how the cost grows.

Run with `make bench`. Every figure is a ratio within one run, since seconds mean little on a machine that does other
things too: the median of interleaved pairs of cold processes, with the processor time of all their children. Peak
memory is that of the largest single process. The report is printed as it is issued: with its imprint, its facts
attached, tagged and archivable. `docs/PERFORMANCE.md` keeps what came out.
"""

import io
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
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
from reports.facts import ActivityFacts, Imprint, ReportFacts  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.rendering import STATIC_DIR, build, print_job, printer_command  # noqa: E402

IMPRINT = Imprint(
    number=1,
    code="7QK2M9XTFB",
    issued_on=date(2024, 11, 1),
    address="https://oicvet.example/verify/7QK2M9XTFB/",
)
EMPTY = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body></body></html>'
PAIRS = 5
SIZES = (14, 100, 500)


@dataclass(frozen=True)
class Cost:
    """What one cold run took: seconds of processor time, megabytes of the largest process, bytes of the file."""

    seconds: float
    megabytes: float
    size: int


def measure(command: list[str], document: Path, result: Path, printed: Path) -> Cost:
    """Return what making ``result`` of ``document`` costs; what ``command`` prints goes into ``printed``."""
    measured = [sys.executable, "-I", "-S", ROOT / "bench" / "cost.py", printed, *command]
    with document.open("rb") as job:
        told = subprocess.run(measured, stdin=job, stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout
    if not result.read_bytes().startswith(b"%PDF"):
        sys.exit(f"{command[0]} printed no PDF")
    return Cost(*json.loads(told), result.stat().st_size)


def ours(html: str, facts: ReportFacts | None) -> Cost:
    return measure(printer_command(), job_file(html, facts), WORK / "ours.pdf", WORK / "ours.pdf")


def job_file(html: str, facts: ReportFacts | None) -> Path:
    job = WORK / "job.json"
    job.write_bytes(print_job(html, facts))
    return job


def theirs(browser: str, html: str) -> Cost:
    local = WORK / "chromium.html"
    local.write_text(html.replace('"/static/', f'"file://{STATIC_DIR}/'))
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
    return measure(command, local, WORK / "chromium.pdf", WORK / "chromium.out")


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


def laid_out(html: str, facts: ReportFacts) -> tuple[int, int]:
    """Return how many pages were laid out, again counted again, and how many there are."""
    command = [sys.executable, "-c", _COUNTING, *printer_command()[3:]]
    with job_file(html, facts).open("rb") as job:
        counted = subprocess.run(command, stdin=job, capture_output=True, check=True, cwd=ROOT)
    count, pages = json.loads(counted.stderr.decode().splitlines()[-1])
    return count, pages


# The engine tells the pages of each pass by their numbers, and says which it takes over as they are.
_COUNTING = """
import json, logging, re, sys
from reports import printer
pages = []
class Counting(logging.Handler):
    def emit(self, record):
        if found := re.search(r"layout - Page (\\d+)( \\(up-to-date\\))?$", record.getMessage()):
            pages.append((int(found[1]), not found[2]))
progress = logging.getLogger("weasyprint.progress")
progress.setLevel(logging.INFO)
progress.addHandler(Counting())
status = printer.main(sys.argv[1:])
print(json.dumps([sum(new for _, new in pages), max(number for number, _ in pages)]), file=sys.stderr)
sys.exit(status)
"""


def compare(title: str, html: str, facts: ReportFacts | None) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("Chromium is not installed: the comparison did not run.")
        return
    ours(html, facts)  # what is kept after a first run is kept
    pairs = [(ours(html, facts), theirs(browser, html)) for _ in range(PAIRS)]
    print(f"{title}, {PAIRS} interleaved pairs (median):")
    print(f"  {'':24}{'ours':>10}{'Chromium':>10}{'ratio':>8}")
    rows = [("processor time, s", "seconds"), ("peak memory, MB", "megabytes"), ("file, kB", "size")]
    for label, name in rows:
        scale = 1000 if name == "size" else 1
        a, b = (statistics.median(getattr(pair[side], name) / scale for pair in pairs) for side in (0, 1))
        ratio = statistics.median(getattr(us, name) / getattr(them, name) for us, them in pairs)
        print(f"  {label:24}{a:10.2f}{b:10.2f}{ratio:8.2f}", flush=True)


def serve_again(html: str, facts: ReportFacts) -> None:
    """An unchanged report is not printed again: what finding that out costs, beside printing it."""
    build(html, WORK / "built", "report", facts)
    start = time.process_time()
    _, is_new = build(html, WORK / "built", "report", facts)
    found = time.process_time() - start
    if is_new:
        sys.exit("An unchanged report was printed again")
    printed = ours(html, facts).seconds
    print(f"An unchanged report: found in {found:.3f} s, {found / printed:.3f} of printing it.", flush=True)


def grow(facts: ReportFacts) -> None:
    costs = {}
    print("Growth, both languages in one file:")
    print(f"  {'records':>8}{'s':>10}{'MB':>10}{'kB':>10}{'pages':>8}{'laid out':>10}{'a page':>8}")
    for size in SIZES:
        larger = enlarged(facts, size)
        html = compose(larger, "both", IMPRINT)
        costs[size] = cost = ours(html, larger)
        count, pages = laid_out(html, larger)
        row = f"  {size:8}{cost.seconds:10.2f}{cost.megabytes:10.0f}{cost.size / 1000:10.0f}"
        print(f"{row}{pages:8}{count:10}{count / pages:8.2f}", flush=True)
    small, large = SIZES[0], SIZES[-1]
    exponent = math.log(costs[large].seconds / costs[small].seconds) / math.log(large / small)
    print(f"  exponent of processor time from {small} to {large} records: {exponent:.2f}")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_demo_data", stdout=io.StringIO())
    facts = assemble(Report.objects.get(meeting__number=40, meeting__kind="session"))
    html = compose(facts, "both", IMPRINT)
    compare("The demo report as issued, both languages in one file", html, facts)
    compare("An empty document: what no report can be cheaper than", EMPTY, None)
    serve_again(html, facts)
    grow(facts)


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
