"""The activity itself: what was or will be done, when, how, and under which part of the roadmap."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.activity_rules import ActivityRules
from activities.models.codes import CodeCounter
from activities.models.kinds import ActivityKind, Mode
from activities.models.queries import ActivityQuerySet
from activities.models.states import ActivityStatus, CooperationGroup, PublicationState
from activities.models.taking_part import TakingPart, WorkingLanguagesField
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.search import search_document
from bilingual.state_queries import in_one_language, not_official
from bilingual.text import Bilingual, left_to_right
from partners.fields import CountryCodesField
from partners.models import Country
from roadmap.models import CooperationArea, Roadmap

# What is written in both languages (`activities.translation`).
TEXTS = ("title", "venue", "status_reason", "audience", "objective", "topics", "summary")


def is_overdue(status: str | None, end: date | None, day: date) -> bool:
    """Whether what is still planned should have been over before ``day``."""
    return status == ActivityStatus.PLANNED and end is not None and end < day


class Activity(ActivityRules, TakingPart, RemembersTexts, ConstraintsAtFields):
    """Something the programme does: a course, a webinar, a meeting, or a project that holds some of them."""

    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="activities", verbose_name=_("kind"))
    title = NameField(_("title"), blank=True, null=True)
    title_ar_is_official = models.BooleanField(_("the Arabic title is official"), default=True)
    title_en_is_official = models.BooleanField(_("the English title is official"), default=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        blank=True,
        null=True,
        related_name="parts",
        verbose_name=_("project"),
    )
    funding_call = models.PositiveSmallIntegerField(
        _("funding call"),
        blank=True,
        null=True,
        help_text=_("Number of the call for project proposals."),
    )

    start_date = models.DateField(_("first day"), blank=True, null=True)
    end_date = models.DateField(_("last day"), blank=True, null=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        blank=True,
        null=True,
        help_text=_("For a project, the year of its funding; otherwise the year of the last day."),
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.NOT_STATED)
    venue = NameField(_("venue"), blank=True, null=True)
    venue_country = models.ForeignKey(
        Country,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="hosted_activities",
        verbose_name=_("country of venue"),
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ActivityStatus,
        blank=True,
        null=True,
        default=ActivityStatus.PLANNED,
    )
    status_reason = ProseField(
        _("reason"),
        blank=True,
        null=True,
        help_text=_("Why it was postponed or cancelled."),
    )

    working_languages = WorkingLanguagesField(
        _("languages of work"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("What is spoken or interpreted; where none is ticked, the portal does not say."),
    )
    open_to = CountryCodesField(
        _("open to"),
        max_length=400,
        blank=True,
        default="",
        help_text=_("The countries whose people can register; where none is named, all member countries."),
    )
    registration_until = models.DateField(
        _("registration until"),
        blank=True,
        null=True,
        help_text=_("The last day on which one can register."),
    )

    roadmap = models.ForeignKey(
        Roadmap,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="activities",
        verbose_name=_("roadmap"),
    )
    area = models.ForeignKey(
        CooperationArea,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="activities",
        verbose_name=_("cooperation area"),
    )

    audience = ProseField(
        _("audience"),
        blank=True,
        null=True,
        help_text=_("The bodies people came from, as a phrase that follows “from” and «من»."),
    )
    objective = ProseField(
        _("objective"),
        blank=True,
        null=True,
        help_text=_("Completes “It aimed to …” and «وهدفت إلى …»; the report adds the tense."),
    )
    topics = ProseField(
        _("topics"),
        blank=True,
        null=True,
        help_text=_("One topic a line; the report joins them."),
    )
    summary = ProseField(
        _("summary"),
        blank=True,
        null=True,
        help_text=_("Two lines for lists and the portal."),
    )
    note = ProseField(
        _("internal note"),
        blank=True,
        help_text=_("For colleagues; no page or report shows it."),
    )

    is_reportable = models.BooleanField(
        _("reportable"),
        default=True,
        help_text=_("Coordination meetings carry the programme's name but are not reported."),
    )
    cooperation_group = models.CharField(
        _("group"),
        max_length=1,
        choices=CooperationGroup,
        blank=True,
        default="",
        help_text=_("For the list that the COMCEC Coordination Office collects; leave empty where undecided."),
    )
    state = models.CharField(
        _("publication"),
        max_length=9,
        choices=PublicationState,
        default=PublicationState.DRAFT,
    )
    search = models.TextField(editable=False, default="")
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    version = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Counts the saves of the activity with all its rows: what an editor saw, the next save compares",
    )

    objects = ActivityQuerySet.as_manager()

    shown_at = {
        "activity_year_is_plausible": "year",
        "activity_registration_ends_in_time": "registration_until",
        "activity_languages_are_codes": "working_languages",
        "activity_open_to_is_codes": "open_to",
    }

    class Meta:
        ordering = ["-code"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        permissions = [("publish_activity", "Can publish and withdraw activities")]
        indexes = [
            models.Index(fields=["state", "end_date"], name="activity_state_end"),
            models.Index(fields=["year"], name="activity_year"),
            models.Index(fields=["-changed_at", "-code"], name="activity_changed"),
            models.Index(fields=["code"], condition=in_one_language(TEXTS), name="activity_in_one_language"),
            models.Index(
                fields=["code"],
                condition=not_official([("title", "ar"), ("title", "en")]),
                name="activity_title_not_official",
            ),
            models.Index(fields=["status", "end_date"], name="activity_status_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(title_ar__isnull=False) | Q(title_en__isnull=False),
                name="activity_has_a_title",
                violation_error_message=_("Give the title in Arabic or in English."),
            ),
            models.CheckConstraint(
                condition=Q(state=PublicationState.DRAFT)
                | Q(state=PublicationState.WITHDRAWN)
                | Q(title_ar__isnull=False, title_en__isnull=False),
                name="activity_title_in_both_languages",
                violation_error_message=_("Review and publication need the title in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(start_date=None, end_date=None) | Q(start_date__isnull=False, end_date__isnull=False),
                name="activity_has_both_dates",
                violation_error_message=_("Give both days, the same one twice for an activity of one day."),
            ),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date__gte=F("start_date")),
                name="activity_ends_after_start",
                violation_error_message=_("An activity cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="activity_is_not_its_own_parent",
                violation_error_message=_("An activity cannot be its own project."),
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1969, 2100)),
                name="activity_year_is_plausible",
                violation_error_message=_("The year lies between 1969 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(registration_until=None) | Q(end_date=None) | Q(registration_until__lte=F("end_date")),
                name="activity_registration_ends_in_time",
                violation_error_message=_("One cannot register after the last day."),
            ),
            models.CheckConstraint(
                condition=Q(working_languages__regex=r"^([a-z]{2}( [a-z]{2})*)?$"),
                name="activity_languages_are_codes",
                violation_error_message=_("Languages are given by their codes, such as ar, en and fr."),
            ),
            models.CheckConstraint(
                condition=Q(open_to__regex=r"^([A-Z]{3}( [A-Z]{3})*)?$"),
                name="activity_open_to_is_codes",
                violation_error_message=_("Countries are given by their codes, such as MAR and TUR."),
            ),
        ]

    def __str__(self):
        title = self.titles
        return f"{left_to_right(self.code)} · {str(title) or title.ar or title.en}"

    def save(self, *args, **kwargs):
        if self.end_date:
            self.year = self.end_date.year
        if not self.code:
            self.code = CodeCounter.next_code(self.year or timezone.localdate().year)
        elif self._state.adding:
            CodeCounter.reserve(self.code)
        self.search = self.search_text()
        super().save(*args, **kwargs)
        if self.is_project:
            self._refresh_parts()

    @property
    def titles(self) -> Bilingual:
        """The title in both languages."""
        return Bilingual.of(self, "title")

    @property
    def is_project(self) -> bool:
        """Whether this is a container whose parts hold the dates, the mode and the status."""
        return self.kind.is_project

    @property
    def project_status(self) -> str:
        """Of a project: held once no part is planned any more, planned until then; ``""`` without parts."""
        statuses = {part.status for part in self.parts.all()}
        if not statuses:
            return ""
        return ActivityStatus.PLANNED if ActivityStatus.PLANNED in statuses else ActivityStatus.HELD

    def outcome_is_unrecorded(self, day: date) -> bool:
        """Whether the activity is still planned although its last day is before ``day``."""
        return is_overdue(self.status, self.end_date, day)

    def _refresh_parts(self) -> None:
        """Let the parts be found by the project's title as it is now."""
        for part in self.parts.select_related("kind"):
            part.parent = self
            Activity.objects.filter(pk=part.pk).update(search=part.search_text())

    def search_text(self) -> str:
        """What the activity is found by; the title of its project is told only once readers may see it."""
        titles, venues = self.titles, Bilingual.of(self, "venue")
        texts = [
            self.code,
            self.code.replace("-", " "),
            titles.ar,
            titles.en,
            venues.ar,
            venues.en,
        ]
        for field in ("audience", "objective", "topics", "summary"):
            text = Bilingual.of(self, field)
            texts += [text.ar, text.en]
        kind = Bilingual.of(self.kind, "name")
        is_told = self.parent and self.parent.state == PublicationState.PUBLISHED
        project = self.parent.titles if is_told else Bilingual()
        return search_document(*texts, kind.ar, kind.en, project.ar, project.en)
