"""Lines of text that are set once: the engine sets the same words in the same style again and again.

It measures a table's cells for the widths of columns and then lays them out, sets each page's margins anew for each
page, and makes all of Pango's objects for each piece of text. In a report more than half of the lines are repeated.
What a line becomes depends on its text, its style, the room for it and nothing else, so it is remembered under those.
"""

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
# Everything that the engine asks of a style to set a line; `white_space` may change later and is asked each time.
_PROPERTIES = (
    "direction",
    "font_family",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "word_break",
    "word_spacing",
    *_FEATURES,
)
_REMEMBERED = 20_000  # lines of one style, some ten megabytes


def install() -> None:
    """Let the engine of this process set each line once."""
    line_break.Layout.setup = _setup
    remembering = _remembering(line_break.split_first_line)
    line_break.split_first_line = inline.split_first_line = preferred.split_first_line = remembering
    inline.strut = _remembering_strut(inline.strut)


class Setting:
    """What all text of one style shares: Pango's objects, and the lines set so far."""

    def __init__(self, style):
        self.context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(self.context, False)
        pango.pango_context_set_base_dir(self.context, PANGO_DIRECTION[style["direction"]])
        self.language = self._language(style)
        self.description = get_font_description(style)
        self.measures = self._measures() if _is_decorated(style) else _NO_MEASURES
        self.features = ",".join(
            f"{key} {value}" for key, value in font_features(*(style[name] for name in _FEATURES)).items()
        ).encode()
        self.lines: dict[tuple, tuple] = {}
        self.struts: dict = {}

    @classmethod
    def of(cls, style) -> "Setting":
        """Return what ``style`` shares with all that are like it."""
        setting = style.__dict__.get("setting")
        if setting is None:
            settings = style.font_config.__dict__.setdefault("settings", {})
            key = (_is_decorated(style), *(style[name] for name in _PROPERTIES))
            setting = settings.get(key)
            if setting is None:
                setting = settings[key] = cls(style)
            style.setting = setting
        return setting

    def _language(self, style):
        override = style["font_language_override"]
        code = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
        if not code:
            return pango.pango_language_get_default()
        pointer, _content = unicode_to_char_p(code)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(self.context, language)
        return language

    def _measures(self) -> dict[str, float]:
        metrics = ffi.gc(
            pango.pango_context_get_metrics(self.context, self.description, self.language),
            pango.pango_font_metrics_unref,
        )
        return {name: FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics) for name in _MEASURES}


_MEASURES = (
    "ascent",
    "underline_position",
    "strikethrough_position",
    "underline_thickness",
    "strikethrough_thickness",
)
_NO_MEASURES = {"ascent": None, "underline_position": None, "strikethrough_position": None}


def _is_decorated(style) -> bool:
    return style["text_decoration_line"] != "none"


def _setup(layout, style) -> None:
    """Give a layout its Pango objects, as the engine does, but from what its style shares."""
    setting = Setting.of(style)
    layout.style = style
    layout.first_line_direction = 0
    layout.language = setting.language
    layout.layout = ffi.gc(pango.pango_layout_new(setting.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, setting.description)
    layout.__dict__.update(setting.measures)
    if setting.features:
        # Never released, as in the engine: lists of attributes take it over.
        attribute = style.font_config.font_features.setdefault(
            setting.features, pango.pango_attr_font_features_new(setting.features)
        )
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _remembering(original):
    def split_first_line(text, style, context, max_width, spacing, is_line_start=True, minimum=False):
        lines = Setting.of(style).lines
        key = (text, style["white_space"], max_width, spacing, is_line_start, minimum)
        line = lines.get(key)
        if line is None:
            line = original(text, style, context, max_width, spacing, is_line_start, minimum)
            if len(lines) > _REMEMBERED:
                lines.clear()
            lines[key] = line
        layout, *measures = line
        return _copy(layout), *measures

    return split_first_line


def _copy(layout):
    """Return a layout of its own for another box with the same words."""
    other = object.__new__(line_break.Layout)
    other.__dict__.update(layout.__dict__)
    return other


def _remembering_strut(original):
    def strut(style):
        struts, height = Setting.of(style).struts, style["line_height"]
        if height not in struts:
            struts[height] = original(style)
        return struts[height]

    return strut
