"""Collect the portal's translatable strings into locale/ar/LC_MESSAGES/django.po (`make messages`).

Works on a copy of the tree, because Django writes a scratch file beside each template it reads, and a stopped run
would leave them among the sources. Needs GNU gettext, which is for developers only: the portal runs without it.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/ar/LC_MESSAGES/django.po")
# Neither shown to readers nor ours to translate.
LEFT_OUT = (".*", "__pycache__", "node_modules", "build", "data", "staticfiles", "static", "fixtures", "docs", "bench")
LEFT_OUT += ("tools", "tests", "requirements*.txt")


class Command(makemessages.Command):
    """Django's own, without guesses: a new string arrives empty instead of borrowing a similar one's translation."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def can_collect():
    """Return whether GNU gettext is installed."""
    return all(shutil.which(program) for program in ("xgettext", "msgmerge", "msguniq", "msgattrib"))


def collect():
    """Return the text of the catalogue as it would be after collecting every string of the tree."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        if not settings.configured:
            settings.configure(LOCALE_PATHS=[str(copy / "locale")])
        before = Path.cwd()
        os.chdir(copy)
        try:
            call_command(Command(), locale=["ar"], add_location="file", no_wrap=True, no_obsolete=True, verbosity=0)
        finally:
            os.chdir(before)
        # The date of collecting would change the file even when no string did.
        return re.sub(r'^"POT-Creation-Date: .*\n', "", (copy / CATALOGUE).read_text("utf-8"), flags=re.MULTILINE)


def main():
    if not can_collect():
        sys.exit("Collecting messages needs GNU gettext: install it with `sudo apt-get install gettext`.")
    before = (ROOT / CATALOGUE).read_text("utf-8")
    try:
        after = collect()
    except CommandError as refused:
        sys.exit(f"The messages could not be collected. {refused}")
    (ROOT / CATALOGUE).write_text(after, "utf-8")
    print(f"{CATALOGUE}: {'unchanged' if after == before else 'changed: see what is new with `make messages-check`'}.")


if __name__ == "__main__":
    main()
