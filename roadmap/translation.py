"""Which fields of the programme, its roadmaps and meetings are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from bilingual.history import keep_history
from roadmap.models import (
    Abbreviation,
    Collaborator,
    CooperationArea,
    Indicator,
    Meeting,
    Programme,
    Roadmap,
    WorkPlanItem,
)


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("name", "organ_short_name", "address", "aim", "history", "mandate")


@register(Roadmap)
class RoadmapTranslation(TranslationOptions):
    fields = ("title", "short_title")


@register(CooperationArea)
class CooperationAreaTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(WorkPlanItem)
class WorkPlanItemTranslation(TranslationOptions):
    fields = ("title", "description")


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("title", "target")


@register(Collaborator)
class CollaboratorTranslation(TranslationOptions):
    """None of its own; registered so that a query through it reads the language columns."""

    fields = ()


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("place",)


@register(Abbreviation)
class AbbreviationTranslation(TranslationOptions):
    fields = ("meaning",)


keep_history(Programme, Roadmap, CooperationArea, WorkPlanItem, Collaborator, Indicator, Meeting, Abbreviation)
