"""The child process that lays out one document: a job as JSON on standard input, PDF on standard output.

It runs with limits on memory, processor time and file size, and can reach nothing but the static files named on its
command line. It knows nothing of Django, so that it starts quickly and holds no database connection.

A job holds ``html``, ``facts`` (JSON to attach, or nothing) and ``as_of`` (the day written into the attachment).

Usage: python -m reports.printer SECONDS BYTES STATIC_DIR NAME [NAME …] < job.json > document.pdf
"""

import errno
import gc
import json
import logging
import os
import resource
import signal
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

OUTPUT = 256 << 20  # bytes in a file
OUT_OF_MEMORY = 75  # how it ends when it was refused memory
# Never looked up: links in a document are made absolute with it, and the fetcher answers for it.
BASE_URL = "https://report.invalid/"
STATIC_URL = f"{BASE_URL}static/"
TYPES = {".css": "text/css", ".woff2": "font/ttf", ".svg": "image/svg+xml"}


def limit_resources(seconds: int, memory: int) -> None:
    """Let the kernel end this process after ``seconds`` of processor time or beyond ``memory`` bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_parent() -> None:
    """Let the kernel end this process as soon as the one that started it is gone, however it went; on Linux only."""
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def asset_fetcher(static_dir: Path, names: list[str]):
    """Return a fetcher that answers for the named static files and ends the rendering for anything else.

    Any other error would only be logged by the engine, and the document would come out without what it asked for.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from reports.engine.fontfiles import unpacked

    class AssetFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            name = url.removeprefix(STATIC_URL)
            if urlsplit(url).query or name == url or name not in names:
                raise FatalURLFetchingError(f"A report may not load {url[:200]}")
            path = static_dir / name
            content = path.read_bytes()
            if path.suffix == ".woff2":
                content = unpacked(content)
            return URLFetcherResponse(url, content, {"Content-Type": TYPES[path.suffix]})

    return AssetFetcher(allow_redirects=False, fail_on_errors=True)


def facts_attachment(facts: str, as_of: str):
    """Return the facts of a report as a file for its PDF, dated by the report's day so that its bytes repeat."""
    from weasyprint import Attachment

    day = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    return Attachment(
        string=facts,
        name="facts.json",
        description="The facts that this report states",
        relationship="Data",
        created=day,
        modified=day,
    )


def main(arguments: list[str]) -> int:
    """Print standard input and return 0. Raises whatever keeps the document from being printed."""
    seconds, memory, static_dir, *names = arguments
    end_with_parent()
    from reports import engine

    engine.mend()
    # This process ends with its document: looking for what could be freed takes a fifteenth of the time for nothing.
    gc.disable()
    import weasyprint

    from reports.engine.archiving import declare_accessible

    # A character that no font of ours holds is worth a word; the engine's other remarks are not.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    fetcher = asset_fetcher(Path(static_dir), names)
    # What is ours is loaded: a library that cannot be, for want of memory, fails in words of its own.
    limit_resources(int(seconds), int(memory))
    job = json.load(sys.stdin.buffer)
    document = weasyprint.HTML(string=job["html"], base_url=BASE_URL, url_fetcher=fetcher)
    sys.stdout.buffer.write(
        document.write_pdf(
            # Our stamp of PDF/UA comes on top: the engine can declare one of the two standards only.
            pdf_variant="pdf/a-3a",
            attachments=[facts_attachment(job["facts"], job["as_of"])] if job["facts"] else None,
            finisher=declare_accessible,
        )
    )
    return 0


def refused_memory(error: BaseException) -> bool:
    """Tell whether ``error``, or what led to it, is that no memory was to be had."""
    return (
        isinstance(error, MemoryError)
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or any(cause is not None and refused_memory(cause) for cause in (error.__cause__, error.__context__))
    )


def run(arguments: list[str]) -> int:
    """Do as `main`, and put what went wrong into the last line of the remarks; return how to end."""
    try:
        status = main(arguments)
        sys.stdout.buffer.flush()
    except BaseException as error:  # the engine ends a forbidden request with one of these
        if refused_memory(error):
            return OUT_OF_MEMORY
        traceback.print_exc()
        return 1
    return status


if __name__ == "__main__":
    # At once: taking down what is left needs memory too, and would write over the reason when there is none.
    os._exit(run(sys.argv[1:]))
