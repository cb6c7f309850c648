"""What the catalogue costs at 1k, 10k and 100k activities, as ratios to a bare Django view in the same process.

Run with `make bench`, or alone; on the empty PostgreSQL that DATABASE_URL names (the largest size alone), else on
SQLite in a scratch folder. Processor time decides, since a shared machine is now quick and now slow: each page is
asked in turn with the bare view, and the medians are compared. Then the same through gunicorn, in requests to a second
of the server's processor time, beside Datasette where pip can get it.
"""

import contextlib
import http.client
import json
import math
import os
import random
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "bench"
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,10000,100000").split(",")]
ROUNDS = 80
DATASETTE = "datasette==0.65.5"
FACETS = ("year", "mode", "status", "kind_id", "area_id")
SECONDS = 4


# In a process of its own: one size


def fill(size):
    """Put a programme into the database that DATABASE_URL names."""
    sys.path.insert(0, str(HERE))
    import serving  # noqa: F401 -- sets everything up
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # while it is filled
    import programme

    programme.build(size)


def measure(size):
    """Print what the pages of the database that DATABASE_URL names cost."""
    sys.path.insert(0, str(HERE))
    import serving

    print(json.dumps(_costs(serving.application, size)))


def _costs(application, size):
    from activities.index import build_index, current_index

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    index, building = _timed(build_index, "")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    pages = _pages(index, size)
    _timed(current_index)
    costs = {name: _ratio(application, address) for name, address in pages.items()}
    return {
        "size": size,
        "build": building,
        "memory": grown / 1024,
        "words": len(index.words),
        "pages": costs,
        "search": _searches(index),
        "queries": {name: _queries(application, address) for name, address in pages.items()},
        "detail": pages["an activity"],
    }


def _pages(index, size):
    from activities.models import Activity

    most = {name: max(facet.counts, key=facet.counts.get) for name, facet in index.facets.items() if facet.counts}
    list_page = "/en/made/activities/"
    return {
        "list, all facets": list_page,
        "one filter": f"{list_page}?country={most['country']}",
        "three filters": f"{list_page}?country={most['country']}&kind={most['kind']}&mode={most['mode']}",
        "deep page": f"{list_page}?page={size // 50}",
        "deep, by title": f"{list_page}?page={size // 50}&sort=title",
        "three, by title": f"{list_page}?country={most['country']}&mode={most['mode']}&sort=title",
        "words": f"{list_page}?q=bace+{most['year']}",
        "an activity": f"{list_page}{Activity.objects.order_by('pk')[size // 2].code}/",
    }


def _timed(function, *arguments):
    begun = time.process_time()
    result = function(*arguments)
    return result, time.process_time() - begun


def _ask(application, address):
    from django.test import RequestFactory

    said = {}
    environ = RequestFactory().get(address, SERVER_NAME="localhost").environ
    begun = time.process_time()
    answer = application(environ, lambda status, _headers: said.update(status=status))
    b"".join(answer)
    answer.close()
    spent = time.process_time() - begun
    if not said["status"].startswith("200"):
        raise SystemExit(f"{address}: {said['status']}")
    return spent


def _ratio(application, address):
    """Processor time in milliseconds, and how many times that of the bare view asked in turn."""
    _ask(application, address)
    pairs = [(_ask(application, address), _ask(application, "/bare")) for _ in range(ROUNDS)]
    page, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    return page * 1000, page / bare


def _queries(application, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        _ask(application, address)
    return len(queries)


def _searches(index):
    """Milliseconds that queries by chance take in the index: one and two words, whole and begun, in both scripts."""
    from activities.finding import Finding
    from activities.selection import Selection

    chance = random.Random(11)  # noqa: S311 -- which words, no secret
    words = [word for word in index.words.words() if len(word) > 2]
    times = []
    for _ in range(300):
        asked = [word[: chance.choice((3, 4, 20))] for word in chance.sample(words, chance.choice((1, 1, 2)))]
        index.words.forget()
        finding, spent = _timed(lambda: Finding(Selection(" ".join(asked)), index, "en"))  # noqa: B023 -- called at once
        _count, more = _timed(lambda: len(finding))  # noqa: B023 -- called at once
        times.append((spent + more) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)], max(times)


# Through a server


def _free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


@contextlib.contextmanager
def served(command, port, first):
    """Run a server until the first page is answered, and end it afterwards."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                connection.request("GET", first)
                if connection.getresponse().read():
                    break
            time.sleep(0.2)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def processor_time(pid):
    """The seconds of processor time that a process and its children have taken."""
    spent = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            number, rest = stat.parent.name, stat.read_text().rpartition(")")[2].split()
            spent += (int(rest[11]) + int(rest[12])) * (str(pid) in (number, rest[1]))
    return spent / os.sysconf("SC_CLK_TCK")


def requests_a_second(server, port, address, headers=()):
    """Ask over four connections that stay open, for some seconds; return the answers to a second of processor time.

    That is the server's time, with its workers: on a machine that does other things too, the clock says little.
    """
    before, until = processor_time(server), time.perf_counter() + SECONDS

    def ask(_number):
        answered = 0
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            connection.request("GET", address, headers=dict(headers))
            response = connection.getresponse()
            response.read()
            answered += response.status in (200, 304)
        return answered

    with ThreadPoolExecutor(4) as readers:
        return sum(readers.map(ask, range(4))) / (processor_time(server) - before)


def through_gunicorn():
    """Say how many requests a kept page, a confirmed one and one made anew answer, each beside the bare view."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", str(HERE), "--threads", "2", "--workers", "1"]
    command += ["--keep-alive", "30", "--no-control-socket", "--bind", f"127.0.0.1:{port}", "serving:application"]
    with served(command, port, "/bare") as server:
        page = "/en/activities/"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        connection.request("GET", page)
        response = connection.getresponse()
        response.read()
        tag = response.headers["ETag"]
        asked = {
            "kept page": (page, {"Accept-Encoding": "gzip"}),
            "confirmed (304)": (page, {"If-None-Match": tag}),
            "made anew": ("/en/made/activities/", {}),
        }
        for name, (address, headers) in asked.items():
            both = (("/bare",), (address, headers))
            pairs = [[requests_a_second(server, port, *each) for each in both] for _ in range(3)]
            bare, these = (statistics.median(each) for each in zip(*pairs, strict=True))
            print(f"  {name:<18}{these:>8.0f} a second, the bare view {bare:.0f}: {these / bare:.2f}")
    return these


def beside_datasette(work, database, ours):
    """Serve the same table with Datasette and five facets, from an environment of its own."""
    environment = work / "datasette"
    made = subprocess.run([sys.executable, "-m", "venv", environment], check=False, capture_output=True)
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", DATASETTE, "setuptools<81"]
    if made.returncode or subprocess.run(pip, check=False, capture_output=True).returncode:
        print("  Datasette could not be installed: no comparison.")
        return
    port = _free_port()
    query = "&".join(f"_facet={name}" for name in FACETS)
    page = f"/{database.stem}/activities_activity?{query}&_size=25"
    settings = ["--setting", "facet_time_limit_ms", "10000", "--setting", "sql_time_limit_ms", "30000"]
    command = [environment / "bin" / "datasette", "serve", database, "--port", str(port), *settings]
    with served(command, port, page) as server:
        theirs = requests_a_second(server, port, page)
    print(f"  Datasette, {len(FACETS)} facets: {theirs:.1f} a second; ours made anew {ours / theirs:.0f} times that")


# All of it


def main():
    work = Path(tempfile.mkdtemp(prefix="bench-catalogue-"))
    given = os.environ.get("DATABASE_URL", "")
    sizes = SIZES if not given else SIZES[-1:]
    try:
        results = []
        for size in sizes:
            database = work / f"catalogue{size}.sqlite3"
            os.environ["DATABASE_URL"] = given or f"sqlite:///{database}"
            in_a_process("--fill", size)
            results.append(json.loads(in_a_process("--measure", size)))
        table(results)
        print(f"Through gunicorn, one process of two threads, {sizes[-1]:,} activities")
        ours = through_gunicorn()
        if not given:
            beside_datasette(work, database, ours)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def in_a_process(what, size):
    """Do one thing in a process of its own, and return the last line it printed."""
    child = [sys.executable, "-W", "ignore", __file__, what, str(size)]
    out = subprocess.run(child, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return out.strip().rpartition("\n")[2]


def _exponent(results, cells):
    """How the ratio grows with the number of activities: 0 not at all, 1 as they do."""
    first, last = results[0]["size"], results[-1]["size"]
    return math.log(cells[-1][1] / cells[0][1]) / math.log(last / first) if last > first else 0


def table(results):
    print("Processor time: milliseconds, and times the bare view")
    print(f"{'activities':<20}" + "".join(f"{result['size']:>18,}" for result in results) + "  exponent  queries")
    for name in results[0]["pages"]:
        cells = [result["pages"][name] for result in results]
        growth = _exponent(results, cells)
        asked = "/".join(str(result["queries"][name]) for result in results)
        print(
            f"{name:<20}" + "".join(f"{ms:>10.2f} {times:>6.1f}x" for ms, times in cells) + f"{growth:>9.2f}   {asked}"
        )
    for name, form in (("build", "{:.2f} s"), ("memory", "{:.0f} MB"), ("words", "{:,}")):
        print(f"index: {name:<13}" + "".join(f"{form.format(result[name]):>18}" for result in results))
    for at, name in enumerate(("median", "95 %", "worst")):
        print(f"search, ms: {name:<8}" + "".join(f"{result['search'][at]:>18.2f}" for result in results))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--fill", size]:
            fill(int(size))
        case ["--measure", size]:
            measure(int(size))
        case _:
            main()
