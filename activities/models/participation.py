"""How many took part, of whom and from where, and how sure each figure is.

Institutions report totals, never names, so people are counted and not listed.
"""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from activities.models.kinds import ParticipantProfile
from activities.models.states import KNOWN, ActivityStatus, Standing
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.text import left_to_right
from partners.models import Country


def _standing_field(label):
    return models.CharField(label, max_length=13, choices=Standing, default=Standing.PENDING)


def _null_exactly_when_unknown(figure: str, standing: str) -> Q:
    """A figure is there exactly when its standing says that it is known."""
    known = Q(**{f"{standing}__in": KNOWN})
    return Q(**{f"{figure}__isnull": False}) & known | Q(**{f"{figure}__isnull": True}) & ~known


# Women and men, or the people of all countries, who are not as many as the headcount: an index knows these. A figure
# that is not known disagrees with nothing.
COUNTS_DISAGREE = (
    Q(headcount__gt=F("women") + F("men"))
    | Q(headcount__lt=F("women") + F("men"))
    | Q(headcount__gt=F("sum_of_countries"))
    | Q(headcount__lt=F("sum_of_countries"))
)
UNKNOWN_FIGURE = _("A figure is given when it is reported or estimated, and left empty otherwise.")


class Participation(ConstraintsAtFields):
    """The counts of one activity. A figure nobody has reported is empty, and is never printed as zero."""

    activity = models.OneToOneField(
        Activity,
        models.CASCADE,
        related_name="participation",
        verbose_name=_("activity"),
    )
    profile = models.ForeignKey(
        ParticipantProfile,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="+",
        verbose_name=_("profile"),
    )
    headcount = models.PositiveIntegerField(_("participants"), blank=True, null=True)
    headcount_standing = _standing_field(_("standing of the number of participants"))
    women = models.PositiveIntegerField(_("women"), blank=True, null=True)
    men = models.PositiveIntegerField(_("men"), blank=True, null=True)
    sexes_standing = _standing_field(_("standing of the numbers of women and men"))
    member_countries = models.PositiveSmallIntegerField(
        _("member countries"),
        blank=True,
        null=True,
        help_text=_("As declared; countries that are not members left out."),
    )
    countries_standing = _standing_field(_("standing of the number of member countries"))
    source = NameField(
        _("source"),
        blank=True,
        help_text=_("Who reported the figures, or which document states them."),
    )
    reported_on = models.DateField(_("reported on"), blank=True, null=True)
    sum_of_countries = models.PositiveBigIntegerField(
        null=True,
        editable=False,
        help_text="The people of all its countries, where each has its number; kept by `sum_countries`",
    )

    shown_at = {
        "headcount_agrees_with_standing": "headcount",
        "countries_agree_with_standing": "member_countries",
        "headcount_is_never_zero": "headcount",
        "member_countries_are_never_zero": "member_countries",
        "women_and_men_agree_with_standing": "women",
        "women_and_men_within_headcount": "women",
    }

    class Meta:
        ordering = ["activity"]
        verbose_name = _("participation")
        verbose_name_plural = _("participation")
        indexes = [
            models.Index(fields=["headcount_standing"], name="participation_standing"),
            models.Index(fields=["activity"], name="counts_disagree", condition=COUNTS_DISAGREE),
        ]
        constraints = [
            models.CheckConstraint(
                condition=_null_exactly_when_unknown("headcount", "headcount_standing"),
                name="headcount_agrees_with_standing",
                violation_error_message=UNKNOWN_FIGURE,
            ),
            models.CheckConstraint(
                condition=_null_exactly_when_unknown("member_countries", "countries_standing"),
                name="countries_agree_with_standing",
                violation_error_message=UNKNOWN_FIGURE,
            ),
            models.CheckConstraint(
                condition=Q(headcount=None) | Q(headcount__gte=1),
                name="headcount_is_never_zero",
                violation_error_message=_("Leave an unknown figure empty: zero is never a way to say it."),
            ),
            models.CheckConstraint(
                condition=Q(member_countries=None) | Q(member_countries__gte=1),
                name="member_countries_are_never_zero",
                violation_error_message=_("Leave an unknown figure empty: zero is never a way to say it."),
            ),
            models.CheckConstraint(
                condition=Q(sexes_standing__in=KNOWN) | Q(women=None, men=None),
                name="women_and_men_agree_with_standing",
                violation_error_message=UNKNOWN_FIGURE,
            ),
            models.CheckConstraint(
                condition=Q(headcount=None)
                | Q(women=None, men=None)
                | Q(women=None, men__lte=F("headcount"))
                | Q(men=None, women__lte=F("headcount"))
                | Q(
                    women__isnull=False,
                    men__isnull=False,
                    headcount__gte=F("women") + F("men"),
                ),
                name="women_and_men_within_headcount",
                violation_error_message=_("Women and men together cannot be more than all participants."),
            ),
        ]

    def __str__(self):
        return f"{left_to_right(self.activity.code)}: {'–' if self.headcount is None else self.headcount}"

    def save(self, *args, **kwargs):
        """Save; the sum of its countries is that of their rows, whatever the instance remembers."""
        super().save(*args, **kwargs)
        sum_countries([self.activity_id])

    @classmethod
    def told_of(cls, activity: Activity) -> "Participation":
        """Return the counts of ``activity``; where nobody has opened them yet, none, and why there is none."""
        try:
            return activity.participation
        except cls.DoesNotExist:
            why = cls.standing_unopened(activity.status)
            return cls(activity=activity, headcount_standing=why, sexes_standing=why, countries_standing=why)

    @staticmethod
    def standing_unopened(status: str | None) -> Standing:
        """Return why nobody has opened the counts: a held activity waits for them, and of others none are due."""
        return Standing.PENDING if status == ActivityStatus.HELD else Standing.NOT_DUE

    def clean(self):
        super().clean()
        errors = {}
        figures = (
            ("headcount", "headcount_standing"),
            ("member_countries", "countries_standing"),
        )
        for figure, standing in figures:
            if (getattr(self, figure) is not None) != (getattr(self, standing) in KNOWN):
                errors[figure] = UNKNOWN_FIGURE
        if self.sexes_standing not in KNOWN and (self.women is not None or self.men is not None):
            errors["women"] = UNKNOWN_FIGURE
        if self.headcount is not None and (self.women or 0) + (self.men or 0) > self.headcount:
            errors["women"] = _("Women and men together cannot be more than all participants.")
        if errors:
            raise ValidationError(errors)


class CountryParticipation(ConstraintsAtFields):
    """A country that took part; how many people it sent may be unknown."""

    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        related_name="country_participations",
        verbose_name=_("activity"),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        related_name="participations",
        db_index=False,  # begins an index below
        verbose_name=_("country"),
    )
    count = models.PositiveIntegerField(
        _("participants"),
        blank=True,
        null=True,
        help_text=_("Empty: took part, number unknown."),
    )

    shown_at = {
        "a_country_once_per_activity": "country",
    }

    class Meta:
        ordering = ["activity", "country"]
        verbose_name = _("participating country")
        verbose_name_plural = _("participating countries")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "country"],
                name="a_country_once_per_activity",
                violation_error_message=_("This country is already listed."),
            ),
        ]
        # All that is asked of a country's entries, so that none of the rows themselves is read.
        indexes = [models.Index(fields=["country", "activity", "count"], name="country_with_its_activities")]

    def __str__(self):
        return f"{left_to_right(self.activity.code)}: {self.country}"

    def save(self, *args, **kwargs):
        """Save, and keep the sum of the activity's countries."""
        super().save(*args, **kwargs)
        sum_countries([self.activity_id])

    def delete(self, *args, **kwargs):
        """Delete, and keep the sum of the activity's countries."""
        deleted = super().delete(*args, **kwargs)
        sum_countries([self.activity_id])
        return deleted


def sum_countries(activities: Collection[int]) -> None:
    """Write down how many people the countries of each of ``activities``, keys, sent; ``None`` where one is unknown.

    Saving a row does so by itself; whoever writes rows in bulk calls it. One statement.
    """
    rows = CountryParticipation.objects.filter(activity=OuterRef("activity")).order_by().values("activity")
    known = rows.annotate(people=Sum("count"), all=Count("pk"), known=Count("count")).filter(all=F("known"))
    of_them = Participation.objects.filter(activity__in=activities)
    of_them.update(sum_of_countries=Subquery(known.values("people")))
