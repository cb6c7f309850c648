"""How the map of tiles is shaded."""

from datetime import date

import pytest

from activities.tiles import Step, TileMap, country_rows
from partners.tests.factories import make_country

pytestmark = pytest.mark.django_db

DAY = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [Step(0, 0, 0)]),
        (1, [Step(0, 0, 0), Step(3, 1, 1)]),
        (2, [Step(0, 0, 0), Step(2, 1, 1), Step(3, 2, 2)]),
        (3, [Step(0, 0, 0), Step(1, 1, 1), Step(2, 2, 2), Step(3, 3, 3)]),
        (4, [Step(0, 0, 0), Step(1, 1, 1), Step(2, 2, 3), Step(3, 4, 4)]),
        (10, [Step(0, 0, 0), Step(1, 1, 3), Step(2, 4, 7), Step(3, 8, 10)]),
    ],
)
def test_shades_divide_the_highest_count(most, steps):
    make_country("TUR")
    tiles = TileMap(country_rows({"TUR": most}, DAY))
    assert tiles.steps == steps
    (shade,) = [tile.shade for line in tiles.lines for tile in line if tile]
    assert shade == steps[-1].shade


@pytest.mark.parametrize("count", range(11))
def test_every_count_has_a_shade(count):
    make_country("TUR")
    make_country("MYS")
    tiles = TileMap(country_rows({"TUR": 10, "MYS": count}, DAY))
    assert {tile.row.country.code for line in tiles.lines for tile in line if tile} == {"TUR", "MYS"}


def test_a_country_off_the_map_does_not_set_the_shades():
    make_country("TUR")
    make_country("THA")
    assert TileMap(country_rows({"TUR": 1, "THA": 50}, DAY)).steps == [Step(0, 0, 0), Step(3, 1, 1)]
