"""What the pages of the translation desk need."""

from django import template

from bilingual.findings import Finding

register = template.Library()


@register.filter
def of_field(findings: dict[str, list[Finding]], field: str) -> list[Finding]:
    """``{{ findings|of_field:field }}``: what was found in one text."""
    return findings.get(field, [])
