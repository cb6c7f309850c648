"""Facts within the texts that officers write."""

import re
from datetime import date

import pytest

from bilingual.text import Bilingual
from reports.placeholders import Problem, ProblemKind, offered, problems, render_text
from reports.tests import programmes
from reports.tests.programmes import report_of_one, taking_part

FACTS = report_of_one(
    end=date(2024, 6, 26), participation=taking_part(82, 14, noun=programmes.MIXED), roadmap=programmes.ROADMAP, area=2
)
ITEM = FACTS.items[0]


def shown(text: str, language: str, item=ITEM, facts=FACTS) -> str:
    return re.sub("<[^>]+>", "", render_text(text, facts, language, item))


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [
        ("{headcount}", "82 خبيرا ومسؤولا تنفيذيا", "82 experts and executives"),
        ("{headcount:digits}", "82", "82"),
        ("{countries:genitive}", "14 بلدا عضوا", "14 member countries"),
        ("{dates}", "25-26 يونيو 2024", "25–26 June 2024"),
        ("{dates:when}", "خلال الفترة 25-26 يونيو 2024", "during the period 25–26 June 2024"),
        ("{area}", "2", "2"),
        ("{2024-001.headcount:digits}", "82", "82"),
        ("{report.held}", "نشاط منجز واحد", "1 activity held"),
        ("{report.held:accusative}", "نشاطا منجزا واحدا", "1 activity held"),
        ("{report.meeting.number}", "الأربعون", "40th"),
        ("{report.meeting.number:genitive}", "الأربعين", "40th"),
        ("{report.as_of}", "1 نوفمبر 2024", "1 November 2024"),
        ("{ headcount : digits }", "82", "82"),
    ],
)
def test_a_placeholder_reads_as_its_fact_in_each_language(text, arabic, english):
    assert (shown(text, "ar"), shown(text, "en")) == (arabic, english)


def test_the_fact_is_marked_within_the_text():
    assert render_text("We met {countries}.", FACTS, "en", ITEM) == (
        '<p data-fixed>We met <span data-fact="2024-001.countries">14 member countries</span>.</p>'
    )


def test_an_estimate_says_so_wherever_it_is_inserted():
    facts = report_of_one(participation=taking_part(2, standing="estimated"))
    assert shown("{headcount}", "ar", facts.items[0], facts) == "نحو خبيرين"
    assert shown("{headcount:digits}", "en", facts.items[0], facts) == "about 2"


def test_an_empty_line_parts_paragraphs_and_an_empty_text_is_empty():
    assert render_text("One.\n\nTwo\nlines.", FACTS, "en") == "<p data-fixed>One.</p>\n<p data-fixed>Two lines.</p>"
    assert render_text("", FACTS, "en") == ""


def test_what_is_not_known_yet_reads_so_and_leaves_no_hole():
    facts = report_of_one(participation=taking_part())
    assert shown("With {headcount}.", "en", facts.items[0], facts) == "With [figures pending]."
    assert shown("{headcount}", "ar", facts.items[0], facts) == "[الأعداد قيد الانتظار]"


@pytest.mark.parametrize("text", ["{nonsense}", "{headcount:plural}", "{}", "{{7|add:7}}", "{a b}", "{", "}{"])
def test_what_means_nothing_stays_as_it_was_typed(text):
    assert text in shown(text, "en")


def test_hostile_text_stays_text():
    html = render_text("<script>{headcount}</script>{<img src=x>}", FACTS, "en", ITEM)
    assert "<script" not in html
    assert "<img" not in html
    assert "82 experts" in html


# What is wrong with a text.


@pytest.mark.parametrize(
    ("arabic", "english", "found"),
    [
        ("شارك {headcount} {dates:when}.", "{headcount} took part {dates:when}.", []),
        ("شارك {headcount:genitive}.", "{headcount} took part.", []),
        ("شارك {headcount} و{headcount:digits}.", "{headcount} took part.", []),
        ("بلا أرقام.", "Without figures.", []),
        ("وفقا لخارطة الطريق 2020-2025.", "Under the Roadmap 2020-2025.", []),
        ("شارك {people}.", "", [(ProblemKind.UNKNOWN, "ar", "{people}")]),
        ("شارك {headcount:plural}.", "", [(ProblemKind.UNKNOWN, "ar", "{headcount:plural}")]),
        ("", "{2099-001.headcount} came.", [(ProblemKind.UNKNOWN, "en", "{2099-001.headcount}")]),
        ("", "Under call {call}.", [(ProblemKind.AWAITED, "en", "{call}")]),
        ("", "{women} of them.", [(ProblemKind.AWAITED, "en", "{women}")]),
        ("شارك 82 خبيرا.", "", [(ProblemKind.DIGIT, "ar", "82")]),
        ("شارك ٨٢ خبيرا و۷ مدربين.", "", [(ProblemKind.DIGIT, "ar", "٨٢"), (ProblemKind.DIGIT, "ar", "۷")]),
        ("", "1,284 people on 25-26 June.", [(ProblemKind.DIGIT, "en", "1,284"), (ProblemKind.DIGIT, "en", "25-26")]),
        ("", "With {headcount people.", [(ProblemKind.BRACE, "en", "{headcount}")]),
        ("", "{{headcount}}", [(ProblemKind.BRACE, "en", "{headcount}")]),
        ("شارك {headcount}.", "They took part.", [(ProblemKind.MISMATCH, "en", "{headcount}")]),
        ("شاركوا.", "{headcount} took part.", [(ProblemKind.MISMATCH, "ar", "{headcount}")]),
        ("شارك {2024-001.headcount}.", "{headcount} took part.", []),
    ],
)
def test_the_problems_of_a_text_are_named(arabic, english, found):
    assert problems(Bilingual(arabic, english), FACTS, ITEM) == [Problem(*each) for each in found]


def test_a_short_name_is_a_fact_of_the_item_alone():
    assert problems(Bilingual("{headcount}", ""), FACTS) == [Problem(ProblemKind.UNKNOWN, "ar", "{headcount}")]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_problem_says_in_one_sentence_what_stands_there(language):
    from django.utils import translation

    with translation.override(language):
        for kind in ProblemKind:
            message = Problem(kind, "ar", "{headcount}").message
            assert "{headcount}" in message
            assert message.endswith(".")


# What the desk offers.


def test_what_is_offered_is_what_can_be_filled_the_item_first():
    rows = offered(FACTS, ITEM)
    assert rows[0] == ("{number}", "1", "1")
    assert ("{headcount}", "82 خبيرا ومسؤولا تنفيذيا", "82 experts and executives") in rows
    assert ("{report.held}", "نشاط منجز واحد", "1 activity held") in rows
    assert all(shown(placeholder, "ar") == arabic for placeholder, arabic, _english in rows)
    text = " ".join(placeholder for placeholder, _arabic, _english in rows)
    assert problems(Bilingual(text, text), FACTS, ITEM) == []


def test_without_an_item_everything_is_offered_by_its_id():
    assert "{2024-001.headcount}" in [placeholder for placeholder, _arabic, _english in offered(FACTS)]
