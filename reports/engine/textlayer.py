"""A text layer in which every Arabic word can be found, copied and read aloud, for the engine version we have read.

The engine gives each glyph of a font one text, that of the first place it was drawn, and a ligature all of its
letters at once. So a glyph that serves two letters gives the wrong one the second time, and readers, which turn a
right-to-left run around letter by letter, take ligatures apart in the wrong order. Here,

- each pair of a glyph and a text has a character code of its own in the PDF (`CIDToGIDMap` leads it to its glyph);
- a right-to-left ligature keeps its first letter, and each further one stands on an empty glyph of no width;
- marks above and below come after the line they belong to, since readers take a raised glyph for another line;
- where a font leaves a wide gap within a word, an empty glyph lies over it, so that readers do not see two words;
- a line of text begins with a space, since readers that go by the order of drawing join it to the one before.

Every glyph is drawn where the engine would draw it, rounding included: the pages are the same to the pixel. Only what
the engine moves after a glyph is moved before the next one: some viewers forget it at the end of a piece of text, and
justified lines then fall short of the margin.
"""

import struct
from dataclasses import dataclass
from typing import NamedTuple

import pydyf
from weasyprint import draw as pages
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango

# Codes of our own start beyond the font's glyphs, and beyond those the engine gives to missing characters.
_FIRST_CODE = 2000
_EMPTY = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY
_NONE = {_EMPTY}
_SILENT = "\u200f"  # what a glyph says that adds nothing to the text: a code without any is not allowed
_NOTHING = 5e-5  # what rounding leaves between places that should be equal
_WORD_GAP = 90  # thousandths of the font's size: readers of the text take a wider gap for the end of a word
_INVISIBLE = "\u061c\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"


def install() -> None:
    """Let the engine of this process write this text layer."""
    if ffi.sizeof("PangoGlyphInfo") != _GLYPH.size:
        raise RuntimeError("Glyphs are stored in a way we have not read")
    drawing.draw_first_line = _writing(drawing.draw_first_line)
    pages.draw_inline_level = _beginning(pages.draw_inline_level)
    pdf_fonts.Font.subset = _subsetting(pdf_fonts.Font.subset)
    pdf_fonts._build_vector_font_dictionary = _mapping(pdf_fonts._build_vector_font_dictionary)


class Codes:
    """The character codes of one font: which glyph each stands for."""

    def __init__(self, font):
        self.font = font
        self.glyphs: dict[int, int] = {}
        self.by_pair: dict[tuple[int, str], str] = {}
        self.known: dict[tuple, tuple[str, int, int]] = {}
        self.widths = _empty_glyphs(font)
        self.carrier = next((glyph for glyph, width in self.widths.items() if not width), None)
        self.filler = next((glyph for glyph, width in self.widths.items() if 150 <= width <= 300), None)
        self.is_plain = not (font.bitmap or font.png or font.svg or font.colr)

    @classmethod
    def of(cls, font) -> "Codes":
        """Return the codes of ``font``, made at first use."""
        if not hasattr(font, "codes"):
            font.codes = cls(font)
        return font.codes

    def code(self, glyph: int, text: str) -> str:
        """Return the code for ``glyph`` where it shows ``text``, as a PDF writes it: its own number the first time."""
        written = self.by_pair.get((glyph, text))
        if written is None:
            is_free = glyph not in self.glyphs and self.font.to_unicode.get(glyph, text) == text
            code = glyph if is_free else self.font.glyph_count + _FIRST_CODE + len(self.glyphs)
            self.glyphs[code] = glyph
            self.font.to_unicode[code] = text
            self.font.widths[code] = self.widths[glyph]
            written = self.by_pair[glyph, text] = f"{code:04x}"
        return written

    def first_code(self, glyph: int, text: str) -> str:
        """Return the code for ``glyph`` as the engine has it: its own number, with the text of its first place.

        A bracket of a right-to-left text is the glyph of the other one: where that came first, it keeps the number.
        """
        if self.glyphs.get(glyph) == glyph and self.font.to_unicode[glyph] != text:
            return self.code(glyph, text)
        self.font.to_unicode.setdefault(glyph, text)
        self.font.widths.setdefault(glyph, self.widths[glyph])
        return f"{glyph:04x}"

    def learn(self, glyph: int, pango_font, size: float, stream) -> None:
        """Learn the width of a glyph, in thousandths of the font's size, as the engine measures it."""
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        self.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)


def _empty_glyphs(font) -> dict[int, int]:
    """Return the glyphs that draw nothing, each with its width in thousandths of the font's size."""
    if "glyf" not in font.tables:
        return {}
    long_places = struct.unpack_from(">h", _table(font, b"head"), 50)[0]
    places = _numbers(_table(font, b"loca"), "I" if long_places else "H")
    measured = struct.unpack_from(">H", _table(font, b"hhea"), 34)[0]
    widths = _numbers(_table(font, b"hmtx")[: 4 * measured], "H")[::2]
    # An outline that takes no bytes draws nothing. From the last measured glyph on, all are as wide as that.
    empty = (n for n in range(1, len(places) - 1) if places[n] == places[n + 1])
    return {n: round(widths[min(n, measured - 1)] * 1000 / font.upem) for n in empty}


def _table(font, name: bytes) -> bytes:
    blob = harfbuzz.hb_face_reference_table(font.hb_face, harfbuzz.hb_tag_from_string(name, -1))
    with ffi.new("unsigned int *") as length:
        content = harfbuzz.hb_blob_get_data(blob, length)
        table = ffi.unpack(content, int(length[0])) if length[0] else b""
    harfbuzz.hb_blob_destroy(blob)
    return table


def _numbers(table: bytes, kind: str) -> tuple[int, ...]:
    return struct.unpack(f">{len(table) // struct.calcsize(kind)}{kind}", table)


_GLYPH = struct.Struct("=Iiii4x")  # PangoGlyphInfo: glyph, width, x_offset, y_offset, and a flag


class _Run(NamedTuple):
    """Glyphs of one font and direction, from left to right, as Pango has set them."""

    codes: Codes
    size: float
    pango_font: object
    is_rtl: bool
    glyphs: list[tuple[int, int, int, int]]
    clusters: list[int]
    text: bytes


def _writing(original):
    def draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix):
        is_plain = text_overflow != "ellipsis" and block_ellipsis == "none"
        if is_plain and textbox.text.strip() and textbox.style["font_size"] >= 1e-6:
            runs = _runs(stream, textbox.pango_layout)
            if runs is not None:
                _write(stream, runs, matrix, begins=getattr(stream, "line_start", None) is textbox)
                return []
        return original(stream, textbox, text_overflow, block_ellipsis, matrix)

    return draw_first_line


def _beginning(original):
    def draw_inline_level(stream, page, box, *arguments, **options):
        if isinstance(box, boxes.LineBox):
            stream.line_start = next((child for child in box.descendants() if isinstance(child, boxes.TextBox)), None)
        original(stream, page, box, *arguments, **options)

    return draw_inline_level


def _runs(stream, layout) -> list[_Run] | None:
    """Return the runs of a line, or ``None`` where one holds pictures or characters that its font has not."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    runs = []
    node = line.runs[0]
    while node != ffi.NULL:
        run = _run(stream, node.data, text, layout)
        if run is None:
            return None
        runs.append(run)
        node = node.next
    return runs


def _run(stream, glyph_item, text: bytes, layout) -> _Run | None:
    item, string = glyph_item.item, glyph_item.glyphs
    font, size = _font(stream, item.analysis.font, layout)
    codes = Codes.of(font)
    count = string.num_glyphs
    glyphs = list(_GLYPH.iter_unpack(ffi.buffer(string.glyphs, count * _GLYPH.size)))
    unknown = {glyph[0] for glyph in glyphs}.difference(codes.widths, _NONE)
    if not codes.is_plain or any(glyph >= font.glyph_count for glyph in unknown):
        return None
    for glyph in unknown:
        codes.learn(glyph, item.analysis.font, size, stream)
    start = item.offset
    is_rtl = bool(item.analysis.level % 2) and codes.carrier is not None
    clusters = ffi.unpack(string.log_clusters, count)
    return _Run(codes, size, item.analysis.font, is_rtl, glyphs, clusters, text[start : start + item.length])


def _font(stream, pango_font, layout):
    """Return a font of the document and its size; the engine describes it anew for each run."""
    known = stream._resources.__dict__.setdefault("known_fonts", {})
    address = int(ffi.cast("intptr_t", pango_font))
    if address not in known:
        # The layout keeps Pango from giving the address to another font.
        known[address] = *stream.add_font(pango_font), layout.layout
    return known[address][:2]


def _write(stream, runs: list[_Run], matrix, *, begins: bool) -> None:
    """Write the runs of a text that begins a line or goes on with it: what stands on it in order, then its marks."""
    stream.set_text_matrix(*matrix.values)
    pen = _Pen(stream)
    for run in runs:
        pen.take(run)
        if run.is_rtl:
            _write_words(pen, run)
        if begins and run is runs[0]:
            pen.part()
        if not run.is_rtl:
            _write_glyphs(pen, run)
    pen.flush()
    pen.write_marks()


@dataclass
class _Mark:
    """A mark, its place and that of the end of its letter, in thousandths of the run's font."""

    run: _Run
    code: str
    place: float
    rise: float
    end: float | None = None


class _Pen:
    """Writes glyphs at their places, which are counted in thousandths of the font's size from the run's beginning.

    ``place`` is where the engine would be, ``reached`` where this pen is: they part where glyphs are drawn in another
    order.
    """

    def __init__(self, stream):
        self.stream = stream
        self.run = None
        self.place = self.reached = 0.0
        self.pieces: list[str] = []
        self.marks: list[tuple] = []

    def take(self, run: _Run) -> None:
        """Go on with the font of ``run``."""
        if self.run and (run.codes is not self.run.codes or run.size != self.run.size):
            self._rescale(run.size)
        self.run = run
        self.stream.set_font_size(run.codes.font.hash, run.size)

    def _rescale(self, size: float) -> None:
        """Go on in thousandths of another size."""
        self.flush()
        ratio = self.run.size / size
        self.place *= ratio
        self.reached *= ratio

    def show(self, code: str, place: float, width: int) -> None:
        """Draw the glyph of ``code`` at ``place``."""
        step = place - self.reached
        if abs(step) > _NOTHING:
            step = round(step, 4)
            self.pieces.append(f">{_number(-step)}<{code}")
            self.reached += step + width
        else:
            self.pieces.append(code)
            self.reached = place + width

    def show_raised(self, code: str, place: float, width: int, rise: float) -> None:
        """Draw a glyph above or below the line."""
        self.flush()
        self.stream.set_text_rise(-rise)
        self.show(code, place, width)
        self.flush()
        self.stream.set_text_rise(0)

    def part(self) -> None:
        """Part this text from the one drawn before by a space that takes no room."""
        codes = self.run.codes
        if codes.carrier is not None:
            self.show(codes.code(codes.carrier, " "), self.reached, 0)

    def flush(self) -> None:
        """Write what has been drawn so far."""
        if self.pieces:
            self.stream.show_text(f"<{''.join(self.pieces)}>".replace("<>", ""))
            self.pieces.clear()

    def mark(self, code: str, place: float, rise: float) -> None:
        """Remember a mark for the end of the line."""
        self.marks.append(_Mark(self.run, code, place, rise))

    def write(self, code: str, width: int, advance: float) -> None:
        """Draw a glyph where the engine would, and move on as far."""
        self.show(code, self.place, width)
        self.place += advance

    def end_letter(self) -> None:
        """End the marks that were drawn before a letter where that ends."""
        for mark in reversed(self.marks):
            if mark.end is not None:
                break
            mark.end = self.place

    def write_marks(self) -> None:
        """Write all marks of the line, each with empty glyphs up to the end of its letter, that it parts no word."""
        for mark in self.marks:
            self.take(mark.run)
            self.show_raised(mark.code, mark.place, 0, mark.rise)
            codes = mark.run.codes
            while codes.filler and mark.end and mark.end - self.reached > _WORD_GAP:
                self.show(codes.code(codes.filler, _SILENT), self.reached, codes.widths[codes.filler])
        self.flush()


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _write_glyphs(pen: _Pen, run: _Run) -> None:
    """Write a run from left to right as the engine does, each glyph with the text of its first place."""
    codes, size = run.codes, run.size
    ends = [*run.clusters[1:], len(run.text)]
    for (glyph, width, x, y), start, end in zip(run.glyphs, run.clusters, ends, strict=True):
        known = None if x or y else codes.known.get((glyph, width, size))
        if known:
            pen.write(*known)
        elif glyph == _EMPTY:
            pen.place += width / size
        else:
            code = codes.first_code(glyph, run.text[start:end].decode())
            codes.known[glyph, width, size] = code, codes.widths[glyph], _advance(run, glyph, width)
            _draw(pen, run, code, (glyph, width, x, y))


def _advance(run: _Run, glyph: int, width: int, offset: float = 0) -> float:
    """Return how far the engine moves on with a glyph: it takes back the rest of its width in whole thousandths."""
    own = run.codes.widths[glyph]
    return offset + own - int(own + offset - width * 1000 * FROM_UNITS / run.size)


def _draw(pen: _Pen, run: _Run, code: str, placed: tuple[int, int, int, int]) -> None:
    """Draw a glyph where the engine would, and move on as far."""
    glyph, width, x, y = placed
    offset = x / run.size
    if not y:
        pen.show(code, pen.place + offset, run.codes.widths[glyph])
    elif _is_mark(width, y):
        pen.mark(code, pen.place + offset, y / 1000)
    else:
        pen.show_raised(code, pen.place + offset, run.codes.widths[glyph], y / 1000)
    pen.place += _advance(run, glyph, width, offset)


def _write_words(pen: _Pen, run: _Run) -> None:
    """Write a run from right to left, its letters in the order of their glyphs."""
    within_word = False
    for first, last, letters in _clusters(run):
        glyph, width, x, y = run.glyphs[first]
        is_space = letters == " "
        if within_word and not is_space:
            _bridge(pen, run.codes, pen.place + x / run.size)
        known = None if x or y or last > first + 1 else run.codes.known.get((glyph, width, run.size, letters))
        if known:
            pen.write(*known)
        else:
            _write_cluster(pen, run, slice(first, last), letters)
        if width:
            pen.end_letter()
        within_word = not is_space


def _write_cluster(pen: _Pen, run: _Run, places: slice, letters: str) -> None:
    """Write the glyphs of a cluster; letters that have none of their own come before the first that has."""
    codes, glyphs = run.codes, run.glyphs[places]
    bases = [placed for placed in glyphs if _is_base(*placed)]
    own, further = _share(letters, len(bases))
    carried = "".join(codes.code(codes.carrier, letter) for letter in further)
    if carried:
        pen.show(carried, pen.place + (bases[0][2] / run.size if bases else 0), 0)
    for placed in glyphs:
        glyph, width, *_ = placed
        if glyph == _EMPTY:
            pen.place += width / run.size
        else:
            code = codes.code(glyph, own.pop(0) if _is_base(*placed) else _SILENT)
            _draw(pen, run, code, placed)
    if len(glyphs) == len(bases) == 1:
        codes.known[glyph, width, run.size, letters] = carried + code, codes.widths[glyph], _advance(run, glyph, width)


def _bridge(pen: _Pen, codes: Codes, place: float) -> None:
    """Lay an empty glyph over a wide gap before ``place``, as far under the letter before as under the one after."""
    gap = place - pen.reached
    if gap > _WORD_GAP and codes.filler is not None:
        width = codes.widths[codes.filler]
        pen.show(codes.code(codes.filler, _SILENT), pen.reached + (gap - width) / 2, width)


def _is_mark(width: int, y: int) -> bool:
    """Whether a glyph stands above or below its letter and takes no room: to readers of the text, another line."""
    return width == 0 and y != 0


def _is_base(glyph: int, width: int, _x: int, y: int) -> bool:
    """Whether a glyph says something of its cluster."""
    return glyph != _EMPTY and not _is_mark(width, y)


def _clusters(run: _Run):
    """Yield each cluster of a run in the order of its glyphs: first glyph, the one after its last, its letters."""
    starts = run.clusters
    ordered = sorted(set(starts))
    ends = dict(zip(ordered, [*ordered[1:], len(run.text)], strict=True))
    first = 0
    while first < len(starts):
        last = first + 1
        while last < len(starts) and starts[last] == starts[first]:
            last += 1
        yield first, last, run.text[starts[first] : ends[starts[first]]].decode()
        first = last


def _share(letters: str, count: int) -> tuple[list[str], str]:
    """Share the letters of a cluster among its glyphs in the order of drawing; what is left over is for carriers."""
    left = letters[count:] if count or letters.strip(_INVISIBLE) else ""
    return [letters[i : i + 1] or _SILENT for i in range(count)][::-1], left[::-1]


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
            stream = pydyf.Stream([_glyph_map(codes.glyphs, font)], compress=compress)
            pdf.add_object(stream)
            descendant = dictionary["DescendantFonts"][0]
            number = int(str(descendant.decode() if isinstance(descendant, bytes) else descendant).split()[0])
            pdf.objects[number]["CIDToGIDMap"] = stream.reference

    return build


def _glyph_map(glyphs: dict[int, int], font) -> bytes:
    """Return the map from code to glyph, two bytes each, as a PDF holds it."""
    codes = {*glyphs, *font.to_unicode}
    numbers = (glyphs.get(code, code if code < font.glyph_count else 0) for code in range(max(codes) + 1))
    return b"".join(number.to_bytes(2, "big") for number in numbers)
