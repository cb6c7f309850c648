"""Read a former progress report and print the draft activities it proposes."""

import json
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from bilingual.terminal import SpokenCommand
from reports.former.extraction import LARGEST_FILE, ReadingError, read_file
from reports.former.keys import to_keys
from reports.former.labels import shown_partners, shown_readings
from reports.former.proposals import Proposal
from reports.former.reading import LANGUAGES
from reports.former.vocabulary import load_vocabulary


class Command(SpokenCommand):
    """Propose activities from the text or PDF of a former report. Nothing is saved."""

    help = "Read a former progress report and print the draft activities it proposes; nothing is saved."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a PDF, or a text in UTF-8")
        parser.add_argument("--language", required=True, help="ar or en: the language of the report")
        parser.add_argument("--json", help="also write the proposals into this file")

    def handle(self, *, file, language, **options):
        if language not in LANGUAGES:
            raise CommandError(_("There is no language “%(language)s”: say ar or en.") % {"language": language})
        vocabulary = load_vocabulary()
        try:
            proposals = read_file(_content(file), language, vocabulary)
        except ReadingError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            rows = [to_keys(proposal, language, vocabulary) for proposal in proposals]
            _write(options["json"], json.dumps({"activities": rows}, ensure_ascii=False, indent=1))
        for proposal in proposals:
            self._tell(proposal, vocabulary)
        if not proposals:
            self.stdout.write(_("No activity was recognised in this file."))

    def _tell(self, proposal: Proposal, vocabulary) -> None:
        self.stdout.write(f"{proposal.number}")
        for row in [*shown_readings(proposal, vocabulary), *shown_partners(proposal)]:
            self.stdout.write(f"  {row.name}: {row.value}  ({row.confidence_percent} %)")
            self.stdout.write(f"      {row.passage}")


def _content(name: str) -> bytes:
    """The bytes of a file, no more of them than can be read at all."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = {"file": name, "reason": error.strerror}
        raise CommandError(_("The file %(file)s cannot be read: %(reason)s.") % reason) from error


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        reason = {"file": name, "reason": error.strerror}
        raise CommandError(_("The file %(file)s cannot be written: %(reason)s.") % reason) from error
