"""What a spreadsheet may take: sizes as declared, sizes as met while reading, and the reader's own memory and time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bytes, counts and seconds that end the reading of a file. An export of 20,000 activities stays below all."""

    file: int = 40 << 20  # bytes as uploaded
    members: int = 300  # files inside a workbook
    member: int = 256 << 20  # bytes of one of them, unpacked
    unpacked: int = 320 << 20  # bytes of all of them
    ratio: int = 400  # unpacked to packed, for members beyond `RATIO_FROM` bytes
    sheets: int = 20
    rows: int = 300_000  # the number of the last row with something in it
    columns: int = 100
    cell: int = 32_767  # characters, as Excel has it
    elements: int = 5_000_000  # of XML, in all sheets
    text: int = 96 << 20  # characters in all shared texts
    memory: int = 768 << 20  # address space of the reader
    processor: int = 60  # seconds
    clock: int = 120  # seconds


# Small files compress well without any harm.
RATIO_FROM = 1 << 20
DEFAULT = Limits()
# What a reader may take while somebody waits for the page.
AT_ONCE = Limits(file=2 << 20, elements=1_000_000, processor=5, clock=10)
