"""The sections of a report: their order, what each one says, and when it is left out."""

import re
from dataclasses import replace
from datetime import date

import pytest
import segno
from bs4 import BeautifulSoup

from activities.figures import Figures, Tally
from bilingual.text import Bilingual
from reports.composition import compose
from reports.facts import (
    AreaFacts,
    AttendanceFacts,
    BeforeFacts,
    CountryFacts,
    Imprint,
    KindRow,
    MonthRow,
    PromiseFacts,
    SectionFacts,
)
from reports.tests import programmes
from reports.tests.programmes import report_of_one, taking_part
from reports.tests.reading import stated_facts, visible

LANGUAGES = ("ar", "en")
IMPRINT = Imprint(2, "K7Q2MX", date(2024, 11, 12), "https://vet.example.org/v/K7Q2MX")
BEFORE = BeforeFacts("COMCEC-39", 39, 1, 1, Figures(Tally(held=10, participations=700, reporting=10), 8, 3, None))
RESULTS = Figures(Tally(held=12, planned=1, participations=686, reporting=8, pending=4), 16, 5, None)


def section(facts, kind: str, language: str, imprint: Imprint | None = None):
    return BeautifulSoup(compose(facts, language, imprint), "html.parser").select_one(f"#{language}-{kind}")


def words(facts, kind: str, language: str, imprint: Imprint | None = None) -> str:
    """What a reader sees of a section; nothing where the report does without it."""
    found = section(facts, kind, language, imprint)
    return visible(found) if found else ""


def with_text(kind: str, text: Bilingual, **said):
    return replace(report_of_one(**said), sections=(SectionFacts(kind, text),))


def test_sections_stand_in_the_officers_order_and_the_contents_follow():
    facts = replace(
        report_of_one(), sections=tuple(SectionFacts(kind) for kind in ("summary", "method", "activities"))
    )
    soup = BeautifulSoup(compose(facts, "en"), "html.parser")
    assert [tag["id"] for tag in soup.select("article > section[id]")] == ["en-summary", "en-method", "en-activities"]
    entries = [tag["href"] for tag in soup.select(".contents a")]
    assert entries == ["#en-summary", "#en-method", "#en-activities", "#en-2024-001"]


def test_every_entry_of_the_contents_leads_somewhere():
    soup = BeautifulSoup(compose(report_of_one(), "both", IMPRINT), "html.parser")
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {tag["href"].removeprefix("#") for tag in soup.select(".contents a")} <= set(ids)


@pytest.mark.parametrize("kind", ["challenges", "recommendations", "conclusion", "annex"])
def test_a_written_section_without_a_text_is_left_out_of_body_and_contents(kind):
    empty, told = (with_text(kind, text) for text in (Bilingual(), Bilingual("نص.", "A text.")))
    assert kind not in compose(empty, "en")
    assert "A text." in words(told, kind, "en")
    assert f'href="#ar-{kind}"' in compose(told, "ar")


@pytest.mark.parametrize("kind", ["promised", "comparison", "countries", "groups", "coverage", "abbreviations"])
def test_a_computed_section_with_nothing_to_tell_is_left_out(kind):
    facts = report_of_one()
    assert words(facts, kind, "en") == ""
    assert f"#en-{kind}" not in compose(facts, "en")


def test_facts_stand_in_what_officers_wrote():
    facts = with_text("conclusion", Bilingual("انتهت {report.held:genitive}.", "{report.held} in all."))
    assert words(facts, "conclusion", "en").endswith("1 activity held in all.")
    assert stated_facts(compose(facts, "ar"), "ar")["report.held"] == {1}


# An officer's own words about an item.


def test_an_officers_words_replace_the_generated_ones():
    text = Bilingual("شارك {headcount}.", "{headcount} took part.")
    facts = report_of_one(participation=taking_part(82), override=text)
    item = BeautifulSoup(compose(facts, "en"), "html.parser").select_one("#en-2024-001 .prose")
    assert visible(item) == "82 experts took part."
    assert "SESRIC" not in str(item)


def test_words_in_one_language_leave_the_other_to_the_generated_text():
    facts = report_of_one(override=Bilingual("كلام المسؤول.", ""))
    items = [BeautifulSoup(compose(facts, each), "html.parser").select_one(".item .prose") for each in LANGUAGES]
    assert visible(items[0]) == "كلام المسؤول."
    assert "SESRIC organised" in visible(items[1])


# What was announced.


def promise(outcome: str, **said) -> PromiseFacts:
    values = {
        "start": None,
        "end": None,
        "announced_start": date(2024, 3, 4),
        "announced_end": date(2024, 3, 5),
    } | said
    return PromiseFacts("2024-901", programmes.KINDS[0], Bilingual("الوعد", "Promise"), outcome=outcome, **values)


@pytest.mark.parametrize(
    ("told", "arabic", "english"),
    [
        (
            promise("held", start=date(2024, 3, 4), end=date(2024, 3, 5)),
            "أُنجز في 4-5 مارس 2024",
            "held 4–5 March 2024",
        ),
        (
            promise("moved", start=date(2025, 1, 9), end=date(2025, 1, 9)),
            "نُقل موعده إلى 9 يناير",
            "moved to 9 January 2025",
        ),
        (
            promise("planned", start=date(2024, 12, 4), end=date(2024, 12, 5)),
            "لا يزال مبرمجا في 4-5 ديسمبر 2024",
            "still planned for 4–5 December 2024",
        ),
        (promise("moved"), "أُرجئ دون تحديد موعد جديد", "moved, new dates not set yet"),
        (promise("cancelled", reason=Bilingual("السبب.", "The reason.")), "أُلغي: السبب", "cancelled: The reason"),
        (promise("postponed"), "أُجل", "postponed"),
        (promise("unrecorded"), "لم تُسجل نتيجته بعد", "outcome not recorded yet"),
    ],
)
def test_what_became_of_an_announcement_is_said(told, arabic, english):
    facts = replace(report_of_one(), promises=(told,), before=BEFORE)
    assert arabic in words(facts, "promised", "ar")
    assert english in words(facts, "promised", "en")


@pytest.mark.parametrize(
    ("outcomes", "arabic", "english"),
    [
        (["held"], "عن نشاط مبرمج واحد، وقد أُنجز.", "1 planned activity, which took place."),
        (["held", "moved"], "عن نشاطين مبرمجين، أُنجز منهما نشاط واحد.", "of these, 1 activity took place."),
        (["held"] * 3, "عن 3 أنشطة مبرمجة، وقد أُنجزت كلها.", "3 planned activities, all of which took place."),
        (["held", "held", "moved"], "عن 3 أنشطة مبرمجة، أُنجز منها نشاطان.", "2 activities took place."),
        (["moved", "cancelled"], "عن نشاطين مبرمجين، ولم يُنجز أي منهما.", "none of which has taken place."),
        (["unrecorded"], "واحد، ولم تُسجل نتيجته بعد.", "activity, whose outcome has not been recorded yet."),
        (["moved", "unrecorded"], "مبرمجين، ولم يُسجل إنجاز أي منهما.", "none of which is recorded as held."),
        (["unrecorded"] * 3, "مبرمجة، ولم يُسجل إنجاز أي منها.", "none of which is recorded as held."),
    ],
)
def test_how_much_of_what_was_announced_was_held_is_said(outcomes, arabic, english):
    told = tuple(replace(promise(outcome), code=f"2024-90{n}") for n, outcome in enumerate(outcomes))
    facts = replace(report_of_one(), promises=told, before=BEFORE)
    assert arabic in words(facts, "promised", "ar")
    assert english in words(facts, "promised", "en")


# Figures.


def test_an_area_without_activities_is_named_with_its_reason():
    areas = (
        AreaFacts("2020-2025", 1, Bilingual("الأول", "First"), Tally(held=2)),
        AreaFacts("2020-2025", 2, Bilingual("الثاني", "Second"), Tally(), Bilingual("السبب", "The reason")),
    )
    facts = replace(report_of_one(), areas=areas, roadmaps=(programmes.ROADMAP,))
    assert "no activity: 2 Second: The reason" in words(facts, "coverage", "en")
    assert "نشاطا فيها: 2 الثاني: السبب" in words(facts, "coverage", "ar")


def test_areas_of_several_roadmaps_stand_under_each():
    new = replace(programmes.ROADMAP, code="2026-2030", short_title=Bilingual("الجديدة", "The new one"))
    areas = tuple(AreaFacts(code, 1, Bilingual("مجال", "Area"), Tally(held=1)) for code in ("2020-2025", "2026-2030"))
    facts = replace(report_of_one(), areas=areas, roadmaps=(programmes.ROADMAP, new))
    captions = [visible(tag) for tag in section(facts, "coverage", "en").select("caption")]
    assert captions == [
        "Activities by cooperation area: Roadmap 2020-2025",
        "Activities by cooperation area: The new one",
    ]


def test_a_month_without_activities_says_none_and_no_number():
    months = (MonthRow("2024-02", Tally()), MonthRow("2024-03", Tally(held=2)), MonthRow("2024-04", Tally(held=1)))
    facts = replace(report_of_one(), months=months)
    told = [visible(row) for row in section(facts, "breakdowns", "en").select("tbody tr")]
    assert told[0] == "February 2024 none"
    assert "The most activities were held in March 2024: 2 activities." in words(facts, "breakdowns", "en")
    assert "عُقد أكبر عدد من الأنشطة في مارس 2024: نشاطان." in words(facts, "breakdowns", "ar")


@pytest.mark.parametrize(
    ("held", "planned", "bars"), [(1, 0, (1, 0)), (40, 0, (20, 0)), (3, 37, (2, 18)), (0, 40, (0, 20))]
)
def test_bars_compare_with_the_longest_and_show_whatever_there_is(held, planned, bars):
    kinds = (KindRow(programmes.KINDS[0], Tally(held, planned)), KindRow(programmes.KINDS[1], Tally(40)))
    row = section(replace(report_of_one(), kinds=kinds), "breakdowns", "en").select("tbody th")[0]
    assert row.select_one(f".bar-{bars[0]}")
    assert bool(row.select_one(".bar-planned")) == bool(planned)
    assert not planned or row.select_one(f".bar-{bars[1]}.bar-planned")


# Countries.


def attendance(held: int, listed: int) -> AttendanceFacts:
    rows = (("DZA", "الجزائر", "Algeria", 1), ("MYS", "ماليزيا", "Malaysia", 2), ("TUR", "تركيا", "Türkiye", 0))
    return AttendanceFacts(held, listed, tuple(CountryFacts(code, Bilingual(ar, en), n) for code, ar, en, n in rows))


@pytest.mark.parametrize(
    ("held", "listed", "arabic", "english"),
    [
        (4, 0, "لم ترد بعد قائمة بالبلدان المشاركة", "No list of the participating countries has arrived"),
        (12, 2, "المشاركة عن نشاطين من أصل 12 نشاطا منجزا.", "for 2 activities out of 12 activities held."),
        (2, 0, "عن أي من النشاطين المنجزين، ولذلك", "for either of the activities held, so no map"),
        (1, 0, "عن النشاط المنجز، ولذلك", "for the activity held, so no map"),
        (7, 1, "وردت قائمة البلدان المشاركة عن نشاط واحد من أصل 7 أنشطة منجزة.", "exists for 1 activity out of 7"),
        (3, 3, "وردت قوائم البلدان المشاركة عن جميع الأنشطة المنجزة", "Every activity held has a list"),
        (2, 2, "وردت قائمتا البلدان المشاركة عن كلا النشاطين المنجزين", "Every activity held has a list"),
        (1, 1, "وردت قائمة البلدان المشاركة عن النشاط المنجز.", "The activity held has a list"),
    ],
)
def test_the_section_on_countries_says_for_how_many_activities_lists_exist(held, listed, arabic, english):
    facts = replace(
        report_of_one(), figures=Figures(Tally(held=held), 0, 0, None), attendance=attendance(held, listed)
    )
    if not listed:
        facts = replace(facts, attendance=AttendanceFacts(held, 0, ()))
    assert arabic in words(facts, "countries", "ar")
    assert english in words(facts, "countries", "en")
    assert bool(section(facts, "countries", "en").select_one(".tiles")) == bool(listed)


def test_the_map_is_never_mirrored_and_has_its_table_behind_it():
    facts = replace(report_of_one(), attendance=attendance(3, 3))
    found = section(facts, "countries", "ar")
    tiles = found.select_one("table.tiles")
    assert tiles["dir"] == "ltr"
    assert {tag.get_text(): tag["class"] for tag in tiles.select("td[class]")} == {
        "TUR": ["tile-0"],
        "DZA": ["tile-2"],
        "MYS": ["tile-3"],
    }
    assert [visible(row) for row in found.select(".countries tbody tr")] == ["ماليزيا 2", "الجزائر 1"]


# Compared with the last report.


@pytest.mark.parametrize(
    ("held", "arabic", "english"),
    [
        (12, "ارتفع عدد الأنشطة المنجزة من 10 إلى 12", "the number of activities held rose from 10 to 12"),
        (7, "انخفض عدد الأنشطة المنجزة من 10 إلى 7", "the number of activities held fell from 10 to 7"),
        (10, "بقي عدد الأنشطة المنجزة على حاله (10)", "the number of activities held stayed at 10"),
    ],
)
def test_the_main_figures_are_compared_in_words(held, arabic, english):
    results = replace(RESULTS, tally=replace(RESULTS.tally, held=held))
    facts = replace(report_of_one(), figures=results, before=BEFORE)
    assert arabic in words(facts, "comparison", "ar")
    assert english in words(facts, "comparison", "en")
    assert "from 700 to 686" in words(facts, "comparison", "en")


def test_an_unknown_sum_is_not_compared():
    before = replace(BEFORE, figures=replace(BEFORE.figures, tally=Tally(held=10)))
    facts = replace(report_of_one(), figures=RESULTS, before=before)
    assert "participations reported" not in words(facts, "comparison", "en").partition("Main figures")[0]
    assert "not stated" in words(facts, "comparison", "en")


def test_reports_that_count_differently_are_not_compared():
    facts = replace(report_of_one(), before=replace(BEFORE, counting=0))
    assert words(facts, "comparison", "en") == ""


# The two lists.


def test_the_two_lists_hold_what_was_held_or_is_planned_and_the_rest_stands_apart():
    base = report_of_one(group="B").items[0]
    others = [
        replace(base, code=f"2024-00{n}", number=str(n), group=group, status=status)
        for n, (group, status) in enumerate([("A", "planned"), ("", "held"), ("A", "cancelled")], start=2)
    ]
    found = section(replace(report_of_one(), items=(base, *others)), "groups", "en")
    tables = found.select("table")
    assert [visible(table.caption).partition(":")[0] for table in tables] == ["Group A", "Group B", "In neither group"]
    assert [[visible(cell) for cell in table.select("tbody td:first-child")] for table in tables] == [
        ["2"],
        ["1"],
        ["3"],
    ]


# The imprint.


def test_a_draft_says_so_and_an_edition_says_which_one():
    draft, edition = (compose(report_of_one(), "en", imprint) for imprint in (None, IMPRINT))
    assert "Draft for review" in draft
    assert "About this edition" not in draft
    assert "Draft for review" not in edition
    assert stated_facts(edition, "en")["imprint.number"] == {2}
    assert stated_facts(edition, "en")["imprint.as_of"] == {"2024-11-12"}


def test_a_corrected_edition_lists_what_changed():
    changes = (Bilingual("تغير العدد من 80 إلى 82.", "The figure changed from 80 to 82."),)
    imprint = replace(IMPRINT, corrects=1, changes=changes)
    assert "correcting edition 1" in words(report_of_one(), "colophon", "en", imprint)
    assert "The figure changed from 80 to 82" in words(report_of_one(), "colophon", "en", imprint)
    assert "تصحيحا للإصدار 1" in words(report_of_one(), "colophon", "ar", imprint)


def test_the_code_in_the_colophon_is_that_of_the_verification_page():
    drawing = section(report_of_one(), "colophon", "ar", IMPRINT).select_one("svg")
    dark = {
        (int(x) + step - 2, int(y) - 2)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawing.path["d"])
        for step in range(int(length))
    }
    expected = segno.make(IMPRINT.address, error="m", micro=False).matrix
    assert dark == {(x, y) for y, row in enumerate(expected) for x, module in enumerate(row) if module}
    assert drawing.title.get_text()


def test_a_hostile_address_stays_text():
    imprint = replace(IMPRINT, address='https://x.example/"><script>alert(1)</script>', code="<b>")
    assert "<script" not in compose(report_of_one(), "both", imprint)


@pytest.mark.parametrize(
    ("language", "between", "own"),
    [
        ("ar", "من اليوم التالي لاختتام الدورة التاسعة والثلاثين", "ويُقدَّم إلى الدورة الأربعين للكومسيك"),
        ("en", "from the day after the close of the 39th Session", "and is submitted to the 40th Session of COMCEC"),
    ],
)
def test_a_period_of_its_own_is_not_said_to_lie_between_the_sessions(language, between, own):
    usual = report_of_one()
    other = replace(usual, start=date(2024, 1, 1))
    said = [words(facts, "introduction", language) for facts in (usual, other)]
    assert [between in each for each in said] == [True, False]
    assert [own in each for each in said] == [False, True]
