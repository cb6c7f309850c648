"""What an edition was made with: the same versions make the same bytes again."""

import hashlib
import json
import platform
import subprocess
import sys
import zlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from reports.rendering import ENGINE

HERE = Path(__file__).parent
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "reports"
# What writes Word and spreadsheets; tinyhtml5 and the others are the PDF engine's.
OFFICE = ("python-docx", "lxml", "openpyxl")
# How a text became HTML shows in the HTML, which is frozen: to print it again, these need not be the same.
NOT_FOR_PRINTING = ("templates",)


def current_versions() -> dict[str, str]:
    """Return the version of everything that shapes the files of an edition; of our own code, a SHA-256."""
    return {
        **{name: version(name) for name in (*ENGINE, *OFFICE)},
        **_system_libraries(),
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "machine": platform.machine(),
        "printer": _sha256_of([HERE / "rendering.py", HERE / "printer.py", *_modules("engine")]),
        "word": _sha256_of(_modules("word")),
        "workbook": _sha256_of(_modules("workbook")),
        "templates": _sha256_of(sorted(TEMPLATES.rglob("*.html"))),
    }


def differing(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Return the names of what is not of the same version any more, as far as it shapes files made from HTML."""
    names = sorted((before.keys() | now.keys()) - set(NOT_FOR_PRINTING))
    return [name for name in names if before.get(name) != now.get(name)]


def _system_libraries() -> dict[str, str]:
    """Ask a process like the printer's, so that the portal's own need not load the engine."""
    asked = subprocess.run(
        [sys.executable, "-m", "reports.engine.libraries"],
        capture_output=True,
        cwd=settings.BASE_DIR,
        timeout=60,
        check=True,
    )
    return json.loads(asked.stdout)


def _modules(name: str) -> list[Path]:
    """Return the files of a module or package of this app, in order."""
    single = HERE / f"{name}.py"
    return [single] if single.exists() else sorted((HERE / name).rglob("*.py"))


def _sha256_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
