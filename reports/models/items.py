"""The items of a report: each an activity in its place, told in generated words or in those of an officer."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual, validate_reason_at
from reports.models.report import Report


class ReportItem(RemembersTexts, ConstraintsAtFields):
    """An activity's place in a report, or the reason why it is left out."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="items", verbose_name=_("report"))
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        related_name="report_items",
        verbose_name=_("activity"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_included = models.BooleanField(_("included"), default=True)
    reason_left_out = NameField(_("why it is left out"), blank=True)

    override = ProseField(
        _("paragraph of its own"),
        blank=True,
        null=True,
        help_text=_("Replaces the generated paragraphs; numbers and dates are fact placeholders."),
    )
    override_basis = models.CharField(
        max_length=64,
        blank=True,
        default="",
        editable=False,
        help_text="SHA-256 of the facts that stood under the override when it was written",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_at = {
        "an_activity_once_per_report": "activity",
        "left_out_for_a_reason": "reason_left_out",
    }

    class Meta:
        ordering = ["report", "position", "pk"]
        verbose_name = _("report item")
        verbose_name_plural = _("report items")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "activity"],
                name="an_activity_once_per_report",
                violation_error_message=_("This activity is already in the report."),
            ),
            models.CheckConstraint(
                condition=Q(is_included=True) | ~Q(reason_left_out=""),
                name="left_out_for_a_reason",
                violation_error_message=_("Say why the activity is left out."),
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.activity}"

    def clean(self):
        super().clean()
        if not self.is_included and not self.reason_left_out:
            raise ValidationError({"reason_left_out": _("Say why the activity is left out.")})
        if not self.is_included:
            validate_reason_at("reason_left_out", self.reason_left_out)
        if self.activity_id and self.activity.parent_id:
            raise ValidationError({"activity": _("A sub-activity appears with its project: add the project.")})

    @property
    def overrides(self) -> Bilingual:
        """The officer's own words, in both languages."""
        return Bilingual.of(self, "override")
