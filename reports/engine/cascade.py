"""Properties that no rule sets: the engine takes each through all that might be said of one that a rule does set.

That is most properties of most elements, some 30 for each. Whatever is inherited is the parent's, and anything else is
as it is initially, unless it depends on other properties; those are left to the engine.
"""

from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

# Inherited ones that may be calculated anew for each element, and others whose value depends on more than their own.
_OTHERS = {"text_indent", "float", "display", "position", "page"}
_LOGICAL = {
    function(block="ttb", inline=direction) for function in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")
}


def _is_simple(name: str) -> bool:
    return name not in _OTHERS and not name.startswith("text_decoration_")


_INHERITED = {name for name in INHERITED if _is_simple(name)}
_INITIAL = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED and name not in INITIAL_NOT_COMPUTED and _is_simple(name)
}


def install() -> None:
    """Let the engine of this process take the short way to properties that no rule sets."""
    css.ComputedStyle.__missing__ = _missing(css.ComputedStyle.__missing__)


def _missing(original):
    def missing(style, name):
        if name in style.cascaded or (name in PHYSICAL_FUNCTIONS and _has_logical(style)):
            return original(style, name)
        if name in _INITIAL:
            value = style[name] = _INITIAL[name]
        elif name in _INHERITED and style.parent_style is not None:
            value = style[name] = style.parent_style[name]
        else:
            value = original(style, name)
        return value

    return missing


def _has_logical(style) -> bool:
    """Whether a rule sets a property of this element by its logical name, such as ``margin-inline-start``."""
    known = style.__dict__.get("has_logical")
    if known is None:
        known = style.has_logical = not _LOGICAL.isdisjoint(style.cascaded)
    return known
