"""Words that were searched for, where they stand in a text."""

import re

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from bilingual.marking import forms_of, mark, written_words
from bilingual.search import holds, search_document


def marked(text, query):
    return str(mark(text, forms_of(query)))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("الأمن السيبراني", "امن", "<mark>الأمن</mark> السيبراني"),
        ("وبالمُهاراتِ الرقمية", "مهارة", "<mark>وبالمُهاراتِ</mark> الرقمية"),
        ("المهـــارات", "مهارات", "<mark>المهـــارات</mark>"),
        ("تأهيل المدربين", "بتاهيل", "<mark>تأهيل</mark> المدربين"),
        ("Côte d'Ivoire & Türkiye", "divoire turkiye", "Côte <mark>d&#x27;Ivoire</mark> &amp; <mark>Türkiye</mark>"),
        ("Tu\u0308rkiye", "turkiye", "<mark>Tu\u0308rkiye</mark>"),
        (
            "<b>Green</b> 'skills'",
            "green skill",
            "&lt;b&gt;<mark>Green</mark>&lt;/b&gt; &#x27;<mark>skills</mark>&#x27;",
        ),
        ("عام ٢٠٢٤", "2024", "عام <mark>٢٠٢٤</mark>"),
        ("fund UNESCO", "un", "fund <mark>UNESCO</mark>"),
        ("Nothing", "", "Nothing"),
        ("", "word", ""),
        ("ab", "%", "ab"),
    ],
)
def test_a_word_is_marked_however_it_was_typed(text, query, shown):
    assert marked(text, query) == shown


@given(st.text(max_size=80), st.text(max_size=20))
def test_a_marked_text_is_the_text_escaped(text, query):
    assert re.sub("</?mark>", "", marked(text, query)) == escape(text)


@given(st.lists(st.sampled_from(["الأمن", "أمن", "مَهارات", "للتدريب", "skills", "Skill", "٢٠٢٤"]), max_size=6))
def test_what_is_found_is_marked(words):
    text = " ".join(words)
    for query in ("امن", "مهارة", "تدريب", "skill", "2024"):
        assert ("<mark>" in marked(text, query)) == holds(search_document(text), query)


def test_words_are_read_as_they_are_written():
    assert written_words("«المُدرّبـين»، Qur'an: 'one' 2024-007!") == ["المُدرّبـين", "Qur'an", "one", "2024", "007"]
