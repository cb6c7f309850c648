"""Refuse physical directions in our stylesheets: one sheet serves right-to-left and left-to-right alike.

`margin-left`, `text-align: right` or `padding: 0 1em 0 2em` would be right in one language only. The boxes of a
printed page's margin are physical by nature, so whatever stands inside `@page` is left alone. Where a physical
direction is truly meant, a comment on its line or the line above says why: `/* physical: maps are not mirrored */`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

EXCUSE = re.compile(r"/\*\s*physical:\s*\w[^*]*\*/")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|url\([^)]*\)")
DECLARATION = re.compile(r"(?<![\w-])(?P<name>-{0,2}[a-z][a-z-]*)\s*:\s*(?P<value>[^;{}]*)(?=[;}])", re.IGNORECASE)
PAGE = re.compile(r"@page\b[^{};]*\{")

SIDED_NAME = re.compile(r"(?:.+-)?(?:left|right)(?:-.+)?")
SIDED_VALUE = re.compile(r"(?<![\w-])(?:left|right)(?![\w-])")
NAMES_WITH_SIDED_VALUES = {
    "background-position",
    "caption-side",
    "clear",
    "float",
    "object-position",
    "text-align",
    "text-align-last",
    "transform-origin",
}
# With four values these go top, right, bottom, left; with fewer, both sides are equal.
FOUR_SIDES = re.compile(r"inset|margin|padding|scroll-margin|scroll-padding|border-(?:width|style|color)")
PART = re.compile(r"(?:[^\s(]|\([^()]*(?:\([^()]*\)[^()]*)*\))+")


def problems_of(text):
    """Yield the line number and the text of each physical direction in a stylesheet."""
    plain = without_pages(blank(STRING, blank(COMMENT, text)))
    lines = text.splitlines()
    for found in DECLARATION.finditer(plain):
        name, value = found["name"].lower(), found["value"].lower()
        line = plain.count("\n", 0, found.start()) + 1
        if is_physical(name, value) and not EXCUSE.search("\n".join(lines[max(line - 2, 0) : line])):
            yield line, " ".join(found[0].split())


def is_physical(name, value):
    if name.startswith("--"):
        return False
    if SIDED_NAME.fullmatch(name) or (name in NAMES_WITH_SIDED_VALUES and SIDED_VALUE.search(value)):
        return True
    sides = PART.findall(value.replace("!important", "")) or [""]
    if name == "border-radius" and "/" not in sides:
        # Top left, top right, bottom right, bottom left; one not given repeats the one opposite.
        corners = (sides * 4)[:4] if len(sides) < 3 else [*sides, sides[1]][:4]
        return corners[0] != corners[1] or corners[2] != corners[3]
    return bool(FOUR_SIDES.fullmatch(name)) and len(sides) == 4 and sides[1] != sides[3]


def blank(pattern, text):
    """Replace each match by spaces, so that line numbers stay what they were."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def without_pages(text):
    """Blank the contents of every `@page` rule, margin boxes included."""
    for start in [found.end() for found in PAGE.finditer(text)]:
        depth, end = 1, start
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        text = text[:start] + re.sub(r"[^\n]", " ", text[start : end - 1]) + text[end - 1 :]
    return text


def main():
    sheets = sorted((ROOT / "static").rglob("*.css"))
    problems = [
        f"{sheet.relative_to(ROOT)}:{line}: a physical direction: {declaration}"
        for sheet in sheets
        for line, declaration in problems_of(sheet.read_text("utf-8"))
    ]
    print(*problems, sep="\n", end="\n" if problems else "")
    if problems:
        sys.exit("Write the logical property instead: margin-inline-start, inset-inline-end, text-align: start, …")
    print(f"{len(sheets)} stylesheets, no physical direction.")


if __name__ == "__main__":
    main()
