"""Words of the interface for programs, as the guide shows them."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_VALUES = re.compile(r"\b(null|true|false)\b")


@register.filter
def with_values(text: object) -> SafeString:
    """``{{ property.said|with_values }}``: a sentence in which values, which are of no language, stand as code."""
    return mark_safe(_VALUES.sub(r'<code dir="ltr">\1</code>', conditional_escape(text)))  # noqa: S308 -- escaped
