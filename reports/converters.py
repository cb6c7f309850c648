"""The shapes of what addresses of editions hold; anything else is an address that does not exist."""

from reports.codes import read_code


class EditionCode:
    """Eight characters, as people type them: case, a hyphen in the middle and O for 0 make no difference."""

    regex = "[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        return read_code(value)

    def to_url(self, value: str) -> str:
        return value


class EditionFileName:
    """As `reports.issuing` names the files of an edition: COMCEC-40-1-ar.pdf."""

    regex = "[0-9A-Za-z][0-9A-Za-z.-]{0,79}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SessionNumber:
    """The number of a session of COMCEC."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)
