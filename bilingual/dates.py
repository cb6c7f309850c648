"""Dates and ranges of dates as every output writes them: pages, reports, spreadsheets.

The month names are our own. Django calls April "إبريل" where the programme writes "أبريل", and the names that
libraries give for Arabic change from one region to the next.
"""

from dataclasses import dataclass
from datetime import date

# A range that stands first in a line has no Arabic letter before it, and its numbers change places.
# This mark (ARABIC LETTER MARK) stands in for the letter and cannot be seen.
ARABIC_LETTER_MARK = "\u061c"


@dataclass(frozen=True)
class _Style:
    """What a language needs to write dates: its months, in full and for narrow columns, and what joins two dates."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    between_numbers: str  # 9-10 January
    between_dates: str  # 30 October - 2 November
    one_day: str
    days_of_a_month: str
    days_of_two_months: str
    weekdays: tuple[str, ...]  # from Monday, as `date.weekday` counts
    first_weekday: int


_ARABIC_MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)

_ARABIC = _Style(
    months=_ARABIC_MONTHS,
    short_months=_ARABIC_MONTHS,  # Arabic does not shorten the names of months
    between_numbers="-",
    between_dates=" - ",
    one_day="يوم {day}",
    days_of_a_month="خلال الفترة {range}",
    days_of_two_months="خلال الفترة من {start} إلى {end}",
    weekdays=("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    first_weekday=6,  # the working week of most Arab members begins on Sunday
)

_ENGLISH = _Style(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    between_numbers="–",
    between_dates=" – ",
    one_day="on {day}",
    days_of_a_month="during the period {range}",
    days_of_two_months="from {start} to {end}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    first_weekday=0,  # ISO 8601
)


def say_date(d: date, language: str) -> str:
    """Return a day in full: ``25 يونيو 2024``, ``25 June 2024``."""
    return f"{_say_day(d, language)} {d.year}"


def say_month(d: date, language: str) -> str:
    """Return the month a day falls in: ``يونيو 2024``, ``June 2024``."""
    return f"{_style(language).months[d.month - 1]} {d.year}"


def name_of_month(month: int, language: str) -> str:
    """Return the name of a month by its number, 1 to 12: ``يونيو``, ``June``."""
    return _style(language).months[month - 1]


def weekdays(language: str) -> tuple[str, ...]:
    """Return the names of the days of a week, from the one with which it begins."""
    style = _style(language)
    return style.weekdays[style.first_weekday :] + style.weekdays[: style.first_weekday]


def first_weekday(language: str) -> int:
    """Return the day with which a week begins: 0 for Monday (English), 6 for Sunday (Arabic)."""
    return _style(language).first_weekday


def say_range(start: date, end: date, language: str) -> str:
    """Return the days from ``start`` to ``end``, each month and year said once where the two dates share it.

    ``9-10 يناير 2024``, ``30 October – 2 November 2024``. Raises ``ValueError`` when the end precedes the start.
    """
    if start == end:
        return say_date(start, language)
    if _share_a_month(start, end):
        return f"{start.day}{_style(language).between_numbers}{say_date(end, language)}"
    return _style(language).between_dates.join(_ends(start, end, language))


def say_when(start: date, end: date, language: str) -> str:
    """Return when something happened, with the preposition a sentence needs.

    The programme says "on" of one day and "during" of several. Raises ``ValueError`` as ``say_range`` does.
    """
    style = _style(language)
    if start == end:
        return style.one_day.format(day=say_date(start, language))
    if _share_a_month(start, end):
        return style.days_of_a_month.format(range=say_range(start, end, language))
    first, last = _ends(start, end, language)
    return style.days_of_two_months.format(start=first, end=last)


def say_short_range(start: date, end: date, language: str) -> tuple[str, str]:
    """Return days and year apart, for a narrow column: ``("30–31 Oct", "2024")``, ``("30-31 أكتوبر", "2024")``.

    Across years the second text holds both. Raises ``ValueError`` as ``say_range`` does.
    """
    style = _style(language)
    last = _say_day(end, language, short=True)
    if start == end:
        days = last
    elif _share_a_month(start, end):
        days = f"{start.day}{style.between_numbers}{last}"
    else:
        days = f"{_say_day(start, language, short=True)}{style.between_dates}{last}"
    years = str(end.year) if start.year == end.year else f"{start.year}{style.between_numbers}{end.year}"
    return days, years


def days_in(start: date, end: date) -> int:
    """Return how many days there are from ``start`` to ``end``, both counted: 1 for a single day."""
    if end < start:
        raise ValueError(f"{end} comes before {start}")
    return (end - start).days + 1


def anchored(text: str, language: str) -> str:
    """Return ``text`` so that numbers at its start stand in a line of their own as they do inside a sentence.

    Inside an Arabic sentence the first number of ``9-10`` stands at the right. At the start of a line or a table
    cell the two change places, unless an invisible letter comes before them (UAX #9, rules W2 and W4).
    """
    return f"{ARABIC_LETTER_MARK}{text}" if language == "ar" and text[:1].isdigit() else text


def _style(language: str) -> _Style:
    return _ARABIC if language == "ar" else _ENGLISH


def _say_day(d: date, language: str, *, short: bool = False) -> str:
    style = _style(language)
    return f"{d.day} {(style.short_months if short else style.months)[d.month - 1]}"


def _ends(start: date, end: date, language: str) -> tuple[str, str]:
    first = _say_day(start, language) if start.year == end.year else say_date(start, language)
    return first, say_date(end, language)


def _share_a_month(start: date, end: date) -> bool:
    days_in(start, end)  # refuses dates in the wrong order
    return (start.year, start.month) == (end.year, end.month)
