"""What a country says of an entry: that it is right, or what it should say instead."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from bilingual.fields import ProseField
from bilingual.search import search_filter
from bilingual.text import left_to_right
from focalpoints.models.confirmation import ConfirmationRequest
from partners.models import Country, NationalFocalPoint


class AnswerState(models.TextChoices):
    """What became of an answer. A correction changes nothing before an editor accepts it."""

    CONFIRMED = "confirmed", _("confirmed")
    OPEN = "open", _("correction proposed")
    ACCEPTED = "accepted", _("correction accepted")
    REFUSED = "refused", _("correction refused")
    OUTDATED = "outdated", _("replaced by a later answer")


# What a country says now: one answer to each entry. Its next one takes the place of this.
IN_FORCE = (AnswerState.CONFIRMED, AnswerState.OPEN)


class AnswerQuerySet(models.QuerySet):
    def in_force(self):
        """What countries say now and nobody has decided yet, or need not."""
        return self.filter(state__in=IN_FORCE)

    def given(self):
        """What countries said last of an entry, decided on or not."""
        return self.exclude(state=AnswerState.OUTDATED)

    def open(self):
        """Corrections that wait for an editor."""
        return self.filter(state=AnswerState.OPEN)

    def matching(self, query: str):
        """Answers to the activities that ``query`` finds, or of the countries."""
        countries = Country.objects.filter(search_filter(query))
        return self.filter(Q(activity__in=Activity.objects.matching(query)) | Q(country__in=countries))

    def latest_of(self, country: Country, activities: Iterable[Activity]) -> dict[int, Any]:
        """Return the latest answer of ``country`` to each of ``activities``, by key, in one query."""
        rows = self.filter(country=country, activity__in=[activity.pk for activity in activities]).order_by("pk")
        return {answer.activity_id: answer for answer in rows}

    def confirmations_of(self, activity: Activity):
        """The confirmations of ``activity`` that hold, the latest first."""
        confirmed = self.filter(activity=activity, state=AnswerState.CONFIRMED)
        return confirmed.select_related("country").order_by("-answered_at")


class Answer(models.Model):
    """One answer of a country to one entry, never changed: another answer replaces it, an editor decides on it.

    ``facts`` holds what the entry said when the country answered (`focalpoints.facts`), ``proposed`` what it should
    say: nothing where it is right, or where the note says all. It came by the link of ``request`` or from an account.
    """

    country = models.ForeignKey(Country, models.PROTECT, related_name="answers", verbose_name=_("country"))
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="answers", verbose_name=_("activity"))
    facts = models.JSONField(_("facts at that time"))
    proposed = models.JSONField(_("proposed"), blank=True, default=dict)
    note = ProseField(_("note"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=AnswerState)
    focal_point = models.ForeignKey(
        NationalFocalPoint,
        models.SET_NULL,
        blank=True,
        null=True,
        related_name="answers",
        verbose_name=_("national focal point"),
    )
    request = models.ForeignKey(
        ConfirmationRequest,
        models.SET_NULL,
        blank=True,
        null=True,
        related_name="answers",
        verbose_name=_("by the link of"),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        blank=True,
        null=True,
        related_name="+",
        verbose_name=_("by the account"),
    )
    answered_at = models.DateTimeField(_("answered"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        blank=True,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), blank=True, null=True)
    reason = ProseField(_("reason"), max_length=1000, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("answer of a country")
        verbose_name_plural = _("answers of countries")
        permissions = [("decide_answer", "Can decide on corrections that countries propose")]
        indexes = [models.Index(fields=["state"], name="answer_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "activity"],
                condition=Q(state__in=IN_FORCE),
                name="one_answer_in_force_per_entry",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.REFUSED) | ~Q(reason=""),
                name="a_refusal_has_a_reason",
                violation_error_message=_("Say why the correction is refused: the country reads it."),
            ),
        ]

    def __str__(self):
        return f"{self.country} · {left_to_right(self.activity.code)}"
