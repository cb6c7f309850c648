"""Sets of small whole numbers as single integers: bit ``n`` is set where ``n`` is in the set.

Uniting, cutting and counting them runs in C over the whole set, which is what makes a catalogue's counts cheap.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import compress, islice
from operator import or_

_CHUNK = 512  # octets that are passed over at once
_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def from_positions(positions: Iterable[int], size: int) -> int:
    """Return the set of ``positions``, each below ``size``."""
    octets = bytearray(size // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def everything(size: int) -> int:
    """Return the set of all numbers below ``size``."""
    return (1 << size) - 1


def united(sets: Iterable[int]) -> int:
    """Return what is in any of ``sets``."""
    return reduce(or_, sets, 0)


def ascending(bits: int, start: int, count: int) -> list[int]:
    """Return ``count`` members of the set, least first, after passing over ``start`` of them."""
    octets = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    found: list[int] = []
    for offset in range(0, len(octets), _CHUNK):
        chunk = int.from_bytes(octets[offset : offset + _CHUNK], "little")
        here = chunk.bit_count()
        if here > start:
            found += islice(_members(chunk, offset * 8), start, start + count - len(found))
        start = max(0, start - here)
        if len(found) == count:
            break
    return found


def in_order(order: Sequence[int], bits: int, start: int, count: int) -> list[int]:
    """Return ``count`` members of the set as they stand in ``order``, which holds every number once."""
    flags = format(bits, f"0{len(order)}b").encode().translate(_FLAGS)[::-1]
    return list(islice(compress(order, map(flags.__getitem__, order)), start, start + count))


def packed(positions: Sequence[int], size: int) -> "int | array[int]":
    """Return ``positions`` in whichever form is the smaller: a set, or the numbers themselves."""
    return from_positions(positions, size) if len(positions) * 32 > size else array("I", positions)


def _members(bits: int, offset: int) -> Iterable[int]:
    while bits:
        lowest = bits & -bits
        yield offset + lowest.bit_length() - 1
        bits ^= lowest
