"""What the translation desk calls records that have no name of their own."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from activities.models import Partnership, Role
from bilingual.states import LANGUAGES
from bilingual.text import Bilingual
from reports.models import ReportSection, SectionKind


def before(record: Any, names: Bilingual) -> Bilingual:
    """The name of a part of a report, after that of the report."""
    meeting = record.report.meeting.name
    return Bilingual(ar=f"{meeting.ar} · {names.ar or names.en}", en=f"{meeting.en} · {names.en or names.ar}")


def in_both_languages(label: Promise | str) -> Bilingual:
    """A word of the portal as either language says it."""
    names = {}
    for language in LANGUAGES:
        with override(language):
            names[language] = str(label)
    return Bilingual(**names)


def partner_name(partnership: Partnership) -> Bilingual:
    """Who it is, and in which role."""
    partner, role = partnership.name, in_both_languages(Role(partnership.role).label)
    return Bilingual(ar=f"{partner.ar or partner.en} · {role.ar}", en=f"{partner.en or partner.ar} · {role.en}")


def section_name(section: ReportSection) -> Bilingual:
    """Its heading, after the name of the report."""
    return before(section, in_both_languages(SectionKind(section.kind).label))
