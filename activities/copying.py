"""The same activity again: what a draft for the next year takes over, and what it leaves open."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from activities.models import (
    Activity,
    ActivityLink,
    ActivityStatus,
    Participation,
    Partnership,
    PublicationState,
    Standing,
)
from bilingual.states import LANGUAGES

_IN_BOTH = ("title", "venue", "audience", "objective", "topics", "summary")
_TAKEN_OVER = (
    "kind",
    "title_ar_is_official",
    "title_en_is_official",
    "parent",
    "funding_call",
    "mode",
    "venue_country",
    "working_languages",
    "open_to",
    "roadmap",
    "area",
    "is_reportable",
    "cooperation_group",
    *(f"{field}_{language}" for field in _IN_BOTH for language in LANGUAGES),
)
_OF_A_PARTNER = (
    "role",
    "institution",
    "order",
    *(f"{field}_{language}" for field in ("described_as", "post") for language in LANGUAGES),
)
_OF_A_LINK = ("url", "order", *(f"label_{language}" for language in LANGUAGES))


@transaction.atomic
def copy_for_next_year(activity: Activity, user: Any) -> Activity:
    """Return a new draft for the year after ``activity``, with its texts, its place in the plan, partners and links.

    What nobody can know yet stays open: the days, until when one can register, how many took part and from where.
    """
    draft = Activity(**{name: getattr(activity, name) for name in _TAKEN_OVER})
    draft.status = None if activity.is_project else ActivityStatus.PLANNED
    draft.state = PublicationState.DRAFT
    draft.year = min((activity.year or timezone.localdate().year) + 1, 2100)
    draft.saved_by = user
    draft.save()
    for partner in activity.partnerships.all():
        Partnership.objects.create(activity=draft, **{name: getattr(partner, name) for name in _OF_A_PARTNER})
    for link in activity.links.all():
        ActivityLink.objects.create(activity=draft, **{name: getattr(link, name) for name in _OF_A_LINK})
    counts = getattr(activity, "participation", None)
    if counts is not None and counts.profile_id:
        not_due = dict.fromkeys(("headcount_standing", "sexes_standing", "countries_standing"), Standing.NOT_DUE)
        Participation.objects.create(activity=draft, profile=counts.profile, **not_due)
    return draft
