"""What an edition says of itself, in one language, and the code by which its printed copy is verified."""

from itertools import groupby

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bilingual.dates import say_date
from bilingual.numbers import say_number
from reports.codes import in_halves
from reports.facts import Imprint
from reports.phrases.marks import mark_fact, mark_text

_QUIET = 2  # modules of white around the code; what surrounds it on the page is white as well

_TITLES = {"ar": "رمز QR لعنوان صفحة التحقق", "en": "QR code of the address of the verification page"}


class ImprintPhrases:
    """The imprint of an edition in one language."""

    def __init__(self, imprint: Imprint, language: str) -> None:
        self.imprint = imprint
        self.language = language

    @property
    def number(self) -> SafeString:
        return mark_fact("imprint.number", say_number(self.imprint.number, self.language))

    @property
    def code(self) -> str:
        """The code as it is easy to copy."""
        return in_halves(self.imprint.code)

    @property
    def issued_on(self) -> SafeString:
        return mark_fact("imprint.as_of", say_date(self.imprint.issued_on, self.language))

    @property
    def corrects(self) -> SafeString:
        """The number of the edition that this one corrects; empty for a first one."""
        if self.imprint.corrects is None:
            return SafeString()
        return mark_fact("imprint.corrects", say_number(self.imprint.corrects, self.language))

    @property
    def changes(self) -> list[SafeString]:
        """What differs from the edition it corrects, one sentence each."""
        return [mark_text(change.in_(self.language)) for change in self.imprint.changes if change.in_(self.language)]

    @property
    def qr_drawing(self) -> SafeString:
        """The address as a QR code: a drawing of one path, and a title for who cannot see it."""
        matrix = segno.make(self.imprint.address, error="m", micro=False).matrix
        size = len(matrix) + 2 * _QUIET
        return format_html(
            '<svg class="qr" viewBox="0 0 {} {}" role="img" xmlns="http://www.w3.org/2000/svg">'
            '<title>{}</title><path d="{}"/></svg>',
            size,
            size,
            _TITLES[self.language],
            "".join(_runs(matrix)),
        )


def _runs(matrix: tuple[bytearray, ...]) -> list[str]:
    """Draw the dark modules, those that touch in a row as one piece."""
    pieces = []
    for y, row in enumerate(matrix):
        x = 0
        for is_dark, modules in groupby(row):
            length = len(list(modules))
            if is_dark:
                pieces.append(f"M{x + _QUIET} {y + _QUIET}h{length}v1h-{length}z")
            x += length
    return pieces
