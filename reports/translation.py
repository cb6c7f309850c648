"""Which fields of reports are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from reports.models import Report, ReportItem


@register(Report)
class ReportTranslation(TranslationOptions):
    fields = ("lead_in",)


@register(ReportItem)
class ReportItemTranslation(TranslationOptions):
    """None of its own; registered so that a query through it reads the language columns."""

    fields = ()
