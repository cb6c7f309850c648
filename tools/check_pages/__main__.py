"""Serve a portal of its own and look at its pages in Debian's Chromium (`make check-pages`); arguments go to pytest.

Without ``--all``: eight pages, both languages, a phone and a desk. With it: every page, three widths, in the light,
in the dark, with forced colours and with text of twice the size.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "The pages are looked at in Chromium, which is not installed: run `sudo apt-get install --no-install-recommends "
    "chromium`, or name one with `make check-pages CHROMIUM=/usr/bin/…`."
)
SECONDS_TO_START = 60


def find_browser():
    """Return the path of the browser, or leave with a sentence that says how to get one."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    return found or sys.exit(MISSING)


def environment(folder, browser):
    """Return the environment of the portal and of the checks: nothing of a database that somebody works in."""
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tools"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "check_pages.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "REPORTS_DIR": str(folder / "reports"),
        "STATIC_ROOT": str(folder / "static"),
        "CHROMIUM": browser,
    }


@contextmanager
def serving(env):
    """Serve the portal on a free port of this machine and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "oicvet.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--log-level", "error"]
    server = subprocess.Popen([*command, *options], env=env, cwd=ROOT)  # noqa: S603 -- our own command
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address, server):
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit("The portal did not start; what it said stands above.")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 -- our own server
        except OSError:  # not there yet, or too busy to answer
            time.sleep(0.1)
        else:
            return
    sys.exit(f"The portal did not answer within {SECONDS_TO_START} seconds.")


def main(arguments):
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="oicvet-pages-") as folder:
        env = environment(Path(folder), browser)
        (Path(folder) / "static").mkdir()
        print("Preparing a portal to look at")
        prepared = subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, str(HERE / "prepare.py")], env=env, cwd=ROOT, stdout=subprocess.DEVNULL, check=False
        )
        if prepared.returncode:
            return prepared.returncode
        with serving(env) as address:
            pytest = [sys.executable, "-m", "pytest", str(HERE), "--numprocesses", "2", "-p", "no:cacheprovider"]
            checks = env | {"CHECK_PAGES_ADDRESS": address, "DJANGO_SETTINGS_MODULE": "oicvet.settings.test"}
            return subprocess.run([*pytest, *arguments], env=checks, cwd=ROOT, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
