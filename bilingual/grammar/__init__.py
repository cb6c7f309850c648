"""Phrases that must agree: counted nouns, lists, particles before names, ordinals, in Arabic and English.

Sentences are put together elsewhere; here are the parts whose form depends on a number, a gender, a case or the next
word. Languages are ``"ar"`` and ``"en"``.
"""

from bilingual.grammar.arabic import ArabicNoun, Case, plural_class
from bilingual.grammar.counting import Compound, Noun, counted, counted_label, plural
from bilingual.grammar.english import EnglishNoun, with_article
from bilingual.grammar.joining import attach, join
from bilingual.grammar.lexicon import NOUNS, compound, find_noun
from bilingual.grammar.ordinals import ordinal

__all__ = [
    "NOUNS",
    "ArabicNoun",
    "Case",
    "Compound",
    "EnglishNoun",
    "Noun",
    "attach",
    "compound",
    "counted",
    "counted_label",
    "find_noun",
    "join",
    "ordinal",
    "plural",
    "plural_class",
    "with_article",
]
