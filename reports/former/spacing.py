"""Lines whose letters stand apart: a space behind each, and more behind a word."""

import re

SHARE = 0.8  # of the pieces of a line are single signs where they stand apart
LONGEST_DOUBT = 6  # signs; so few may be a row of numbers
ENOUGH = 3  # longer lines that stand apart, from which on shorter ones do, too


def close_up(lines: list[str]) -> list[str]:
    """Return the lines without the spaces between the letters of one word, where most letters have them."""
    are_apart = [_stands_apart(line) for line in lines]
    is_usual = sum(apart and len(line.split()) >= LONGEST_DOUBT for apart, line in zip(are_apart, lines, strict=True))
    shortest = 2 if is_usual >= ENOUGH else LONGEST_DOUBT
    return [
        _closed_up(line) if apart and len(line.split()) >= shortest else line
        for apart, line in zip(are_apart, lines, strict=True)
    ]


def _stands_apart(line: str) -> bool:
    pieces = line.split()
    return sum(len(piece) == 1 for piece in pieces) >= SHARE * max(1, len(pieces))


def _closed_up(line: str) -> str:
    words = re.split(r"\s{2,}", line.strip())
    is_readable = len(words) > 1 or len(line.split()) < 3 * LONGEST_DOUBT
    return " ".join("".join(word.split()) for word in words) if is_readable else line
