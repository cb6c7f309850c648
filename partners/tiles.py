"""The place of each member country on a grid of equal tiles: no country is larger than another, no border is drawn."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings

_SOURCE = Path(settings.BASE_DIR) / "fixtures" / "reference" / "tile_map.json"


@cache
def tile_rows() -> tuple[tuple[str, ...], ...]:
    """Return the rows from north to south, each from west to east: a country's code, or ``""`` for an empty place."""
    grid = json.loads(_SOURCE.read_text("utf-8"))
    places = {(place["row"], place["column"]): code for code, place in grid["tiles"].items()}
    return tuple(
        tuple(places.get((row, column), "") for column in range(grid["columns"])) for row in range(grid["rows"])
    )
