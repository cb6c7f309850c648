"""What differs between what a person sent and what the record holds now, and whose version is to stand."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import capfirst

from activities.admin.merging.seen import Seen, digest
from bilingual.languages import direction_of

MINE, THEIRS = "mine", "theirs"
CHOICE = "choice-"


@dataclass(frozen=True)
class Difference:
    """Something in which what a person sent differs from what the record holds now.

    ``proposed`` is whose version stands unless somebody chooses: that of the only one who changed it, or ``""``.
    """

    key: str
    label: str
    mine: str
    theirs: str
    proposed: str
    chosen: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        """The name of the input with which one chooses."""
        return f"{CHOICE}{self.key}"

    @property
    def marked(self) -> str:
        """Whose version is ticked in the form."""
        return self.chosen or self.proposed

    @property
    def direction(self) -> str:
        """How both texts are written."""
        return direction_of(self.language) if self.language else "auto"


@dataclass(frozen=True)
class Version:
    """What one of the two has at some place: as it is compared, and as people are shown it."""

    value: str
    shown: str


class Comparing:
    """Makes differences of two versions, with what the form had seen before, and what was chosen since."""

    def __init__(self, data: QueryDict):
        self.data = data
        self.seen = Seen.read(data.get("seen", ""))

    def difference(self, key: str, label: str, mine: Version, theirs: Version, language: str = "") -> Difference:
        """Return the difference at ``key``, where the two versions are not the same."""
        before = self.seen.at(key)
        is_mine, is_theirs = digest(mine.value) != before, digest(theirs.value) != before
        proposed = "" if before is None or is_mine == is_theirs else MINE if is_mine else THEIRS
        chosen = self.data.get(f"{CHOICE}{key}", "")
        chosen = chosen if chosen in (MINE, THEIRS) else ""
        return Difference(key, capfirst(label), mine.shown, theirs.shown, proposed, chosen, language)
