"""The work plan below the areas: its tree, its rules, and who has a part in it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from bilingual.data_version import data_version
from partners.tests.factories import make_country, make_institution
from roadmap.models import Collaborator, Indicator, ItemKind, WorkPlanItem
from roadmap.tests.factories import add_collaborator, make_action, make_area, make_objective, make_roadmap
from roadmap.work_plan import Branch, work_plan_of

pytestmark = pytest.mark.django_db


def refused_by_database(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])
    return True


def fields_with_errors(row):
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return set(caught.value.message_dict)


def item(**said):
    """An item that is not saved: the first objective of a new area, unless said otherwise."""
    values = {"title_ar": "هدف", "title_en": "Objective", "number": 1}
    return WorkPlanItem(**{"area": said.pop("area", None) or make_area(), **values, **said})


def beside(row, **said):
    """An item that is not saved, in the place of ``row``."""
    return item(**{"area": row.area, "kind": row.kind, "parent": row.parent, "number": row.number, **said})


def below(parent, **said):
    return item(**{"area": parent.area, "kind": ItemKind.ACTION, "parent": parent, **said})


BROKEN = {
    "no title": (lambda: item(title_ar=None, title_en=None), "title_ar"),
    "number 0": (lambda: item(number=0), "number"),
    "a second objective 1": (lambda: beside(make_objective()), "number"),
    "a second action 1": (lambda: beside(make_action()), "number"),
    "an action beside an objective with its number": (
        lambda: beside(make_objective(), kind=ItemKind.ACTION),
        "number",
    ),
    "an objective below another": (lambda: below(make_objective(), kind=ItemKind.OBJECTIVE), "parent"),
    "to before from": (lambda: item(start=date(2022, 1, 2), end=date(2022, 1, 1)), "end"),
    "two coordinators": (
        lambda: item(coordinator_country=make_country(), coordinator_institution=make_institution()),
        "coordinator_institution",
    ),
    "a collaborator that is nobody": (lambda: Collaborator(item=make_objective()), "institution"),
    "a collaborator that is two": (
        lambda: Collaborator(item=make_objective(), country=make_country(), institution=make_institution()),
        "institution",
    ),
    "a country twice": (lambda: again(add_collaborator(make_objective(), make_country())), "country"),
    "an institution twice": (lambda: again(add_collaborator(make_objective(), make_institution())), "institution"),
    "an indicator without a name": (lambda: Indicator(item=make_objective(), target_en="5"), "title_ar"),
}


def again(row):
    return Collaborator(item=row.item, country=row.country, institution=row.institution)


@pytest.mark.parametrize(("make", "field"), BROKEN.values(), ids=BROKEN)
def test_a_bad_row_is_refused_by_the_database_and_named_at_its_field(make, field):
    row = make()
    assert fields_with_errors(row) == {field}
    assert refused_by_database(row)


def test_an_item_cannot_stand_below_itself():
    action = make_action()
    action.parent = action
    assert fields_with_errors(action) == {"parent"}
    with pytest.raises(IntegrityError), transaction.atomic():
        action.save()


def test_an_action_stands_below_an_objective_of_its_own_area():
    objective, action = make_objective(), make_action()
    assert fields_with_errors(below(objective, area=make_area(), number=2)) == {"parent"}
    assert fields_with_errors(below(action, number=2)) == {"parent"}
    below(objective, number=2).full_clean()


def test_an_action_may_stand_directly_below_its_area():
    action = item(kind=ItemKind.ACTION)
    action.full_clean()
    action.save()
    assert action.full_number == "1.1"


@pytest.mark.parametrize(("change", "field"), [({"kind": ItemKind.ACTION}, "kind"), ({"area": None}, "area")])
def test_an_objective_with_actions_neither_moves_nor_becomes_one(change, field):
    objective = make_action().parent
    for name, value in change.items():
        setattr(objective, name, value or make_area())
    assert fields_with_errors(objective) == {field}
    objective.actions.all().delete()
    objective.full_clean()


def test_dates_are_known_singly():
    item(start=date(2022, 1, 1)).full_clean()
    item(end=date(2022, 1, 1)).full_clean()
    item(start=date(2022, 1, 1), end=date(2022, 1, 1)).full_clean()


def test_an_item_has_the_numbers_of_all_it_stands_below():
    area = make_area(number=2)
    action = make_action(make_objective(area, number=1), number=3, title_en="Draft a standard")
    assert (action.parent.full_number, action.full_number) == ("2.1", "2.1.3")
    with override("en"):
        assert str(action) == "2.1.3 · Draft a standard"


def test_items_stand_area_by_area_each_action_after_its_objective():
    roadmap = make_roadmap()
    first, second = make_area(roadmap), make_area(roadmap)
    last = make_objective(second, number=1)
    tenth = make_objective(first, number=10)
    below_tenth = make_action(tenth, number=1)
    alone = make_action(None, area=first, number=2)
    one = make_objective(first, number=1)
    two, ten = make_action(one, number=2), make_action(one, number=10)
    newer = make_objective(make_area(make_roadmap(valid_from=date(2026, 1, 1), valid_to=date(2030, 1, 1))))
    assert list(WorkPlanItem.objects.in_order()) == [newer, one, two, ten, alone, tenth, below_tenth, last]


def test_the_work_plan_of_an_area_is_a_tree(django_assert_num_queries):
    area = make_area()
    objective, other = make_objective(area), make_objective(area)
    actions = [make_action(objective) for _ in range(3)]
    make_action()
    for each in actions:
        add_collaborator(each, make_country())
        add_collaborator(each, make_institution(seat=make_country()))
        each.indicators.create(title_en="Standards adopted")
    with django_assert_num_queries(3):
        tree = work_plan_of(area)
        told = [(each.full_number, [str(row) for row in each.collaborators.all()]) for each in tree[0].actions]
    assert tree == [Branch(objective, actions), Branch(other)]
    assert [(number, len(names)) for number, names in told] == [("1.1.1", 2), ("1.1.2", 2), ("1.1.3", 2)]


def test_a_country_has_a_part_itself_or_through_its_institutions():
    country, other = make_country(), make_country()
    ours = [make_institution(country=country) for _ in range(2)]
    coordinated = [make_objective(coordinator_country=country), make_objective(coordinator_institution=ours[0])]
    joined = [make_objective(coordinator_country=other), make_objective()]
    add_collaborator(joined[0], country)
    add_collaborator(joined[1], ours[0])
    add_collaborator(joined[1], ours[1])
    add_collaborator(coordinated[0], ours[0])
    seated = make_institution(seat=country)
    add_collaborator(make_objective(coordinator_institution=seated), other)
    found = {each.pk: each.is_coordinated for each in WorkPlanItem.objects.of_country(country)}
    assert found == {**{each.pk: True for each in coordinated}, **{each.pk: False for each in joined}}
    assert WorkPlanItem.objects.of_country(country).count() == 4


def test_an_institution_has_a_part_as_coordinator_or_collaborator():
    body = make_institution()
    coordinated, joined = make_objective(coordinator_institution=body), make_objective()
    add_collaborator(joined, body)
    add_collaborator(make_objective(), make_institution())
    found = {each.pk: each.is_coordinated for each in WorkPlanItem.objects.of_institution(body)}
    assert found == {coordinated.pk: True, joined.pk: False}


def test_what_a_work_plan_names_cannot_be_deleted():
    country, body = make_country(), make_institution()
    action = make_action(coordinator_country=country)
    add_collaborator(action, body)
    for named in (country, body, action.parent, action.area):
        with pytest.raises(ProtectedError):
            named.delete()
    action.delete()
    body.delete()


def test_every_change_of_a_work_plan_moves_the_version_of_the_data():
    seen = [data_version()]
    action = make_action()
    seen.append(data_version())
    row = add_collaborator(action, make_country())
    seen.append(data_version())
    action.indicators.create(title_en="Standards adopted")
    seen.append(data_version())
    row.delete()
    seen.append(data_version())
    assert len(set(seen)) == 5
    assert action.versions.count() == 1


def test_texts_of_a_work_plan_remember_which_of_them_was_left_behind():
    action = make_action()
    action.title_en = "Another title"
    action.save()
    assert action.translation_states.get(field="title", language="ar").is_open
