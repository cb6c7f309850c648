"""The bodies that take part: ministries and their divisions, agencies, universities, organs of the OIC and others."""

from collections.abc import Container

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import LinkField, NameField, ProseField
from bilingual.remembering import RemembersTexts
from bilingual.search import search_document, search_filter
from bilingual.text import Bilingual
from partners.full_names import full_name_of
from partners.models.country import Country


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
        """Institutions whose names, acronym or other spellings hold every word of ``query``, in either language."""
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
    spellings = ProseField(
        _("other spellings"),
        blank=True,
        default="",
        help_text=_("One a line, in any language; search and import know them."),
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
            self.spellings,
            self.code.replace("-", " "),
        )

    @property
    def full_name(self) -> Bilingual:
        """Name with acronym, and for an international body with its seat: as pages and reports print it."""
        seat = self.seat.name if self.seat_id and not self.country_id else Bilingual()
        return full_name_of(Bilingual.of(self, "name"), self.acronym, seat)

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
