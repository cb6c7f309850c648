"""The account given to a meeting: which activities a report tells, in which order, as of which day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField, ProseField
from roadmap.models import Meeting, Period, PeriodUnknownError, Roadmap


class Report(models.Model):
    """A progress report to one meeting. Its day alone gives the tense of everything it states."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="report", verbose_name=_("submitted to"))
    as_of = models.DateField(
        _("as of"),
        help_text=_("The day on which the report speaks: nothing in it depends on today's date."),
    )
    roadmaps = models.ManyToManyField(Roadmap, related_name="reports", blank=True, verbose_name=_("roadmaps"))
    document_code = NameField(
        _("document code"),
        max_length=60,
        blank=True,
        help_text=_("As COMCEC gave it; left out of print when empty."),
    )
    original_language = models.CharField(
        _("original language"),
        max_length=2,
        choices=[("ar", _("Arabic")), ("en", _("English"))],
        blank=True,
    )
    lead_in = ProseField(
        _("lead-in"),
        blank=True,
        null=True,
        help_text=_("Closes the introduction, before the activities."),
    )

    class Meta:
        ordering = ["-meeting__number", "meeting__kind"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self):
        return _("Progress report to the %(meeting)s") % {"meeting": self.meeting}

    def clean(self):
        super().clean()
        if self.meeting_id:
            try:
                self.meeting.period()
            except PeriodUnknownError as error:
                raise ValidationError({"meeting": str(error)}) from error

    @property
    def code(self) -> str:
        """How commands and addresses name the report: by its meeting."""
        return self.meeting.code

    @property
    def period(self) -> Period:
        """The days the report accounts for. Raises `PeriodUnknownError` as `Meeting.period` does."""
        return self.meeting.period()

    def proposed_activities(self):
        """Published, reportable activities for this report, parts of projects aside, in the order of their days.

        Those that end in the period, and those planned after it up to a year ahead.
        """
        period = self.period
        horizon = date(period.end.year + 1, period.end.month, min(period.end.day, 28))
        reportable = Activity.objects.published().reportable().filter(parent=None)
        ahead = Activity.objects.planned().filter(start_date__gt=period.end, start_date__lte=horizon)
        within = reportable.within(period)
        return reportable.filter(Q(pk__in=within.values("pk")) | Q(pk__in=ahead.values("pk"))).in_order()

    @transaction.atomic
    def propose_items(self) -> int:
        """Add the proposed activities that are not items yet, after the present ones; return how many."""
        present = set(self.items.values_list("activity_id", flat=True))
        last = max(self.items.values_list("position", flat=True), default=0)
        missing = [activity for activity in self.proposed_activities() if activity.pk not in present]
        ReportItem.objects.bulk_create(
            ReportItem(report=self, activity=activity, position=last + step)
            for step, activity in enumerate(missing, start=1)
        )
        return len(missing)


class ReportItem(ConstraintsAtFields):
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
        if self.activity_id and self.activity.parent_id:
            raise ValidationError({"activity": _("A sub-activity appears with its project: add the project.")})
