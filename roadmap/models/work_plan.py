"""What stands below the cooperation areas of a roadmap: its work plan, of objectives and the actions below them.

Who wrote the roadmap numbers and words its objectives, actions and indicators; the portal brings none of its own.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.dates import anchored, say_date, say_range
from bilingual.fields import NameField, ProseField
from bilingual.languages import active_language
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.models.roadmap import CooperationArea, Roadmap

# An action stands right after its objective; one without an objective stands among the objectives, by its number.
IN_ORDER = (
    "-area__roadmap__valid_from",
    "area__number",
    Coalesce("parent__number", "number"),
    F("parent__number").asc(nulls_first=True),
    "number",
)


class ItemKind(models.TextChoices):
    """What an item of a work plan is."""

    OBJECTIVE = "objective", pgettext_lazy("work plan", "objective")
    ACTION = "action", pgettext_lazy("work plan", "action")


class ItemStatus(models.TextChoices):
    """How far an item has come, as far as somebody told."""

    UNKNOWN = "unknown", pgettext_lazy("status", "not stated")
    NOT_STARTED = "not_started", pgettext_lazy("work plan", "not started")
    UNDER_WAY = "under_way", pgettext_lazy("work plan", "under way")
    DONE = "done", pgettext_lazy("work plan", "done")
    DROPPED = "dropped", pgettext_lazy("work plan", "dropped")


class WorkPlanQuerySet(models.QuerySet):
    def in_order(self):
        """The newest roadmap first, then area by area, each action after its objective."""
        return self.order_by(*IN_ORDER)

    def of_roadmap(self, roadmap: Roadmap | None):
        """Items below the areas of ``roadmap``; none where there is none."""
        return self.filter(area__roadmap=roadmap) if roadmap else self.none()

    def of_country(self, country: Country):
        """Items that a country or an institution of it coordinates or collaborates on, each once.

        ``is_coordinated`` tells those that it coordinates.
        """
        return self._held_by(
            Q(coordinator_country=country) | Q(coordinator_institution__country=country),
            Q(collaborators__country=country) | Q(collaborators__institution__country=country),
        )

    def of_institution(self, institution: Institution):
        """Items that an institution coordinates or collaborates on, each once, with ``is_coordinated`` as above."""
        return self._held_by(Q(coordinator_institution=institution), Q(collaborators__institution=institution))

    def _held_by(self, coordinator: Q, collaborator: Q):
        collaborating = WorkPlanItem.objects.filter(collaborator, pk=OuterRef("pk"))
        coordinated = models.Case(models.When(coordinator, then=True), default=False)
        return self.annotate(is_coordinated=coordinated).filter(Q(is_coordinated=True) | Exists(collaborating))


class WorkPlanItem(RemembersTexts, ConstraintsAtFields):
    """An objective or an action of a roadmap's work plan, with who coordinates it and when it is to be done.

    An objective stands directly below its area. An action stands below an objective of the same area, or directly
    below the area where the plan names none.
    """

    area = models.ForeignKey(
        CooperationArea, models.PROTECT, related_name="work_plan", verbose_name=_("cooperation area")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=ItemKind, default=ItemKind.OBJECTIVE)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        blank=True,
        null=True,
        related_name="actions",
        limit_choices_to={"kind": ItemKind.OBJECTIVE},
        verbose_name=pgettext_lazy("work plan", "below the objective"),
        help_text=_("Only of an action; empty where it stands directly below the area."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), help_text=_("The last part of its number: 3 of action 2.1.3 in area 2.")
    )
    title = NameField(_("title"), blank=True, null=True)
    description = ProseField(_("description"), blank=True, null=True)
    start = models.DateField(_("from"), blank=True, null=True)
    end = models.DateField(_("to"), blank=True, null=True)
    status = models.CharField(_("status"), max_length=11, choices=ItemStatus, default=ItemStatus.UNKNOWN)
    coordinator_country = models.ForeignKey(
        Country,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="coordinated_items",
        verbose_name=_("coordinating country"),
        help_text=_("The coordinator is a country or an institution."),
    )
    coordinator_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="coordinated_items",
        verbose_name=_("coordinating institution"),
    )
    is_sample = models.BooleanField(
        _("sample"),
        default=False,
        help_text=_("Made up to show what a work plan looks like; readers are told so wherever it stands."),
    )

    objects = WorkPlanQuerySet.as_manager()

    shown_at = {
        "work_plan_item_has_a_title": "title_ar",
        "work_plan_objective_stands_below_its_area": "parent",
        "work_plan_item_is_not_below_itself": "parent",
        "work_plan_number_is_positive": "number",
        "one_work_plan_number_per_objective": "number",
        "one_work_plan_number_per_area": "number",
        "work_plan_item_ends_after_start": "end",
        "work_plan_item_has_one_coordinator": "coordinator_institution",
    }

    class Meta:
        ordering = ["area", "number", "pk"]
        verbose_name = _("work plan item")
        verbose_name_plural = _("work plan items")
        constraints = [
            models.CheckConstraint(
                condition=Q(title_ar__isnull=False) | Q(title_en__isnull=False),
                name="work_plan_item_has_a_title",
                violation_error_message=_("Give the title in Arabic or in English."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ItemKind.OBJECTIVE) | Q(parent=None),
                name="work_plan_objective_stands_below_its_area",
                violation_error_message=_("An objective stands directly below its area: leave this empty."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="work_plan_item_is_not_below_itself",
                violation_error_message=_("An item cannot stand below itself."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="work_plan_number_is_positive",
                violation_error_message=_("Items of a work plan are numbered from 1."),
            ),
            models.UniqueConstraint(
                fields=["parent", "number"],
                name="one_work_plan_number_per_objective",
                violation_error_message=_("This objective already has an action with that number."),
            ),
            models.UniqueConstraint(
                fields=["area", "number"],
                condition=Q(parent=None),
                name="one_work_plan_number_per_area",
                violation_error_message=_("Another item directly below this area has that number."),
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                name="work_plan_item_ends_after_start",
                violation_error_message=_("An item of a work plan cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(coordinator_country=None) | Q(coordinator_institution=None),
                name="work_plan_item_has_one_coordinator",
                violation_error_message=_("Name a country or an institution as the coordinator, not both."),
            ),
        ]

    def __str__(self):
        titles = self.titles
        return f"{self.full_number} · {str(titles) or titles.ar or titles.en}"

    def clean(self):
        super().clean()
        wrong = {}
        others = WorkPlanItem.objects.filter(area=self.area_id, kind=ItemKind.OBJECTIVE)
        if self.kind == ItemKind.ACTION and self.parent_id and not others.filter(pk=self.parent_id).exists():
            wrong["parent"] = _("Choose an objective of the same cooperation area.")
        if self.pk and (self.kind != ItemKind.OBJECTIVE or self._is_above_another_area()) and self.actions.exists():
            said = _("Actions stand below this objective: move them to another one first.")
            wrong["kind" if self.kind != ItemKind.OBJECTIVE else "area"] = said
        if wrong:
            raise ValidationError(wrong)

    def _is_above_another_area(self) -> bool:
        return self.actions.exclude(area=self.area_id).exists()

    @property
    def titles(self) -> Bilingual:
        """The title in both languages."""
        return Bilingual.of(self, "title")

    @property
    def full_number(self) -> str:
        """The number with those of what it stands below, the area's first: ``2.1.3``."""
        above = [self.parent.number] if self.parent else []
        return ".".join(str(number) for number in (self.area.number, *above, self.number))

    @property
    def timeline(self) -> str:
        """From when to when it is to be done, in the active language, as far as that is known; ``""`` for nothing."""
        language = active_language()
        if self.start and self.end:
            return anchored(say_range(self.start, self.end, language), language)
        if self.start:
            return gettext("from %(day)s") % {"day": say_date(self.start, language)}
        return gettext("until %(day)s") % {"day": say_date(self.end, language)} if self.end else ""

    @property
    def coordinator(self) -> Country | Institution | None:
        """Who coordinates the item; ``None`` where nobody is named."""
        return self.coordinator_country or self.coordinator_institution
