"""Who speaks for a country in the programme, and for how long."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual
from partners.models.country import Country
from partners.models.institution import Institution


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
