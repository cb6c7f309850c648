"""Finds the days of an activity in a skeleton: one day or a range, its parts in any order that damage leaves."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bilingual.dates import say_month
from reports.former.skeletons import Skeleton, bones_of

YEARS = range(1969, 2101)
# Other spellings in use; Levantine names as newspapers east of Egypt write them.
_MORE_MONTHS: dict[str, dict[int, tuple[str, ...]]] = {
    "ar": {
        4: ("إبريل", "نيسان"),
        1: ("كانون الثاني",),
        2: ("شباط",),
        3: ("آذار",),
        5: ("أيار", "ماي"),
        6: ("حزيران", "جوان"),
        7: ("تموز", "يوليوز", "جويلية"),
        8: ("آب", "غشت", "أوت"),
        9: ("أيلول", "شتنبر"),
        10: ("تشرين الأول",),
        11: ("تشرين الثاني", "نونبر"),
        12: ("كانون الأول", "دجنبر"),
    },
    "en": {
        n: (name[:3],)
        for n, name in enumerate(
            ("January February March April May June July August September October November December").split(), start=1
        )
    }
    | {9: ("Sept", "Sep")},
}
_BETWEEN = {"ar": ("-", "الي", "حتي", "و"), "en": ("-", "to", "until", "and", "through")}
# What may stand inside a date without meaning anything to it.
_IDLE = {
    "ar": (" ", ".", ",", "من", "يوم", "شهر", "سنه", "عام"),
    "en": (" ", ".", ",", "of", "st", "nd", "rd", "th", "from"),
}


@dataclass(frozen=True)
class Days:
    """The days found, where they stand in the skeleton, and whether their parts stood as a sentence has them."""

    first: date
    last: date
    start: int
    end: int
    is_regular: bool


@lru_cache(maxsize=2)
def months(language: str) -> dict[str, int]:
    """Return the names of the months as skeletons, with their numbers."""
    usual = {bones_of(say_month(date(2000, n, 1), language).removesuffix(" 2000")): n for n in range(1, 13)}
    return usual | {bones_of(name): n for n, names in _MORE_MONTHS[language].items() for name in names}


@dataclass(frozen=True)
class _Token:
    kind: str  # d a day, y a year, m a month, - between two
    value: int
    start: int
    end: int


# What the parts are, in order; which of them are day, month and year of the first and of the last day; and whether a
# sentence writes it so. The others are what damage leaves.
_SHAPES = (
    ("dmy-dmy", (0, 1, 2), (4, 5, 6), True),
    ("mdy-mdy", (1, 0, 2), (5, 4, 6), True),
    ("dm-dmy", (0, 1, 5), (3, 4, 5), True),
    ("md-mdy", (1, 0, 5), (4, 3, 5), True),
    ("d-dmy", (0, 3, 4), (2, 3, 4), True),
    ("md-dy", (1, 0, 4), (3, 0, 4), True),
    ("-ddmy", (1, 3, 4), (2, 3, 4), False),
    ("dd-my", (0, 3, 4), (1, 3, 4), False),
    ("d-dym", (0, 4, 3), (2, 4, 3), False),
    ("ymd-d", (2, 1, 0), (4, 1, 0), False),
    ("myd-d", (2, 0, 1), (4, 0, 1), False),
    ("yd-dm", (1, 4, 0), (3, 4, 0), False),
    ("-dmyd", (1, 2, 3), (4, 2, 3), False),
    ("d-myd", (0, 2, 3), (4, 2, 3), False),
    ("dmy-d", (0, 1, 2), (4, 1, 2), False),
    ("dmy", (0, 1, 2), (0, 1, 2), True),
    ("mdy", (1, 0, 2), (1, 0, 2), True),
    ("dym", (0, 2, 1), (0, 2, 1), False),
    ("ymd", (2, 1, 0), (2, 1, 0), False),
    ("myd", (2, 0, 1), (2, 0, 1), False),
    ("ydm", (1, 2, 0), (1, 2, 0), False),
)
_NUMERIC = re.compile(r"(?<![\d/.\-])(?:(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d{2})-(\d{2}))(?![\d/\-])")


def find_days(skeleton: Skeleton, language: str) -> list[Days]:
    """Return every day or range that a skeleton states, in order. What names no year or no day is passed over."""
    found = [days for run in _runs(skeleton, language) for days in _read(run)]
    found += _numeric(skeleton.text)
    return sorted(found, key=lambda days: days.start)


@lru_cache(maxsize=2)
def _tokens(language: str) -> re.Pattern:
    def either(words: Iterable[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    return re.compile(
        rf"(?P<month>{either(months(language))})|(?P<number>\d+)|(?P<between>{either(_BETWEEN[language])})"
        rf"|(?P<idle>{either(_IDLE[language])})"
    )


def _runs(skeleton: Skeleton, language: str) -> Iterator[list[_Token]]:
    """Runs of what a date is made of, with nothing else between."""
    text, pattern, known = skeleton.text, _tokens(language), months(language)
    run: list[_Token] = []
    place = 0
    while place < len(text):
        found = pattern.match(text, place)
        token = _token(found, known) if found else None
        if found is None or (token is None and found["number"]):
            yield run
            run = []
        elif token is not None:
            run.append(token)
        place = found.end() if found else place + 1
    yield run


def _token(found: re.Match, known: dict[str, int]) -> _Token | None:
    if found["month"]:
        return _Token("m", known[found["month"]], found.start(), found.end())
    if found["between"]:
        return _Token("-", 0, found.start(), found.end())
    if found["number"]:
        value = int(found["number"][:6])
        if len(found["number"]) <= 2 and 1 <= value <= 31:
            return _Token("d", value, found.start(), found.end())
        if len(found["number"]) == 4 and value in YEARS:
            return _Token("y", value, found.start(), found.end())
    return None


def _read(run: list[_Token]) -> Iterator[Days]:
    if not any(token.kind == "m" for token in run):
        return
    kinds = "".join(token.kind for token in run)
    taken: set[int] = set()
    for shape, first, last, is_regular in _SHAPES:
        for place in range(len(kinds) - len(shape) + 1):
            span = set(range(place, place + len(shape)))
            if not kinds.startswith(shape, place) or span & taken:
                continue
            if days := _days(run[place : place + len(shape)], first, last, is_regular):
                taken |= span
                yield days


def _days(tokens: list[_Token], first: tuple, last: tuple, is_regular: bool) -> Days | None:
    try:
        one, other = (date(tokens[y].value, tokens[m].value, tokens[d].value) for d, m, y in (first, last))
    except ValueError:
        return None
    if one > other and one.year == other.year and one.month != other.month and tokens[first[2]] is tokens[last[2]]:
        one = _year_before(one)  # 30 December - 2 January 2024
    one, other = sorted((one, other))
    return Days(one, other, tokens[0].start, tokens[-1].end, is_regular)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day


def _numeric(text: str) -> Iterator[Days]:
    for found in _NUMERIC.finditer(text):
        d, m, y = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        try:
            day = date(int(y), int(m), int(d))
        except ValueError:
            continue
        if day.year in YEARS:
            yield Days(day, day, found.start(), found.end(), True)
