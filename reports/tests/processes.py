"""What runs beside a test, as the kernel tells it."""

import time
from pathlib import Path


def wait_for(condition, seconds: float = 30):
    """Return what ``condition`` gives once that is true; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Waited {seconds} seconds in vain")


def is_alive(number: int) -> bool:
    """Whether a process runs; one that has ended and only waits to be counted does not."""
    return _read(number, "stat").rpartition(")")[2].split()[:1] not in ([], ["Z"])


def printers_of(parent: int) -> list[int]:
    """Return the printers that run and were started by the process ``parent``."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [
        number
        for number in numbers
        if "reports.printer" in _read(number, "cmdline")
        and is_alive(number)
        and _read(number, "stat").rpartition(")")[2].split()[1:2] == [str(parent)]
    ]


def _read(number: int, name: str) -> str:
    try:
        return Path(f"/proc/{number}/{name}").read_text(errors="replace")
    except OSError:
        return ""


def readers_of(parent: int | None = None) -> list[int]:
    """Return the readers of former reports that run, of whatever parent unless one is named."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [
        number
        for number in numbers
        if "reports.former.reader" in _read(number, "cmdline")
        and is_alive(number)
        and (parent is None or _read(number, "stat").rpartition(")")[2].split()[1:2] == [str(parent)])
    ]
