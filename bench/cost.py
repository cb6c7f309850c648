"""Run a command to its end, orphans included, and print what it cost: seconds of processor time, peak megabytes.

A process of its own because a child begins with the peak of whoever starts it: `bench/report.py` with the portal in
it is larger than a printer. The document comes on standard input, and what the command prints is passed on to the
file named first.
"""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def main(result: str, command: list[str]) -> None:
    # Chromium's helpers outlive their parent; as their reaper we see what they cost.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with Path(result).open("wb") as printed:
        subprocess.Popen(command, stdout=printed, stderr=subprocess.DEVNULL)
        seconds = peak = 0.0
        while True:
            try:
                _, _, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            seconds += usage.ru_utime + usage.ru_stime
            peak = max(peak, usage.ru_maxrss / 1024)
    print(json.dumps([seconds, peak]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
