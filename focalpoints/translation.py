"""Texts in both languages: none of this app's own. Registered so that queries through it read the language columns."""

from modeltranslation.translator import TranslationOptions, register

from focalpoints.models import Follow, Subscription


@register([Follow, Subscription])
class FollowingTranslation(TranslationOptions):
    fields = ()
