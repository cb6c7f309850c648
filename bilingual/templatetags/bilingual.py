"""What page templates say in the active language: numbers, dates, counted nouns, names, and the other language."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.urls import get_script_prefix
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bilingual import dates, grammar
from bilingual.languages import active_language, address_in, direction_of, other_language, text_direction
from bilingual.numbers import say_number
from bilingual.text import Bilingual

register = template.Library()


@register.filter
def number(n: int | None) -> str:
    """``{{ n|number }}``: 1,284. A figure that is not known is shown as nothing, never as zero."""
    return "" if n is None else say_number(n, active_language())


@register.filter
def counted(n: int | None, noun: str | grammar.Noun | grammar.Compound) -> str:
    """``{{ n|counted:"participant" }}``: the number with its noun.

    The noun is one of the lexicon, or a value of the context. After the name of one the sentence's case may follow,
    and "definite": ``"member_country genitive"``, ``"expert+executive definite"``.
    """
    if n is None:
        return ""
    found, case, definite = _noun(noun)
    return grammar.counted(n, found, active_language(), case, definite)


@register.filter
def counted_label(n: int | None, noun: str | grammar.Noun | grammar.Compound) -> str:
    """``{{ n|counted_label:"held_activity" }}``: the noun alone, as it stands under the figure ``n``."""
    return "" if n is None else grammar.counted_label(n, _noun(noun)[0], active_language())


@register.filter
def day(d: date | None) -> str:
    """``{{ d|day }}``: 25 June 2024."""
    return dates.say_date(d, active_language()) if d else ""


@register.filter
def month(d: date | None) -> str:
    """``{{ d|month }}``: June 2024."""
    return dates.say_month(d, active_language()) if d else ""


@register.simple_tag
def date_range(start: date | None, end: date | None) -> str:
    """``{% date_range start end %}``: the days from start to end, right at the start of a line or cell too."""
    if not (start and end):
        return ""
    language = active_language()
    return dates.anchored(dates.say_range(start, end, language), language)


@register.filter
def anchored(text: str) -> str:
    """``{{ days|anchored }}``: a range from elsewhere, made right at the start of a line or cell."""
    return dates.anchored(text, active_language())


@register.filter
def isolate(text: object) -> SafeString:
    """``{{ name|isolate }}``: a text of unknown direction, kept from turning the words around it.

    The direction is spelled out, since the engine that prints reports does not work it out.
    """
    shown = "" if text is None else text
    return format_html('<bdi dir="{}">{}</bdi>', text_direction(str(shown)), shown)


@register.filter
def listed(names: Iterable[object]) -> str:
    """``{{ names|listed }}``: a list with "and" before its last item, or before each but the first in Arabic.

    Names that are empty in the active language are passed over.
    """
    items = [name if isinstance(name, SafeString) else str(name) for name in names if name]
    return grammar.join(items, active_language())


@register.simple_tag
def in_either(instance: Any, field: str = "") -> SafeString:
    """``{% in_either activity "title" %}``: a text in the active language, or in the other one with a note.

    The instance may be a ``Bilingual`` value instead, without a field. A text in neither language is empty.
    """
    text = instance if isinstance(instance, Bilingual) else Bilingual.of(instance, field)
    language = active_language()
    if own := text.in_(language):
        return conditional_escape(own)
    other = other_language(language)
    if not (borrowed := text.in_(other)):
        return SafeString("")
    note = gettext("in Arabic") if other == "ar" else gettext("in English")
    return format_html(
        '<span lang="{}" dir="{}">{}</span> <span class="fallback-note">{}</span>',
        other,
        direction_of(other),
        borrowed,
        note,
    )


@register.simple_tag(takes_context=True)
def language_url(context: Context, language: str) -> str:
    """``{% language_url "ar" %}``: this page, its query included, in another language.

    An address that leads to no page (on a 404) keeps its path under the other language; one outside the languages,
    or rendered without a request, leads to the home page.
    """
    request = context.get("request")
    home = f"{get_script_prefix()}{language}/"
    if request is None:
        return home
    there = address_in(language, request.get_full_path())
    return there if there.startswith(home) else home


def _noun(
    said: str | grammar.Noun | grammar.Compound,
) -> tuple[grammar.Noun | grammar.Compound, grammar.Case, bool]:
    if not isinstance(said, str):
        return said, grammar.Case.NOMINATIVE, False
    name, *rest = said.split()
    cases = [grammar.Case[word.upper()] for word in rest if word != "definite"]
    return grammar.find_noun(name), cases[0] if cases else grammar.Case.NOMINATIVE, "definite" in rest
