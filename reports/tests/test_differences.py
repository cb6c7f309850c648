"""What a corrected edition says it changed: in both languages, complete, and never about what stayed the same."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.figures import Figures, Tally
from activities.tests.factories import count_participants, make_activity
from bilingual.text import Bilingual
from reports.assembly import assemble
from reports.differences import current_differences, differences
from reports.facts import ActivityFacts, ReportFacts, SectionFacts
from reports.tests.factories import make_edition, make_report
from reports.tests.programmes import PARTNERS, activities, report_of_one, reports, taking_part
from roadmap.tests.factories import make_programme

ONE = report_of_one(participation=taking_part(80, 14))


def sentences(before, after):
    return [(each.code, each.fact, each.sentence.ar, each.sentence.en) for each in differences(before, after)]


def with_activity(facts, **said):
    return replace(facts, items=(replace(facts.items[0], **said),))


@pytest.mark.parametrize(
    ("said", "fact", "arabic", "english"),
    [
        (
            {"participation": taking_part(82, 14)},
            "2024-001.headcount",
            "«العنوان»، عدد المشاركين: 82 بدلا من 80.",
            "“Title”, participants: 82 instead of 80.",
        ),
        (
            {"participation": taking_part(1284, 14)},
            "2024-001.headcount",
            "«العنوان»، عدد المشاركين: 1,284 بدلا من 80.",
            "“Title”, participants: 1,284 instead of 80.",
        ),
        (
            {"start": date(2024, 6, 24), "end": date(2024, 6, 26)},
            "2024-001.dates",
            "«العنوان»، التاريخ: 24-26 يونيو 2024 بدلا من 25 يونيو 2024.",
            "“Title”, dates: 24–26 June 2024 instead of 25 June 2024.",
        ),
        (
            {"venue": Bilingual("أنقرة", "Ankara")},
            "2024-001.venue",
            "«العنوان»، مكان الانعقاد: «أنقرة» (لم يُذكر من قبل).",
            "“Title”, venue: “Ankara” (not stated before).",
        ),
        (
            {"status": "cancelled"},
            "2024-001.status",
            "«العنوان»، الحالة: ملغى بدلا من منجز.",
            "“Title”, status: cancelled instead of held.",
        ),
        (
            {"title": Bilingual("عنوان أفضل", "Title")},
            "2024-001.title",
            "«عنوان أفضل»، العنوان: تغير النص العربي وحده.",
            "“Title”, title: changed in the Arabic text only.",
        ),
        (
            {"title": Bilingual("عنوان أفضل", "A better title")},
            "2024-001.title",
            "«عنوان أفضل»، العنوان: «عنوان أفضل» بدلا من «العنوان».",
            "“A better title”, title: “A better title” instead of “Title”.",
        ),
        (
            {"objective": Bilingual("بناء الخبرات", "build expertise")},
            "2024-001.objective",
            "«العنوان»، الهدف: طرأ تغيير.",
            "“Title”, objective: changed.",
        ),
        (
            {"area": 2},
            "2024-001.area",
            "«العنوان»، رقم مجال التعاون: 2 (لم يُذكر من قبل).",
            "“Title”, number of the cooperation area: 2 (not stated before).",
        ),
        (
            {"year": 2024},
            "2024-001.year",
            "«العنوان»، السنة: 2024 (لم يُذكر من قبل).",
            "“Title”, year: 2024 (not stated before).",
        ),
        (
            {"partners": replace(ONE.items[0].partners, hosts=PARTNERS[:1])},
            "2024-001.hosts",
            "«العنوان»، الجهة المضيفة: وزارة التعليم الماليزية (لم يُذكر من قبل).",
            "“Title”, hosts: Ministry of Education of Malaysia (not stated before).",
        ),
    ],
)
def test_a_changed_fact_of_an_activity_is_said_in_both_languages(said, fact, arabic, english):
    assert sentences(ONE, with_activity(ONE, **said)) == [("2024-001", fact, arabic, english)]


def test_a_figure_that_is_no_longer_known_is_said_with_what_it_was():
    found = sentences(ONE, with_activity(ONE, participation=taking_part(None, 14)))
    assert found[0] == (
        "2024-001",
        "2024-001.headcount",
        "«العنوان»، عدد المشاركين: حُذف ما ذُكر سابقا (80).",
        "“Title”, participants: no longer stated (80).",
    )
    assert [fact for _code, fact, *_said in found] == ["2024-001.headcount", "2024-001.headcount_standing"]


def test_what_is_told_now_and_what_is_no_longer_told_are_named():
    other = replace(ONE.items[0], code="2024-002", title=Bilingual("نشاط آخر", "Another"))
    assert sentences(ONE, replace(ONE, items=(other,))) == [
        ("2024-001", "2024-001", "حُذف: «العنوان».", "Left out: “Title”."),
        ("2024-002", "2024-002", "أُضيف: «نشاط آخر».", "Added: “Another”."),
    ]


def test_a_part_of_a_project_is_compared_by_itself():
    part = replace(ONE.items[0], code="2024-002", number="1.1", title=Bilingual("جزء", "Part"))
    before = with_activity(ONE, parts=(part,))
    after = with_activity(ONE, parts=(replace(part, end=date(2024, 6, 26)),))
    assert [each.fact for each in differences(before, after)] == ["2024-002.dates"]


def test_another_order_is_one_sentence_however_many_moved():
    others = [replace(ONE.items[0], code=f"2024-00{number}", number=str(number)) for number in (1, 2, 3)]
    moved = [replace(row, number=str(place)) for place, row in enumerate(reversed(others), start=1)]
    found = sentences(replace(ONE, items=tuple(others)), replace(ONE, items=tuple(moved)))
    assert found == [("report", "order", "ترتيب الأنشطة: طرأ تغيير.", "Order of the activities: changed.")]


def test_a_sum_of_the_report_is_said_beside_what_changed_it():
    figures = Figures(Tally(held=1, participations=82, reporting=1), 0, 0, None)
    before = replace(ONE, figures=replace(figures, tally=replace(figures.tally, participations=80)))
    after = replace(with_activity(ONE, participation=taking_part(82, 14)), figures=figures)
    assert [each.sentence.en for each in differences(before, after)] == [
        "“Title”, participants: 82 instead of 80.",
        "Participations: 82 instead of 80.",
    ]


def test_texts_of_sections_are_compared_by_section():
    before = replace(ONE, sections=(SectionFacts("challenges", Bilingual("تحديات", "x")), SectionFacts("figures")))
    after = replace(ONE, sections=(SectionFacts("figures"), SectionFacts("challenges", Bilingual("أخرى", "y"))))
    assert sentences(before, after) == [
        ("section", "challenges", "«التحديات»: طرأ تغيير.", "“Challenges”: changed."),
        ("report", "sections", "ترتيب الأقسام: طرأ تغيير.", "Order of the sections: changed."),
    ]
    bare = replace(ONE, sections=())
    assert [each.sentence.en for each in differences(bare, before)] == [
        "Added: “Challenges”.",
        "Added: “Key figures”.",
    ]


@given(reports())
def test_the_same_facts_have_no_difference(facts):
    assert differences(facts, ReportFacts.from_json(facts.to_json())) == ()


@given(reports(), reports())
def test_different_facts_have_a_difference_in_both_languages(before, after):
    found = differences(before, after)
    assert bool(found) == (before != after)
    for each in found:
        for sentence in (each.sentence.ar, each.sentence.en):
            assert sentence.endswith(".")
            assert "None" not in sentence
            assert "{" not in sentence
            assert "  " not in sentence


@given(st.sampled_from([field.name for field in fields(ReportFacts)]), reports(max_size=1), reports(max_size=1))
def test_no_part_of_a_report_changes_unsaid(name, before, other):
    after = replace(before, **{name: getattr(other, name)})
    assert bool(differences(before, after)) == (before != after)


PARTS = [field.name for field in fields(ActivityFacts) if field.name not in ("code", "number", "start", "end")]


@given(st.sampled_from(PARTS), activities(), activities())
def test_no_part_of_an_activity_changes_unsaid(name, before, other):
    after = replace(before, **{name: getattr(other, name)})
    assert bool(differences(replace(ONE, items=(before,)), replace(ONE, items=(after,)))) == (before != after)


@pytest.mark.django_db
def test_the_records_of_today_are_compared_with_the_edition():
    make_programme()
    activity = make_activity(title_ar="العنوان", title_en="Title")
    counts = count_participants(activity, 80)
    report = make_report(activity)
    edition = make_edition(report, activity, facts=assemble(report).to_json())
    assert current_differences(edition) == ()
    counts.headcount = 82
    counts.save()
    assert [each.sentence.en for each in current_differences(edition)] == [
        "“Title”, participants: 82 instead of 80.",
        "Participations: 82 instead of 80.",
    ]


def test_an_activity_without_a_title_is_named_by_its_code_which_stays_whole():
    untitled = with_activity(ONE, title=Bilingual("", "Title"))
    (found,) = differences(
        untitled, replace(untitled, items=(replace(untitled.items[0], participation=taking_part(82, 14)),))
    )
    assert found.sentence.ar == "«\u20662024-001\u2069»، عدد المشاركين: 82 بدلا من 80."
