"""What the engine reckons for every box, several times over: whether it flows, how its percentages come out.

The results are the engine's own. How wide a box of one style is within a given room is remembered under those two;
where a box stands and how margins collapse is told in one step instead of five.
"""

from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, flex, float, grid, inline, page, percent, table

_MODULES = (absolute, block, column, flex, float, grid, inline, page, percent, table)
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"{limit}{axis}" for limit in ("", "min_", "max_") for axis in ("width", "height")),
)
_OUT_OF_FLOW = {"left", "right", "inline-start", "inline-end", "footnote"}
_PLACED = {"absolute", "fixed"}
_TAKEN_OUT = {"running()", "note()"}


def install() -> None:
    """Let the engine of this process reckon faster."""
    boxes.Box.is_in_normal_flow = _is_in_normal_flow
    _replace("resolve_percentages", _remembering(percent.resolve_percentages))
    _replace("collapse_margin", _collapse_margin)


def _replace(name: str, function) -> None:
    for module in _MODULES:
        if hasattr(module, name):
            setattr(module, name, function)


def _is_in_normal_flow(box) -> bool:
    style = box.style
    position = style["position"]
    return not (style["float"] in _OUT_OF_FLOW or position in _PLACED or position[0] in _TAKEN_OUT)


def _collapse_margin(margins):
    return max(0, max(margins)) + min(0, min(margins)) if margins else 0


def _remembering(original):
    def resolve_percentages(box, containing_block):
        room = containing_block
        if isinstance(room, boxes.Box):
            room = (room.width, room.height)
        style = box.style
        # A table whose borders collapse has settled them between its cells.
        keeps_borders = style["border_collapse"] == "collapse" and hasattr(box, "border_top_width")
        if keeps_borders and style["box_sizing"] != "content-box":
            original(box, containing_block)
            return
        known = style.__dict__.setdefault("lengths", {})
        key = (*room, isinstance(box, boxes.PageBox), keeps_borders)
        if key in known:
            box.__dict__.update(known[key])
        else:
            original(box, containing_block)
            names = _LENGTHS if keeps_borders else (*_LENGTHS, *_BORDERS)
            known[key] = {name: getattr(box, name) for name in names}

    return resolve_percentages
