"""The programme itself, and the abbreviations that its reports spell out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilingual.fields import NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual
from partners.models import Institution


class Programme(RemembersTexts):
    """OIC-VET itself, in one row: how it is named and addressed, and the texts every report opens with."""

    name = NameField(_("name"))
    acronym = NameField(_("acronym"), max_length=30, blank=True)
    organ = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("executing organ"))
    organ_short_name = NameField(_("short name of the executing organ"), help_text=_("As sentences call it."))
    address = ProseField(
        _("address"),
        blank=True,
        null=True,
        help_text=_("One line per line of the title page."),
    )
    aim = ProseField(_("aim"), blank=True, null=True)
    history = ProseField(
        _("history"),
        blank=True,
        null=True,
        help_text=_("Opens every report; paragraphs apart."),
    )
    mandate = ProseField(
        _("mandate"),
        blank=True,
        null=True,
        help_text=_("Who asked for the report, and when."),
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programme")
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="one_programme",
                violation_error_message=_("There is one programme: change the existing entry."),
            ),
        ]

    def __str__(self):
        return str(Bilingual.of(self, "name"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)


class Abbreviation(RemembersTexts):
    """A short form that reports use, spelled out in both languages in their list of abbreviations."""

    short = NameField(_("abbreviation"), max_length=30, unique=True)
    meaning = NameField(_("meaning"))

    class Meta:
        ordering = ["short"]
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")

    def __str__(self):
        return self.short
