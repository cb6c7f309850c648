"""The last words of a right-to-left line, which the engine draws a space too far once the line is justified.

A line that ends in a space before the next inline element loses that space. The engine then moves every box of the
line, although the last one also keeps the space in its layout; once the line is justified, that layout is made anew
without it, and the last words stand apart from the rest and beyond the margin.
"""

from weasyprint.layout import inline


def install() -> None:
    """Let the engine of this process keep the last words of such a line in their place."""
    inline.remove_last_whitespace = _removing_last_whitespace(inline.remove_last_whitespace)


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
