"""The work plan in the back office: its tree is built there, by editors, and nothing wrong gets in."""

import pytest

from oicvet.tests.backoffice import address, errors_of, send
from partners.models import Country, Institution
from partners.tests.factories import make_country, make_institution
from reports.tests.desk import page_of
from roadmap.models import ItemKind, ItemStatus, WorkPlanItem
from roadmap.tests.factories import add_collaborator, make_action, make_area, make_objective, make_roadmap

pytestmark = pytest.mark.django_db


def numbers(client, **asked):
    page = client.get(address(WorkPlanItem, "changelist"), asked)
    return [item.full_number for item in page.context["cl"].result_list]


def test_an_editor_builds_the_tree_from_the_area_down(signed_in):
    client = signed_in("Editor")
    area, country, body = make_area(number=2), make_country(), make_institution()
    sent = {"area": area.pk, "title_ar": "هدف", "number": "1"}
    assert send(client, address(WorkPlanItem, "add"), **sent).status_code == 302
    objective = WorkPlanItem.objects.get()
    assert (objective.full_number, objective.status) == ("2.1", ItemStatus.UNKNOWN)
    page = page_of(client.get(address(WorkPlanItem, "change", objective.pk)))
    add = page.find("a", string="Add an action below this objective")["href"]
    rows = {
        "collaborators-TOTAL_FORMS": "2",
        "collaborators-0-country": country.pk,
        "collaborators-1-institution": body.pk,
        "indicators-TOTAL_FORMS": "1",
        "indicators-0-title_en": "Standards adopted",
        "indicators-0-target_en": "5 by 2025",
        "indicators-0-order": "0",
    }
    sent = {"title_en": "Action", "number": "٣", "coordinator_institution": body.pk, "start": "2022-01-01"}
    assert send(client, add, **sent, **rows).status_code == 302
    action = WorkPlanItem.objects.get(kind=ItemKind.ACTION)
    assert (action.full_number, action.parent, action.coordinator) == ("2.1.3", objective, body)
    assert {row.body for row in action.collaborators.all()} == {country, body}
    assert [(row.title_en, row.target_en) for row in action.indicators.all()] == [("Standards adopted", "5 by 2025")]
    assert str(action) in page_of(client.get(address(WorkPlanItem, "change", objective.pk))).text
    assert str(action) in page_of(client.get(address(WorkPlanItem, "history", action.pk))).text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_language_is_written_in_its_own_direction(root, language):
    page = page_of(root.get(address(WorkPlanItem, "add", language=language)))
    texts = page.select("[name^=title_], [name^=description_]")
    assert {node["name"]: (node["dir"], node["lang"]) for node in texts} == {
        "title_ar": ("rtl", "ar"),
        "title_en": ("ltr", "en"),
        "description_ar": ("rtl", "ar"),
        "description_en": ("ltr", "en"),
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Readers see at once what is saved here: the work plan has no drafts."),
        ("ar", "يرى القراء فورا كل ما يُحفظ هنا: ليس لخطة العمل مسودات."),
    ],
)
@pytest.mark.parametrize("page", ["add", "change"])
def test_the_form_says_that_what_is_saved_is_public_and_it_is(root, client, page, language, sentence):
    objective = make_objective(title_ar="هدف جديد", title_en="A new objective")
    keys = [objective.pk] if page == "change" else []
    assert sentence in page_of(root.get(address(WorkPlanItem, page, *keys, language=language))).text
    area = f"/{language}/roadmap/{objective.area.roadmap.code}/{objective.area.number}/"
    assert {"en": "A new objective", "ar": "هدف جديد"}[language] in page_of(client.get(area)).text


def test_the_list_stands_in_the_order_of_the_plan(root):
    first = make_area(number=1)
    second = make_objective(first, number=2)
    make_action(second, number=10)
    make_action(second, number=9)
    make_objective(first, number=1)
    assert numbers(root) == ["1.1", "1.2", "1.2.9", "1.2.10"]
    assert numbers(root, kind="action") == ["1.2.9", "1.2.10"]


def test_an_area_is_chosen_with_the_name_of_its_roadmap(root):
    area = make_area(make_roadmap(title_en="Successor", title_ar="خارطة"), title_en="Teachers", title_ar="معلمون")
    page = page_of(root.get(address(WorkPlanItem, "add")))
    assert page.select_one(f"#id_area option[value='{area.pk}']").text == "Successor · 1 · Teachers"


def broken_forms():
    """Each with what is sent for a new action below an objective, and where the form says what is wrong."""
    objective, other = make_objective(), make_objective()
    make_action(objective, number=5)
    country, body = make_country(), make_institution()
    return {
        "no title": ({"title_ar": "", "title_en": "   "}, {"title_ar"}),
        "an objective of another area": ({"parent": other.pk}, {"parent"}),
        "no such objective": ({"parent": 10**17}, {"parent"}),
        "an objective beyond 63 bits": ({"parent": 10**30}, {"parent"}),
        "an objective that is no number": ({"parent": "x\x00"}, {"parent"}),
        "number 0": ({"number": "0"}, {"number"}),
        "a number beyond the column": ({"number": "9" * 30}, {"number"}),
        "a number that is taken": ({"number": "5"}, {"number"}),
        "no such status": ({"status": "finished"}, {"status"}),
        "dates in the wrong order": ({"start": "2023-01-01", "end": "2022-01-01"}, {"end"}),
        "a day that is none": ({"start": "2022-02-31"}, {"start"}),
        "two coordinators": (
            {"coordinator_country": country.pk, "coordinator_institution": body.pk},
            {"coordinator_institution"},
        ),
        "an override in a title": ({"title_en": "Plan \u202e"}, {"title_en"}),
    }, {"area": objective.area_id, "kind": "action", "parent": objective.pk, "number": "1", "title_en": "Action"}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_wrong_is_said_at_its_field(root, language):
    cases, valid = broken_forms()
    url = address(WorkPlanItem, "add", language=language)
    for name, (change, fields) in cases.items():
        assert set(errors_of(send(root, url, **valid | change))) == fields, name
    assert send(root, url, **valid).status_code == 302


@pytest.mark.parametrize(
    "query", ["area=x", "area=99999999999999999999", "parent=%00", "kind=nonsense", "number=-1", "parent=1&area=2"]
)
def test_an_address_that_fills_in_nonsense_opens_an_empty_form(root, query):
    assert root.get(f"{address(WorkPlanItem, 'add')}?{query}").status_code == 200


def test_a_collaborator_stands_once(root):
    item = make_objective()
    country = add_collaborator(item, make_country()).country
    row = {"collaborators-TOTAL_FORMS": "2", "collaborators-1-country": country.pk, "collaborators-1-item": item.pk}
    assert errors_of(send(root, address(WorkPlanItem, "change", item.pk), **row))
    assert item.collaborators.count() == 1


def test_a_parent_is_chosen_among_objectives(root):
    objective = make_action().parent
    asked = {"app_label": "roadmap", "model_name": "workplanitem", "field_name": "parent"}
    found = root.get("/en/admin/autocomplete/", asked).json()["results"]
    assert [row["id"] for row in found] == [str(objective.pk)]


@pytest.mark.parametrize("role", ["Data entry", "Report officer"])
def test_whoever_only_reads_sees_the_tree_and_no_way_to_add(signed_in, role):
    objective = make_action().parent
    page = page_of(signed_in(role).get(address(WorkPlanItem, "change", objective.pk)))
    assert "1.1.1" in page.text
    assert page.find("a", string="Add an action below this objective") is None


def test_an_objective_with_actions_stays(root):
    objective = make_action().parent
    page = root.post(address(WorkPlanItem, "delete", objective.pk), {"post": "yes"})
    assert page.status_code == 200
    assert WorkPlanItem.objects.count() == 2


@pytest.mark.parametrize(("model", "make"), [(Country, make_country), (Institution, make_institution)])
def test_who_has_a_part_in_the_plan_cannot_be_deleted(root, model, make):
    body = make()
    add_collaborator(make_objective(), body)
    assert root.post(address(model, "delete", body.pk), {"post": "yes"}).status_code == 200
    assert model.objects.filter(pk=body.pk).exists()


def test_two_institutions_that_are_one_have_one_part_in_the_plan(root):
    stays, goes = make_institution(), make_institution()
    coordinated = make_objective(coordinator_institution=goes)
    shared, moved = make_objective(), make_objective()
    add_collaborator(shared, stays)
    for item in (shared, moved):
        add_collaborator(item, goes)
    page = root.get(address(Institution, "merge"), {"stays": stays.pk, "goes": goes.pk})
    assert coordinated.titles.en in page.content.decode()
    sent = {"stays": stays.pk, "goes": goes.pk, "token": page.context["made"].token}
    assert root.post(address(Institution, "merge"), sent).status_code == 302
    coordinated.refresh_from_db()
    assert coordinated.coordinator == stays
    assert [[row.body for row in item.collaborators.all()] for item in (shared, moved)] == [[stays], [stays]]
    assert moved.collaborators.get().versions.first().institution_id == stays.pk
