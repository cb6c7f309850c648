"""What was read from a former report: values with the passage they come from and how sure the reading is."""

from dataclasses import asdict, dataclass, field
from typing import Any

SURE, FAIR, WEAK = 0.95, 0.8, 0.6


@dataclass(frozen=True)
class Reading:
    """A value, the words it was read from, and the confidence of the reading from 0 to 1."""

    value: Any
    passage: str
    confidence: float


@dataclass(frozen=True)
class Partner:
    """Who held a role: an institution of the database by its ``code``, or a name as the report has it."""

    role: str
    name: str
    code: str = ""
    post: str = ""


@dataclass
class Proposal:
    """A draft activity as a former report tells it. What was not read is not in ``readings``.

    The names of the readings are those of `FIELDS`; the value of ``dates`` is a pair of ISO days, that of ``partners``
    a list of `Partner` as dictionaries, each with passage and confidence of its own.
    """

    number: str
    parent: str = ""
    readings: dict[str, Reading] = field(default_factory=dict)
    partners: list[tuple[Partner, Reading]] = field(default_factory=list)

    def value(self, name: str, default: Any = None) -> Any:
        """Return what was read for ``name``, or ``default``."""
        reading = self.readings.get(name)
        return reading.value if reading else default

    def to_row(self) -> dict:
        """Return the proposal as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict) -> "Proposal":
        """Read back what `to_row` gave, a journey through JSON included."""
        return cls(
            number=row["number"],
            parent=row["parent"],
            readings={name: Reading(**said) for name, said in row["readings"].items()},
            partners=[(Partner(**partner), Reading(**said)) for partner, said in row["partners"]],
        )


FIELDS = (
    "kind",
    "title",
    "dates",
    "year",
    "status",
    "mode",
    "venue",
    "area",
    "funding_call",
    "headcount",
    "is_estimate",
    "profile",
    "label",
    "countries",
    "country_list",
)
