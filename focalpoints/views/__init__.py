"""The pages of focal points."""

from focalpoints.views.entries import LinkedEntriesView, LinkedEntryView, OwnEntriesView, OwnEntryView
from focalpoints.views.link import LinkView
from focalpoints.views.my_country import MyCountryView

__all__ = [
    "LinkView",
    "LinkedEntriesView",
    "LinkedEntryView",
    "MyCountryView",
    "OwnEntriesView",
    "OwnEntryView",
]
