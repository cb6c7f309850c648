"""The back office of activities and of the tables they choose from."""

from activities.admin.activity import ActivityAdmin
from activities.admin.imports import ImportReceiptAdmin
from activities.admin.lists import (
    AreaSheetAdmin,
    FocalPointSheetAdmin,
    InstitutionSheetAdmin,
)
from activities.admin.tables import ActivityKindAdmin, ParticipantProfileAdmin

__all__ = [
    "ActivityAdmin",
    "ActivityKindAdmin",
    "AreaSheetAdmin",
    "FocalPointSheetAdmin",
    "ImportReceiptAdmin",
    "InstitutionSheetAdmin",
    "ParticipantProfileAdmin",
]
