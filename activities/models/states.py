"""What became of an activity, how far its record has come, and how sure its figures are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityStatus(models.TextChoices):
    """What became of an activity. A project has none of its own: its parts tell."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")


class PublicationState(models.TextChoices):
    """How far a record has come on its way to readers."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class CooperationGroup(models.TextChoices):
    """The two lists that the COMCEC Coordination Office collects from each institution."""

    A = "A", _("Group A: serves ministerial policy recommendations")
    B = "B", _("Group B: serves the COMCEC Strategy")


class Standing(models.TextChoices):
    """How sure a figure is, or why there is none."""

    REPORTED = "reported", _("reported")
    ESTIMATED = "estimated", _("estimated")
    PENDING = "pending", _("pending")
    NOT_COLLECTED = "not_collected", _("not collected")
    NOT_DUE = "not_due", _("not due yet")


KNOWN = (Standing.REPORTED, Standing.ESTIMATED)
