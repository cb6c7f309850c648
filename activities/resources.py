"""Activities as rows of a spreadsheet: one row each, known by its code, each language in a column of its own."""

from typing import Any

from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, IntegerWidget

from activities.models import Activity, Partnership
from activities.models.queries import ActivityQuerySet


def _number(attribute: str, column: str) -> Field:
    return Field(attribute, column, widget=IntegerWidget())


class ActivityResource(ModelResource):
    """What one activity is, who did what in it and who took part.

    What another record says is given by that record's code or number, and a choice by the word that is stored.
    The columns without a language (``title``) are no columns here: they hold whichever language saved last.
    """

    kind = Field("kind__code", "kind")
    venue_country = Field("venue_country__code", "venue_country")
    roadmap = Field("roadmap__code", "roadmap")
    area = _number("area__number", "area")
    project = Field("parent__code", "project")
    partners = Field(column_name="partners")
    profile = Field("participation__profile__code", "profile")
    headcount = _number("participation__headcount", "headcount")
    headcount_standing = Field("participation__headcount_standing", "headcount_standing")
    women = _number("participation__women", "women")
    men = _number("participation__men", "men")
    sexes_standing = Field("participation__sexes_standing", "sexes_standing")
    member_countries = _number("participation__member_countries", "member_countries")
    countries_standing = Field("participation__countries_standing", "countries_standing")
    source = Field("participation__source", "source")
    reported_on = Field("participation__reported_on", "reported_on", widget=DateWidget())
    countries = Field(column_name="countries")

    class Meta:
        model = Activity
        import_id_fields = ("code",)
        fields = (
            "code",
            "kind",
            "title_ar",
            "title_en",
            "title_ar_is_official",
            "title_en_is_official",
            "start_date",
            "end_date",
            "year",
            "mode",
            "venue_ar",
            "venue_en",
            "venue_country",
            "status",
            "status_reason_ar",
            "status_reason_en",
            "roadmap",
            "area",
            "project",
            "funding_call",
            "partners",
            "profile",
            "headcount",
            "headcount_standing",
            "women",
            "men",
            "sexes_standing",
            "member_countries",
            "countries_standing",
            "countries",
            "source",
            "reported_on",
            "audience_ar",
            "audience_en",
            "objective_ar",
            "objective_en",
            "topics_ar",
            "topics_en",
            "summary_ar",
            "summary_en",
            "is_reportable",
            "cooperation_group",
            "state",
        )
        export_order = fields

    def filter_export(self, queryset: ActivityQuerySet, **kwargs: Any) -> ActivityQuerySet:
        """Read with the activities all that their rows tell, whatever their number, in the order of their codes."""
        related = ("kind", "venue_country", "roadmap", "area", "parent", "participation__profile")
        lists = ("partnerships__institution", "country_participations__country")
        return queryset.select_related(*related).prefetch_related(*lists).order_by("code")

    def dehydrate_partners(self, activity: Activity) -> str:
        """Return ``organiser: sesric; co_organiser: isdb``; a body without a code by how it is described."""
        return "; ".join(f"{row.role}: {_named(row)}" for row in activity.partnerships.all())

    def dehydrate_countries(self, activity: Activity) -> str:
        """Return ``MAR: 4; TUR``; a country that took part with an unknown number of people stands alone."""
        rows = activity.country_participations.all()
        listed = (f"{row.country.code}: {row.count}" if row.count is not None else row.country.code for row in rows)
        return "; ".join(sorted(listed))


def _named(row: Partnership) -> str:
    return row.institution.code if row.institution else row.described_as_en or row.described_as_ar
