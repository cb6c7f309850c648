"""The shapes of the codes in the desk's addresses; anything else is no page, and never reaches the database."""

from activities.converters import ActivityCode
from reports.models import SectionKind


class ReportCode(ActivityCode):
    """A report, by its meeting: COMCEC-40, COMCEC-FC-40."""

    regex = "COMCEC(?:-FC)?-[0-9]{1,4}"


class SectionCode(ActivityCode):
    """One of the sections that a report can hold."""

    regex = "|".join(SectionKind.values)


class RowNumber:
    """The key of a row, within what a database can look up."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
