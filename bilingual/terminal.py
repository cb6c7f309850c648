"""Commands that speak the language of whoever types them: Arabic in an Arabic locale, English otherwise.

Left to itself, a command speaks the portal's default language, which most terminals show badly.
"""

import os

from django.core.management.base import BaseCommand
from django.utils import translation


def terminal_language() -> str:
    """Return ``ar`` or ``en`` after the locale of the environment, as POSIX reads it."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ar" if locale.startswith("ar") else "en"


class SpokenCommand(BaseCommand):
    """A management command whose output and errors are in the terminal's language."""

    def execute(self, *args, **options):
        with translation.override(terminal_language()):
            return super().execute(*args, **options)
