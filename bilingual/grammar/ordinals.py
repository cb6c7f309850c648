"""Ordinals: Arabic ones in words, with article, gender and case; English ones in digits."""

from bilingual.grammar.arabic import Case
from bilingual.numbers import say_number

_UNITS = ("", "أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")
_TENS = ("", "", "العشر", "الثلاث", "الأربع", "الخمس", "الست", "السبع", "الثمان", "التسع")


def ordinal(n: int, language: str, gender: str = "m", case: Case = Case.NOMINATIVE) -> str:
    """Return the place ``n`` in a row: ``الدورة`` + ``الحادية والأربعون``, ``41st``.

    The Arabic is definite, in words from 1 to 199, in the ``gender`` (``m`` or ``f``) of the noun before it; case
    shows in the tens only. Other numbers read ``رقم n``, which fits after a noun of either gender.
    """
    if language != "ar":
        return f"{say_number(n, language)}{_english_ending(n)}"
    if not 1 <= n <= 199:
        return f"رقم {say_number(n, language)}"
    hundreds, rest = divmod(n, 100)
    if not rest:
        return "المائة"
    return _below_hundred(rest, gender, case) + (" بعد المائة" if hundreds else "")


def _english_ending(n: int) -> str:
    if abs(n) % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(abs(n) % 10, "th")


def _below_hundred(n: int, gender: str, case: Case) -> str:
    tens, unit = divmod(n, 10)
    if n <= 10:
        return f"ال{_unit(n, gender, first=True)}"
    if tens == 1:
        return f"ال{_unit(unit, gender)} {'عشرة' if gender == 'f' else 'عشر'}"
    round_number = _TENS[tens] + ("ون" if case is Case.NOMINATIVE else "ين")
    return f"ال{_unit(unit, gender)} و{round_number}" if unit else round_number


def _unit(unit: int, gender: str, *, first: bool = False) -> str:
    """Return an ordinal from 1 to 10 without its article; after the first ten, "first" is another word."""
    if unit == 1:
        if first:
            return "أولى" if gender == "f" else "أول"
        return "حادية" if gender == "f" else "حادي"
    return f"{_UNITS[unit]}ة" if gender == "f" else _UNITS[unit]
