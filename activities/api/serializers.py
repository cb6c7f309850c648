"""What programs are told of each record: what the public pages tell, in both languages, and nothing else."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.api.parts import (
    AddressSerializer,
    CountryCountSerializer,
    KindSerializer,
    ParticipationSerializer,
    PartnerSerializer,
    PlaceInRoadmapSerializer,
    ProjectSerializer,
)
from activities.api.work_plan import WorkPlanItemSerializer
from activities.models import Activity, ActivityStatus, Mode, Participation
from activities.partners_of import partners_of, project_of
from bilingual.api.texts import RecordText, TextSerializer
from partners.models import Country, Institution, InstitutionKind, MembershipStatus, OICGroup


class ActivitySerializer(serializers.Serializer):
    """An activity, or a project, which has no dates, status or figures of its own."""

    code = serializers.CharField(help_text=_("code"))
    address = AddressSerializer("activity")
    kind = KindSerializer(help_text=_("kind"))
    title = RecordText(help_text=_("title"))
    summary = RecordText(help_text=_("summary"))
    objective = RecordText(help_text=_("objective"))
    topics = RecordText(help_text=_("topics"))
    audience = RecordText(help_text=_("audience"))
    start_date = serializers.DateField(allow_null=True, help_text=_("first day"))
    end_date = serializers.DateField(allow_null=True, help_text=_("last day"))
    year = serializers.IntegerField(allow_null=True, help_text=_("year"))
    status = serializers.ChoiceField(ActivityStatus.choices, allow_null=True, help_text=_("status"))
    status_reason = RecordText(help_text=_("Why it was postponed or cancelled."))
    mode = serializers.ChoiceField(Mode.choices, help_text=_("mode"))
    venue = RecordText(help_text=_("venue"))
    venue_country = serializers.CharField(
        source="venue_country.code", allow_null=True, help_text=_("country of venue")
    )
    roadmap = serializers.CharField(source="roadmap.code", allow_null=True, help_text=_("roadmap"))
    area = PlaceInRoadmapSerializer(allow_null=True, help_text=_("cooperation area"))
    project = ProjectSerializer(source="told_project", allow_null=True, help_text=_("project"))
    parts = serializers.SerializerMethodField(help_text=_("Of a project: the codes of its parts."))
    funding_call = serializers.IntegerField(allow_null=True, help_text=_("funding call"))
    partners = PartnerSerializer(source="told_partners", many=True, help_text=_("Who did what."))
    participation = ParticipationSerializer(
        source="told_participation", allow_null=True, help_text=_("Null of a project.")
    )
    countries = CountryCountSerializer(
        source="country_participations", many=True, help_text=_("participating countries")
    )
    is_reportable = serializers.BooleanField(help_text=_("Whether the programme’s figures count it."))
    changed_at = serializers.DateTimeField(help_text=_("changed"))

    def to_representation(self, activity: Activity) -> dict[str, Any]:
        activity.told_project = project_of(activity)
        activity.told_partners = partners_of(activity)
        activity.told_participation = None if activity.is_project else Participation.told_of(activity)
        return super().to_representation(activity)

    def get_parts(self, activity: Activity) -> list[str]:
        return [part.code for part in activity.parts.all()] if activity.is_project else []


class FocalPointSerializer(serializers.Serializer):
    """A national focal point whose name is public."""

    name = RecordText(help_text=_("name"))
    post = RecordText(help_text=_("post"))


class CountrySerializer(serializers.Serializer):
    """A country that is or was something to the OIC."""

    code = serializers.CharField(help_text=_("code"))
    address = AddressSerializer("country")
    name = TextSerializer(help_text=_("short name"))
    formal_name = RecordText(help_text=_("formal name"))
    oic_group = serializers.SerializerMethodField(help_text=_("OIC group"))
    standing = serializers.SerializerMethodField(help_text=_("What it is to the OIC today."))
    focal_points = FocalPointSerializer(
        source="public_focal_points", many=True, help_text=_("Its national focal points, as far as they are public.")
    )

    @extend_schema_field(serializers.ChoiceField(OICGroup.choices, allow_null=True))
    def get_oic_group(self, country: Country) -> str | None:
        return country.oic_group or None

    @extend_schema_field(serializers.ChoiceField(MembershipStatus.choices, allow_null=True))
    def get_standing(self, country: Country) -> str | None:
        return country.standing_on(timezone.localdate()) or None


class InstitutionSerializer(serializers.Serializer):
    """An institution that a published activity or a work plan names, what it is part of, or the executing organ."""

    code = serializers.CharField(help_text=_("code"))
    address = AddressSerializer("partner")
    name = RecordText(help_text=_("name"))
    acronym = serializers.SerializerMethodField(help_text=_("acronym"))
    kind = serializers.ChoiceField(InstitutionKind.choices, help_text=_("kind"))
    country = serializers.CharField(source="country.code", allow_null=True, help_text=_("country"))
    seat = serializers.CharField(source="seat.code", allow_null=True, help_text=_("seat"))
    part_of = serializers.CharField(source="parent.code", allow_null=True, help_text=_("part of"))
    website = serializers.SerializerMethodField(help_text=_("web address"))

    def get_acronym(self, institution: Institution) -> str | None:
        return institution.acronym or None

    def get_website(self, institution: Institution) -> str | None:
        return institution.website or None


class AreaSerializer(PlaceInRoadmapSerializer):
    """A cooperation area of a roadmap."""

    address = AddressSerializer("area", "roadmap.code", "number")
    summary = RecordText(help_text=_("summary"))
    work_plan = WorkPlanItemSerializer(many=True, help_text=_("Its objectives and actions, in their order."))
