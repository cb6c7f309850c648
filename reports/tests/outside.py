"""Workers that run in a process of their own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def worker_process(address: str, reports_dir: Path, *arguments: str):
    """Run ``manage.py work`` in a process of its own; it is gone at the end, however it took it."""
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "manage.py", "work", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(address, reports_dir),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def environment(address: str, reports_dir: Path) -> dict[str, str]:
    """Return the environment in which another process works in the same database and folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "oicvet.settings.development",
        "DATABASE_URL": address,
        "REPORTS_DIR": str(reports_dir),
    }
