"""What a report says: both languages state the same facts, and every sentence reads well."""

import re
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilingual.grammar import NOUNS, Noun
from bilingual.text import Bilingual
from reports.composition import compose
from reports.facts import ReportFacts
from reports.tests import programmes
from reports.tests.programmes import report_of_one, taking_part
from reports.tests.reading import MONTHS, read_value, stated_facts, unmarked_text, visible

LANGUAGES = ("ar", "en")
_INVISIBLE = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
thorough = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def prose(html: str, code: str) -> str:
    """The paragraphs of one activity, as a reader sees them."""
    item = BeautifulSoup(html, "html.parser").select_one(f'[id$="-{code}"]')
    return " ".join(visible(tag) for tag in item.select(":scope > .prose p"))


# Both languages.


@thorough
@given(facts=programmes.reports(), imprint=st.none() | programmes.imprints())
def test_both_languages_state_the_same_facts_as_the_record(facts, imprint):
    recorded = facts.stated() | (imprint.stated() if imprint else {})
    read = {language: stated_facts(compose(facts, language, imprint), language) for language in LANGUAGES}
    assert read["ar"] == read["en"]
    assert read["ar"] == {fact: {recorded[fact]} for fact in read["ar"]}


@thorough
@given(facts=programmes.reports())
def test_every_activity_states_what_is_known_of_it(facts):
    told = replace(facts, sections=programmes.EVERY_SECTION)
    stated = stated_facts(compose(told, "ar"), "ar").keys()
    known = {fact for fact in told.stated() if re.match(r"\d{4}-\d+\.(number|dates|headcount|countries|area)", fact)}
    calls = {f"{item.code}.call" for item in told.items if item.funding_call and not item.override}
    assert known | calls <= stated


@thorough
@given(facts=programmes.reports())
def test_no_number_date_or_counted_noun_stands_outside_a_fact(facts):
    nouns = (noun.ar for noun in NOUNS.values() if isinstance(noun, Noun))
    twos = [noun.dual for noun in nouns if noun.dual != noun.plural]
    for language in LANGUAGES:
        text = unmarked_text(compose(facts, language))
        assert not re.search(r"\d", text)
        assert not [
            month for month in MONTHS[language] if re.search(rf"(?<!\w){month}(?!\w)", text) and month != "May"
        ]
        assert not [two for two in twos if language == "ar" and re.search(rf"(?<!\w){two}(?!\w)", text)]


@thorough
@given(facts=programmes.reports())
def test_no_sentence_is_torn(facts):
    for language in LANGUAGES:
        soup = BeautifulSoup(compose(facts, language), "html.parser")
        for paragraph in soup.select(".prose p:not([data-fixed])"):
            text = " ".join(paragraph.get_text().split(" "))
            assert text == text.strip(), text
            assert "  " not in text
            assert not re.search(r"\(\s*\)|«\s*»|“\s*”| [،.,؛;]|[،,] ?[،,.]|\.\.|None|\bnan\b", text), text
            assert not re.search(r"(?<!\w)(من|في|مع|إلى|و|on|from|by|of|and|with) ?[.،,]", text), text
            assert text.endswith("."), text


@thorough
@given(facts=programmes.reports(), imprint=st.none() | programmes.imprints())
def test_no_heading_cell_or_list_entry_is_torn(facts, imprint):
    for language in LANGUAGES:
        soup = BeautifulSoup(compose(facts, language, imprint), "html.parser")
        for tag in soup.select("p, li, th, td, caption, figcaption, h1, h2, h3, h4"):
            text = _INVISIBLE.sub("", tag.get_text())
            assert "  " not in text, text
            assert not re.search(r"\(\s*\)|«\s*»|“\s*”| [،.,؛;]|[،,] ?[،,.]|\.\.|None|\bnan\b|[{}]", text), text
            assert not re.search(
                r"(?<![\d,])0 (?:part|exp|member|مشا|خبي|بلد)|(?:no|لا) (?:part|exp|مشا|خبر)", text
            ), text


@thorough
@given(facts=programmes.reports(), imprint=st.none() | programmes.imprints())
def test_each_language_keeps_to_its_own_words(facts, imprint):
    arabic, english = (unmarked_text(compose(facts, language, imprint)) for language in LANGUAGES)
    assert set(re.findall("[A-Za-z]{2,}", arabic)) <= {"QR"}
    assert not re.search("[\u0621-\u064a]", english)


@settings(thorough, max_examples=4)
@given(facts=programmes.reports(max_size=60), imprint=st.none() | programmes.imprints())
def test_a_large_report_states_the_same_in_both_languages(facts, imprint):
    arabic, english = (stated_facts(compose(facts, language, imprint), language) for language in LANGUAGES)
    assert arabic == english


@thorough
@given(facts=programmes.reports())
def test_facts_go_to_json_and_back_without_loss(facts):
    assert ReportFacts.from_json(facts.to_json()) == facts


def test_the_active_language_makes_no_difference():
    from django.utils import translation

    facts = report_of_one(participation=taking_part(82, 14))
    with translation.override("en"):
        in_english = compose(facts, "both")
    with translation.override("ar"):
        assert compose(facts, "both") == in_english


def test_both_has_an_arabic_part_first_and_an_english_part_after_it():
    parts = BeautifulSoup(compose(report_of_one(), "both"), "html.parser").select("article")
    assert [(part["lang"], part["dir"]) for part in parts] == [("ar", "rtl"), ("en", "ltr")]


def test_the_id_of_a_fact_names_the_activity_and_not_its_place():
    facts = report_of_one(participation=taking_part(82))
    moved = report_of_one(participation=taking_part(82), number="7")
    assert stated_facts(compose(facts, "en"), "en").keys() == stated_facts(compose(moved, "en"), "en").keys()


# Sentences.


@pytest.mark.parametrize(
    ("n", "arabic", "english"),
    [
        (1, "لصالح خبير واحد", "1 expert"),
        (2, "لصالح خبيرين", "2 experts"),
        (3, "لصالح 3 خبراء", "3 experts"),
        (82, "لصالح 82 خبيرا", "82 experts"),
        (100, "لصالح 100 خبير", "100 experts"),
        (103, "لصالح 103 خبراء", "103 experts"),
        (1284, "لصالح 1,284 خبيرا", "1,284 experts"),
    ],
)
def test_counts_agree_with_their_noun_after_a_preposition(n, arabic, english):
    partners = programmes.PartnersByRole((programmes.ORGAN,), providers=(programmes.PARTNERS[0],))
    facts = report_of_one(participation=taking_part(n, 14), partners=partners)
    assert arabic in prose(compose(facts, "ar"), "2024-001")
    assert f"for the benefit of {english}" in prose(compose(facts, "en"), "2024-001")


@pytest.mark.parametrize(
    ("n", "arabic"), [(1, "وشارك فيها خبير واحد"), (2, "وشارك فيها خبيران"), (82, "وشارك فيها 82 خبيرا")]
)
def test_the_subject_of_a_sentence_is_nominative(n, arabic):
    assert arabic in prose(compose(report_of_one(participation=taking_part(n)), "ar"), "2024-001")


def test_unknown_figures_read_naturally_and_never_as_zero():
    facts = report_of_one(participation=taking_part())
    assert prose(compose(facts, "ar"), "2024-001").endswith("وشارك فيها خبراء من عدد من البلدان الأعضاء.")
    assert prose(compose(facts, "en"), "2024-001").endswith(
        "It was attended by experts from a number of member countries."
    )


def test_an_estimate_says_so():
    facts = report_of_one(participation=taking_part(2, standing="estimated"))
    assert "وشارك فيها نحو خبيرين" in prose(compose(facts, "ar"), "2024-001")
    assert "attended by about 2 experts" in prose(compose(facts, "en"), "2024-001")


def test_women_are_told_among_the_participants():
    facts = report_of_one(participation=taking_part(82, 14, women=30))
    assert "82 خبيرا، منهم 30 امرأة، من 14 بلدا عضوا." in prose(compose(facts, "ar"), "2024-001")
    assert "82 experts, 30 women among them, from 14 member countries." in prose(compose(facts, "en"), "2024-001")


@pytest.mark.parametrize(
    ("status", "as_of", "arabic", "english"),
    [
        ("held", date(2024, 11, 1), "نظم سيسرك دورة تدريبية", "SESRIC organised a training course"),
        (
            "planned",
            date(2024, 6, 1),
            "يعتزم سيسرك تنظيم دورة تدريبية",
            "SESRIC intends to organise a training course",
        ),
        (
            "planned",
            date(2024, 6, 25),
            "يعتزم سيسرك تنظيم دورة تدريبية",
            "SESRIC intends to organise a training course",
        ),
        ("planned", date(2024, 11, 1), "ولم تُسجل نتيجتها بعد", "Its outcome has not been recorded yet."),
        ("postponed", date(2024, 11, 1), "أُجلت دورة تدريبية", "was postponed"),
        ("cancelled", date(2024, 11, 1), "أُلغيت دورة تدريبية", "was cancelled"),
    ],
)
def test_tense_follows_status_and_the_day_of_the_report(status, as_of, arabic, english):
    facts = report_of_one(status=status, as_of=as_of)
    assert arabic in prose(compose(facts, "ar"), "2024-001")
    assert english in prose(compose(facts, "en"), "2024-001")


def test_a_masculine_kind_takes_masculine_words():
    facts = report_of_one(
        kind=programmes.KINDS[2], objective=Bilingual("التنسيق", "coordinate"), participation=taking_part(5)
    )
    text = prose(compose(facts, "ar"), "2024-001")
    assert "نظم سيسرك اجتماعا حول" in text
    assert "وشارك فيه 5 خبراء" in text
    assert "وهدف الاجتماع إلى التنسيق." in text


def test_an_activity_that_others_organised_is_not_claimed_by_the_organ():
    facts = report_of_one(partners=programmes.PartnersByRole(organisers=(programmes.PARTNERS[0],)))
    arabic, english = (prose(compose(facts, language), "2024-001") for language in LANGUAGES)
    assert "عُقدت دورة تدريبية حول «العنوان»، بتنظيم من وزارة التعليم الماليزية، وذلك يوم 25 يونيو 2024." in arabic
    assert "the Ministry of Education of Malaysia organised a training course on “Title” on 25 June 2024." in english


def test_the_verb_agrees_with_the_organiser_whoever_else_took_part():
    partners = programmes.PartnersByRole((programmes.PARTNERS[1],), implementers=programmes.PARTNERS[:2])
    text = prose(compose(report_of_one(status="planned", as_of=date(2024, 6, 1), partners=partners), "en"), "2024-001")
    assert "the Islamic University of Technology (IUT) intends to organise" in text


def test_the_mode_is_not_said_twice_of_a_kind_that_tells_it():
    text = prose(compose(report_of_one(kind=programmes.KINDS[1], mode="online"), "ar"), "2024-001")
    assert text.count("عبر الإنترنت") == 1


def test_the_holder_of_a_post_is_told_by_post():
    partners = programmes.PartnersByRole((programmes.ORGAN,), providers=(programmes.PARTNERS[3],))
    facts = report_of_one(partners=partners, participation=taking_part(29))
    assert "وقدم محتواها المدير العام المساعد لمؤسسة التدريب المهني" in prose(compose(facts, "ar"), "2024-001")
    assert "delivered by the Assistant Director General of the Vocational Training Corporation" in prose(
        compose(facts, "en"), "2024-001"
    )


def test_a_range_that_may_begin_a_line_is_anchored_in_arabic():
    facts = report_of_one(end=date(2024, 6, 26))
    assert "\u061c25-26 يونيو 2024" in compose(facts, "ar")
    assert "\u061c" not in compose(facts, "en")


def test_hostile_text_stays_text():
    hostile = '<script src="https://evil.example/x.js"></script>{{ 7|add:7 }}&amp;'
    html = compose(report_of_one(title=Bilingual(hostile, hostile), audience=Bilingual(hostile, hostile)), "both")
    assert "<script" not in html
    assert "&lt;script" in html


@pytest.mark.parametrize("fact", ["report.meeting.number"])
@pytest.mark.parametrize("n", [1, 2, 10, 11, 12, 19, 20, 21, 35, 40, 41, 99, 100, 101, 121])
def test_the_reader_of_these_tests_understands_ordinals(fact, n):
    from bilingual.grammar import ordinal

    assert read_value(fact, ordinal(n, "ar", gender="f"), "ar") == n
    assert read_value(fact, ordinal(n, "ar", gender="m"), "ar") == n
