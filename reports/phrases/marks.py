"""Marks in the HTML of a report: what a test, the preview and later the Word file read.

- ``data-fact``: a number or date, with its id in `ReportFacts.stated`;
- ``data-name``: a name or title, whose own digits are no facts of this report;
- ``data-fixed``: a text that staff wrote as a whole.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bilingual.languages import direction_of, other_language
from bilingual.text import Bilingual


def mark_fact(fact: str, words: str) -> SafeString:
    """Return ``words`` as the visible form of the fact with that id."""
    return format_html('<span data-fact="{}">{}</span>', fact, words)


def mark_name(name: Bilingual, language: str) -> SafeString:
    """Return a name; one that is missing in ``language`` is shown in the other, with its own direction."""
    if name.in_(language):
        return format_html("<span data-name>{}</span>", name.in_(language))
    other = other_language(language)
    return format_html('<bdi data-name lang="{}" dir="{}">{}</bdi>', other, direction_of(other), name.in_(other))


def mark_text(text: str) -> SafeString:
    """Return a text that staff wrote, as a phrase within a sentence: without its final stop."""
    return format_html("<span data-fixed>{}</span>", text.rstrip(" .،؛;")) if text else SafeString()


def paragraphs(text: str) -> SafeString:
    """Return a text that staff wrote as paragraphs, which an empty line parts."""
    blocks = [(" ".join(block.split()),) for block in text.split("\n\n") if block.strip()]
    return format_html_join("\n", "<p data-fixed>{}</p>", blocks)
