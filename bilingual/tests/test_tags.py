"""What templates say in the active language."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from bilingual.dates import ARABIC_LETTER_MARK
from bilingual.grammar import NOUNS
from bilingual.languages import active_language, direction_of, other_language, text_direction
from bilingual.text import Bilingual


def render(source, language, **context):
    with translation.override(language):
        return Template("{% load bilingual %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "arabic", "english"),
    [
        ("{{ n|number }}", "1,284", "1,284"),
        ("{{ unknown|number }}", "", ""),
        ('{{ n|counted:"participant" }}', "1,284 مشاركا", "1,284 participants"),
        ('{{ two|counted:"member_country" }}', "بلدان عضوان", "2 member countries"),
        ('{{ two|counted:"member_country genitive" }}', "بلدين عضوين", "2 member countries"),
        ('{{ two|counted:"member_country oblique definite" }}', "البلدين العضوين", "the 2 member countries"),
        (
            '{{ n|counted:"expert+executive_manager" }}',
            "1,284 خبيرا ومديرا تنفيذيا",
            "1,284 experts and executives",
        ),
        ("{{ two|counted:noun }}", "يومان", "2 days"),
        ('{{ unknown|counted:"participant" }}', "", ""),
        ('{{ n|counted_label:"held_activity" }}', "نشاطا منجزا", "activities held"),
        ('{{ unknown|counted_label:"held_activity" }}', "", ""),
        ("{{ start|day }}", "30 أكتوبر 2024", "30 October 2024"),
        ("{{ start|month }}", "أكتوبر 2024", "October 2024"),
        ("{{ unknown|day }}{{ unknown|month }}", "", ""),
        (
            "{% date_range start end %}",
            f"{ARABIC_LETTER_MARK}30 أكتوبر - 2 نوفمبر 2024",
            "30 October – 2 November 2024",
        ),
        ("{% date_range unknown end %}", "", ""),
        ("{{ names|listed }}", "سيسرك و\u00a0KOBIA &amp; و\u00a0<b>IUT</b>", "سيسرك, KOBIA &amp; and <b>IUT</b>"),
    ],
)
def test_tag_speaks_the_active_language(source, arabic, english):
    context = {
        "n": 1284,
        "two": 2,
        "unknown": None,
        "noun": NOUNS["day"],
        "start": date(2024, 10, 30),
        "end": date(2024, 11, 2),
        "names": ["سيسرك", "KOBIA &", mark_safe("<b>IUT</b>"), ""],
    }
    assert render(source, "ar", **context) == arabic
    assert render(source, "en", **context) == english


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("SESRIC & سيسرك", '<bdi dir="ltr">SESRIC &amp; سيسرك</bdi>'),
        ("(سيسرك) SESRIC", '<bdi dir="rtl">(سيسرك) SESRIC</bdi>'),
        ("<script>", '<bdi dir="ltr">&lt;script&gt;</bdi>'),
        ("2024-007", '<bdi dir="ltr">2024-007</bdi>'),
        (None, '<bdi dir="ltr"></bdi>'),
    ],
)
def test_isolated_text_is_escaped_and_keeps_its_direction(text, html):
    assert render("{{ text|isolate }}", "ar", text=text) == html


def test_text_missing_in_one_language_is_shown_in_the_other_with_a_note():
    activity = SimpleNamespace(title_ar="", title_en="Green <Skills>")
    assert render('{% in_either activity "title" %}', "en", activity=activity) == "Green &lt;Skills&gt;"
    html = render('{% in_either activity "title" %}', "ar", activity=activity)
    assert html.startswith('<span lang="en" dir="ltr">Green &lt;Skills&gt;</span> <span class="fallback-note">')


def test_text_in_either_language_may_be_a_value():
    assert render("{% in_either text %}", "ar", text=Bilingual(ar="سيسرك", en="SESRIC")) == "سيسرك"
    assert render("{% in_either text %}", "en", text=Bilingual(ar="سيسرك")) == (
        '<span lang="ar" dir="rtl">سيسرك</span> <span class="fallback-note">in Arabic</span>'
    )
    assert render("{% in_either text %}", "en", text=Bilingual()) == ""


def language_url(address, language, target):
    request = RequestFactory().get("/")
    request.path = request.path_info = address.partition("?")[0]
    request.META["QUERY_STRING"] = address.partition("?")[2]
    return render(
        "{% autoescape off %}{% language_url target %}{% endautoescape %}", language, request=request, target=target
    )


@pytest.mark.parametrize(
    ("address", "target", "url"),
    [
        ("/ar/admin/", "en", "/en/admin/"),
        ("/ar/admin/?q=%D8%A3&page=2", "en", "/en/admin/?q=%D8%A3&page=2"),
        ("/ar/admin/", "ar", "/ar/admin/"),
        ("/ar/there-is-no-such-page/?x=1", "en", "/en/there-is-no-such-page/?x=1"),
        ("/ar/there-is-no-such-page/", "ar", "/ar/there-is-no-such-page/"),
        ("/healthz", "en", "/en/"),
        ("/", "en", "/en/"),
        ("//evil.example/", "en", "/en/"),
        ("/ar/[/]", "en", "/en/%5B/%5D"),
        ("/ar/\x00", "en", "/en/%00"),
    ],
)
def test_language_link_leads_to_the_same_page_in_the_other_language(address, target, url):
    assert language_url(address, "ar", target) == url


def test_language_link_without_a_request_leads_home():
    assert render('{% language_url "en" %}', "ar") == "/en/"


def test_active_language_is_one_of_the_two():
    for code, language in (("ar", "ar"), ("en", "en"), ("en-gb", "en"), (None, "ar")):
        with translation.override(code):
            assert active_language() == language
    assert [other_language("ar"), other_language("en")] == ["en", "ar"]
    assert [direction_of("ar"), direction_of("en")] == ["rtl", "ltr"]
    assert [text_direction("١ سيسرك"), text_direction("... KOBIA"), text_direction("")] == ["rtl", "ltr", "ltr"]
