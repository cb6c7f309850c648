"""Lines that end in a space: where the engine breaks them, and where it draws their last words.

A text that would fill its line but for the space at its end is taken for one that cannot be broken: the engine leaves
its first word alone on a line.

A line that ends in a space before the next inline element loses that space. The engine then moves every box of the
line, although the last one also keeps the space in its layout; once the line is justified, that layout is made anew
without it, and the last words of a right-to-left line stand apart from the rest and beyond the margin.
"""

from weasyprint.layout import inline
from weasyprint.text import line_break


def install() -> None:
    """Let the engine of this process set such lines as it sets others."""
    line_break.split_first_line = inline.split_first_line = _filling(line_break.split_first_line)
    inline.remove_last_whitespace = _removing_last_whitespace(inline.remove_last_whitespace)


def _filling(original):
    def split_first_line(text, style, context, max_width, spacing, is_line_start=True, minimum=False):
        line = original(text, style, context, max_width, spacing, is_line_start, minimum)
        _layout, length, resume_index, width, *_ = line
        is_cut = resume_index is not None and max_width is not None and width <= max_width
        is_one_word = is_cut and b" " not in text.encode()[:length]
        if is_one_word and text[-1] == " " and style["white_space"] in ("normal", "pre-line"):
            whole = original(text.rstrip(" "), style, context, max_width, spacing, is_line_start, minimum)
            return whole if whole[2] is None and whole[3] <= max_width else line
        return line

    return split_first_line


def _removing_last_whitespace(original):
    def remove_last_whitespace(context, line):
        box = _last_text(line)
        text, width = (box.text, box.width) if box else ("", 0)
        original(context, line)
        if box is None or not box.text or box.text == text:
            return
        if box.pango_layout.first_line_direction % 2:
            laid_out, _, _ = inline.split_text_box(context, box, None, 0)
            box.pango_layout = laid_out.pango_layout
            box.translate(dx=width - box.width, ignore_floats=True)

    return remove_last_whitespace


def _last_text(box):
    """Return the text that ends a line, or ``None`` where something else does."""
    while isinstance(box, inline.boxes.LineBox | inline.boxes.InlineBox):
        if not box.children:
            return None
        box = box.children[-1]
    return box if isinstance(box, inline.boxes.TextBox) else None
