"""The programme's work: kinds of activity, activities, who took part in which role, and how many."""

from activities.models.activity import Activity
from activities.models.activity_link import ActivityLink
from activities.models.codes import CodeCounter
from activities.models.kinds import ActivityKind, Connector, Mode, ParticipantProfile
from activities.models.participation import (
    KNOWN,
    CountryParticipation,
    Participation,
    Standing,
    sum_countries,
)
from activities.models.partnership import Partnership, Role
from activities.models.receipts import ImportReceipt, ImportState
from activities.models.states import ActivityStatus, CooperationGroup, PublicationState
from activities.models.taking_part import LANGUAGES_OF_WORK

__all__ = [
    "KNOWN",
    "LANGUAGES_OF_WORK",
    "Activity",
    "ActivityKind",
    "ActivityLink",
    "ActivityStatus",
    "CodeCounter",
    "Connector",
    "CooperationGroup",
    "CountryParticipation",
    "ImportReceipt",
    "ImportState",
    "Mode",
    "ParticipantProfile",
    "Participation",
    "Partnership",
    "PublicationState",
    "Role",
    "Standing",
    "sum_countries",
]
