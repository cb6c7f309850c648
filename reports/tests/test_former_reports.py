"""Reading former reports: what our own portal prints comes back, intact and damaged."""

import io
import json
from datetime import date
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, ActivityKind
from reports.former.days import find_days
from reports.former.extraction import read_file
from reports.former.items import part_into_items
from reports.former.ligatures import turn_ligatures
from reports.former.proposals import Proposal
from reports.former.reading import read_proposals
from reports.former.skeletons import Skeleton
from reports.former.vocabulary import Vocabulary, load_vocabulary
from reports.tests import damage
from reports.tests.former import LANGUAGES, read, told

pytestmark = pytest.mark.django_db


def without_titles(rows: dict[str, dict]) -> dict[str, dict]:
    return {number: {**row, "title": None} for number, row in rows.items()}


# What our own reports say.


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_ours_is_read_back_from_its_text(language):
    assert read(told().texts[language], language) == told().stated[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_ours_is_read_back_from_its_pdf(language):
    proposals = read_file(told().pdfs[language], language, told().vocabulary)
    found = {each.number: {name: each.value(name) for name in told().stated[language]["1"]} for each in proposals}
    assert found == told().stated[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_partners_are_read_with_their_roles(language):
    proposals = read_proposals([told().texts[language]], language, told().vocabulary)
    found = {each.number: {(partner.role, partner.code) for partner, _ in each.partners} for each in proposals}
    assert found["2"] == {
        ("organiser", "sesric"),
        ("co_organiser", "isdb"),
        ("content_provider", "turkiye-national-education"),
        ("content_provider", "turkiye-industry-technology"),
        ("content_provider", "tobb"),
    }
    assert found["10"] == {("implementer", "sesric"), ("funder", "comcec-project-funding")}
    assert ("funder", "comcec-project-funding") in found["10.1"]


def test_a_post_is_read_beside_its_institution():
    proposals = read_proposals([told().texts["en"]], "en", told().vocabulary)
    partners = {each.number: each.partners for each in proposals}["4"]
    assert [(p.code, p.post) for p, _ in partners if p.role == "content_provider"] == [
        ("jordan-vtc", "Assistant Director General")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_value_carries_its_passage_and_a_confidence(language):
    for proposal in read_proposals([told().texts[language]], language, told().vocabulary):
        readings = [*proposal.readings.values(), *(reading for _, reading in proposal.partners)]
        assert all(reading.passage for reading in readings)
        assert all(0 < reading.confidence <= 1 for reading in readings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_survives_json(language):
    proposals = read_proposals([told().texts[language]], language, told().vocabulary)
    assert [Proposal.from_row(json.loads(json.dumps(each.to_row()))) for each in proposals] == proposals


def test_the_vocabulary_survives_json():
    vocabulary = told().vocabulary
    assert Vocabulary.from_row(json.loads(json.dumps(vocabulary.to_row()))) == vocabulary


# Damaged texts.

HARMLESS_TO_TITLES = (
    damage.mirrored_brackets,
    damage.missing_quotes,
    damage.other_digits,
    damage.persian_letters,
    damage.presentation_forms,
    damage.reversed_ranges,
    damage.wrapped_anew,
    damage.dropped_spaces_at_numbers,
)
HARMFUL_TO_TITLES = (damage.split_letters, damage.joined_words, damage.shifted_latin, damage.runs_from_left_to_right)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoil", HARMLESS_TO_TITLES, ids=lambda each: each.__name__)
def test_everything_is_read_from_a_text_whose_words_are_whole(spoil, language):
    spoilt = spoil(told().texts[language], language, Random(3))  # noqa: S311 -- the same on every run
    assert spoilt != told().texts[language] or language == "en"
    assert read(spoilt, language) == told().stated[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoil", HARMFUL_TO_TITLES, ids=lambda each: each.__name__)
def test_numbers_and_days_are_read_from_a_text_whose_words_are_not_whole(spoil, language):
    spoilt = spoil(told().texts[language], language, Random(3))  # noqa: S311 -- the same on every run
    assert without_titles(read(spoilt, language)) == without_titles(told().stated[language])


@pytest.mark.parametrize("spoil", [damage.reversed_letters, damage.reversed_words], ids=lambda each: each.__name__)
def test_lines_in_the_order_of_the_page_are_turned(spoil):
    spoilt = spoil(told().texts["ar"], "ar", Random(3))  # noqa: S311 -- the same on every run
    wanted, found = told().stated["ar"], read(spoilt, "ar")
    right = [number for number in wanted if found.get(number, {}).get("dates") == wanted[number]["dates"]]
    assert len(right) >= 0.9 * len(wanted)


def test_a_title_that_lost_letters_in_two_places_is_whole_again():
    text = (
        "1. Workshop on “The Repar of Wooden Boats”\n"
        "SESRIC organised a workshop on “The Repair of Wooen Boats” on 25 June 2024.\n"
    )
    (proposal,) = read_proposals([text], "en", told().vocabulary)
    assert proposal.value("title") == "The Repair of Wooden Boats"


def test_ligatures_are_turned_only_where_a_document_turns_them():
    turned = ["األعمال واإلسالمي", "الإدارة".replace("الإ", "اإل"), "مجاالت الطالب"]
    upright = ["الأعمال والإسلامي", "الإدارة", "مجالات"]
    assert " ".join(turn_ligatures(turned, told().vocabulary)).startswith(" ".join(upright))
    assert turn_ligatures(["الأعمال", "طالب"], told().vocabulary) == ["الأعمال", "طالب"]


# Days.


@pytest.mark.parametrize(
    ("language", "said", "first", "last"),
    [
        ("ar", "يوم 25 يونيو 2024", "2024-06-25", "2024-06-25"),
        ("ar", "خلال فترة 28-27 ديسمبر 2023", "2023-12-27", "2023-12-28"),
        ("ar", "خلال فترة 27-28 ديسمبر 2023", "2023-12-27", "2023-12-28"),
        ("ar", "-09 10 يناير 2024", "2024-01-09", "2024-01-10"),
        ("ar", "من 30 ديسمبر 2023 إلى 2 يناير 2024", "2023-12-30", "2024-01-02"),
        ("ar", "من 30 ديسمبر إلى 2 يناير 2024", "2023-12-30", "2024-01-02"),
        ("ar", "يومي 19 و20 كانون الأول 2019", "2019-12-19", "2019-12-20"),
        ("ar", "2023ديسمبر 28-27", "2023-12-27", "2023-12-28"),
        ("en", "on 25 June 2024", "2024-06-25", "2024-06-25"),
        ("en", "from 30 October to 2 November 2024", "2024-10-30", "2024-11-02"),
        ("en", "during the period 9th–10th of January 2024", "2024-01-09", "2024-01-10"),
        ("en", "June 25-27, 2024", "2024-06-25", "2024-06-27"),
        ("en", "on 2024-06-25", "2024-06-25", "2024-06-25"),
    ],
)
def test_days_are_found_however_they_are_written(language, said, first, last):
    found = find_days(Skeleton.of(said), language)
    assert [(str(days.first), str(days.last)) for days in found] == [(first, last)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "لفترة 2020-2025"),
        ("ar", "31 فبراير 2024"),
        ("ar", "في مايو"),
        ("en", "in May 2024"),
        ("en", "82 experts"),
    ],
)
def test_no_day_is_invented(language, said):
    assert find_days(Skeleton.of(said), language) == []


# What is not there is absent.


def test_what_a_report_does_not_say_is_absent():
    text = (
        "1. Webinar on “Rope Making”\n"
        "SESRIC organised a webinar on “Rope Making” for the benefit of experts from a number of OIC countries.\n"
        "Among the 57 pages of its handbook are examples of ropes made in 2024.\n"
    )
    (proposal,) = read_proposals([text], "en", told().vocabulary)
    assert sorted(proposal.readings) == ["kind", "label", "mode", "profile", "status", "title"]
    assert proposal.value("profile") == "experts"


def test_a_named_list_of_countries_is_read():
    text = (
        "1. Workshop on “Rope Making”\n"
        "SESRIC organised a workshop on “Rope Making” on 25 June 2024.\n"
        "It was attended by 12 experts from Türkiye, Morocco, Côte d'Ivoire and Bangladesh.\n"
    )
    (proposal,) = read_proposals([text], "en", told().vocabulary)
    assert proposal.value("country_list") == ["TUR", "MAR", "CIV", "BGD"]
    assert "countries" not in proposal.readings


def test_an_institution_that_is_not_known_keeps_its_name():
    text = (
        "1. Workshop on “Rope Making”\n"
        "SESRIC organised, in collaboration with the National Rope Agency of Somewhere, a workshop on “Rope Making” "
        "on 25 June 2024.\n"
    )
    (proposal,) = read_proposals([text], "en", told().vocabulary)
    found = [(p.role, p.name, p.code) for p, _ in proposal.partners if p.role == "co_organiser"]
    assert found == [("co_organiser", "National Rope Agency of Somewhere", "")]


def test_headings_of_a_table_of_contents_open_no_items():
    entries = "".join(f"{n}. Webinar on “Subject {n}” {n + 3}\n" for n in range(1, 4))
    told_items = "".join(
        f"{n}. Webinar on “Subject {n}”\nSESRIC organised a webinar on “Subject {n}” on {n} June 2024.\n" * 1
        + "It was well attended.\nIt ended well.\nIt was praised.\nIt is remembered.\n"
        for n in range(1, 4)
    )
    proposals = read_proposals([entries + told_items], "en", told().vocabulary)
    assert [(each.number, each.value("dates")) for each in proposals] == [
        (str(n), [f"2024-06-0{n}", f"2024-06-0{n}"]) for n in range(1, 4)
    ]


def test_a_portal_that_knows_nothing_reads_nothing():
    empty = Vocabulary((), (), (), (), (), "", (), ())
    assert read_proposals([told().texts["en"]], "en", empty) == []
    assert part_into_items(["1. Webinar on “A”"], empty, "ar") == []


# The command.


@pytest.fixture
def portal():
    call_command("load_demo_data", stdout=io.StringIO())


def test_the_command_prints_and_writes_what_it_reads(portal, tmp_path):
    source, target = tmp_path / "report.txt", tmp_path / "proposals.json"
    source.write_text(told().texts["en"], encoding="utf-8")
    before, said = Activity.objects.count(), io.StringIO()
    call_command("read_report", str(source), language="en", json=str(target), stdout=said)
    rows = json.loads(target.read_text(encoding="utf-8"))["activities"]
    first = rows[0]
    assert {
        name: first[name] for name in ("number", "kind", "mode", "start_date", "end_date", "participants_total")
    } == {
        "number": "1",
        "kind": "training_workshop",
        "mode": "online",
        "start_date": "2023-12-27",
        "end_date": "2023-12-28",
        "participants_total": 82,
    }
    assert first["cooperation_area"] is None
    assert first["partners"][1]["roles"] == ["co_organiser", "content_provider"]
    assert "82 experts and executives" in said.getvalue()
    assert Activity.objects.count() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"language": "fr"}, "There is no language"),
        ({"language": "en"}, "cannot be read"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, said, tmp_path):
    with pytest.raises(CommandError, match=said):
        call_command("read_report", str(tmp_path / "missing.txt"), **arguments)


def test_the_vocabulary_costs_the_same_for_many_rows(portal):
    with CaptureQueriesContext(connection) as few:
        load_vocabulary()
    for number in range(30):
        ActivityKind.objects.create(code=f"kind-{number}", name_ar=f"نوع {number}", name_en=f"Kind {number}")
    with CaptureQueriesContext(connection) as many:
        load_vocabulary()
    assert len(many) == len(few)


def test_days_across_years_are_dated_by_the_year_that_is_said():
    (days,) = find_days(Skeleton.of("30 December - 2 January 2024"), "en")
    assert (days.first, days.last) == (date(2023, 12, 30), date(2024, 1, 2))
