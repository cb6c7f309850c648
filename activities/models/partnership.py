"""Who did what in an activity."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual
from partners.models import Institution


class Role(models.TextChoices):
    """What a partner did. One body may hold several roles, one row each."""

    ORGANISER = "organiser", _("organiser")
    CO_ORGANISER = "co_organiser", _("co-organiser")
    CONTENT_PROVIDER = "content_provider", _("content provider")
    HOST = "host", _("host")
    FUNDER = "funder", _("funder")
    IMPLEMENTER = "implementer", _("implementer")
    FACILITATOR = "facilitator", _("facilitator")


class Partnership(RemembersTexts, ConstraintsAtFields):
    """One role in one activity, held by an institution or by bodies that are only described."""

    activity = models.ForeignKey(
        Activity,
        models.CASCADE,
        related_name="partnerships",
        verbose_name=_("activity"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.CO_ORGANISER)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="partnerships",
        verbose_name=_("institution"),
    )
    described_as = NameField(
        _("described as"),
        blank=True,
        null=True,
        help_text=_("Where no single institution is named."),
    )
    name_then = NameField(
        _("name as it was then"),
        blank=True,
        null=True,
        help_text=_("Only where the institution's name has changed."),
    )
    post = NameField(
        _("post"),
        blank=True,
        null=True,
        help_text=_("Where an office holder took part, such as the Director General."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    shown_at = {
        "partner_is_named_or_described": "institution",
        "one_row_per_role_and_institution": "institution",
    }

    class Meta:
        ordering = ["activity", "role", "order", "pk"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    institution__isnull=False,
                    described_as_ar=None,
                    described_as_en=None,
                )
                | Q(institution=None) & (Q(described_as_ar__isnull=False) | Q(described_as_en__isnull=False)),
                name="partner_is_named_or_described",
                violation_error_message=_("Name an institution or describe the partners: one of the two."),
            ),
            models.UniqueConstraint(
                fields=["activity", "role", "institution"],
                name="one_row_per_role_and_institution",
                violation_error_message=_("This institution already holds that role here."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {str(self.name) or self.name.ar or self.name.en}"

    def clean(self):
        super().clean()
        described = bool(self.described_as_ar or self.described_as_en)
        if described == bool(self.institution_id):
            raise ValidationError({"institution": _("Name an institution or describe the partners: one of the two.")})

    @property
    def whole(self) -> Activity:
        """The activity, whose form holds its partners."""
        return self.activity

    @property
    def name(self) -> Bilingual:
        """How the partner is named here: as it was called then, as it is called now, or as described."""
        if not self.institution:
            return Bilingual.of(self, "described_as")
        then, now = Bilingual.of(self, "name_then"), self.institution.full_name
        return Bilingual(ar=then.ar or now.ar, en=then.en or now.en)
