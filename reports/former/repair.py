"""Mends what happens to text on its way out of a PDF: marks, forms of letters, order of words, split and joined words.

Each step is a function from text to text. A step that would have to guess leaves the text as it is: what readers look
for, they look for in a skeleton, which forgives much of this anyway.
"""

from collections.abc import Iterable

from reports.former.furniture import without_furniture
from reports.former.glyphs import clean, turn_letters
from reports.former.ligatures import turn_ligatures
from reports.former.linebreaks import join_cut_words
from reports.former.runs import mirror_brackets, order_runs
from reports.former.spacing import close_up
from reports.former.unknowns import name_unknowns
from reports.former.unrolling import unroll
from reports.former.vocabulary import Vocabulary
from reports.former.wordorder import turn_words
from reports.former.words import Words


def repair(pages: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Return the lines of a document, mended, without empty lines and without what repeats at the edges of pages."""
    cleaned = [[line.strip("\n") for line in clean(page).split("\n") if line.strip()] for page in pages]
    lines = [line for page in without_furniture(cleaned) for line in page]
    lines = name_unknowns(close_up(lines), vocabulary)
    lines = turn_ligatures(lines, vocabulary)
    lines = turn_letters(lines)
    lines = turn_words(lines, vocabulary)
    lines = order_runs([mirror_brackets(line) for line in lines])
    lines = join_cut_words(lines, vocabulary)
    lines = unroll(lines, vocabulary)
    mended = Words.of(lines, vocabulary)
    lines = [mended.mend(line) for line in lines]
    return [line for line in (" ".join(line.split()) for line in lines) if line]
