"""The shapes of the codes in addresses; anything else is no page, and never reaches the database."""


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
