"""Who did what in an activity, in both languages."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.findings.places import institution_called, text_of_institution, text_of_partner
from activities.models import Activity, Partnership
from bilingual.findings import Finding, Severity, said
from bilingual.states import LANGUAGES
from bilingual.text_findings import in_one_language
from partners.models import Institution


def names_of_partners(activity: Activity, day: date) -> Iterator[Finding]:
    """Find partners that are named in one language only."""
    for partnership in activity.partnerships.all():
        if partnership.institution:
            yield from _official_name(partnership, partnership.institution)
        for field in ("described_as", "post"):
            text = text_of_partner(partnership, activity, field)
            yield from in_one_language(text, Severity.BLOCKING, "partner-in-one-language", is_waivable=True)


def _official_name(partnership: Partnership, institution: Institution) -> Iterator[Finding]:
    """Find that an institution has no name in a language, unless it was called something in it then."""
    messages = {
        "ar": _("The institution “%(name)s” has no official Arabic name."),
        "en": _("The institution “%(name)s” has no official English name."),
    }
    for language in LANGUAGES:
        if not partnership.name.in_(language):
            message = said(messages[language], name=institution_called(institution))
            yield text_of_institution(institution).found(
                "institution-name-missing", Severity.BLOCKING, message, language, is_waivable=True
            )
