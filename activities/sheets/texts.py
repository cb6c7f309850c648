"""How texts stand in files, so that each comes back byte for byte and none is ever run.

In a workbook a cell says itself that it is text. A CSV file cannot, so an apostrophe stands before whatever a
spreadsheet program would take for a formula, and reading takes exactly that one away again.
"""

import re

_FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n|%＝＋－＠]")
# What XML cannot hold, and what Excel would take for such a character written out.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def looks_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program would run ``text`` if it were typed, or take an apostrophe before it away."""
    return _FORMULA_LIKE.match(text) is not None


def in_table(text: str) -> str:
    """Return ``text`` as a CSV file holds it."""
    return f"'{text}" if looks_like_a_formula(text) else text


def from_table(text: str) -> str:
    """Return the text that a CSV file means: `in_table` the other way."""
    return text[1:] if _MARKED.match(text) else text


def in_workbook(text: str) -> str:
    """Return ``text`` as a workbook's XML holds it; reading undoes it."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
