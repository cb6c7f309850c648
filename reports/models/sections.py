"""The sections of a report: what officers write in both languages, and what is worked out from the facts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import ProseField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual
from reports.models.report import Report
from roadmap.models import CooperationArea


class SectionKind(models.TextChoices):
    """What a report can hold, in the order in which a new one holds it."""

    INTRODUCTION = "introduction", _("Introduction")
    FIGURES = "figures", _("Key figures")
    ACTIVITIES = "activities", _("Activities carried out")
    PLANNED = "planned", _("Planned activities")
    PROMISED = "promised", _("Announced in the last report")
    COVERAGE = "coverage", _("Roadmap coverage")
    BREAKDOWNS = "breakdowns", _("Activities by kind and by month")
    COUNTRIES = "countries", _("Participation by country")
    COMPARISON = "comparison", _("Compared with the last report")
    CHALLENGES = "challenges", _("Challenges")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    CONCLUSION = "conclusion", pgettext_lazy("section of a report", "Conclusion")
    SUMMARY = "summary", _("All activities at a glance")
    GROUPS = "groups", _("List for the COMCEC Coordination Office")
    ANNEX = "annex", pgettext_lazy("section of a report", "Annex notes")
    METHOD = "method", _("How we count")
    ABBREVIATIONS = "abbreviations", _("Abbreviations")


# What officers write; an empty one is left out of print. The introduction's text closes what the programme supplies.
WRITTEN = frozenset(
    {
        SectionKind.INTRODUCTION,
        SectionKind.CHALLENGES,
        SectionKind.RECOMMENDATIONS,
        SectionKind.CONCLUSION,
        SectionKind.ANNEX,
    }
)
COMPUTED = frozenset(SectionKind) - WRITTEN


class ReportSection(RemembersTexts, ConstraintsAtFields):
    """A section in its place. Numbers and dates in its text are fact placeholders, the same in both languages."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections", verbose_name=_("report"))
    kind = models.CharField(_("section"), max_length=15, choices=SectionKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_included = models.BooleanField(_("included"), default=True)
    text = ProseField(_("text"), blank=True, null=True)
    needs_check = models.BooleanField(
        _("to be checked"),
        default=False,
        help_text=_("The text comes from an earlier report and nobody has confirmed it for this one."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_at = {"a_section_once_per_report": "kind"}

    class Meta:
        ordering = ["report", "position", "pk"]
        verbose_name = _("report section")
        verbose_name_plural = _("report sections")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind"],
                name="a_section_once_per_report",
                violation_error_message=_("The report already has this section."),
            ),
        ]

    def __str__(self):
        return str(self.get_kind_display())

    def clean(self):
        super().clean()
        if self.texts and not self.is_written:
            raise ValidationError({"text_ar": _("This section is worked out from the facts and holds no text.")})

    @property
    def is_written(self) -> bool:
        """Whether officers write this section."""
        return self.kind in WRITTEN

    @property
    def texts(self) -> Bilingual:
        """What was written, in both languages."""
        return Bilingual.of(self, "text")


class CoverageNote(RemembersTexts, ConstraintsAtFields):
    """Why a report tells of no activity in an area, where somebody gave the reason."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="coverage_notes", verbose_name=_("report"))
    area = models.ForeignKey(CooperationArea, models.PROTECT, related_name="+", verbose_name=_("cooperation area"))
    reason = ProseField(_("reason"), max_length=2000, blank=True, null=True)

    shown_at = {"one_coverage_note_per_area": "area"}

    class Meta:
        ordering = ["report", "area"]
        verbose_name = _("note on an area without activities")
        verbose_name_plural = _("notes on areas without activities")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "area"],
                name="one_coverage_note_per_area",
                violation_error_message=_("This area already has its note."),
            ),
        ]

    def __str__(self):
        return str(self.area)
