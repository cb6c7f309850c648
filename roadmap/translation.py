"""Which fields of the programme, its roadmaps and meetings are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from bilingual.history import keep_history
from roadmap.models import Abbreviation, CooperationArea, Meeting, Programme, Roadmap


@register(Programme)
class ProgrammeTranslation(TranslationOptions):
    fields = ("name", "organ_short_name", "address", "aim", "history", "mandate")


@register(Roadmap)
class RoadmapTranslation(TranslationOptions):
    fields = ("title", "short_title")


@register(CooperationArea)
class CooperationAreaTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("place",)


@register(Abbreviation)
class AbbreviationTranslation(TranslationOptions):
    fields = ("meaning",)


keep_history(Programme, Roadmap, CooperationArea, Meeting, Abbreviation)
