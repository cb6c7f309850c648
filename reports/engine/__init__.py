"""What we mend in the PDF engine, for the one version whose source was read; any other is left as it comes."""

from importlib.metadata import version

READ_VERSION = "70.0"


def is_known() -> bool:
    """Whether the installed engine is the version that was read; costs no loading of it."""
    return version("weasyprint") == READ_VERSION


def mend() -> bool:
    """Mend the engine in this process, before anything imports it; return whether it is the version that was read."""
    if not is_known():
        return False
    from reports.engine import bindings, deferred

    bindings.install()
    deferred.install()
    from reports.engine import lines, textlayer

    lines.install()
    textlayer.install()
    return True
