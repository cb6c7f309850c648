"""The work plan of a cooperation area as objects for programs."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bilingual.api.texts import RecordText
from roadmap.models import ItemKind, ItemStatus, WorkPlanItem


class BodySerializer(serializers.Serializer):
    """A country or an institution: one of the two is null."""

    country = serializers.CharField(source="country.code", allow_null=True, help_text=_("country"))
    institution = serializers.CharField(source="institution.code", allow_null=True, help_text=_("institution"))


class CoordinatorSerializer(BodySerializer):
    """The country or the institution that leads an item; both are null where none is named."""

    country = serializers.CharField(source="coordinator_country.code", allow_null=True, help_text=_("country"))
    institution = serializers.CharField(
        source="coordinator_institution.code", allow_null=True, help_text=_("institution")
    )


class IndicatorSerializer(serializers.Serializer):
    """By what one tells how far an item has come."""

    title = RecordText(help_text=_("title"))
    target = RecordText(help_text=_("target"))


class WorkPlanItemSerializer(serializers.Serializer):
    """An objective or an action of a work plan."""

    number = serializers.CharField(source="full_number", help_text=_("With the numbers of all it stands below."))
    kind = serializers.ChoiceField(ItemKind.choices, help_text=_("kind"))
    objective = serializers.SerializerMethodField(help_text=_("The number of the objective that it stands below."))
    title = RecordText(help_text=_("title"))
    description = RecordText(help_text=_("description"))
    start = serializers.DateField(allow_null=True, help_text=_("from"))
    end = serializers.DateField(allow_null=True, help_text=_("to"))
    status = serializers.ChoiceField(ItemStatus.choices, help_text=_("status"))
    coordinator = CoordinatorSerializer(source="*", help_text=_("coordinator"))
    collaborators = BodySerializer(many=True, help_text=_("collaborators"))
    indicators = IndicatorSerializer(many=True, help_text=_("indicators"))
    is_sample = serializers.BooleanField(help_text=_("Whether it was made up to show what a work plan looks like."))

    def get_objective(self, item: WorkPlanItem) -> str | None:
        return item.full_number.rpartition(".")[0] if item.parent_id else None
