"""What we mend in the PDF engine, for the one version whose source was read; any other is left as it comes."""

from importlib.metadata import version

READ_VERSION = "70.0"


def mend() -> bool:
    """Mend the engine in this process; return whether it is the version that was read."""
    if version("weasyprint") != READ_VERSION:
        return False
    from reports.engine import lines, textlayer

    lines.install()
    textlayer.install()
    return True
