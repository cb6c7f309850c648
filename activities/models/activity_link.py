"""Where readers find more about an activity: its registration, its programme, what came of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import LinkField, NameField
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual


class ActivityLink(RemembersTexts, ConstraintsAtFields):
    """An address on the web, and what readers are told it is."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="links", verbose_name=_("activity"))
    label = NameField(_("label"), max_length=120, blank=True, null=True)
    url = LinkField(_("address of the page"), max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    shown_at = {
        "link_has_a_label": "label_ar",
        "one_link_per_address": "url",
    }

    class Meta:
        ordering = ["activity", "order", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(label_ar__isnull=False) | Q(label_en__isnull=False),
                name="link_has_a_label",
                violation_error_message=_("Say in Arabic or in English what the link leads to."),
            ),
            models.UniqueConstraint(
                fields=["activity", "url"],
                name="one_link_per_address",
                violation_error_message=_("This address is already among the links."),
            ),
        ]

    def __str__(self):
        label = self.labels
        return str(label) or label.ar or label.en or self.url

    def clean(self):
        super().clean()
        if not (self.label_ar or self.label_en):
            raise ValidationError({"label_ar": _("Say in Arabic or in English what the link leads to.")})

    @property
    def whole(self) -> Activity:
        """The activity, whose form holds its links."""
        return self.activity

    @property
    def labels(self) -> Bilingual:
        """What the link leads to, in both languages."""
        return Bilingual.of(self, "label")
