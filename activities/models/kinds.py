"""What an activity can be, and whom it can count: tables that staff extend."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.grammar import NOUNS, Compound, Noun
from bilingual.models import CountedNoun
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual


class Mode(models.TextChoices):
    """How people took part. Reports often do not say: unknown is a value."""

    ONLINE = "online", _("online")
    IN_PERSON = "in_person", _("in person")
    HYBRID = "hybrid", _("hybrid")
    NOT_STATED = "not_stated", _("not stated")


class Connector(models.TextChoices):
    """What stands between the kind and the title in a heading."""

    ABOUT = "about", _("on (حول)")
    ENTITLED = "entitled", _("entitled (بعنوان)")


class ActivityKind(RemembersTexts, ConstraintsAtFields, CountedNoun):
    """A training course, a webinar, a project: its name, and its forms in sentences of both languages."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = NameField(_("name"))
    connector = models.CharField(_("before the title"), max_length=8, choices=Connector, default=Connector.ABOUT)
    implied_mode = models.CharField(
        _("mode the name already tells"),
        max_length=10,
        choices=Mode,
        blank=True,
        help_text=_("A webinar is online: the sentence does not say it twice."),
    )
    is_project = models.BooleanField(
        _("is a project"),
        default=False,
        help_text=_("A container of sub-activities; it is never counted itself."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    shown_at = {
        "implied_mode_tells_a_mode": "implied_mode",
    }

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activity")
        constraints = [
            models.CheckConstraint(
                condition=~Q(implied_mode=Mode.NOT_STATED),
                name="implied_mode_tells_a_mode",
                violation_error_message=_("The name tells a mode or it does not: leave this empty."),
            ),
        ]

    def __str__(self):
        return str(Bilingual.of(self, "name"))


class ParticipantProfile(RemembersTexts, CountedNoun):
    """Whom a headcount counts: experts, or experts and executives, with the forms of the whole phrase."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = NameField(_("name"))
    is_compound = models.BooleanField(
        _("names several groups"),
        default=False,
        help_text=_("“Experts and executives” cannot say one or two: those read “participant” instead."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("participant profile")
        verbose_name_plural = _("participant profiles")

    def __str__(self):
        return str(Bilingual.of(self, "name"))

    @property
    def counted_as(self) -> Noun | Compound:
        """What a headcount of this profile counts; one or two of a mixed group are participants."""
        return Compound((self.noun,), alone=NOUNS["participant"]) if self.is_compound else self.noun
