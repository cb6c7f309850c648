"""The place of each member on the map of tiles."""

import json
from pathlib import Path

from django.conf import settings

from partners.tiles import tile_rows


def test_every_member_has_one_tile():
    countries = json.loads((Path(settings.BASE_DIR) / "fixtures/reference/countries.json").read_text("utf-8"))
    members = sorted(
        country["code"]
        for country in countries
        if any(period["status"] == "member" for period in country["memberships"])
    )
    assert sorted(code for row in tile_rows() for code in row if code) == members


def test_west_is_first_and_north_is_above():
    places = {code: (row, column) for row, line in enumerate(tile_rows()) for column, code in enumerate(line) if code}
    assert places["MAR"][1] < places["TUR"][1] < places["MYS"][1]
    assert places["KAZ"][0] < places["PAK"][0] < places["MDV"][0]
    assert len({len(line) for line in tile_rows()}) == 1
