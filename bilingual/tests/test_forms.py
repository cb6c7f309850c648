"""Form fields against digits of every keyboard and input nobody means, and the formats that dates are read with."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.contrib.admin import ModelAdmin, site
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from bilingual.admin import TranslatedFieldsMixin
from bilingual.fields import LinkField
from bilingual.forms import DateField, IntegerField

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@LANGUAGES
@pytest.mark.parametrize(
    "typed",
    [
        "2024-09-05",
        "05/09/2024",
        "5/9/2024",
        "05-09-2024",
        "5.9.2024",
        "٢٠٢٤-٠٩-٠٥",
        "٥/٩/٢٠٢٤",
        "۰۵/۰۹/۲۰۲۴",
        "\u200f05/09/2024\u200e",
        " 05/09/2024 ",
        date(2024, 9, 5),
    ],
)
def test_date_is_read_day_first_in_digits_of_any_keyboard(language, typed):
    with translation.override(language):
        assert DateField().clean(typed) == date(2024, 9, 5)


@LANGUAGES
@pytest.mark.parametrize(
    "typed",
    [
        "0000-01-01",
        "0001-01-01",
        "1899-12-31",
        "2201-01-01",
        "31/02/2024",
        "13/13/2024",
        "9" * 5000,
        "2024",
        "غدا",
        "\x00",
        "\ud800",
        "2024-09-05\x00",
        "-" * 50_000,
        "99999-01-01",
    ],
)
def test_date_that_nobody_means_is_refused_with_a_message(language, typed):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        DateField().clean(typed)
    assert all(refused.value.messages)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "أدخل تاريخا مثل 2024-06-30 أو 30/6/2024."), ("en", "Enter a date such as 2024-06-30 or 30/6/2024.")],
)
def test_what_is_no_date_is_answered_with_one_that_is(language, said):
    with translation.override(language):
        with pytest.raises(ValidationError) as refused:
            DateField().clean("30 June")
        assert refused.value.messages == [said]


@pytest.mark.parametrize(
    ("typed", "n"),
    [
        ("82", 82),
        ("٨٢", 82),
        ("۸۲", 82),
        ("1,284", 1284),
        ("١٬٢٨٤", 1284),
        (" 82 ", 82),
        ("\u200f82", 82),
        ("-3", -3),
        ("0", 0),
        ("007", 7),
        (82, 82),
        ("2,147,483,647", 2**31 - 1),
    ],
)
def test_number_is_read_in_digits_of_any_keyboard(typed, n):
    assert IntegerField().clean(typed) == n


@pytest.mark.parametrize(
    "typed",
    [
        "9" * 5000,
        "2147483648",
        "12.7",
        "1,28",
        "12,84",
        "1 284",
        "1e5",
        "0x10",
        "٨٢٫٥",
        "عشرة",
        "\x00",
        "\ud800",
        "--1",
        "nan",
        "inf",
        "²",
    ],
)
def test_number_that_nobody_means_is_refused_with_a_message(typed):
    with pytest.raises(ValidationError) as refused:
        IntegerField().clean(typed)
    assert all(refused.value.messages)


@pytest.mark.parametrize("field", [DateField, IntegerField])
def test_empty_field_is_missing_or_none(field):
    assert field(required=False).clean("") is None
    with pytest.raises(ValidationError):
        field().clean("")


def test_number_keeps_the_bounds_of_its_field():
    with pytest.raises(ValidationError):
        IntegerField(min_value=0).clean("-1")
    with pytest.raises(ValidationError):
        IntegerField(max_value=10).clean("١١")


@given(st.text(st.characters()))
def test_fields_answer_any_text_with_a_value_or_a_refusal(typed):
    for field in (DateField(), IntegerField()):
        with suppress(ValidationError):
            field.clean(typed)


def test_number_input_takes_arabic_digits_in_the_browser():
    html = IntegerField().widget.render("headcount", 82)
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html


@LANGUAGES
def test_formats_are_those_of_the_programme(language):
    with translation.override(language):
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%Y-%m-%d"
        assert formats.date_format(date(2024, 9, 5), "SHORT_DATE_FORMAT") == "05/09/2024"
        assert formats.number_format(1284, use_l10n=True, force_grouping=True) == "1,284"
        assert formats.number_format(Decimal("12.5"), use_l10n=True) == "12.5"
        assert django_forms.DateField().clean("05/09/2024") == date(2024, 9, 5)


def test_date_format_has_day_month_and_year_in_the_reading_order_of_each_language():
    with translation.override("ar"):
        assert formats.date_format(date(2024, 6, 25)) == "25 يونيو 2024"
    with translation.override("en"):
        assert formats.date_format(date(2024, 6, 25)) == "25 June 2024"


class TranslatedAdmin(TranslatedFieldsMixin, ModelAdmin):
    left_to_right = ("code", "acronym")


def _form_field(field, name="field", language=None):
    field.set_attributes_from_name(name)
    if language:
        field.language = language
    return TranslatedAdmin(User, site).formfield_for_dbfield(field, None)


@pytest.mark.parametrize(
    ("field", "name", "language", "attributes"),
    [
        (models.CharField(max_length=9), "title_ar", "ar", {"dir": "rtl", "lang": "ar"}),
        (models.TextField(), "title_en", "en", {"dir": "ltr", "lang": "en"}),
        (models.TextField(), "notes", None, {"dir": "auto"}),
        (LinkField(), "address", None, {"dir": "ltr"}),
        (models.EmailField(), "e_mail", None, {"dir": "ltr"}),
        (models.SlugField(), "slug", None, {"dir": "ltr"}),
        (models.CharField(max_length=9), "code", None, {"dir": "ltr"}),
        (models.CharField(max_length=9), "acronym", None, {"dir": "ltr"}),
        (models.DateField(), "start_date", None, {"dir": "ltr"}),
        (models.PositiveIntegerField(), "headcount", None, {"dir": "ltr"}),
    ],
)
def test_admin_input_has_the_direction_of_its_text(field, name, language, attributes):
    attrs = _form_field(field, name, language).widget.attrs
    assert {key: attrs.get(key) for key in ("dir", "lang") if key in attrs} == attributes


def test_admin_reads_digits_of_any_keyboard():
    assert _form_field(models.DateField()).clean("٠٥/٠٩/٢٠٢٤") == date(2024, 9, 5)
    assert _form_field(models.PositiveIntegerField()).clean("٨٢") == 82
    with pytest.raises(ValidationError):
        _form_field(models.PositiveIntegerField()).clean("-٨٢")


def test_admin_leaves_choices_and_times_to_django():
    choice = _form_field(models.IntegerField(choices=[(1, "one"), (2, "two")]))
    assert isinstance(choice, django_forms.TypedChoiceField)
    assert not isinstance(_form_field(models.DateTimeField()), DateField)
