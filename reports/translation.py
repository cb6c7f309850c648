"""Which fields of reports are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from bilingual.history import keep_history
from reports.models import CoverageNote, Report, ReportItem, ReportSection, Waiver


@register(Report)
class ReportTranslation(TranslationOptions):
    """None of its own; registered so that a query through it reads the language columns."""

    fields = ()


@register(ReportSection)
class ReportSectionTranslation(TranslationOptions):
    fields = ("text",)


@register(ReportItem)
class ReportItemTranslation(TranslationOptions):
    fields = ("override",)


@register(CoverageNote)
class CoverageNoteTranslation(TranslationOptions):
    fields = ("reason",)


keep_history(Report, ReportSection, ReportItem, CoverageNote, Waiver)
