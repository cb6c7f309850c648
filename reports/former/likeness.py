"""How far two texts say the same, letter by letter, though each may have lost some: a title and its repetition."""

from dataclasses import dataclass

from reports.former.skeletons import Skeleton

SURE_AFTER = 4  # letters that agree again after one that does not
LETTERS_PER_FAULT = 12
SLACK = 2  # letters that may be lost right before an end


@dataclass(frozen=True)
class Likeness:
    """Two beginnings that say the same: ``pairs`` are the places of the letters that agree, in either skeleton."""

    one: Skeleton
    other: Skeleton
    pairs: tuple[tuple[int, int], ...]

    @classmethod
    def between(cls, one: Skeleton, other: Skeleton, longest: int = 400) -> "Likeness":
        """Follow both from their beginnings while they agree, marks aside, past single letters that differ."""
        ours, theirs = _letters(one)[:longest], _letters(other)[:longest]
        pairs: list[tuple[int, int]] = []
        i = j = faults = 0
        while i < len(ours) and j < len(theirs):
            if one.text[ours[i]] == other.text[theirs[j]]:
                pairs.append((ours[i], theirs[j]))
                i, j = i + 1, j + 1
                continue
            step = _past_fault(one, other, ours[i : i + 8], theirs[j : j + 8])
            if step is None or faults > len(pairs) // LETTERS_PER_FAULT:
                break
            faults, i, j = faults + 1, i + step[0], j + step[1]
        return cls(one, other, tuple(pairs))

    def __len__(self) -> int:
        return len(self.pairs)

    def before(self, side: int, place: int) -> int:
        """Return how many pairs stand before ``place`` of one side (0) or of the other (1)."""
        return sum(pair[side] < place for pair in self.pairs)

    def reaches(self, side: int, place: int) -> bool:
        """Whether the two say the same up to ``place`` of a side, but for letters lost right before it."""
        last = self.pairs[-1][side] + 1
        skeleton = (self.one, self.other)[side]
        return sum(bone.isalnum() for bone in skeleton.text[last:place]) <= SLACK

    def end(self, side: int, number: int) -> int:
        """Return the place behind the first ``number`` pairs."""
        return self.pairs[number - 1][side] + 1


def _letters(skeleton: Skeleton) -> list[int]:
    return [place for place, bone in enumerate(skeleton.text) if bone.isalnum()]


def _past_fault(one: Skeleton, other: Skeleton, ours: list[int], theirs: list[int]) -> tuple[int, int] | None:
    """Return how many letters to pass over in either, so that several agree again: one at most, or words would go."""
    for step in ((1, 0), (0, 1), (1, 1)):
        a = [one.text[place] for place in ours[step[0] : step[0] + SURE_AFTER]]
        b = [other.text[place] for place in theirs[step[1] : step[1] + SURE_AFTER]]
        if len(a) == SURE_AFTER and a == b:
            return step
    return None
