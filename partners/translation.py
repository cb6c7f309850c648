"""Which fields of countries and institutions are written in both languages."""

from modeltranslation.translator import TranslationOptions, register

from bilingual.history import keep_history
from partners.models import Country, Institution, Membership, NationalFocalPoint


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("short_name", "formal_name")


@register(Institution)
class InstitutionTranslation(TranslationOptions):
    fields = ("name",)


@register(NationalFocalPoint)
class NationalFocalPointTranslation(TranslationOptions):
    fields = ("name", "post")


@register(Membership)
class MembershipTranslation(TranslationOptions):
    """None of its own; registered so that a query through it reads the language columns."""

    fields = ()


keep_history(Country, Institution, Membership, NationalFocalPoint, left_out=("search",))
