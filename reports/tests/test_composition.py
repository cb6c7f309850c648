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


# What no text of a report may hold. Nouns of people and countries follow a number other than zero.
_TORN = r"  |\(\s*\)|\[\s*\]|«\s*»|“\s*”|[(«“] | [)»”]| [،.,؛;:]|[،,] ?[،,.]|\.\.|None|\bnan\b|[{}]"
_NOUGHT = r"(?<![\d,])0 (?:part|exp|offi|member|مشا|خبي|مسؤ|بلد)|(?:no|لا) (?:part|exp|مشا|خبر)"
_TWICE = r"(?<!\w)(و|أو|من|في|إلى|عن|مع|على|حول|and|or|from|by|of|in|on|to|with|the|an?) \1(?!\w)"
_AT_AN_END = r"(?<!\w)(و|من|في|مع|إلى|عن|حول|and|or|on|from|by|of|with|in) ?(?:[.،,؛;:)]|$)"
_NOT_ARABIC = r"[,;?]|[٠-٩]|[۰-۹]|ًا|اً"  # Latin punctuation, digits of the East, tanwin on an alef


def torn(html: str) -> list[str]:
    """The texts of a document in which something is torn: an empty bracket, a stray conjunction, nobody counted."""
    found = []
    for tag in BeautifulSoup(html, "html.parser").select("p, li, th, td, caption, figcaption, h1, h2, h3, h4"):
        text = _INVISIBLE.sub("", tag.get_text())
        # The label of a row, and what no fact changes, may end in “of”: “As of”.
        may_end = tag.get("scope") == "row" or "data-fixed" in tag.attrs
        if re.search("|".join((_TORN, _NOUGHT, _TWICE, *([] if may_end else [_AT_AN_END]))), text):
            found.append(text)
    return found


def unfinished(html: str, language: str) -> list[str]:
    """The paragraphs of a document that do not begin and end as sentences do."""
    paragraphs = BeautifulSoup(html, "html.parser").select(".prose p:not([data-fixed])")
    texts = [paragraph.get_text() for paragraph in paragraphs]
    begun = "[A-Z]" if language == "en" else "[\u0621-\u064a]"
    return [text for text in texts if not re.fullmatch(rf"{begun}.*\.", text) or re.search(r"\. [a-z]", text)]


def borrowed(html: str, language: str) -> set[str]:
    """What a document has of the other language outside facts, names and acronyms."""
    text = unmarked_text(html)
    if language == "en":
        return set(re.findall("[\u0600-\u06ff]+", text))
    return set(re.findall("[A-Za-z]{2,}", text)) - {"QR"} | set(re.findall(_NOT_ARABIC, text))


@thorough
@given(facts=programmes.reports(), imprint=st.none() | programmes.imprints())
def test_no_sentence_heading_cell_or_list_entry_is_torn(facts, imprint):
    for language in LANGUAGES:
        html = compose(facts, language, imprint)
        assert torn(html) == []
        assert unfinished(html, language) == []


@thorough
@given(facts=programmes.reports(), imprint=st.none() | programmes.imprints())
def test_each_language_keeps_to_its_own_words(facts, imprint):
    assert [borrowed(compose(facts, language, imprint), language) for language in LANGUAGES] == [set(), set()]


@settings(thorough, max_examples=4)
@given(facts=programmes.reports(min_size=20, max_size=60), imprint=st.none() | programmes.imprints())
def test_a_large_report_keeps_to_all_of_this(facts, imprint):
    documents = {language: compose(facts, language, imprint) for language in LANGUAGES}
    arabic, english = (stated_facts(html, language) for language, html in documents.items())
    assert arabic == english
    for language, html in documents.items():
        assert torn(html) == []
        assert unfinished(html, language) == []
        assert borrowed(html, language) == set()


@pytest.mark.parametrize(
    "text",
    [
        "a  b",
        "held in (), and",
        "organised by , and",
        "from 0 participants",
        "بمشاركة 0 مشارك",
        "وحضره من من البلدان",
        "led by None",
        "and with and",
        "نظم سيسرك و.",
        "in collaboration with",
    ],
)
def test_what_is_torn_is_seen(text):
    assert torn(f"<p>{text}</p>")


def test_what_is_borrowed_is_seen():
    page = "<head></head><p>{}</p>"
    assert borrowed(page.format("نظم training الدورة, يوم ٣ أيضاً"), "ar") == {"training", ",", "٣", "اً"}
    assert borrowed(page.format("SESRIC نظم a course"), "en") == {"نظم"}


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


@pytest.mark.parametrize(("n", "arabic"), [(1, "وحضرها خبير واحد"), (2, "وحضرها خبيران"), (82, "وحضرها 82 خبيرا")])
def test_the_subject_of_a_sentence_is_nominative(n, arabic):
    assert arabic in prose(compose(report_of_one(participation=taking_part(n)), "ar"), "2024-001")


def test_unknown_figures_read_naturally_and_never_as_zero():
    facts = report_of_one(participation=taking_part())
    assert prose(compose(facts, "ar"), "2024-001").endswith("وحضرها خبراء من عدد من البلدان الأعضاء.")
    assert prose(compose(facts, "en"), "2024-001").endswith(
        "It was attended by experts from a number of member countries."
    )


def test_an_estimate_says_so():
    facts = report_of_one(participation=taking_part(2, standing="estimated"))
    assert "وحضرها نحو خبيرين" in prose(compose(facts, "ar"), "2024-001")
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_what_was_not_held_has_no_participants(status, language):
    facts = report_of_one(status=status, participation=taking_part(82, 14))
    read = stated_facts(compose(facts, language), language)
    assert not {"2024-001.headcount", "2024-001.countries"} & read.keys()


def test_those_who_collaborated_stand_with_the_organiser_in_english():
    partners = programmes.PartnersByRole((programmes.ORGAN,), programmes.PARTNERS[:1])
    text = prose(compose(report_of_one(status="cancelled", partners=partners), "en"), "2024-001")
    assert "organised by SESRIC, in collaboration with the Ministry of Education of Malaysia, was cancelled." in text


def test_a_masculine_kind_takes_masculine_words():
    facts = report_of_one(
        kind=programmes.KINDS[2], objective=Bilingual("التنسيق", "coordinate"), participation=taking_part(5)
    )
    text = prose(compose(facts, "ar"), "2024-001")
    assert "نظم سيسرك اجتماعا حول" in text
    assert "وحضره 5 خبراء" in text
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


@pytest.mark.parametrize(
    ("kind", "arabic", "english"),
    [
        (programmes.PROJECT, "ويتناول المشروع الحوكمة.", "The project covers governance."),
        (programmes.CAMPAIGN, "وتتناول الحملة الحوكمة.", "The campaign covers governance."),
    ],
)
def test_what_a_project_deals_with_is_told_with_nothing_else_known(kind, arabic, english):
    facts = report_of_one(kind=kind, status="", start=None, end=None, topics=Bilingual("الحوكمة", "governance"))
    assert prose(compose(facts, "ar"), "2024-001").endswith(arabic)
    assert prose(compose(facts, "en"), "2024-001").endswith(english)


def test_a_project_of_a_feminine_kind_takes_feminine_words():
    part = report_of_one(number="1.1", code="2024-0011").items[0]
    objective, audience = Bilingual("نشر الوعي", "raise awareness"), Bilingual("الشباب", "young people")
    known = {"kind": programmes.CAMPAIGN, "status": "", "start": None, "end": None, "parts": (part,)}
    aimed = prose(compose(report_of_one(**known, objective=objective), "ar"), "2024-001")
    meant = prose(compose(report_of_one(**known, audience=audience), "ar"), "2024-001")
    assert aimed.endswith("وتضم الحملة نشاطا فرعيا واحدا. وهدفت إلى نشر الوعي.")
    assert meant.endswith("وقد أُعدت لصالح الشباب.")
