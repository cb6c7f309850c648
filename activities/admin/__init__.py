"""The back office of activities and of the tables they choose from."""

from activities.admin.activity import ActivityAdmin
from activities.admin.tables import ActivityKindAdmin, ParticipantProfileAdmin

__all__ = ["ActivityAdmin", "ActivityKindAdmin", "ParticipantProfileAdmin"]
