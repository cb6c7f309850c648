"""The addresses of the pages that show activities. They are made of codes, the same in both languages.

An activity's own page also shows the editions that cite it: its address is among those of the reports.
"""

from django.urls import path, register_converter

from activities import views
from activities.converters import ActivityCode, AreaNumber, CountryCode, FileForm, MonthOfYear
from activities.views import feeds
from bilingual.public_pages import public_page

register_converter(ActivityCode, "activity_code")
register_converter(AreaNumber, "area_number")
register_converter(CountryCode, "country_code")
register_converter(FileForm, "file_form")
register_converter(MonthOfYear, "month")

urlpatterns = [
    path("activities/", public_page(views.CatalogueView.as_view()), name="activities"),
    path("activities/list.<file_form:form>", views.SelectionFileView.as_view(), name="activities_file"),
    path("activities/feed.atom", feeds.activities, name="activities_feed"),
    path(
        "activities/<activity_code:code>/calendar.ics", views.ActivityCalendarView.as_view(), name="activity_calendar"
    ),
    path("calendar/", public_page(views.CalendarView.as_view()), name="calendar"),
    path("calendar/<month:month>/", public_page(views.CalendarView.as_view()), name="calendar"),
    path("programme/", public_page(views.ProgrammeView.as_view()), name="programme"),
    path("roadmap/", public_page(views.RoadmapView.as_view()), name="roadmap"),
    path("roadmap/<slug:code>/", public_page(views.RoadmapView.as_view()), name="roadmap"),
    path("roadmap/<slug:roadmap>/<area_number:number>/", public_page(views.AreaView.as_view()), name="area"),
    path("roadmap/<slug:roadmap>/<area_number:number>/feed.atom", feeds.area, name="area_feed"),
    path("countries/", public_page(views.CountriesView.as_view()), name="countries"),
    path("countries/<country_code:code>/", public_page(views.CountryView.as_view()), name="country"),
    path("countries/<country_code:code>/feed.atom", feeds.country, name="country_feed"),
    path("partners/", public_page(views.InstitutionsView.as_view()), name="partners"),
    path("partners/<slug:code>/", public_page(views.InstitutionView.as_view()), name="partner"),
]
