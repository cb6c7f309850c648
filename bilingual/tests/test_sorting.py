"""The order of titles and names: the Unicode collation for Arabic, whether the database knows it or not."""

import random

import pytest
from django.db import connection
from django.utils.translation import override

from bilingual.sorting import alphabetical, collation_key

# As PostgreSQL puts them with the collation ar-x-icu (ICU 72).
IN_ORDER = """
10 أهداف | 2 ورشة | ءا | أا | ؤا | ئا | اء | اا | آب | أب | ؤب | إب | ئب | اب | اب ت | اب-ت | ابت
الأمان | الأمن | الأمن السيبراني | أمن | ب | بة | بت | بةا | بتا | به | مدرسة | مدرست | مدرسه
مساءلة | مسألة | مسالك | مسؤول | مسول | مسوول | مسيل | وا | وب | ى | ي | ىا | يا | ىب | يب
a | a b | a-b | ab | B
"""
LETTERS = "ءأؤإئاآبةتثجحخدذرزسشصضطظعغفقكلمنهوىي" * 2 + "  -abcXYZ0123"


def words(text):
    return [" ".join(word.split()) for word in text.strip().replace("\n", "|").split("|")]


def test_titles_stand_as_the_unicode_collation_puts_them():
    given = words(IN_ORDER)
    shuffled = random.Random(3).sample(given, len(given))  # noqa: S311 -- an order, no secret
    assert sorted(shuffled, key=lambda word: collation_key(word, "ar")) == given


@pytest.mark.django_db
def test_titles_stand_as_postgresql_puts_them():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no collation of Arabic")
    seed = random.randrange(10**9)  # noqa: S311 -- printed
    chance = random.Random(seed)  # noqa: S311 -- see above
    titles = ["".join(chance.choices(LETTERS, k=chance.randrange(1, 9))).strip() or "ا" for _ in range(400)]
    with connection.cursor() as cursor:
        cursor.execute('SELECT t FROM unnest(%s) AS t ORDER BY t COLLATE "ar-x-icu"', [titles])
        expected = [title for (title,) in cursor.fetchall()]
    assert sorted(titles, key=lambda title: collation_key(title, "ar")) == expected, seed


def test_latin_stands_last_on_an_arabic_page_and_first_on_an_english_one():
    titles = ["ياء", "Zebra", "ألف", "Éclair", "apple"]
    by_page = {page: sorted(titles, key=lambda title: collation_key(title, page)) for page in ("ar", "en")}
    assert by_page == {
        "ar": ["ألف", "ياء", "apple", "Éclair", "Zebra"],
        "en": ["apple", "Éclair", "Zebra", "ألف", "ياء"],
    }


def test_a_name_stands_under_the_letter_after_its_article():
    with override("ar"):
        assert sorted(["ليبيا", "المغرب", "ألبانيا", "مصر", "لبنان"], key=alphabetical) == [
            "ألبانيا",
            "لبنان",
            "ليبيا",
            "مصر",
            "المغرب",
        ]
    with override("en"):
        assert sorted(["The Gambia", "Gabon", "Guinea", "Türkiye", "Tunisia"], key=alphabetical) == [
            "Gabon",
            "The Gambia",
            "Guinea",
            "Tunisia",
            "Türkiye",
        ]
