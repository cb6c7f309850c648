"""What whole pages need beside words: their address in each language and texts by line."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator

from bilingual import grammar
from bilingual.addresses import portal_address
from bilingual.languages import active_language, address_in, direction_of, other_language
from bilingual.text import Bilingual

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context: Context, language: str) -> str:
    """``{% page_address "ar" %}``: the full address under which this page is known in a language.

    ``x-default`` is the address that asks a browser for its language. Of the query string it keeps what the view calls
    ``canonical_query``, and nothing else.
    """
    request = context["request"]
    path = address_in("ar" if language == "x-default" else language, request.path)
    if language == "x-default":
        path = path.replace("/ar/", "/", 1)
    query = context.get("canonical_query")
    return portal_address(f"{path}?{query}" if query else path)


@register.simple_tag
def static_address(path: str) -> str:
    """``{% static_address "img/mark.svg" %}``: the full address of a static file, for who reads a page elsewhere."""
    return portal_address(static(path))


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """``{% again "title" %}``: the text of a block that stands above, once more, as one line."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return one_line(unescape(strip_tags(block.render(context))))


@register.filter
def one_line(text: object) -> str:
    """``{{ summary.text|one_line }}``: a text for the head of a page, of a length that others show."""
    return Truncator(" ".join(str(text).split())).chars(200)


@register.filter
def ordinal(n: int, form: str) -> str:
    """``{{ 40|ordinal:"feminine genitive" }}``: the place in a row, in the gender and case of the Arabic sentence."""
    gender, case = form.split()
    return grammar.ordinal(n, active_language(), gender=gender[0], case=grammar.Case[case.upper()])


@dataclass(frozen=True)
class Said:
    """A text as a page can show it: in the active language, or else borrowed from the other one."""

    text: str
    language: str
    is_borrowed: bool

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @cached_property
    def lines(self) -> list[str]:
        """The lines that are not empty, each a text of its own."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@register.simple_tag
def said(instance: Any, field: str = "") -> Said:
    """``{% said activity "summary" as summary %}``: a text of the record, in whichever language there is."""
    text = instance if isinstance(instance, Bilingual) else Bilingual.of(instance, field)
    language = active_language()
    if own := text.in_(language):
        return Said(own, language, is_borrowed=False)
    other = other_language(language)
    return Said(text.in_(other), other, is_borrowed=True)
