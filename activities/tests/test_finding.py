"""The catalogue's index against the database: what it finds, counts and orders is what plain SQL says."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.utils import timezone

from activities import index as index_module
from activities.filters import FILTERS, NO_AREA
from activities.finding import Finding
from activities.forms import FilterForm
from activities.index import build_index, current_index
from activities.models import Activity, ActivityStatus, Mode, PublicationState, Role
from activities.selection import Selection, Sort
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_project,
)
from bilingual.data_version import data_version
from bilingual.search import query_words
from bilingual.sorting import collation_key
from partners.tests.factories import make_country, make_institution
from roadmap.calendar import session_period, session_periods
from roadmap.tests.factories import make_area, make_meeting, make_roadmap

pytestmark = pytest.mark.django_db

SETS = 1000
WORDS_AR = "الأمن السيبراني تأهيل المدربين الطاقة المتجددة ريادة الأعمال التعليم المهني جودة الاعتماد مهارات".split()
WORDS_EN = "cyber security teachers energy renewable entrepreneurship training vocational quality skills green".split()
QUERIES = [
    "أمن",
    "بالطاقة",
    "teacher",
    "IUT",
    "٢٠٢٤",
    "2024-0",
    "ministry",
    "ال",
    "un",
    "تاهيل",
    "%",
    "zz",
    "مهار",
    "e",
]


@pytest.fixture
def programme():
    """Sixty activities that differ in everything, drawn by chance, some of them not to be seen."""
    chance = random.Random(20)  # noqa: S311 -- a world, no secret
    for number in (38, 39, 40, 42):
        make_meeting(number)
    roadmaps = [make_roadmap(code="2015-2019"), make_roadmap(code="2020-2025")]
    areas = [make_area(roadmap) for roadmap in roadmaps for _number in range(3)]
    kinds = [make_kind(), make_kind("webinar", name_en="Webinar"), make_kind("workshop", name_ar="ورشة عمل")]
    countries = [make_country(code) for code in ("TUR", "MYS", "JOR", "SEN", "MAR", "UZB")]
    partners = [
        make_institution(code=f"partner-{n}", name_en=f"{name} {n}", acronym=acronym, country=chance.choice(countries))
        for n, (name, acronym) in enumerate(
            [("Ministry of Work", "MoW"), ("University", "IUT"), ("Institute", "")] * 2
        )
    ]
    projects = [make_project(state=state) for state in (PublicationState.PUBLISHED, PublicationState.DRAFT)]
    for project in projects:
        add_partner(project, chance.choice(partners), role=Role.FUNDER)
        add_partner(project, chance.choice(partners), role=Role.IMPLEMENTER)
    for _ in range(60):
        area = chance.choice([*areas, None])
        end = chance.choice([date(2020, 1, 1) + timedelta(chance.randrange(4400)), None])
        activity = make_activity(
            title_ar=" ".join(chance.sample(WORDS_AR, 4)),
            title_en=" ".join(chance.sample(WORDS_EN, 4)).capitalize(),
            kind=chance.choice(kinds),
            area=area,
            roadmap=area and area.roadmap,
            start_date=end,
            end_date=end,
            mode=chance.choice(Mode.values),
            status=chance.choice(ActivityStatus.values),
            venue_country=chance.choice([*countries, None]),
            working_languages=" ".join(chance.sample(("ar", "en", "fr", "ru"), chance.randrange(4))),
            parent=chance.choice([*projects, None]),
            state=chance.choice([PublicationState.PUBLISHED] * 5 + [PublicationState.DRAFT]),
        )
        for country in chance.sample(countries, chance.randrange(4)):
            add_country(activity, country)
        for partner in chance.sample(partners, chance.randrange(4)):
            add_partner(activity, partner, role=chance.choice(Role.values))
        if chance.random() < 0.6:
            count_participants(activity, chance.randrange(1, 90))


def draw(chance, index):
    """A selection by chance: words or none, values of up to four filters, some of which nothing has."""
    chosen = chance.sample(FILTERS, chance.randrange(5))
    values = {}
    for each in chosen:
        known = [*index.facets[each.name].names["en"], *index.facets[each.name].bits]
        values[each.name] = tuple(
            dict.fromkeys(chance.choices([*known, *known, "ZZZ", "9999-1.7"], k=chance.choice((1, 1, 2, 3))))
        )
    readable = {name: tuple(value for value in some if _is_readable(name, value)) for name, some in values.items()}
    values = {name: some for name, some in readable.items() if some}
    words = " ".join(chance.sample(QUERIES, chance.choice((0, 0, 1, 1, 2))))
    return Selection(words, values)


def _is_readable(name, value):
    """Whether the page's form would let the value pass to that filter."""
    return {"year": value.isdigit(), "area": value == NO_AREA or "." in value}.get(name, True)


def test_what_is_found_and_counted_is_what_plain_sql_says(programme):
    seed = random.randrange(10**9)  # noqa: S311 -- printed, so that a failure can be had again
    chance, index = random.Random(seed), current_index()  # noqa: S311 -- see above
    having = {
        each.name: {
            value: set(each.narrow(Activity.objects.listed(), [value]).values_list("pk", flat=True))
            for value in {*index.facets[each.name].bits, *index.facets[each.name].names["en"]}
        }
        for each in FILTERS
    }
    for _ in range(SETS):
        selection = draw(chance, index)
        finding = Finding(selection, index, "en")
        found = list(selection.activities().latest_first().values_list("pk", flat=True))
        assert finding[0 : len(finding) + 1] == found, (seed, selection)
        counts = {
            facet.filter.name: {option.value: option.found for option in facet.options} for facet in finding.facets
        }
        for each in FILTERS:
            rest = set(found)
            if each.name in selection.values:
                rest = set(selection.activities(apart_from=each).values_list("pk", flat=True))
            said = Counter({value: len(keys & rest) for value, keys in having[each.name].items()})
            chosen = selection.values.get(each.name, ())
            expected = {value: said[value] for value in {*+said, *chosen}}
            assert counts.get(each.name, {}) == expected, (seed, each.name, selection)


def test_every_filter_is_a_field_of_the_form_that_reads_addresses():
    assert {"q", *(each.name for each in FILTERS)} == {*FilterForm.base_fields}


def test_what_is_over_is_told_by_the_day(monkeypatch):
    make_activity(title_en="Ends", end_date=date(2024, 3, 5), start_date=date(2024, 3, 4))
    for day, over in ((5, 0), (6, 1)):
        monkeypatch.setattr(timezone, "now", lambda day=day: datetime(2024, 3, day, 9, tzinfo=UTC))
        facet = current_index().facets["when"]
        assert [facet.counts.get("coming", 0), facet.counts.get("past", 0)] == [1 - over, over]


def test_an_activity_belongs_to_the_period_in_which_it_ends(programme):
    days = [date(2021, 1, 1) + timedelta(n) for n in range(0, 2200, 13)]
    days += [bound for each in session_periods()[:-1] for bound in (each.period.start, each.period.end)]
    for day in days:
        told = session_period(day, today=day)
        holding = [each.number for each in session_periods() if each.period.holds(day)]
        assert holding == ([told.number] if told else []), day


def test_a_search_finds_what_the_database_finds(programme):
    seed = random.randrange(10**9)  # noqa: S311 -- printed
    chance, index = random.Random(seed), current_index()  # noqa: S311 -- see above
    material = "".join([*WORDS_AR, *WORDS_EN, "0123456789٠٢ -'ـ"])
    for _ in range(300):
        query = "".join(chance.choices(material, k=chance.randrange(1, 7)))
        found = set(Activity.objects.listed().matching(query).values_list("pk", flat=True))
        finding = Finding(Selection(query), index, "ar")
        assert set(finding[0:99]) == found, (seed, query, query_words(query))


@pytest.mark.parametrize("narrowed", [{}, {"mode": ("online", "hybrid")}])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_order_holds_what_was_found_once(programme, language, narrowed):
    index = current_index()
    listed = Activity.objects.listed().filter(**{"mode__in": narrowed["mode"]} if narrowed else {})
    rows = list(listed.latest_first().select_related("participation"))
    headcount = {row.pk: getattr(getattr(row, "participation", None), "headcount", None) or 0 for row in rows}
    title = {row.pk: collation_key(row.titles.in_(language), language) for row in rows}
    by_title = Finding(Selection("", narrowed, Sort.TITLE), index, language)
    assert by_title[0:99] == sorted(title, key=title.get)
    by_count = Finding(Selection("", narrowed, Sort.PARTICIPANTS), index, language)
    assert by_count[0:99] == sorted(headcount, key=lambda key: -headcount[key])
    assert by_count[0:10] + by_count[10:99] == by_count[0:99]


def test_the_index_is_kept_until_something_changes(programme, django_assert_num_queries):
    first = current_index()
    with django_assert_num_queries(1):
        assert current_index() is first
    activity = make_activity(title_en="Something new")
    assert len(Finding(Selection("something"), current_index(), "en")) == 1
    activity.state = PublicationState.WITHDRAWN
    activity.save()
    assert len(Finding(Selection("something"), current_index(), "en")) == 0


def test_building_costs_the_same_number_of_queries_however_much_there_is(programme, django_assert_num_queries):
    with django_assert_num_queries(16):
        build_index("")


def test_threads_that_ask_together_build_one_index(monkeypatch):
    monkeypatch.setattr(index_module, "data_version", lambda: "1.1")
    built, got = [], []

    def build(version):
        built.append(version)
        return index_module.CatalogueIndex(version, [], {}, {}, None, None, None)

    monkeypatch.setattr(index_module, "build_index", build)
    threads = [Thread(target=lambda: got.append(current_index())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built == [f"1.1 {timezone.localdate()}"]
    assert len({id(each) for each in got}) == 1


def test_an_empty_programme_has_an_index(db):
    finding = Finding(Selection("word", {"year": ("2024",)}), build_index(data_version()), "en")
    assert (len(finding), finding[0:25], finding.suggestion, finding.loosenings) == (0, [], None, [])
