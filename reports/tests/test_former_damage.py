"""The rules that mend the text of former reports, one by one, each on a text of its own."""

from random import Random

import pytest

from bilingual.text import Bilingual
from reports.former.furniture import without_furniture
from reports.former.glyphs import clean, turn_letters
from reports.former.linebreaks import join_cut_words
from reports.former.passages import part_lines
from reports.former.reading import read_proposals
from reports.former.spacing import close_up
from reports.former.tornnames import torn_names
from reports.former.unknowns import name_unknowns
from reports.former.vocabulary import KindWords, Named, Vocabulary
from reports.tests import once_unseen_damage
from reports.tests.former import LANGUAGES, read, told

pytestmark = pytest.mark.django_db


def knowing(*texts: str) -> Vocabulary:
    """A vocabulary of two kinds and of the words of these texts."""
    kinds = (
        KindWords("workshop", Bilingual("ورشة عمل", "workshop"), ("ورشهعمل", "workshop")),
        KindWords("course", Bilingual("دورة تدريبية", "training course"), ("دورهتدريبيه", "trainingcourse")),
    )
    return Vocabulary(kinds, (), (), (), (), "", (), texts)


# Whole reports.

MENDED = (
    once_unseen_damage.hyphenated_at_line_ends,
    once_unseen_damage.letters_set_apart,
    once_unseen_damage.running_words_between,
    once_unseen_damage.unknown_marks,
    once_unseen_damage.whole_lines_reversed,
    once_unseen_damage.one_line,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoil", MENDED, ids=lambda each: each.__name__)
def test_everything_but_marks_in_titles_comes_back(spoil, language):
    text = spoil(told().texts[language], language, Random(3))  # noqa: S311 -- the same on every run
    found, stated = read(text, language), told().stated[language]
    assert found.keys() == stated.keys()
    for number, row in stated.items():
        assert {**found[number], "title": None} == {**row, "title": None}
        assert letters(found[number]["title"]) == letters(row["title"])


def letters(title: str) -> str:
    return "".join(letter for letter in title if letter.isalnum())


# Words that line ends have cut.


def test_a_word_behind_a_hyphen_is_whole_on_its_first_line():
    assert join_cut_words(["a course on wel-", "ding for all"], knowing("welding")) == [
        "a course on welding",
        "for all",
    ]


@pytest.mark.parametrize("second", ["quality work", "Quality work"])
def test_a_hyphen_that_belongs_to_the_word_stays(second):
    assert join_cut_words(["of high-", second], knowing("high quality"))[0] == f"of high-{second.split()[0]}"


def test_a_word_cut_without_a_sign_is_whole_where_only_so_it_is_known():
    lines = ["في مجال التد", "ريب المهني"]
    assert join_cut_words(lines, knowing("التدريب")) == ["في مجال التدريب", "المهني"]
    assert join_cut_words(lines, knowing("المهني")) == lines


def test_two_words_stay_two_though_they_make_a_third():
    lines = ["we met in", "form of a panel"]
    assert join_cut_words(lines, knowing("in form inform")) == lines


def test_unknown_halves_are_joined_only_in_a_document_whose_words_are_cut():
    once = ["about hydro", "ponics and more"]
    assert join_cut_words(once, knowing()) == once
    cut = ["the tra", "ining of the tea", "chers of the scho", "ols is", *once]
    assert "about hydroponics" in join_cut_words(cut, knowing("training teachers schools the of is"))


def test_a_chain_of_cut_words_ends():
    lines = ["ab-"] * 5000
    assert max(map(len, join_cut_words(lines, knowing()))) <= 41


# Signs without a letter.


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("12\ufffd14 March 2024", "12–14 March 2024"),
        ("30 May \ufffd 2 June 2024", "30 May – 2 June 2024"),
        ("on \ufffdSkills and Jobs\ufffd", 'on "Skills and Jobs"'),
        ("co\ufffd\ufffdee", "co\ufffd\ufffdee".replace("\ufffd", "ti")),
        ("coopera\ufffdon area", "cooperation area"),
        ("Coopera\ufffdon", "Cooperation"),
        ("\ufffdnancing skills", "financing skills"),
        ("the \ufffdnal o\ufffdcer", "the final officer"),
        ("cer\ufffd\ufffdca\ufffdon", "certification"),
        ("programme\ufffds aims", "programme’s aims"),
        ("حول \ufffdالتدريب\ufffd", 'حول "التدريب"'),
    ],
)
def test_an_unknown_sign_is_what_it_must_have_been(said, meant):
    known = knowing("cooperation financing final officer certification skills and jobs programme")
    assert name_unknowns([said], known) == [meant]


# Running titles and page numbers.


def test_the_number_of_a_page_and_the_title_beside_it_go_wherever_they_stand():
    page = ["one", "Annual report", "Page 1 of 20", "two", "Annual report", "Page 2 of 20", "three"]
    page += ["Annual report", "Page 3 of 20", "four"]
    assert without_furniture([page]) == [["one", "two", "three", "four"]]


def test_words_that_pages_begin_with_and_end_in_go_where_lines_run_on():
    bodies = [[" ".join([craft] * 7), " ".join([craft] * 9)] for craft in ("welding", "farming", "weaving", "pottery")]
    pages = [
        [f"Annual report of the centre {first}", f"{last} Draft of May Page {number} of 4"]
        for number, (first, last) in enumerate(bodies, start=1)
    ]
    assert without_furniture(pages) == bodies


def test_the_number_of_an_item_is_no_page_number():
    pages = [["1", "Workshop on “A”"], ["2", "Workshop on “B”"], ["3", "Workshop on “C”"]]
    assert without_furniture(pages) == pages


# Headings within lines.


def test_a_heading_within_a_line_gets_one_of_its_own():
    text = "That was all. 2 Workshop on “Welding for All” 3–4 May 2024 online. It was held."
    assert part_lines([text], knowing(), "en")[1] == "2. Workshop on “Welding for All”"


def test_a_kind_that_a_line_end_parts_is_whole():
    lines = ["in it. 3 Training", "course on “Welding", "for All” 3 May 2024"]
    assert part_lines(lines, knowing(), "en") == [
        "in it.",
        "3. Training course on “Welding",
        "for All”",
        "3 May 2024",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Workshop on “Welding”", "3 May 2024"],
        ["7", "Workshop on “Welding", "for All”", "3 May 2024"],
        ["a workshop on “Welding” took place in room 5", "and a workshop on “Weaving”"],
    ],
)
def test_lines_that_have_their_ends_stay(lines):
    assert part_lines(lines, knowing(), "en") == lines


def test_a_section_within_the_last_item_ends_it():
    text = (
        "1. Workshop on “Welding”\n3 May 2024\nIt was held in cooperation area 2.\nRoadmap coverage Area 1 14 people"
    )
    proposal = read_proposals([text], "en", told().vocabulary)[0]
    assert proposal.value("area") == 2
    assert proposal.value("headcount") is None


# Letters and digits.


def test_letters_set_apart_are_words_again():
    assert close_up(["T r a i n i n g  f o r  a l l"]) == ["Training for all"]
    assert close_up(["1 2 3", "2 0 2 4"]) == ["1 2 3", "2 0 2 4"]


def test_short_lines_close_up_where_long_ones_do():
    long = "W e l d i n g  f o r  a l l"
    assert close_up([long, long, long, "2 0 2 4"])[-1] == "2024"


def test_years_tell_whether_numbers_are_turned_with_their_lines():
    assert turn_letters(["4202 سرام 41-21 ةلودلا ةيبيردتلا ةرودلا"]) == ["الدورة التدريبية الدولة 12-14 مارس 2024"]
    assert turn_letters(["2024 سرام 14-12 ةلودلا ةيبيردتلا ةرودلا"]) == ["الدورة التدريبية الدولة 14-12 مارس 2024"]


@pytest.mark.parametrize(("said", "meant"), [("2O24", "2024"), ("l5 people", "15 people"), ("1,l54", "1,154")])
def test_letters_read_for_digits_are_digits(said, meant):
    assert clean(said) == meant


@pytest.mark.parametrize("said", ["CO2 and H2O", "Il y a 3", "Oslo"])
def test_letters_of_words_are_no_digits(said):
    assert clean(said) == said


# Names torn in two.

ACADEMY = Named("academy", Bilingual("", "National Academy of Marine Crafts"), ("nationalacademyofmarinecrafts",))


@pytest.mark.parametrize(
    "texts",
    [
        ["marinecraftsandthenationalacademyof"],  # the second half first
        ["thenationalandacademyofmarinecrafts"],  # a word has come between
        ["nationalacademyofmarnecrafts"],  # a letter is lost
        ["nationalacademyofmarimecrafts"],  # a letter is another
    ],
)
def test_a_name_is_found_in_halves_and_with_a_fault(texts):
    assert torn_names([ACADEMY], texts) == [ACADEMY]


@pytest.mark.parametrize(
    "texts", [["thenationalacademyofarts"], ["marinecrafts"], ["nationalacademy", "crafts"], [""]]
)
def test_half_a_name_is_none(texts):
    assert torn_names([ACADEMY], texts) == []


def test_a_partner_whose_name_is_torn_is_read_once_and_as_it_should_be():
    text = (
        "1. Workshop on “Welding”\nSESRIC organised, in collaboration with the Development Bank, Islamic Development "
        "(IsDB), a workshop on “Welding” on 3 May 2024."
    )
    partners = read_proposals([text], "en", told().vocabulary)[0].partners
    assert [partner.code for partner, _ in partners if partner.role == "co_organiser"].count("isdb") == 1
