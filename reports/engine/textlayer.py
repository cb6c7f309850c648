"""A text layer in which every Arabic word can be found, copied and read aloud, for the engine version we have read.

The engine gives each glyph of a font one text, that of the first place it was drawn, and a ligature all of its
letters at once. So a glyph that serves two letters gives the wrong one the second time, and readers, which turn a
right-to-left run around letter by letter, take ligatures apart in the wrong order. Here,

- each pair of a glyph and a text has a character code of its own in the PDF (`CIDToGIDMap` leads it to its glyph);
- a right-to-left ligature keeps its first letter, and each further one stands on an empty glyph of no width;
- marks above and below come after the word they belong to, since readers take a raised glyph for another line;
- where a font leaves a wide gap within a word, an empty glyph lies over it, so that readers do not see two words.

Glyphs stay where the engine puts them, within a thousandth of the font's size: it moves by whole ones.
"""

import io
import math

import pydyf
from fontTools.ttLib import TTFont
from weasyprint.draw import text as drawing
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

# Codes of our own start beyond the font's glyphs, and beyond those the engine gives to missing characters.
_FIRST_CODE = 2000
_ENGINE_UNIT = 1000 / 1024  # the engine writes offsets, which Pango counts in 1024ths, as thousandths
_EMPTY = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY
_SILENT = "\u200f"  # what a glyph says that adds nothing to the text: a code without any is not allowed
_WORD_GAP = 90  # thousandths of the font's size: readers of the text take a wider gap for the end of a word
_INVISIBLE = "\u061c\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"

ffi.cdef("void pango_glyph_string_set_size(PangoGlyphString *string, gint size);")


def install() -> None:
    """Let the engine of this process write this text layer."""
    drawing.draw_first_line = _relabelling(drawing.draw_first_line)
    pdf_fonts.Font.subset = _subsetting(pdf_fonts.Font.subset)
    pdf_fonts._build_vector_font_dictionary = _mapping(pdf_fonts._build_vector_font_dictionary)


class Codes:
    """The character codes of one font: which glyph each stands for."""

    def __init__(self, font):
        self.font = font
        self.glyphs: dict[int, int] = {}
        self.by_pair: dict[tuple[int, str], int] = {}
        self.empty = _empty_glyphs(font)
        self.widths = dict(self.empty)
        self.carrier = next((glyph for glyph, width in self.empty.items() if not width), None)
        self.filler = next((glyph for glyph, width in self.empty.items() if 150 <= width <= 300), None)

    @classmethod
    def of(cls, font) -> "Codes":
        """Return the codes of ``font``, made at first use."""
        if not hasattr(font, "codes"):
            font.codes = cls(font)
        return font.codes

    def code(self, glyph: int, text: str) -> int:
        """Return the code for ``glyph`` where it shows ``text``: the glyph's own number the first time."""
        code = self.by_pair.get((glyph, text))
        if code is None:
            is_free = glyph not in self.glyphs and self.font.to_unicode.get(glyph, text) == text
            code = glyph if is_free else self.font.glyph_count + _FIRST_CODE + len(self.glyphs)
            self.glyphs[code] = glyph
            self.by_pair[glyph, text] = code
            self.font.to_unicode[code] = text
            self.font.widths[code] = self.widths[glyph]
        return code


def _empty_glyphs(font) -> dict[int, int]:
    """Return the glyphs that draw nothing, each with its width in thousandths of the font's size."""
    tables = TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True)
    if "glyf" not in tables:
        return {}
    # An outline that takes no bytes draws nothing; reading the outlines themselves would take a tenth of a second.
    places, widths, scale = tables["loca"], tables["hmtx"], 1000 / tables["head"].unitsPerEm
    names = enumerate(tables.getGlyphOrder())
    return {n: round(widths[name][0] * scale) for n, name in names if n and places[n] == places[n + 1]}


def _relabelling(original):
    def draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix):
        is_plain = text_overflow != "ellipsis" and block_ellipsis == "none"
        if is_plain and textbox.text.strip() and textbox.style["font_size"] >= 1e-6:
            _relabel(stream, textbox.pango_layout)
        return original(stream, textbox, text_overflow, block_ellipsis, matrix)

    return draw_first_line


def _relabel(stream, layout) -> None:
    """Give each glyph of a line its code instead of its number, and each ligature its carriers."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        font, size = stream.add_font(item.item.analysis.font)
        # What runs from left to right is in another font of ours, and comes out right as it is.
        is_rtl = item.item.analysis.level % 2
        if is_rtl and not (font.bitmap or font.png or font.svg or font.colr):
            _relabel_run(Codes.of(font), item, text, size, stream)
        run = run.next


def _relabel_run(codes: Codes, item, text: bytes, size: float, stream) -> None:
    """Write codes into a run, one word after the other: what stands on its line in order, then its marks."""
    glyphs = item.glyphs
    infos = [_copy(glyphs.glyphs[i]) for i in range(glyphs.num_glyphs)]
    if codes.carrier is None or any(_is_foreign(info.glyph, codes.font) for info in infos):
        return
    run = _Run(codes, size)
    for first, last, letters in _clusters(item, text):
        places = range(first, last)
        bases = [i for i in places if infos[i].glyph != _EMPTY and not _is_mark(infos[i])]
        own, further = _share(letters, len(bases))
        shares = dict(zip(bases, own, strict=True))
        run.cluster = glyphs.log_clusters[first]
        if letters.isspace():
            run.end_word()
        run.carry(further)
        for place in places:
            info = infos[place]
            _measure(codes, info.glyph, item.item.analysis.font, size, stream)
            run.draw(info, shares.get(place, _SILENT), is_mark=_is_mark(info), bridge=not letters.isspace())
    run.end_word()
    run.write(glyphs)


class _Run:
    """The glyphs of a run in their new order, each with its code and cluster; ``pen`` is how far they have come."""

    def __init__(self, codes: Codes, size: float):
        self.codes = codes
        self.size = size
        self.cluster = 0
        self.pen = 0
        self.drawn: list[tuple] = []
        self.marks: list[tuple] = []

    def carry(self, letters: list[str]) -> None:
        """Write letters that have no glyph of their own."""
        for letter in letters:
            self.drawn.append((_blank(), self.codes.code(self.codes.carrier, letter), self.cluster))

    def draw(self, info, letters: str, *, is_mark: bool, bridge: bool) -> None:
        """Write a glyph with what it says; a mark waits for the end of its word."""
        width = info.geometry.width
        if info.glyph == _EMPTY:
            self.drawn.append((info, _EMPTY, self.cluster))
        elif is_mark:
            info.geometry.x_offset += round(self.pen * _ENGINE_UNIT)
            self.marks.append((info, self.codes.code(info.glyph, letters), self.cluster))
        else:
            code = self.codes.code(info.glyph, letters)
            if bridge:
                self.drawn += _bridge(self.codes, info, self.size, self.cluster)
            self.drawn.append((info, code, self.cluster))
        self.pen += width

    def end_word(self) -> None:
        """Write the marks of the word, from where the pen is now instead of from where it was."""
        for info, code, cluster in self.marks:
            info.geometry.x_offset -= round(self.pen * _ENGINE_UNIT)
            self.drawn.append((info, code, cluster))
        self.marks.clear()

    def write(self, glyphs) -> None:
        """Put everything back into the glyph string of the run."""
        pango.pango_glyph_string_set_size(glyphs, len(self.drawn))
        for i, (info, code, cluster) in enumerate(self.drawn):
            glyphs.glyphs[i] = info[0]
            glyphs.glyphs[i].glyph = code
            glyphs.log_clusters[i] = cluster


def _bridge(codes: "Codes", info, size: float, cluster: int) -> list[tuple]:
    """Return an empty glyph over the gap that a font leaves before a letter within a word, so that none parts it.

    Of the glyph's own width, it reaches as far under the letter before as under the letter after.
    """
    gap = info.geometry.x_offset / size  # as the engine will write it, in thousandths of the font's size
    if codes.filler is None or gap <= _WORD_GAP or info.geometry.y_offset:
        return []
    code = codes.code(codes.filler, _SILENT)
    filler = ffi.new("PangoGlyphInfo *")
    filler.geometry.x_offset = round((gap - codes.font.widths[code]) / 2 * size)
    # The engine moves the pen by whole thousandths: take such a step, and leave the rest of the gap to the letter.
    reach = codes.font.widths[code] + filler.geometry.x_offset / size
    step = reach - round(reach - gap)
    filler.geometry.width = math.floor(step * size / _ENGINE_UNIT)
    info.geometry.x_offset = round((gap - step) * size)
    info.geometry.width -= filler.geometry.width
    return [(filler, code, cluster)]


def _is_foreign(glyph: int, font) -> bool:
    """Whether a glyph is missing from the font, or has its code already from when the line was first drawn."""
    return glyph != _EMPTY and glyph >= font.glyph_count


def _is_mark(info) -> bool:
    """Whether a glyph stands above or below its letter and takes no room: to readers of the text, another line."""
    return info.geometry.width == 0 and info.geometry.y_offset != 0


def _copy(info):
    copy = ffi.new("PangoGlyphInfo *")
    copy[0] = info
    return copy


def _blank():
    """Return a glyph that takes no room; its code follows."""
    return ffi.new("PangoGlyphInfo *")


def _clusters(item, text: bytes):
    """Yield each cluster of a run in the order of its glyphs: first glyph, the one after its last, its letters."""
    glyphs, start, length = item.glyphs, item.item.offset, item.item.length
    count = glyphs.num_glyphs
    starts = [glyphs.log_clusters[i] for i in range(count)]
    ordered = sorted(set(starts))
    ends = dict(zip(ordered, [*ordered[1:], length], strict=True))
    first = 0
    while first < count:
        last = first
        while last < count and starts[last] == starts[first]:
            last += 1
        yield first, last, text[start + starts[first] : start + ends[starts[first]]].decode()
        first = last


def _share(letters: str, count: int) -> tuple[list[str], list[str]]:
    """Share the letters of a cluster among its glyphs in the order of drawing; what is left over is for carriers."""
    left = letters[count:] if count or letters.strip(_INVISIBLE) else ""
    return [letters[i : i + 1] or _SILENT for i in range(count)][::-1], list(left[::-1])


def _measure(codes: Codes, glyph: int, pango_font, size: float, stream) -> None:
    """Learn the width of a glyph, in thousandths of the font's size, from the font itself."""
    if glyph != _EMPTY and glyph not in codes.widths:
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        codes.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)


def _subsetting(original):
    def subset(font, to_unicode, hinting):
        codes = getattr(font, "codes", None)
        if codes:
            to_unicode = {codes.glyphs.get(code, code): text for code, text in to_unicode.items()}
        original(font, to_unicode, hinting)

    return subset


def _mapping(original):
    def build(dictionary, pdf, font, widths, compress, reference, version):
        original(dictionary, pdf, font, widths, compress, reference, version)
        codes = getattr(font, "codes", None)
        if codes and any(code != glyph for code, glyph in codes.glyphs.items()):
            stream = pydyf.Stream([_table(codes.glyphs, font)], compress=compress)
            pdf.add_object(stream)
            descendant = dictionary["DescendantFonts"][0]
            number = int(str(descendant.decode() if isinstance(descendant, bytes) else descendant).split()[0])
            pdf.objects[number]["CIDToGIDMap"] = stream.reference

    return build


def _table(glyphs: dict[int, int], font) -> bytes:
    """Return the map from code to glyph, two bytes each, as a PDF holds it."""
    codes = {*glyphs, *font.to_unicode}
    numbers = (glyphs.get(code, code if code < font.glyph_count else 0) for code in range(max(codes) + 1))
    return b"".join(number.to_bytes(2, "big") for number in numbers)
