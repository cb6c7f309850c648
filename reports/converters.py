"""The shape of an edition's code in addresses, as people type it: case, hyphen, O for 0 make no difference."""

from reports.codes import read_code


class EditionCode:
    """Eight characters, with or without a hyphen in the middle: 7ZK4M0QD, 7zk4-moqd."""

    regex = "[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        return read_code(value)

    def to_url(self, value: str) -> str:
        return value
