"""What we mend in the PDF engine, for the one version whose source was read; any other is left as it comes."""

from importlib import import_module
from importlib.metadata import version

READ_VERSION = "70.0"

# In this order: the first two have to be there before the engine is imported, which the others do.
MENDS = (
    "bindings",
    "deferred",
    "cascade",
    "reckoning",
    "writing",
    "lines",
    "typesetting",
    "languages",
    "figures",
    "textlayer",
)


def is_known() -> bool:
    """Whether the installed engine is the version that was read; costs no loading of it."""
    return version("weasyprint") == READ_VERSION


def mend() -> bool:
    """Mend the engine in this process, before anything imports it; return whether it is the version that was read."""
    if not is_known():
        return False
    for name in MENDS:
        import_module(f"reports.engine.{name}").install()
    return True
