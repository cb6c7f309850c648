"""What readers see of a work plan: its tree on the page of an area, and who has a part in it on theirs."""

import pytest
from bs4 import BeautifulSoup

from partners.tests.factories import make_country, make_institution
from roadmap.models import Collaborator, ItemStatus, WorkPlanItem
from roadmap.tests.factories import add_collaborator, make_action, make_area, make_objective, make_roadmap

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
HEADINGS = {"ar": "خطة العمل", "en": "Work plan"}
PARTS = {"ar": "في خطة عمل خارطة الطريق", "en": "In the roadmap’s work plan"}
SAMPLE = {"ar": "مثال توضيحي، ليس من خطة العمل الفعلية", "en": "Sample, not part of the real work plan"}


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def words(node):
    return " ".join(node.text.split())


def area_page(client, area, language="en"):
    return page_of(client, f"/{language}/roadmap/{area.roadmap.code}/{area.number}/")


def facts(item):
    """The facts of an item on a page, by their label."""
    found = {}
    for node in item.select("dt, dd"):
        if node.name == "dt":
            told = found.setdefault(words(node), [])
        else:
            told.append(words(node))
    return found


def parts(client, address, language="en"):
    """What the page of a country or an institution says of its part in the work plan; ``None`` without the section."""
    heading = page_of(client, f"/{language}/{address}").find("h2", string=PARTS[language])
    return heading and [words(node) for node in heading.find_parent("section").select("li")]


@BOTH_LANGUAGES
def test_an_area_without_a_work_plan_says_nothing_of_one(client, language):
    assert area_page(client, make_area(), language).find("h2", string=HEADINGS[language]) is None


@BOTH_LANGUAGES
def test_the_page_of_an_area_shows_its_work_plan_as_a_tree(client, language):
    area = make_area(number=2)
    objective = make_objective(area)
    make_action(objective)
    make_action(objective)
    make_objective(area)
    plan = area_page(client, area, language).select_one("#work-plan")
    assert words(plan.h2) == HEADINGS[language]
    tree = [
        (words(branch.h3), [words(each.h4) for each in branch.select("ol > li")])
        for branch in plan.select_one("ol.plan").find_all("li", recursive=False)
    ]
    objective, action = {"ar": ("هدف", "إجراء"), "en": ("Objective", "Action")}[language]
    assert tree == [
        (f"2.1 {objective} 1", [f"2.1.1 {action} 1", f"2.1.2 {action} 2"]),
        (f"2.2 {objective} 2", []),
    ]


DATES = {"start": "2022-01-01", "end": "2023-12-31"}
TOLD = {
    "en": {
        "Coordinator": ["Jordan"],
        "Collaborators": ["Morocco", "The Bank"],
        "Timeline": ["1 January 2022 – 31 December 2023"],
        "Status": ["under way"],
        "Indicators": ["Standards adopted Target: 5 by 2025"],
    },
    "ar": {
        "الجهة المنسقة": ["الأردن"],
        "الجهات المتعاونة": ["المغرب", "البنك"],
        "الإطار الزمني": ["1 يناير 2022 - 31 ديسمبر 2023"],
        "الحالة": ["قيد التنفيذ"],
        "المؤشرات": ["معايير معتمدة القيمة المستهدفة: 5 معايير"],
    },
}
UNKNOWN = {
    "en": {"Coordinator": ["not stated"], "Timeline": ["not stated"], "Status": ["not stated"]},
    "ar": {"الجهة المنسقة": ["غير مذكورة"], "الإطار الزمني": ["غير مذكور"], "الحالة": ["غير مذكورة"]},
}


@BOTH_LANGUAGES
def test_an_action_tells_who_does_it_when_and_how_far_it_is(client, language):
    jordan = make_country("JOR", short_name_ar="الأردن", short_name_en="Jordan")
    morocco = make_country("MAR", short_name_ar="المغرب", short_name_en="Morocco")
    bank = make_institution(code="bank", name_ar="البنك", name_en="The Bank")
    action = make_action(coordinator_country=jordan, status=ItemStatus.UNDER_WAY, **DATES)
    add_collaborator(action, morocco)
    add_collaborator(action, bank)
    action.indicators.create(
        title_en="Standards adopted", title_ar="معايير معتمدة", target_en="5 by 2025", target_ar="5 معايير"
    )
    item = area_page(client, action.area, language).select_one("[id='item-1.1.1']")
    assert {label: [each.lstrip("\u061c") for each in told] for label, told in facts(item).items()} == TOLD[language]
    assert [node["href"] for node in item.select("a")] == [
        f"/{language}/countries/JOR/",
        f"/{language}/countries/MAR/",
        f"/{language}/partners/bank/",
    ]
    for node in item.select("a"):
        page_of(client, node["href"])


@BOTH_LANGUAGES
def test_what_an_action_does_not_tell_is_said_and_an_objective_leaves_it_to_its_actions(client, language):
    page = area_page(client, make_action().area, language)
    assert facts(page.select_one("[id='item-1.1.1']")) == UNKNOWN[language]
    assert facts(page.select_one("[id='item-1.1']")) == {}


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"start": "2022-01-01"}, {"en": "from 1 January 2022", "ar": "من 1 يناير 2022"}),
        ({"end": "2022-01-01"}, {"en": "until 1 January 2022", "ar": "حتى 1 يناير 2022"}),
    ],
)
@BOTH_LANGUAGES
def test_of_a_timeline_what_is_known_is_told(client, language, dates, told):
    item = area_page(client, make_action(**dates).area, language).select_one("[id='item-1.1.1']")
    assert [told[language]] in facts(item).values()


def test_a_title_in_one_language_is_shown_in_the_other_with_a_note(client):
    objective = make_objective(title_ar=None, title_en="Teachers", description_en="How they are taught.")
    plan = words(area_page(client, objective.area, "ar").select_one("#work-plan"))
    assert "Teachers بالإنجليزية" in plan
    assert "How they are taught. بالإنجليزية" in plan


@BOTH_LANGUAGES
def test_a_sample_says_so_wherever_it_stands(client, language):
    country, body = make_country("JOR"), make_institution(code="body")
    action = make_action(coordinator_country=country, is_sample=True)
    add_collaborator(action, body)
    page = area_page(client, action.area, language)
    assert [SAMPLE[language] in words(node) for node in page.select(".plan-item")] == [False, True]
    for address in ("countries/JOR/", "partners/body/"):
        assert [SAMPLE[language] in each for each in parts(client, address, language)] == [True]


@BOTH_LANGUAGES
def test_a_country_sees_what_it_or_an_institution_of_it_has_a_part_in(client, language):
    country = make_country("JOR")
    area = make_area()
    assert parts(client, "countries/JOR/", language) is None
    one = make_objective(area, title_ar="الأول", title_en="One")
    two = make_objective(area, title_ar="الثاني", title_en="Two", coordinator_country=country)
    add_collaborator(one, make_institution(country=country))
    make_objective(area, coordinator_country=make_country())
    old = make_roadmap(valid_from="2010-01-01", valid_to="2015-01-01")
    make_objective(make_area(old), coordinator_country=country)
    assert two.full_number == "1.2"
    assert (
        parts(client, "countries/JOR/", language)
        == {
            "en": ["1.1 One collaborator", "1.2 Two coordinator"],
            "ar": ["1.1 الأول جهة متعاونة", "1.2 الثاني جهة منسقة"],
        }[language]
    )
    link = page_of(client, f"/{language}/countries/JOR/").find("a", href=lambda at: at and "#item-1.2" in at)
    assert page_of(client, link["href"]).find(id=link["href"].partition("#")[2])


def test_an_institution_that_only_the_work_plan_names_has_a_page_and_so_has_what_it_is_part_of(client):
    ministry = make_institution(code="ministry")
    make_institution(code="division", parent=ministry)
    assert client.get("/en/partners/ministry/").status_code == 404
    make_objective(title_en="One", coordinator_institution=ministry.divisions.get())
    assert parts(client, "partners/division/") == ["1.1 One coordinator"]
    assert parts(client, "partners/ministry/") is None


def test_a_kept_page_follows_what_editors_change(client):
    action = make_action(title_en="Before")
    assert "Before" in area_page(client, action.area).text
    action.title_en = "After"
    action.save()
    assert "After" in area_page(client, action.area).text
    add_collaborator(action, make_country("JOR", short_name_en="Jordan"))
    assert "Jordan" in words(area_page(client, action.area).select_one("#work-plan"))
    Collaborator.objects.get().delete()
    assert "Jordan" not in words(area_page(client, action.area).select_one("#work-plan"))


def counted(client, django_assert_num_queries, addresses):
    costs = []
    for address in addresses:
        client.get(address)  # what is remembered between requests is remembered
        with django_assert_num_queries(100, exact=False) as caught:
            client.get(f"{address}?part=nothing")  # another address: nothing of it is kept
        costs.append(len(caught))
    return costs


def test_pages_cost_the_same_however_long_the_work_plan_is(client, django_assert_num_queries):
    country, body, area = make_country("JOR"), make_institution(code="body", seat=make_country()), make_area()
    pages = [f"/en/roadmap/{area.roadmap.code}/{area.number}/", "/en/countries/JOR/", "/en/partners/body/"]
    costs = []
    for size in (1, 9):
        for _ in range(size):
            action = make_action(make_objective(area, coordinator_institution=body), coordinator_country=country)
            add_collaborator(action, body)
            add_collaborator(action, make_country())
            add_collaborator(action, make_institution(seat=make_country()))
            action.indicators.create(title_en="Standards adopted")
        costs.append(counted(client, django_assert_num_queries, pages))
    assert costs[0] == costs[1]
    assert WorkPlanItem.objects.count() == 20
