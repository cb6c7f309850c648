"""The gate for stored text against what hostile or careless writers send."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bilingual.text import Bilingual, normalise, validate_name, validate_prose, validate_reason_at


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  سيسرك \n", "سيسرك"),
        ("أول\r\nثان\rثالث", "أول\nثان\nثالث"),
        ("ا\u0654نشطة", "أنشطة"),
        ("Tu\u0308rkiye", "Türkiye"),
        ("", ""),
    ],
)
def test_text_is_kept_in_one_form(typed, kept):
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "nul \x00",
        "bell \x07",
        "escape \x1b[31m",
        "next line \x85",
        "half a character \ud800",
        "override \u202eevil",
        "embedding \u202aopen",
        "isolate left open \u2067اسم",
        "isolate closed before it opens \u2069\u2067",
    ],
)
def test_text_that_hides_or_cannot_be_stored_is_refused(text):
    for validate in (validate_prose, validate_name):
        with pytest.raises(ValidationError) as refused:
            validate(text)
        assert all(refused.value.messages)


@pytest.mark.parametrize(
    "text",
    [
        "أول فقرة.\n\nثاني فقرة.\tجدول",
        "علامات \u200f عادية \u200e و\u061c وفواصل \u200c\u200d",
        "اسم معزول \u2068KOBIA\u2069 و\u2067\u2068متداخل\u2069\u2069",
        "<script>alert(1)</script> ' OR 1=1 --",
        "🙂 𐤀",
    ],
)
def test_ordinary_text_passes(text):
    validate_prose(text)


@pytest.mark.parametrize(
    "reason", ["", ".", "ok", "see above", "unforeseeable", "- - - - -", "2024 2025", "كما اتفقنا"]
)
def test_a_reason_that_explains_nothing_is_refused(reason):
    with pytest.raises(ValidationError):
        validate_reason_at("reason", reason)


@pytest.mark.parametrize(
    "reason", ["Told elsewhere", "The host fell ill.", "أجّلته الجهة المضيفة", "ورد في تقرير سابق"]
)
def test_a_reason_in_a_few_words_passes(reason):
    validate_reason_at("reason", reason)


@pytest.mark.parametrize("separator", ["\n", "\t", "\r", "\u2028", "\u2029"])
def test_name_of_two_lines_is_refused(separator):
    with pytest.raises(ValidationError):
        validate_name(f"وزارة{separator}التعليم")


@given(st.text(st.characters()))
def test_gate_answers_any_text_with_yes_or_no(text):
    normalised = normalise(text)
    assert normalise(normalised) == normalised
    try:
        validate_name(normalised)
    except ValidationError:
        return
    normalised.encode()


def test_bilingual_text_speaks_the_language_asked_for():
    text = Bilingual(ar="سيسرك", en="SESRIC")
    assert [text.in_("ar"), text.in_("en")] == ["سيسرك", "SESRIC"]
    assert not Bilingual()
    assert Bilingual(en="SESRIC")
