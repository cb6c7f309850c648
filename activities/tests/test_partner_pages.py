"""The pages of partner institutions."""

import pytest

from activities.models import Role
from activities.tests.factories import (
    add_partner,
    make_activity,
)
from activities.tests.pages import get, text_of, titles
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db


def test_partners_stand_by_kind_with_their_activities(client):
    make_programme()
    activity = make_activity()
    add_partner(activity, make_institution(code="b", name_en="Beta", kind="ministry"))
    add_partner(activity, make_institution(code="a", name_en="Alpha", kind="ministry"))
    add_partner(make_activity(), make_institution(name_en="The Chamber", kind="chamber"))
    make_institution(name_en="Nobody's partner")
    page = get(client, "/en/partners/")
    assert [text_of(group) for group in page.select(".directory")] == [
        "Ministries 2 Alpha 1 activity Beta 1 activity",
        "Chambers and unions of chambers 1 The Chamber 1 activity",
    ]
    found = get(client, "/en/partners/?q=alph")
    assert [text_of(link) for link in found.select(".directory a")] == ["Alpha", "1 activity"]
    assert "No partner has all of these words" in text_of(get(client, "/en/partners/?q=gamma"))


def test_a_partner_tells_its_roles_and_what_it_is_part_of(client):
    ministry = make_institution(code="ministry", name_en="Ministry")
    division = make_institution(code="division", name_en="Division", parent=ministry, country=make_country("MYS"))
    activity = make_activity()
    for role in (Role.CO_ORGANISER, Role.CONTENT_PROVIDER):
        add_partner(activity, division, role=role)
    add_partner(make_activity(), division, role=Role.CO_ORGANISER)
    page = get(client, "/en/partners/division/")
    about = text_of(page.select("dl.facts")[0])
    assert about == "Country Country MYS Part of Ministry Roles Co-organiser 2 Content provider 1"
    assert len(titles(page)) == 2
    assert "Divisions Division" in text_of(get(client, "/en/partners/ministry/").select_one(".facts"))


def test_the_executing_organ_has_a_page_and_goes_by_its_short_name(client):
    organ = make_programme(organ_short_name_en="SESRIC").organ
    activity = make_activity()
    add_partner(activity, organ, role=Role.ORGANISER)
    assert "Organiser SESRIC" in text_of(get(client, f"/en/activities/{activity.code}/").select_one(".facts"))
    get(client, f"/en/partners/{organ.code}/")
