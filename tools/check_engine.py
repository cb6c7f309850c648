"""Say when the installed PDF engine is not the version that reports/engine mends (part of `make check`)."""

import sys
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reports.engine import READ_VERSION, is_known


def main() -> int:
    """Return 0, or 1 after naming both versions and what to do."""
    if is_known():
        return 0
    print(f"WeasyPrint {version('weasyprint')} is installed, and reports/engine was written for {READ_VERSION}.")
    print("Reports come out without its text layer. Install the locked version, or read the new source and adapt.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
