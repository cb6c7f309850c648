"""What a reader follows and how they are told: begun, added to, and read for the reader."""

from dataclasses import dataclass
from typing import Any

from activities.views.institution import shown_institutions
from focalpoints.following.phrases import Subject
from focalpoints.models import Follow, Subscription
from partners.models import NationalFocalPoint


@dataclass(frozen=True)
class OwnFollow:
    """A follow as its reader sees it; ``subject`` is ``None`` where no public page is about it any more."""

    follow: Follow
    subject: Subject | None


def own_subscription(user: Any, language: str) -> Subscription:
    """Return how ``user`` is told; before the first follow, how they would be, which is not saved.

    A focal point is told in the language of the office, anybody else in ``language`` until they choose another.
    """
    found = Subscription.objects.filter(user=user).first()
    if found:
        return found
    own = NationalFocalPoint.objects.filter(user=user).values_list("language", flat=True).first()
    return Subscription(user=user, language=own or language)


def begin(user: Any, language: str) -> Subscription:
    """Return how ``user`` is told, saved."""
    first = {"language": own_subscription(user, language).language}
    return Subscription.objects.get_or_create(user=user, defaults=first)[0]


def follow(user: Any, followed: dict[str, Any], language: str) -> None:
    """Let ``user`` follow what ``followed`` names (``{"country": …}``); a second time changes nothing."""
    begin(user, language)
    Follow.objects.get_or_create(user=user, **followed)


def own_follows(user: Any) -> list[OwnFollow]:
    """Return what ``user`` follows, in the order in which they began."""
    follows = list(
        Follow.objects.filter(user=user).select_related("area__roadmap", "country", "institution__seat").order_by("pk")
    )
    partners = [each.institution_id for each in follows if each.institution_id]
    shown = set(shown_institutions().filter(pk__in=partners).values_list("pk", flat=True)) if partners else set()
    return [
        OwnFollow(each, Subject.of(each.target) if not each.institution_id or each.institution_id in shown else None)
        for each in follows
    ]
