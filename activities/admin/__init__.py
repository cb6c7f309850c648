"""The back office of activities and of the tables they choose from."""

from activities.admin.activity import ActivityAdmin
from activities.admin.imports import ImportReceiptAdmin
from activities.admin.institutions import InstitutionOfActivitiesAdmin
from activities.admin.lists import AreaSheetAdmin, FocalPointSheetAdmin
from activities.admin.tables import ActivityKindAdmin, ParticipantProfileAdmin

__all__ = [
    "ActivityAdmin",
    "ActivityKindAdmin",
    "AreaSheetAdmin",
    "FocalPointSheetAdmin",
    "ImportReceiptAdmin",
    "InstitutionOfActivitiesAdmin",
    "ParticipantProfileAdmin",
]
