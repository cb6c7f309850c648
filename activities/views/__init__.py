"""The public pages that show activities: the catalogue and an activity, the programme as a whole,
its calendar, and those of areas, countries and partners."""

from activities.views.activity import ActivityView
from activities.views.calendar import CalendarView
from activities.views.catalogue import CatalogueView
from activities.views.country import CountriesView, CountryView
from activities.views.files import ActivityCalendarView, SelectionFileView
from activities.views.institution import InstitutionsView, InstitutionView
from activities.views.programme import ProgrammeView
from activities.views.roadmap import AreaView, RoadmapView

__all__ = [
    "ActivityCalendarView",
    "ActivityView",
    "AreaView",
    "CalendarView",
    "CatalogueView",
    "CountriesView",
    "CountryView",
    "InstitutionView",
    "InstitutionsView",
    "ProgrammeView",
    "RoadmapView",
    "SelectionFileView",
]
