"""The addresses of the interface that show activities and what they are about."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.api.serializers import ActivitySerializer, AreaSerializer, CountrySerializer, InstitutionSerializer
from activities.forms import FilterForm, SearchForm
from activities.models import Activity
from activities.selection import Selection
from activities.views.institution import shown_institutions
from bilingual.api.describing import described, parameters_of
from bilingual.api.paging import CODES, KEYS, PagesByKey
from bilingual.api.views import ListView, RecordView
from partners.models import Country, NationalFocalPoint
from roadmap.models import CooperationArea, WorkPlanItem
from roadmap.work_plan import in_full


@described(
    "activities",
    _("Activities"),
    _("The activities that the catalogue lists, searched and narrowed as there; the latest code first."),
    ActivitySerializer,
    parameters_of(FilterForm),
)
class ActivitiesView(ListView):
    serializer_class = ActivitySerializer
    form_class = FilterForm
    pagination_class = PagesByKey
    ordering, key_shape = "-code", CODES

    def get_queryset(self):
        return Selection.read(self.asked).activities().for_readers()


@described("activity", _("One activity"), _("An activity or a project by its code."), ActivitySerializer, many=False)
class ActivityRecordView(RecordView):
    serializer_class = ActivitySerializer

    def get_queryset(self):
        return Activity.objects.published().for_readers()


@described(
    "countries",
    _("Countries"),
    _("The countries that are or were something to the OIC."),
    CountrySerializer,
)
class CountriesView(ListView):
    serializer_class = CountrySerializer
    pagination_class = PagesByKey
    key_shape = CODES

    def get_queryset(self):
        public = NationalFocalPoint.objects.public_on(timezone.localdate())
        countries = Country.objects.filter(memberships__isnull=False).distinct().prefetch_related("memberships")
        return countries.prefetch_related(Prefetch("focal_points", public, to_attr="public_focal_points"))


@described(
    "institutions",
    _("Institutions"),
    _("The institutions that published activities or work plans name, the bodies they are part of, and SESRIC."),
    InstitutionSerializer,
    parameters_of(SearchForm),
)
class InstitutionsView(ListView):
    serializer_class = InstitutionSerializer
    form_class = SearchForm
    pagination_class = PagesByKey
    key_shape = CODES

    def get_queryset(self):
        return shown_institutions().matching(self.asked["q"]).select_related("country", "seat", "parent")


@described(
    "areas",
    _("Cooperation areas"),
    _("The cooperation areas of every roadmap, with their work plans."),
    AreaSerializer,
)
class AreasView(ListView):
    serializer_class = AreaSerializer
    pagination_class = PagesByKey
    ordering, key_shape = "pk", KEYS

    def get_queryset(self):
        plan = Prefetch("work_plan", in_full(WorkPlanItem.objects.all()))
        return CooperationArea.objects.select_related("roadmap").prefetch_related(plan)
