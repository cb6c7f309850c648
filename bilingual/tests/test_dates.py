"""Dates and ranges in both languages, and numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.dates import (
    ARABIC_LETTER_MARK,
    anchored,
    days_in,
    say_date,
    say_month,
    say_range,
    say_short_range,
    say_when,
)
from bilingual.numbers import say_number

MONTHS = """
    يناير January  فبراير February  مارس March  أبريل April  مايو May  يونيو June
    يوليو July  أغسطس August  سبتمبر September  أكتوبر October  نوفمبر November  ديسمبر December
"""
ARABIC_MONTHS, ENGLISH_MONTHS = MONTHS.split()[::2], MONTHS.split()[1::2]

ONE_DAY = (date(2024, 6, 25), date(2024, 6, 25))
ONE_MONTH = (date(2024, 1, 9), date(2024, 1, 10))
TWO_MONTHS = (date(2024, 10, 30), date(2024, 11, 2))
TWO_YEARS = (date(2023, 12, 30), date(2024, 1, 2))
SAME_MONTH_OF_TWO_YEARS = (date(2023, 12, 30), date(2024, 12, 2))


@pytest.mark.parametrize("number", range(1, 13))
def test_month_is_named_as_the_programme_names_it(number):
    day = date(2024, number, 5)
    assert say_date(day, "ar") == f"5 {ARABIC_MONTHS[number - 1]} 2024"
    assert say_date(day, "en") == f"5 {ENGLISH_MONTHS[number - 1]} 2024"
    assert say_month(day, "ar") == f"{ARABIC_MONTHS[number - 1]} 2024"
    assert say_month(day, "en") == f"{ENGLISH_MONTHS[number - 1]} 2024"


@pytest.mark.parametrize(
    ("days", "arabic", "english"),
    [
        (ONE_DAY, "25 يونيو 2024", "25 June 2024"),
        (ONE_MONTH, "9-10 يناير 2024", "9–10 January 2024"),
        (TWO_MONTHS, "30 أكتوبر - 2 نوفمبر 2024", "30 October – 2 November 2024"),
        (TWO_YEARS, "30 ديسمبر 2023 - 2 يناير 2024", "30 December 2023 – 2 January 2024"),
        (SAME_MONTH_OF_TWO_YEARS, "30 ديسمبر 2023 - 2 ديسمبر 2024", "30 December 2023 – 2 December 2024"),
    ],
)
def test_range_says_common_parts_once(days, arabic, english):
    assert say_range(*days, "ar") == arabic
    assert say_range(*days, "en") == english


@pytest.mark.parametrize(
    ("days", "arabic", "english"),
    [
        (ONE_DAY, "يوم 25 يونيو 2024", "on 25 June 2024"),
        (ONE_MONTH, "خلال الفترة 9-10 يناير 2024", "during the period 9–10 January 2024"),
        (TWO_MONTHS, "خلال الفترة من 30 أكتوبر إلى 2 نوفمبر 2024", "from 30 October to 2 November 2024"),
        (TWO_YEARS, "خلال الفترة من 30 ديسمبر 2023 إلى 2 يناير 2024", "from 30 December 2023 to 2 January 2024"),
    ],
)
def test_sentence_says_when_with_its_preposition(days, arabic, english):
    assert say_when(*days, "ar") == arabic
    assert say_when(*days, "en") == english


@pytest.mark.parametrize(
    ("days", "arabic", "english"),
    [
        (ONE_DAY, ("25 يونيو", "2024"), ("25 Jun", "2024")),
        ((date(2024, 10, 30), date(2024, 10, 31)), ("30-31 أكتوبر", "2024"), ("30–31 Oct", "2024")),
        (TWO_MONTHS, ("30 أكتوبر - 2 نوفمبر", "2024"), ("30 Oct – 2 Nov", "2024")),
        (TWO_YEARS, ("30 ديسمبر - 2 يناير", "2023-2024"), ("30 Dec – 2 Jan", "2023–2024")),
    ],
)
def test_narrow_column_parts_days_from_year(days, arabic, english):
    assert say_short_range(*days, "ar") == arabic
    assert say_short_range(*days, "en") == english


@pytest.mark.parametrize("say", [say_range, say_when, say_short_range])
def test_range_in_the_wrong_order_is_refused(say):
    with pytest.raises(ValueError, match="before"):
        say(date(2024, 1, 10), date(2024, 1, 9), "ar")


def test_days_are_counted_with_both_ends():
    assert [days_in(*days) for days in (ONE_DAY, ONE_MONTH, TWO_MONTHS)] == [1, 2, 4]


def test_range_at_the_start_of_an_arabic_line_is_anchored():
    assert anchored("9-10 يناير 2024", "ar") == f"{ARABIC_LETTER_MARK}9-10 يناير 2024"
    assert anchored("9–10 January 2024", "en") == "9–10 January 2024"
    assert anchored("يوم 25 يونيو 2024", "ar") == "يوم 25 يونيو 2024"
    assert anchored("", "ar") == ""


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (1284, "1,284"), (1_000_000, "1,000,000"), (-1284, "-1,284")],
)
def test_number_is_grouped_from_a_thousand_in_both_languages(n, said):
    assert say_number(n, "ar") == say_number(n, "en") == said


@given(start=st.dates(), length=st.integers(0, 800))
def test_no_date_shows_an_arabic_digit(start, length):
    end = date.fromordinal(min(start.toordinal() + length, date.max.toordinal()))
    for language in ("ar", "en"):
        said = [say_date(start, language), say_range(start, end, language), say_when(start, end, language)]
        said += say_short_range(start, end, language)
        assert not any("\u0660" <= c <= "\u0669" or "\u06f0" <= c <= "\u06f9" for text in said for c in text)
        assert str(end.year) in said[1]
