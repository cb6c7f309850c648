"""Texts in both languages: none here. Registered, so that a query through these reads the language columns."""

from modeltranslation.translator import TranslationOptions, register

from focalpoints.models import Answer, ConfirmationRequest, Follow, Subscription


@register([ConfirmationRequest, Answer, Follow, Subscription])
class FocalPointsTranslation(TranslationOptions):
    fields = ()
