"""The pages of countries."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.models import Role
from activities.tests.factories import (
    add_country,
    add_partner,
    make_activity,
)
from activities.tests.pages import get, text_of, titles
from bilingual.dates import say_date
from partners.tests.factories import make_country, make_focal_point, make_institution, suspend

pytestmark = pytest.mark.django_db


def test_countries_stand_on_the_map_and_in_their_group(client):
    turkey = make_country("TUR", short_name_en="Türkiye", oic_group="asia")
    make_country("MAR", short_name_en="Morocco", oic_group="arab")
    suspend(make_country("SYR", short_name_en="Syria", oic_group="arab"), date(2012, 8, 15))
    for _ in range(2):
        add_partner(make_activity(), make_institution(country=turkey))
    page = get(client, "/en/countries/")
    assert page.select_one("table.tiles")["dir"] == "ltr"
    tiles = {tile.contents[0].text: (tile["class"][1], text_of(tile.contents[1])) for tile in page.select(".tile")}
    assert tiles == {
        "TUR": ("tile-3", "Türkiye: 2 activities"),
        "SYR": ("tile-0", "Syria"),
        "MAR": ("tile-0", "Morocco"),
    }
    assert [text_of(group) for group in page.select(".group")] == [
        "Arab group 2 Morocco Syria suspended",
        "Asian group 1 Türkiye 2 2 activities",
    ]
    assert "2 member countries on " + say_date(timezone.localdate(), "en") in text_of(page)


def test_the_map_is_not_mirrored(client):
    for code in ("MAR", "TUR", "MYS"):
        make_country(code)
    order = [
        [tile.contents[0].text for tile in get(client, f"/{language}/countries/").select(".tile")]
        for language in ("ar", "en")
    ]
    assert order[0] == order[1] == ["TUR", "MAR", "MYS"]


def test_a_country_tells_what_it_had_to_do_with_the_programme(client):
    country = make_country("MYS", short_name_en="Malaysia", formal_name_en="The Federation", oic_group="asia")
    ministry = make_institution(name_en="Ministry", country=country)
    provided = make_activity(title_en="Provided", end_date=date(2024, 3, 1))
    add_partner(provided, ministry, role=Role.CONTENT_PROVIDER)
    hosted = make_activity(title_en="Hosted", venue_country=country, end_date=date(2024, 2, 1))
    add_country(hosted, country)
    make_activity(title_en="Of others", end_date=date(2024, 1, 1))
    page = get(client, "/en/countries/MYS/")
    assert titles(page) == ["Provided", "Hosted"]
    assert text_of(page.select_one(".figures")) == (
        "activity on its soil 1 activity with content from its institutions 1 activity with its institutions 1 "
        "activity in which it is named as taking part 2 activities held name no countries 1"
    )
    assert "Member of the OIC since 1 January 1969" in text_of(page)
    assert "Ministry" in [text_of(row) for row in page.select(".plain-list li")]


def test_only_a_public_focal_point_in_office_is_named(client):
    country = make_country("MYS")
    today = timezone.localdate()
    office = make_institution(name_en="Public Office")
    make_focal_point(
        country=country, name_en="Public One", institution=office, is_public=True, email="public@example.org"
    )
    make_focal_point(country=country, name_en="Private One", name_ar="خاص")
    make_focal_point(country=country, name_en="Former One", is_public=True, end=today - timedelta(1))
    make_focal_point(country=country, name_en="Future One", is_public=True, start=today + timedelta(1))
    page = text_of(get(client, "/en/countries/MYS/"))
    assert "Public One Public Office" in page
    assert not [name for name in ("Private One", "Former One", "Future One", "example.org") if name in page]
