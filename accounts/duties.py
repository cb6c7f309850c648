"""What one person may do and see in the portal, in plain words: told from their rights, not from their roles."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import ROLES, role_of_group
from partners.models import NationalFocalPoint

_MAY = (
    ("activities.add_activity", _("Write activities with their partners, countries and figures.")),
    ("partners.add_institution", _("Write institutions.")),
    ("activities.publish_activity", _("Review, publish and withdraw activities.")),
    ("activities.delete_activity", _("Delete activities and institutions, and make one of two institutions.")),
    ("partners.change_country", _("Keep the tables that activities choose from, national focal points included.")),
    ("accounts.add_invitation", _("Invite national focal points to the portal.")),
    ("focalpoints.add_confirmationrequest", _("Ask countries to confirm what the portal says of them.")),
    ("focalpoints.decide_answer", _("Accept or refuse the corrections that countries propose.")),
    ("roadmap.change_programme", _("Write what the portal says of the programme.")),
    ("reports.change_report", _("Write reports on the desk.")),
    ("reports.issue_report", _("Issue reports.")),
    ("reports.accept_formerreading", _("Read former reports, and accept what they tell as drafts.")),
    ("auth.change_user", _("Invite colleagues, keep accounts, and give and take roles.")),
)
_SEES = (
    ("activities.view_activity", _("Every activity, drafts and withdrawn ones included, with its history.")),
    ("partners.view_nationalfocalpoint", _("National focal points with their e-mail addresses.")),
    ("focalpoints.view_answer", _("What countries were asked to confirm, and what they answered.")),
    ("reports.view_report", _("Reports while they are written, and every edition.")),
    ("auth.view_user", _("Who has an account, with which role.")),
)
_FOCAL_POINT_MAY = (_("Confirm what the portal says of your country, or propose a correction to the editors."),)
_FOCAL_POINT_SEES = (
    _("What is in preparation with your country, and the figures that are awaited from it."),
    _("What the roadmap plans with your country."),
)


@dataclass(frozen=True)
class Duties:
    """What somebody may do and see. ``focal_point`` is theirs, in office or not; None for most."""

    roles: tuple[str, ...]
    may: tuple[str, ...]
    sees: tuple[str, ...]
    focal_point: NationalFocalPoint | None
    is_in_office: bool


def duties_of(user: Any, day: date) -> Duties:
    """Return what ``user`` may do and see on ``day``, in the active language."""
    focal_point = NationalFocalPoint.objects.filter(user=user).select_related("country").first()
    is_in_office = NationalFocalPoint.objects.in_office_of(user, day).exists()
    return Duties(
        _roles(user),
        _of(user, _MAY) + (_told(_FOCAL_POINT_MAY) if is_in_office else ()),
        _of(user, _SEES) + (_told(_FOCAL_POINT_SEES) if is_in_office else ()),
        focal_point,
        is_in_office,
    )


def _roles(user: Any) -> tuple[str, ...]:
    own = {role_of_group(group.name) or group for group in user.groups.all()}
    told = [str(role.name) for role in ROLES if role in own]
    return (*told, *sorted(group.name for group in own if group not in ROLES))


def _of(user: Any, table: tuple[tuple[str, Any], ...]) -> tuple[str, ...]:
    return tuple(str(sentence) for permission, sentence in table if user.has_perm(permission))


def _told(sentences: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(str(sentence) for sentence in sentences)
