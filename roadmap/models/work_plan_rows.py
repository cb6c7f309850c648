"""The rows of an item of a work plan: who collaborates on it, and by what one tells how far it has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.models.work_plan import WorkPlanItem


class Collaborator(ConstraintsAtFields):
    """A country or an institution that works on an item beside its coordinator."""

    item = models.ForeignKey(
        WorkPlanItem, models.CASCADE, related_name="collaborators", verbose_name=_("work plan item")
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="collaborations",
        verbose_name=_("country"),
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="collaborations",
        verbose_name=_("institution"),
    )

    shown_at = {
        "collaborator_is_a_country_or_an_institution": "institution",
        "one_collaborator_row_per_country": "country",
        "one_collaborator_row_per_institution": "institution",
    }

    class Meta:
        ordering = ["pk"]
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        constraints = [
            models.CheckConstraint(
                condition=Q(country=None, institution__isnull=False) | Q(country__isnull=False, institution=None),
                name="collaborator_is_a_country_or_an_institution",
                violation_error_message=_("Name a country or an institution: one of the two."),
            ),
            models.UniqueConstraint(
                fields=["item", "country"],
                name="one_collaborator_row_per_country",
                violation_error_message=_("This country already collaborates here."),
            ),
            models.UniqueConstraint(
                fields=["item", "institution"],
                name="one_collaborator_row_per_institution",
                violation_error_message=_("This institution already collaborates here."),
            ),
        ]

    def __str__(self):
        return str(self.body)

    @property
    def body(self) -> Country | Institution:
        """Who collaborates."""
        return self.country or self.institution


class Indicator(RemembersTexts, ConstraintsAtFields):
    """By what one tells how far an item has come, and what is aimed at, in the words of the work plan."""

    item = models.ForeignKey(WorkPlanItem, models.CASCADE, related_name="indicators", verbose_name=_("work plan item"))
    title = NameField(_("title"), blank=True, null=True)
    target = NameField(
        _("target"), blank=True, null=True, help_text=_("With its unit and its year, where the plan names them.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    shown_at = {
        "indicator_has_a_title": "title_ar",
    }

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                condition=Q(title_ar__isnull=False) | Q(title_en__isnull=False),
                name="indicator_has_a_title",
                violation_error_message=_("Name the indicator in Arabic or in English."),
            ),
        ]

    def __str__(self):
        titles = self.titles
        return str(titles) or titles.ar or titles.en

    @property
    def titles(self) -> Bilingual:
        """What it measures, in both languages."""
        return Bilingual.of(self, "title")

    @property
    def whole(self) -> WorkPlanItem:
        """The item, whose form holds its indicators."""
        return self.item
