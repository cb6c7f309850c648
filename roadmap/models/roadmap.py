"""The strategic roadmap, and its cooperation areas."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual


class RoadmapQuerySet(models.QuerySet):
    def current_on(self, day: date):
        """The newest roadmap that has begun on ``day``, expired or not; ``None`` before the first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from").first()


class Roadmap(RemembersTexts, ConstraintsAtFields):
    """A strategic roadmap, valid for a time; its successor does not change what it said."""

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Part of addresses, such as 2020-2025."),
    )
    title = NameField(_("title"))
    short_title = NameField(_("short title"), blank=True, null=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))

    objects = RoadmapQuerySet.as_manager()

    shown_at = {
        "roadmap_ends_after_start": "valid_to",
    }

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="roadmap_ends_after_start",
                violation_error_message=_("A roadmap ends after it begins."),
            ),
        ]

    def __str__(self):
        return str(Bilingual.of(self, "short_title")) or str(Bilingual.of(self, "title")) or self.code

    def is_expired_on(self, day: date) -> bool:
        """Whether the roadmap's time is over on ``day``."""
        return day > self.valid_to


class CooperationArea(RemembersTexts, ConstraintsAtFields):
    """One of the numbered areas of a roadmap to which activities contribute."""

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="areas", verbose_name=_("roadmap"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = NameField(_("title"))
    title_ar_is_official = models.BooleanField(
        _("the Arabic title is official"),
        default=True,
        help_text=_("Unticked: a working translation of ours."),
    )
    summary = ProseField(_("summary"), blank=True, null=True)

    shown_at = {
        "one_area_number_per_roadmap": "number",
        "area_number_is_positive": "number",
    }

    class Meta:
        ordering = ["roadmap", "number"]
        verbose_name = _("cooperation area")
        verbose_name_plural = _("cooperation areas")
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "number"],
                name="one_area_number_per_roadmap",
                violation_error_message=_("This roadmap already has an area with that number."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="area_number_is_positive",
                violation_error_message=_("Areas are numbered from 1."),
            ),
        ]

    def __str__(self):
        return f"{self.number} · {Bilingual.of(self, 'title')}"

    @property
    def address(self) -> str:
        """How addresses and files name it: 2020-2025.2."""
        return f"{self.roadmap.code}.{self.number}"
