"""Which fields of activities are written in both languages.

Models without a text of their own are registered too: a query that reaches a translated model through them then
reads the language columns instead of the base column, which holds whichever language saved last.
"""

from modeltranslation.translator import TranslationOptions, register

from activities.models import (
    Activity,
    ActivityKind,
    ActivityLink,
    CountryParticipation,
    ParticipantProfile,
    Participation,
    Partnership,
)
from activities.models.activity import TEXTS
from bilingual.history import keep_history


@register(ActivityKind)
class ActivityKindTranslation(TranslationOptions):
    fields = ("name",)


@register(ParticipantProfile)
class ParticipantProfileTranslation(TranslationOptions):
    fields = ("name",)


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = TEXTS


@register(Partnership)
class PartnershipTranslation(TranslationOptions):
    fields = ("described_as", "name_then", "post")


@register(ActivityLink)
class ActivityLinkTranslation(TranslationOptions):
    fields = ("label",)


@register([Participation, CountryParticipation])
class CountsTranslation(TranslationOptions):
    fields = ()


keep_history(
    Activity,
    ActivityKind,
    ParticipantProfile,
    Partnership,
    Participation,
    CountryParticipation,
    ActivityLink,
    left_out=("search", "changed_at", "sum_of_countries"),
)
