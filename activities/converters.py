"""The shapes of the codes in addresses; anything else is no page, and never reaches the database."""

from datetime import date


class ActivityCode:
    """A year and a running number: 2024-003."""

    regex = "[0-9]{4}-[0-9]{3,7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CountryCode(ActivityCode):
    """Three capital letters: TUR."""

    regex = "[A-Z]{3}"


class AreaNumber:
    """The number of a cooperation area within its roadmap."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class FileForm(ActivityCode):
    """The ending of a file in which a list can be taken away."""

    regex = "xlsx|csv|json|ics"


class MonthOfYear:
    """A month of a year in which an activity can be (1969 to 2100), as its first day: 2024-10."""

    regex = "(?:1969|19[7-9][0-9]|20[0-9]{2}|2100)-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        year, month = value.split("-")
        return date(int(year), int(month), 1)

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"
