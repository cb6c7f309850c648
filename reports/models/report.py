"""The account given to a meeting: which activities a report tells, in which order, as of which day."""

import json
from datetime import date
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityStatus
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.text import validate_reason_at
from roadmap.models import Meeting, MeetingKind, Period, PeriodUnknownError, Roadmap


class Report(ConstraintsAtFields):
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
    period_start = models.DateField(
        _("period from"),
        blank=True,
        null=True,
        help_text=_("Only where the report's period differs from the one between the sessions."),
    )
    period_end = models.DateField(_("period to"), blank=True, null=True)
    period_reason = NameField(_("why the period differs"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    shown_at = {"own_period_is_whole_and_has_a_reason": "period_reason"}

    class Meta:
        ordering = ["-meeting__number", "meeting__kind"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        permissions = [("issue_report", "Can issue editions of reports")]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start=None, period_end=None, period_reason="")
                | Q(period_start__isnull=False, period_end__gte=F("period_start")) & ~Q(period_reason=""),
                name="own_period_is_whole_and_has_a_reason",
                violation_error_message=_("A period of its own needs both days, in order, and the reason for it."),
            ),
        ]

    def __str__(self):
        return _("Progress report to the %(meeting)s") % {"meeting": self.meeting}

    def clean(self):
        super().clean()
        if self.period_reason:
            validate_reason_at("period_reason", self.period_reason)
        if self.meeting_id:
            try:
                self.period  # noqa: B018 -- reading it asks for the dates
            except PeriodUnknownError as error:
                raise ValidationError({"meeting": str(error)}) from error

    def save(self, *args, **kwargs):
        """Save; a new report gets its sections at once. One that comes back under its key brings its own."""
        is_new = self._state.adding and self.pk is None
        super().save(*args, **kwargs)
        if is_new:
            self._lay_out_sections()

    def _lay_out_sections(self) -> None:
        """Give the report all its sections, with the texts of the one before, which somebody has to check."""
        before = self.report_before()
        texts = {section.kind: section for section in before.sections.all()} if before else {}
        for position, kind in enumerate(self.sections.model._meta.get_field("kind").choices, start=1):
            source = texts.get(kind[0])
            self.sections.create(
                kind=kind[0],
                position=source.position if source else position,
                is_included=source.is_included if source else True,
                text_ar=source.text_ar if source else None,
                text_en=source.text_en if source else None,
                needs_check=bool(source and source.texts),
            )

    def report_before(self) -> "Report | None":
        """Return the latest report that speaks as of an earlier day, or ``None``."""
        return Report.objects.filter(as_of__lt=self.as_of).exclude(pk=self.pk).order_by("-as_of").first()

    def last_session_edition(self):
        """Return the last edition of the last report to an earlier session, or ``None`` where none was issued."""
        told = Report.objects.filter(meeting__kind=MeetingKind.SESSION, meeting__number__lt=self.meeting.number)
        before = told.filter(editions__isnull=False).order_by("-meeting__number").first()
        return before.editions.order_by("-number").first() if before else None

    @property
    def code(self) -> str:
        """How commands and addresses name the report: by its meeting."""
        return self.meeting.code

    @property
    def period(self) -> Period:
        """The days the report accounts for. Raises `PeriodUnknownError` as `Meeting.period` does.

        With a period of its own a report still names the days of its meeting and of the session before.
        """
        if not (self.period_start and self.period_end) or self.meeting.end is None:
            return self.meeting.period()
        self.meeting.session_before()
        return Period(self.period_start, self.period_end)

    def proposed_activities(self):
        """Published, reportable activities for this report, parts of projects aside, in the order of their days.

        Those that end in the period, those planned after it up to the end of the next session (a year ahead where
        that is not stored), and those that the last edition announced, until their outcome is told.
        """
        reportable = Activity.objects.published().reportable().filter(parent=None)
        within = reportable.within(self.period)
        ahead = Activity.objects.planned().filter(start_date__gt=self.period.end, start_date__lte=self._horizon())
        announced = Activity.objects.filter(code__in=self.announced_codes())
        kinds = (within, ahead, announced)
        return reportable.filter(reduce(or_, (Q(pk__in=activities.values("pk")) for activities in kinds))).in_order()

    def announced_codes(self) -> tuple[str, ...]:
        """Return the codes of what the last session edition told as planned; a planned part stands for its project."""
        return tuple(self.announced)

    @property
    def announced(self) -> dict[str, tuple[str, ...]]:
        """What the last session edition told as planned: each item with the codes of its planned parts."""
        edition = self.last_session_edition()
        items = json.loads(edition.facts)["items"] if edition else []
        planned = ActivityStatus.PLANNED
        rows = [(item, tuple(part["code"] for part in item["parts"] if part["status"] == planned)) for item in items]
        return {item["code"]: parts for item, parts in rows if item["status"] == planned or parts}

    def _horizon(self) -> date:
        """The last day up to which the report looks ahead."""
        end = self.period.end
        number = self.meeting.number + (self.meeting.kind == MeetingKind.SESSION)
        following = Meeting.objects.filter(kind=MeetingKind.SESSION, number=number, end__gt=end).first()
        return following.end if following else _a_year_after(end)

    @transaction.atomic
    def propose_items(self) -> int:
        """Add the proposed activities that are not items yet, after the present ones; return how many."""
        present = set(self.items.values_list("activity_id", flat=True))
        last = max(self.items.values_list("position", flat=True), default=0)
        missing = [activity for activity in self.proposed_activities() if activity.pk not in present]
        for position, activity in enumerate(missing, start=last + 1):
            self.items.create(activity=activity, position=position)
        return len(missing)


def _a_year_after(day: date) -> date:
    """The same day of the next year; for 29 February the 28th."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
