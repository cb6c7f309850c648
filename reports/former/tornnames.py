"""Names of institutions that line ends or damage have torn in two, their halves in either order, or spelt wrong."""

from collections.abc import Iterable

from reports.former.vocabulary import Named

SHORTEST_NAME = 16  # letters; the halves of a shorter one stand in too many texts
SHORTEST_HALF = 8  # letters, wherever the other stands
SHORTEST_BESIDE = 5  # letters, where no more than a word or its piece stands between the two
WIDEST = 6  # letters between the two
_SEAM = "|"


def torn_names(named: Iterable[Named], texts: Iterable[str]) -> list[Named]:
    """Return those whose name stands in two halves or with one fault in what other names leave of a clause.

    ``texts`` are the pieces of the clause between those names, as skeletons.
    """
    said = _SEAM.join("".join(bone for bone in text if bone.isalnum()) for text in texts)
    return [each for each in named if any(_is_in(name, said) for name in each.bones)]


def _is_in(name: str, text: str) -> bool:
    return len(name) >= SHORTEST_NAME and name not in text and (_is_torn(name, text) or _has_one_fault(name, text))


def _is_torn(name: str, text: str) -> bool:
    if name[:SHORTEST_BESIDE] not in text or name[-SHORTEST_HALF:] not in text:
        return False
    cuts = range(SHORTEST_BESIDE, len(name) - SHORTEST_HALF + 1)
    return any(_stand_in(name[:cut], name[cut:], text) for cut in cuts)


def _stand_in(one: str, other: str, text: str) -> bool:
    """Whether both halves stand in the text: anywhere if they are long, near each other if one is short."""
    first, second = text.find(one), text.find(other)
    if first < 0 or second < 0:
        return False
    if len(one) >= SHORTEST_HALF:
        return second >= first + len(one) or first >= second + len(other)
    between = text.find(other, first + len(one)) - first - len(one)
    return 0 <= between <= WIDEST


def _has_one_fault(name: str, text: str) -> bool:
    """Whether the name stands in the text but for one letter that is lost, or another, behind the first few."""
    start = text.find(name[:SHORTEST_BESIDE])
    while start >= 0:
        said = text[start : start + len(name)]
        same = next(
            (place for place, pair in enumerate(zip(name, said, strict=False)) if len(set(pair)) > 1), len(said)
        )
        rest = name[same + 1 :]
        if said[same:].startswith(rest) or said[same + 1 :].startswith(rest):
            return True
        start = text.find(name[:SHORTEST_BESIDE], start + 1)
    return False
