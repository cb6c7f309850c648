"""What the tags of whole pages say."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from bilingual.sorting import alphabetical
from bilingual.templatetags.pages import said


def render(source, language, **context):
    with translation.override(language):
        return Template("{% load pages %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("path", "query", "address"),
    [
        ("/ar/activities/?utm=x", "", "http://127.0.0.1:8000/en/activities/"),
        ("/ar/activities/?year=2024", "year=2024", "http://127.0.0.1:8000/en/activities/?year=2024"),
    ],
)
def test_an_address_keeps_what_the_view_calls_canonical(path, query, address):
    request = RequestFactory().get(path)
    assert render("{% page_address 'en' %}", "ar", request=request, canonical_query=query) == address


def test_an_ordinal_takes_the_form_of_its_sentence():
    assert render('{{ 39|ordinal:"feminine genitive" }}', "ar") == "التاسعة والثلاثين"
    assert render('{{ 39|ordinal:"feminine genitive" }}', "en") == "39th"


def test_a_text_is_borrowed_from_the_other_language_when_it_must_be():
    record = SimpleNamespace(topics_ar="الأول\n\nالثاني ", topics_en="")
    with translation.override("ar"):
        own = said(record, "topics")
    with translation.override("en"):
        borrowed = said(record, "topics")
        nothing = said(SimpleNamespace(topics_ar="", topics_en=None), "topics")
    assert (own.language, own.is_borrowed, own.lines) == ("ar", False, ["الأول", "الثاني"])
    assert (borrowed.direction, borrowed.is_borrowed, bool(borrowed)) == ("rtl", True, True)
    assert not nothing


def test_names_are_sorted_without_their_article():
    arabic = ["المغرب", "ألبانيا", "العراق", "الأردن", "إندونيسيا", "مصر", "بنين"]
    assert sorted(arabic, key=alphabetical) == ["الأردن", "ألبانيا", "إندونيسيا", "بنين", "العراق", "مصر", "المغرب"]
    assert sorted(["Guinea", "The Gambia", "Türkiye", "Gabon"], key=alphabetical) == [
        "Gabon",
        "The Gambia",
        "Guinea",
        "Türkiye",
    ]
