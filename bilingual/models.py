"""Nouns that staff can add, with the forms each language needs to count them; states of texts; that data changed."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilingual.data_version import DataChange
from bilingual.fields import NameField
from bilingual.grammar import ArabicNoun, EnglishNoun, Noun
from bilingual.states import Progress, TranslationState

__all__ = ["CountedNoun", "DataChange", "FormsMissingError", "Gender", "Progress", "TranslationState"]


class Gender(models.TextChoices):
    """Grammatical gender of an Arabic noun."""

    MASCULINE = "m", _("masculine")
    FEMININE = "f", _("feminine")


class FormsMissingError(ValueError):
    """A noun cannot be counted yet; the message says which, in the active language."""


class CountedNoun(models.Model):
    """The forms of a noun that sentences count; `bilingual.grammar` works out the cases from them.

    A noun may be entered before its forms are known; it can be used in print once `is_complete`.
    """

    singular_en = NameField(_("English singular"), blank=True, help_text=_("As in “1 training course”."))
    plural_en = NameField(_("English plural"), blank=True, help_text=_("As in “6 training courses”."))
    gender = models.CharField(_("gender in Arabic"), max_length=1, choices=Gender, default=Gender.FEMININE)
    singular_ar = NameField(
        _("Arabic singular"),
        blank=True,
        help_text=_("Indefinite, as in “100 دورة تدريبية”."),
    )
    dual_ar = NameField(
        _("Arabic dual"),
        blank=True,
        help_text=_("Nominative, as in “دورتان تدريبيتان”."),
    )
    plural_ar = NameField(
        _("Arabic plural"),
        blank=True,
        help_text=_("Nominative, as in “دورات تدريبية”."),
    )
    definite_ar = NameField(
        _("Arabic back-reference"),
        blank=True,
        help_text=_("Definite singular, as in “الدورة التدريبية”."),
    )

    FORMS = (
        "singular_en",
        "plural_en",
        "singular_ar",
        "dual_ar",
        "plural_ar",
        "definite_ar",
    )

    class Meta:
        abstract = True

    @property
    def is_complete(self) -> bool:
        """Whether every form that a sentence may need is there."""
        return all(getattr(self, form) for form in self.FORMS)

    @property
    def noun(self) -> Noun:
        """The noun as `bilingual.grammar` counts it. Raises `FormsMissingError` while it cannot be counted."""
        try:
            return self._noun()
        except ValueError as error:
            sentence = gettext("“%(name)s” lacks forms that sentences need: complete them first.")
            raise FormsMissingError(sentence % {"name": self}) from error

    def _noun(self) -> Noun:
        return Noun(
            ar=ArabicNoun(
                gender=self.gender,
                singular=self.singular_ar,
                dual=self.dual_ar,
                plural=self.plural_ar,
                definite=self.definite_ar,
            ),
            en=EnglishNoun(self.singular_en, self.plural_en),
        )
