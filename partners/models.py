"""Who takes part: the countries of the OIC, their membership over time, and institutions."""

from collections.abc import Container
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import LinkField, NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.search import search_document, search_filter
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


class InstitutionKind(models.TextChoices):
    """What sort of body an institution is."""

    MINISTRY = "ministry", _("ministry")
    AGENCY = "agency", _("national agency or authority")
    UNIVERSITY = "university", _("university or institute")
    OIC_ORGAN = "oic_organ", _("OIC institution")
    UN_BODY = "un_body", _("United Nations body")
    CHAMBER = "chamber", _("chamber or union of chambers")
    OTHER = "other", _("other")


class InstitutionQuerySet(models.QuerySet):
    def matching(self, query: str):
        """Institutions whose names, former names or acronym hold every word of ``query``, in either language."""
        return self.filter(search_filter(query))


class Institution(RemembersTexts, ConstraintsAtFields):
    """A body that takes part in activities: a ministry and its divisions, an agency, an OIC organ, a university."""

    code = models.SlugField(
        _("code"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Part of the page's address; given on first save."),
    )
    name = NameField(_("name"), blank=True, null=True)
    acronym = NameField(_("acronym"), max_length=30, blank=True)
    takes_the = models.BooleanField(
        _("takes “the”"),
        default=True,
        help_text=_("Whether an English sentence puts “the” before the name."),
    )
    former_names = ProseField(
        _("former names"),
        blank=True,
        help_text=_("One a line, in either language; they stay searchable."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=InstitutionKind, default=InstitutionKind.OTHER)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        blank=True,
        null=True,
        related_name="divisions",
        verbose_name=_("part of"),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="institutions",
        verbose_name=_("country"),
        help_text=_("The state it belongs to; empty for an international body."),
    )
    seat = models.ForeignKey(
        Country,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="seated_institutions",
        verbose_name=_("seat"),
        help_text=_("Where an international body sits. It does not count as that country's institution."),
    )
    website = LinkField(_("web address"), blank=True)
    search = models.TextField(editable=False, default="")

    objects = InstitutionQuerySet.as_manager()

    shown_at = {
        "institution_has_a_name": "name_ar",
        "institution_is_not_its_own_parent": "parent",
    }

    class Meta:
        ordering = ["name_en", "code"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.CheckConstraint(
                condition=Q(name_ar__isnull=False) | Q(name_en__isnull=False),
                name="institution_has_a_name",
                violation_error_message=_("Give the institution's name in Arabic or in English."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("pk")),
                name="institution_is_not_its_own_parent",
                violation_error_message=_("An institution cannot be part of itself."),
            ),
        ]

    def __str__(self):
        named = self.full_name
        return str(named) or named.ar or named.en

    def save(self, *args, **kwargs):
        if not self.code:
            self.code = self.free_code()
        self.search = self.search_text()
        super().save(*args, **kwargs)

    def search_text(self) -> str:
        """What the institution is found by."""
        return search_document(
            self.name_ar or "",
            self.name_en or "",
            self.acronym,
            self.former_names,
            self.code.replace("-", " "),
        )

    @property
    def full_name(self) -> Bilingual:
        """Name with acronym, and for an international body with its seat: as pages and reports print it."""
        return Bilingual(ar=self._named(self.name_ar, "ar"), en=self._named(self.name_en, "en"))

    def _named(self, name: str | None, language: str) -> str:
        if not name:
            return ""
        named = f"{name} ({self.acronym})" if self.acronym and self.acronym not in name else name
        if self.country_id or not self.seat_id:
            return named
        seat = self.seat.name.in_(language)
        return f"{named} في {seat}" if language == "ar" else f"{named}, {seat}"

    def free_code(self, taken: Container[str] | None = None) -> str:
        """Return a slug of the acronym or the English name that no other institution has, nor is among ``taken``."""
        stem = slugify(self.acronym or self.name_en or "")[:70] or "institution"
        if taken is None:
            taken = set(Institution.objects.filter(code__startswith=stem).values_list("code", flat=True))
        number = 2
        code = stem
        while code in taken:
            code = f"{stem}-{number}"
            number += 1
        return code


class NationalFocalPointQuerySet(models.QuerySet):
    def in_office_on(self, day: date):
        """Focal points whose term holds on ``day``."""
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)

    def in_office_of(self, user, day: date):
        """The term that ``user`` serves on ``day``: one row, or none.

        Asked at every request of a focal point, so that the end of a term and the loss of an account hold at once. Who
        is not signed in serves none, whatever terms stand without an account.
        """
        if not user.is_authenticated:
            return self.none()
        return self.in_office_on(day).filter(user=user, user__is_active=True)

    def public_on(self, day: date):
        """Focal points in office on ``day`` whose name and post the portal may show."""
        return self.in_office_on(day).filter(is_public=True)


class NationalFocalPoint(RemembersTexts, ConstraintsAtFields):
    """The office that speaks for a country in the programme, and the person who holds it for a time."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="focal_points", verbose_name=_("country"))
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="focal_points",
        verbose_name=_("institution"),
    )
    name = NameField(_("name"), blank=True, null=True)
    post = NameField(_("post"), blank=True, null=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Whether the portal shows name, post and institution."),
    )
    language = models.CharField(_("language"), max_length=2, choices=[("ar", _("Arabic")), ("en", _("English"))])
    user = models.OneToOneField(
        "auth.User",
        models.SET_NULL,
        blank=True,
        null=True,
        related_name="focal_point",
        verbose_name=_("account"),
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), blank=True, null=True)

    objects = NationalFocalPointQuerySet.as_manager()

    shown_at = {
        "focal_point_ends_after_start": "end",
        "focal_point_has_a_name": "name_ar",
    }

    class Meta:
        ordering = ["country", "-start"]
        verbose_name = _("national focal point")
        verbose_name_plural = _("national focal points")
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")),
                name="focal_point_ends_after_start",
                violation_error_message=_("A focal point's term cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(name_ar__isnull=False) | Q(name_en__isnull=False),
                name="focal_point_has_a_name",
                violation_error_message=_("Give the focal point's name in Arabic or in English."),
            ),
        ]

    def __str__(self):
        name = Bilingual.of(self, "name")
        return f"{str(name) or name.ar or name.en} · {self.country}"

    def is_in_office_on(self, day: date) -> bool:
        """Whether the term holds on ``day``, as `NationalFocalPointQuerySet.in_office_on` asks the database."""
        return self.start <= day and (self.end is None or day <= self.end)
