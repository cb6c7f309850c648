"""Countries of the OIC and others, and what each is to the OIC over time."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.search import search_document
from bilingual.text import Bilingual


class OICGroup(models.TextChoices):
    """The three groups in which the OIC lists its member countries."""

    AFRICA = "africa", _("African group")
    ARAB = "arab", _("Arab group")
    ASIA = "asia", _("Asian group")


class CountryQuerySet(models.QuerySet):
    def members_on(self, day: date):
        """Countries that are members on ``day`` and not suspended on it."""
        in_force = Membership.objects.filter(country=OuterRef("pk")).in_force_on(day)
        return self.filter(
            Exists(in_force.filter(status=MembershipStatus.MEMBER)),
            ~Exists(in_force.filter(status=MembershipStatus.SUSPENDED)),
        )

    def ever_members(self):
        """Countries that have been members at some time, suspended or not today."""
        return self.filter(memberships__status=MembershipStatus.MEMBER).distinct()


class Country(RemembersTexts, ConstraintsAtFields):
    """A state the programme deals with: a member of the OIC, an observer, or another."""

    code = models.CharField(
        _("code"),
        max_length=3,
        unique=True,
        help_text=_("Three letters (ISO 3166-1 alpha-3), or XNC for the observer that has no ISO code."),
    )
    short_name = NameField(_("short name"))
    formal_name = NameField(_("formal name"), blank=True, null=True)
    oic_group = models.CharField(_("OIC group"), max_length=6, choices=OICGroup, blank=True)
    spellings = ProseField(
        _("other spellings"),
        blank=True,
        help_text=_("One a line, in any language; search and import know them."),
    )
    search = models.TextField(editable=False, default="")

    objects = CountryQuerySet.as_manager()

    shown_at = {
        "country_code_is_three_capitals": "code",
    }

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{3}$"),
                name="country_code_is_three_capitals",
                violation_error_message=_("A country code is three capital letters."),
            ),
        ]

    def __str__(self):
        return str(self.name) or self.code

    def save(self, *args, **kwargs):
        name, formal = self.name, Bilingual.of(self, "formal_name")
        self.search = search_document(self.code, name.ar, name.en, formal.ar, formal.en, self.spellings)
        super().save(*args, **kwargs)

    @property
    def name(self) -> Bilingual:
        """The short name in both languages."""
        return Bilingual.of(self, "short_name")

    def standing_on(self, day: date) -> str:
        """What the country is to the OIC on ``day``, ``""`` for nothing; a suspension stands before the membership.

        Reads ``memberships`` as prefetched, so that a list of countries costs one query more.
        """
        in_force = {period.status for period in self.memberships.all() if period.holds_on(day)}
        precedence = (MembershipStatus.SUSPENDED, MembershipStatus.MEMBER, MembershipStatus.OBSERVER)
        return next((status for status in precedence if status in in_force), "")

    def is_member_on(self, day: date) -> bool:
        """Whether the country is a member, and not suspended, on ``day``."""
        return Country.objects.filter(pk=self.pk).members_on(day).exists()


class MembershipStatus(models.TextChoices):
    """What a country is to the OIC during a period."""

    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    SUSPENDED = "suspended", _("suspended")


class Precision(models.TextChoices):
    """How exactly a date is known; the missing part of it stands at its first day."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


class MembershipQuerySet(models.QuerySet):
    def in_force_on(self, day: date):
        """Periods that hold on ``day``."""
        return self.filter(Q(until=None) | Q(until__gt=day), start__lte=day)


class Membership(ConstraintsAtFields):
    """One period of a country's membership; a suspension is a period of its own within it."""

    country = models.ForeignKey(Country, models.CASCADE, related_name="memberships", verbose_name=_("country"))
    status = models.CharField(_("status"), max_length=9, choices=MembershipStatus)
    start = models.DateField(_("from"))
    start_precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.DAY)
    until = models.DateField(
        _("until"),
        blank=True,
        null=True,
        help_text=_("The first day on which it no longer holds."),
    )
    until_precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.DAY)

    objects = MembershipQuerySet.as_manager()

    shown_at = {
        "membership_ends_after_start": "until",
        "one_membership_period_per_start": "start",
    }

    class Meta:
        ordering = ["country", "start"]
        verbose_name = _("membership period")
        verbose_name_plural = _("membership periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("start")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership period ends after it begins."),
            ),
            models.UniqueConstraint(
                fields=["country", "status", "start"],
                name="one_membership_period_per_start",
            ),
        ]

    def __str__(self):
        return f"{self.country} · {self.get_status_display()} · {self.start.year}"

    def holds_on(self, day: date) -> bool:
        """Whether the period holds on ``day``, as `MembershipQuerySet.in_force_on` asks the database."""
        return self.start <= day and (self.until is None or day < self.until)
